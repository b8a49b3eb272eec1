"""The sections a form may name, by the words of the framework's data. One function a section: a book in, blocks out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tissage.reports.documents.blocks import Piece
from tissage.reports.documents.book import Book

from . import activity, closing, councillor, financial, sheets

Section = Callable[[Book], Iterator[Piece]]

SECTIONS: dict[str, Section] = {
    "summary": activity.summary,
    "plan": activity.plan,
    "axes": activity.axes,
    "actions": activity.actions,
    "partners": activity.partners,
    "evaluation": activity.evaluation,
    "commission": activity.commission,
    "indicators": activity.indicators,
    "obligations": closing.obligations,
    "funding": financial.funding,
    "money": financial.actions,
    "function_codes": financial.function_codes,
    "checks": financial.checks,
    "staff": financial.staff,
    "in_kind": financial.in_kind,
    "agreements": financial.agreements,
    "action": sheets.sheets,
    "councillor": councillor.two_pages,
    "vote": closing.vote,
    "missing": closing.missing,
    "changes": closing.changes,
}
"""A section a form names and that is not here is left out, and said so in the document (`closing.unknown_sections`)."""

OF_KIND: dict[tuple[str, str], Section] = {
    ("financial", "summary"): financial.summary,
    ("financial", "actions"): financial.actions,
    ("dashboard", "actions"): sheets.register,
}


def section_of(kind: str, name: str) -> Section | None:
    return OF_KIND.get((kind, name)) or SECTIONS.get(name)
