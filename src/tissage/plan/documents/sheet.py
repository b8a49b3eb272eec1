"""A printable sheet as plain values: drawn by `plan/board/sheet.html` on a page, by `sheet.typ` on paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tissage.ui.glyphs import printable
from tissage.ui.press import mark, set_pdf

TEMPLATE = Path(str(files("tissage.plan.documents"))) / "templates" / "sheet.typ"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands under it: paragraphs, then a table. `numbers`: how many of the last columns are numbers.

    `empty` is said when the table has no row; `note` stands under it.
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numbers: int = 0
    widths: tuple[int, ...] = ()
    empty: str = ""
    note: str = ""

    @property
    def cells(self) -> list[list[tuple[str, str, bool]]]:
        """Rows of (heading, words, is a number), as a page shows them."""
        first = len(self.headings) - self.numbers
        return [[(self.headings[i], cell, i >= first) for i, cell in enumerate(row)] for row in self.rows]

    @property
    def heads(self) -> list[tuple[str, bool]]:
        first = len(self.headings) - self.numbers
        return [(heading, i >= first) for i, heading in enumerate(self.headings)]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`above`: the plan and the territory; `facts`: short (label, value) pairs, never empty: what is unknown is said."""

    title: str
    above: str
    territory: str
    day: dt.date
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]


def render_sheet(sheet: Sheet) -> bytes:
    """The PDF of a sheet (PDF/UA-1, A4), dated of its day, in the language of the moment."""
    made = {
        "language": (get_language() or "fr").split("-")[0],
        "title": printable(sheet.title),
        "above": printable(sheet.above),
        "territory": printable(sheet.territory),
        "day": date_format(sheet.day, "j F Y"),
        "facts": [[printable(cell) for cell in fact] for fact in sheet.facts],
        "parts": [_part(part) for part in sheet.parts],
        "mark": mark(),
        "words": {
            "page_of": _("page {page} sur {pages}"),
            "internal": _("Document de travail : contient des coordonnées, ne pas diffuser."),
        },
    }
    midnight = dt.datetime(sheet.day.year, sheet.day.month, sheet.day.day, tzinfo=dt.UTC)
    return set_pdf(TEMPLATE, day=int(midnight.timestamp()), sheet=made)


def _part(part: Part) -> dict[str, Any]:
    return {
        "title": printable(part.title),
        "paragraphs": [printable(one) for one in part.paragraphs],
        "headings": [printable(one) for one in part.headings],
        "rows": [[printable(cell) for cell in row] for row in part.rows],
        "numbers": part.numbers,
        "widths": list(part.widths or [1] * len(part.headings)),
        "empty": printable(part.empty),
        "note": printable(part.note),
    }
