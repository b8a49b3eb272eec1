"""One sheet an action, a page each; and the register: every action on one line."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tissage.core.plan_year import ActionOfYear
from tissage.reports.documents import words
from tissage.reports.documents.blocks import Grid, Heading, Paragraph, Piece
from tissage.reports.documents.book import Book

from .activity import about, axis_name, figures_table, signed
from .financial import money_grid


def sheets(book: Book) -> Iterator[Piece]:
    if not book.data.actions:
        yield Heading(_("Fiches action"))
        yield Paragraph(_("Ce plan n’a pas d’action cette année."))
    for position, action in enumerate(book.data.actions):
        yield from sheet(book, action, new_page=position > 0)


def sheet(book: Book, action: ActionOfYear, *, new_page: bool = True) -> Iterator[Piece]:
    yield Heading(f"{action.sequence}. {action.title}", 1, aside=about(action), new_page=new_page)
    if action.description:
        yield Paragraph(action.description)
    axis = next((one for one in book.data.axes if one.code == action.axis), None)
    rows = [
        (_("Axe"), axis_name(axis)),
        (_("Catalogue"), words.dot(action.code, action.catalogue) or _("sans code")),
        (_("Base légale"), action.basis),
        (_("Service pilote"), action.lead_service),
        (_("Partenaires"), ", ".join(words.dot(one.name, one.role_label) for one in action.partners)),
        (_("Objectifs"), " ; ".join(action.objectives)),
        (_("Publics"), ", ".join(action.target_groups)),
        (_("Quartiers"), ", ".join(action.neighbourhoods)),
        (_("Période"), _period(action)),
        (_("Référence au PST"), action.pst_reference),
        (_("Raison de l’arrêt"), action.stop_reason),
    ]
    yield Grid("", (_("Sujet"), _("Ce qu’il faut savoir")), tuple(row for row in rows if row[1]), widths=(1, 3), note=book.source)
    if action.figures:
        yield figures_table(book, action, _("Chiffres"))
    yield money_grid(book, _("Argent"), _("Année"), [(str(book.data.facts.year), action.money)])
    for account in action.accounts:
        for text in (account.done, account.benefits, account.difficulties):
            if text:
                yield Paragraph(signed(account.by, text))
    served = [one for one in book.data.agreements if action.sequence in one.actions]
    if served:
        told = tuple((one.title, one.receiver, one.status, words.cents(one.amount)) for one in served)
        yield Grid(_("Conventions"), (_("Convention"), _("Bénéficiaire"), _("État"), _("Montant")), told, 1, (3, 2.4, 1.2, 1.4))


def _period(action: ActionOfYear) -> str:
    if action.starts_on is None and action.ends_on is None:
        return ""
    return _("du %(first)s au %(last)s") % {
        "first": words.day_or(action.starts_on),
        "last": words.day_or(action.ends_on, _("jour non fixé")),
    }


def register(book: Book) -> Iterator[Piece]:
    yield Heading(_("Le registre des actions"))
    rows = tuple(
        (
            str(one.sequence),
            one.code or "—",
            one.title,
            words.dot(one.state_label, one.health_label if one.health != "good" else ""),
            ", ".join(partner.name for partner in one.partners) or "—",
            words.budget(one.money),
            words.cents(one.money.spent),
        )
        for one in book.data.actions
    )
    headings = (_("N°"), _("Code"), _("Action"), _("État"), _("Partenaires"), _("Budget"), _("Dépensé"))
    yield Grid(_("Une ligne par action"), headings, rows, 2, (0.6, 1, 3.4, 1.4, 2.4, 1.7, 1.7), book.source)
