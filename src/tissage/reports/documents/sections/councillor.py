"""The two pages for the councillor: planned, done, cost, for whom, late, what is put to the vote. Each number says its unit and how it was counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.core.plan_public import counts_persons
from tissage.core.plan_year import ActionOfYear, FigureOfYear
from tissage.reports.documents import words
from tissage.reports.documents.blocks import Grid, Heading, Numbers, Paragraph, Piece, Points
from tissage.reports.documents.book import Book

from .activity import axes_table, key_numbers, sentence
from .closing import decision_lines

MOST_FIGURES, MOST_LATE, MOST_AXES, MOST_CHECKS, MOST_DECISIONS = 7, 7, 8, 3, 4
LONGEST, LONGEST_HOW, LONGEST_DECISION = 70, 90, 260
"""What two pages hold. Beyond, the reader is told how many more, and where."""


def two_pages(book: Book) -> Iterator[Piece]:
    yield Heading(_("L’essentiel"))
    yield Paragraph(sentence(book), "lede")
    yield Numbers(key_numbers(book))
    yield from for_whom(book)
    yield Heading(_("Ce qui est mis au vote"), 2, new_page=True)
    yield from vote(book)
    yield from late(book)
    yield shortened(axes_table(book, _("Par axe")))
    yield from to_know(book)


def short(text: str, most: int = LONGEST) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def for_whom(book: Book) -> Iterator[Piece]:
    yield Heading(_("Pour qui"), 2)
    counted = [
        (action, figure)
        for action in book.data.actions
        for figure in action.figures
        if counts_persons(figure.unit) and (figure.value is not None or (action.key, figure.indicator) in book.hidden)
    ]
    counted.sort(key=_largest)
    if counted:
        rows = tuple(
            (
                short(f"{action.sequence}. {action.title}", 60),
                short(f"{figure.indicator} : {book.value(action, figure)}", 80),
                short(book.how(action, figure), LONGEST_HOW),
            )
            for action, figure in counted[:MOST_FIGURES]
        )
        yield Grid(
            _("Les actions qui ont touché le plus de personnes"),
            (_("Action"), _("Combien"), _("Comment compté")),
            rows,
            widths=(2.6, 2.8, 3),
            note=_("Ces nombres ne s’additionnent pas : la même personne peut être comptée dans plusieurs actions.") + " " + book.source,
        )
    else:
        yield Paragraph(_("Aucun nombre de personnes n’est approuvé pour cette année."))
    publics = sorted({name for action in book.data.actions for name in action.target_groups}, key=str.casefold)
    places = sorted({name for action in book.data.actions for name in action.neighbourhoods}, key=str.casefold)
    told = [f"{title} {_listed(names)}." for title, names in ((_("Publics visés :"), publics), (_("Quartiers :"), places)) if names]
    if told:
        yield Paragraph(" ".join(told))


def _largest(pair: tuple[ActionOfYear, FigureOfYear]) -> tuple[bool, object, int]:
    action, figure = pair
    return figure.value is None, -(figure.value or 0), action.sequence


def _listed(names: list[str], most: int = 8) -> str:
    shown = ", ".join(short(name, 40) for name in names[:most])
    left = len(names) - most
    return shown + (ngettext(" et %(count)s autre", " et %(count)s autres", left) % {"count": left} if left > 0 else "")


def vote(book: Book) -> Iterator[Piece]:
    if book.sitting_on:
        yield Paragraph(_("Séance du %(day)s.") % {"day": words.day(book.sitting_on)})
    lines = decision_lines(book)
    if lines:
        yield Points(tuple(short(line, LONGEST_DECISION) for line in lines[:MOST_DECISIONS]))
        if len(lines) > MOST_DECISIONS:
            yield Paragraph(_("Le texte entier de la délibération est plus loin dans ce dossier."), "small")
    else:
        told = _("L’approbation du rapport d’activité et du rapport financier de l’année %(year)s.") % {"year": book.data.facts.year}
        yield Points((told,))


def late(book: Book) -> Iterator[Piece]:
    yield Heading(_("En retard"), 2)
    found = [action for action in book.data.actions if action.late]
    if not found:
        yield Paragraph(_("Aucune action n’est en retard."))
        return
    yield Points(tuple(f"{one.sequence}. {short(one.title)} : {one.late}" for one in found[:MOST_LATE]))
    left = len(found) - MOST_LATE
    if left > 0:
        told = ngettext(
            "%(count)s autre action en retard est dans le rapport.", "%(count)s autres actions en retard sont dans le rapport.", left
        )
        yield Paragraph(told % {"count": left}, "small")


def shortened(grid: Grid) -> Grid:
    """The axes that two pages hold; the note says how many are left."""
    rows = tuple((short(row[0], 88), *row[1:]) for row in grid.rows[:MOST_AXES])
    left = len(grid.rows) - MOST_AXES
    more = ngettext("%(count)s autre axe plus loin. ", "%(count)s autres axes plus loin. ", left) % {"count": left} if left > 0 else ""
    return replace(grid, rows=rows, note=more + grid.note)


def to_know(book: Book) -> Iterator[Piece]:
    """Checks that fail or cannot be told, what is missing, what changed since the version before."""
    told = [
        f"{short(one.label)} : {words.yes_no(one.passed)}. {short(one.sentence, 130)}".strip()
        for one in book.data.checks
        if one.passed is not True
    ][:MOST_CHECKS]
    passed = sum(one.passed is True for one in book.data.checks)
    if passed:
        told.insert(0, ngettext("%(count)s contrôle est respecté.", "%(count)s contrôles sont respectés.", passed) % {"count": passed})
    if book.missing:
        count = len(book.missing)
        many = ngettext("%(count)s point manque encore à ces données.", "%(count)s points manquent encore à ces données.", count)
        told.append(many % {"count": count})
    if book.difference:
        told.append(_("Ces données corrigent une version précédente : les changements sont dits à la fin."))
    if told:
        yield Heading(_("À savoir"), 2)
        yield Points(tuple(told))
