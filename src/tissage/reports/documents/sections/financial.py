"""What it cost: funding, actions, function codes, checks, staff, help in kind, agreements. Unknown amounts are said, never zero."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from tissage.core.money import Money
from tissage.core.money import total as add
from tissage.reports.documents import words
from tissage.reports.documents.blocks import Grid, Heading, Number, Numbers, Paragraph, Piece
from tissage.reports.documents.book import Book

from .activity import axes_chart, axes_table, spent_how

KINDS = {"commitment": "engagement", "expense": "dépense", "receipt": "recette"}


def summary(book: Book) -> Iterator[Piece]:
    money = book.data.total
    yield Heading(_("En bref"))
    yield Numbers(
        (
            Number(_("Financement"), words.total(book.data.funded), "", _("lignes de financement, dernière étape budgétaire")),
            Number(_("Budget des actions"), words.budget(money), "", _("affectations aux actions, dernière étape budgétaire")),
            Number(_("Engagé"), words.cents(money.committed), "", _("promis et pas encore payé")),
            Number(_("Dépensé"), words.cents(money.spent), "", spent_how(book)),
            Number(_("Reçu"), words.cents(money.received), "", _("recettes des comptes")),
            Number(_("Reste"), words.cents(money.remaining), "", _("budget moins dépensé et engagé ; inconnu si l’un l’est")),
        )
    )
    yield Paragraph(book.source, "small")
    yield from axes_chart(book)
    yield axes_table(book)


def funding(book: Book) -> Iterator[Piece]:
    yield Heading(_("D’où vient l’argent"))
    lines = book.data.funding
    if not lines:
        yield Paragraph(_("Aucune ligne de financement n’est inscrite pour cette année."))
        return
    total = add([one.amount for one in lines])
    rows = [(one.label, one.funder, one.basis, one.function_code or "—", one.stage or "—", words.cents(one.amount)) for one in lines]
    rows.append((_("Total"), "", "", "", "", words.total(total)))
    headings = (_("Ligne"), _("Pouvoir subsidiant"), _("Base légale"), _("Code"), _("Étape"), _("Montant"))
    yield Grid(_("Lignes de financement"), headings, tuple(rows), 1, (2.6, 2.3, 2.3, 1, 1.4, 1.7), book.source)
    if book.data.by_funder:
        yield money_grid(
            book, _("Par pouvoir subsidiant"), _("Pouvoir subsidiant"), [(one.label, one.money) for one in book.data.by_funder]
        )


def actions(book: Book) -> Iterator[Piece]:
    yield Heading(_("L’argent de chaque action"))
    rows = [(f"{one.sequence}. {one.title}", one.money) for one in book.data.actions]
    if any((book.data.unsplit.spent, book.data.unsplit.received, book.data.unsplit.committed)):
        rows.append((_("Pas encore réparti entre les actions"), book.data.unsplit))
    yield money_grid(book, _("Budgété, engagé, dépensé, reçu, reste"), _("Action"), [*rows, (_("Total"), book.data.total)])


def money_grid(book: Book, caption: str, heading: str, rows: list[tuple[str, Money]]) -> Grid:
    told = tuple(
        (
            label,
            words.budget(money),
            words.cents(money.committed),
            words.cents(money.spent),
            words.cents(money.received),
            words.cents(money.remaining),
        )
        for label, money in rows
    )
    headings = (heading, _("Budget"), _("Engagé"), _("Dépensé"), _("Reçu"), _("Reste"))
    return Grid(caption, headings, told, 5, (3.4, 2, 1.6, 1.6, 1.6, 1.6), book.source)


def function_codes(book: Book) -> Iterator[Piece]:
    yield Heading(_("Les comptes, code par code"))
    if not book.data.functions:
        yield Paragraph(_("Aucun total de l’état comptable n’a été rapproché pour cette année."))
        return
    rows = tuple(
        (
            one.function_code or _("sans code"),
            KINDS.get(one.kind, one.kind),
            words.cents(one.statement),
            words.cents(one.imported),
            words.cents(one.gap),
        )
        for one in book.data.functions
    )
    headings = (_("Code fonctionnel"), _("Genre"), _("État comptable"), _("Extrait importé"), _("Écart"))
    yield Grid(_("Rapprochement avec l’état comptable"), headings, rows, 3, (1.6, 1.4, 2, 2, 2), book.source)


def checks(book: Book) -> Iterator[Piece]:
    yield Heading(_("Les contrôles"))
    if not book.data.checks:
        yield Paragraph(_("Le référentiel de ce plan ne demande aucun contrôle."))
        return
    rows = tuple((one.label, words.yes_no(one.passed), one.sentence) for one in book.data.checks)
    yield Grid(_("Ce que le référentiel demande"), (_("Règle"), _("Résultat"), _("Pourquoi")), rows, widths=(3, 1.3, 4), note=book.source)


def staff(book: Book) -> Iterator[Piece]:
    yield Heading(_("Le personnel"))
    if not book.data.staff:
        yield Paragraph(_("Aucun équivalent temps plein n’est inscrit pour cette année."))
        return
    titles = {one.sequence: one.title for one in book.data.actions}
    rows = tuple(
        (
            one.function,
            f"{one.action}. {titles.get(one.action, '')}".strip(),
            words.number(one.fte),
            words.dot(words.day_or(one.starts_on), words.day_or(one.ends_on)),
        )
        for one in book.data.staff
    )
    headings = (_("Fonction"), _("Action"), _("ETP"), _("Du · au"))
    note = _("ETP : équivalents temps plein. Des fonctions, jamais des noms.") + " " + book.source
    yield Grid(_("Équivalents temps plein"), headings, rows, widths=(2.4, 3.4, 0.8, 2.6), note=note)


def in_kind(book: Book) -> Iterator[Piece]:
    yield Heading(_("Les aides en nature"))
    if not book.data.help_in_kind:
        yield Paragraph(_("Aucune aide en nature n’est inscrite pour cette année."))
        return
    rows = [
        (str(one.action), one.organization, one.description, one.how_estimated or "—", words.cents(one.value))
        for one in book.data.help_in_kind
    ]
    rows.append((_("Total"), "", "", "", words.total(book.data.help_total)))
    headings = (_("Action"), _("Donné par"), _("Quoi"), _("Comment estimé"), _("Valeur"))
    note = _("À côté de l’argent, jamais ajouté.") + " " + book.source
    yield Grid(_("Locaux, heures, matériel"), headings, tuple(rows), 1, (0.9, 2.2, 3, 2, 1.6), note)


def agreements(book: Book) -> Iterator[Piece]:
    yield Heading(_("Les conventions"))
    if not book.data.agreements:
        yield Paragraph(_("Aucune convention n’est en cours cette année."))
        return
    rows = tuple(
        (
            one.title,
            one.receiver,
            ", ".join(map(str, one.actions)),
            one.status,
            words.cents(one.amount),
            words.cents(one.paid),
            words.cents(one.accepted),
        )
        for one in book.data.agreements
    )
    headings = (_("Convention"), _("Bénéficiaire"), _("Actions"), _("État"), _("Montant"), _("Payé"), _("Justifié"))
    yield Grid(_("Conventions et justificatifs"), headings, rows, 3, (2.6, 2.2, 1, 1.2, 1.6, 1.6, 1.6), book.source)


def some(amount: Decimal | None) -> bool:
    return amount is not None and amount != 0
