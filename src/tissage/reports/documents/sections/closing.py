"""What closes a document: the text of the vote, obligations, what is missing, what changed since the version before."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tissage.reports.documents import words
from tissage.reports.documents.blocks import Grid, Heading, Paragraph, Piece, Points
from tissage.reports.documents.book import Book
from tissage.reports.documents.fields import fields_of, fill


def motivation_lines(book: Book) -> list[str]:
    """« Vu… », « Considérant… » of the form, its fields filled."""
    values = fields_of(book)
    return [fill(line, values) for line in book.templates["dossier"].motivation]


def decision_lines(book: Book) -> list[str]:
    """« Article 1… » of the form, its fields filled."""
    values = fields_of(book)
    return [fill(line, values) for line in book.templates["dossier"].decision]


def vote(book: Book) -> Iterator[Piece]:
    yield Heading(_("Projet de délibération"))
    motivation, decision = motivation_lines(book), decision_lines(book)
    if not motivation and not decision:
        yield Paragraph(_("Le référentiel de ce plan ne propose aucun texte de délibération."))
        return
    for line in motivation:
        yield Paragraph(line)
    if decision:
        yield Heading(_("Décide"), 2)
        for line in decision:
            yield Paragraph(line)
    form = book.templates["dossier"]
    if form.source:
        told = _("Texte proposé, à relire avec la direction générale. Modèle : %(source)s.") % {"source": form.source.rstrip(".")}
        yield Paragraph(told, "small")


def obligations(book: Book) -> Iterator[Piece]:
    yield Heading(_("Les échéances"))
    if not book.data.obligations:
        yield Paragraph(_("Aucune échéance n’est inscrite pour cette année."))
        return
    rows = tuple(
        (
            one.label,
            one.towards,
            words.day_or(one.due_on, _("sans date")),
            _("écartée") if one.switched_off_on else words.day(one.met_on) if one.met_on else _("à faire"),
            words.dot(one.status, one.source),
        )
        for one in book.data.obligations
    )
    headings = (_("Échéance"), _("Envers"), _("Pour le"), _("Remplie le"), _("Source"))
    yield Grid("", headings, rows, widths=(3, 2, 1.6, 1.6, 3.2))


def missing(book: Book) -> Iterator[Piece]:
    if not book.missing:
        return
    yield Heading(_("Ce qui manque"))
    yield Paragraph(_("Ces données ont été arrêtées avec les manques que voici.") if not book.is_draft else _("À ce jour, il manque :"))
    rows = tuple((one.what, one.owed_by or _("inconnu")) for one in book.missing)
    yield Grid("", (_("Quoi"), _("Dû par")), rows, widths=(4, 2))


def changes(book: Book) -> Iterator[Piece]:
    if not book.difference:
        return
    yield Heading(_("Ce qui a changé depuis la version précédente"))
    yield Points(tuple(book.difference))


def unknown_sections(names: list[str]) -> Iterator[Piece]:
    """A form may name a section that this release does not know: it is said, not dropped in silence."""
    if names:
        yield Heading(_("Sections non reconnues"))
        yield Paragraph(_("Le modèle demande des parties que cette version ne sait pas écrire : %(names)s.") % {"names": ", ".join(names)})
