"""A document as blocks: the sections its form names, in its order, then what is missing and what changed."""

from __future__ import annotations

from collections.abc import Iterator

from tissage.reports.models import Report

from .blocks import Heading, Part, Piece, deeper
from .book import Book
from .sections import closing, councillor, section_of

PARTS = (Report.Kind.ACTIVITY, Report.Kind.FINANCIAL, Report.Kind.SHEETS, Report.Kind.DASHBOARD)


def part_of(book: Book) -> Part:
    """The whole document. A dossier holds the reports its form names, each under a heading of its own."""
    lead = list(councillor.two_pages(book)) if "councillor" in book.template.sections else []
    blocks: list[Piece] = []
    unknown: list[str] = []
    for name in book.template.sections:
        if name == "councillor":
            continue
        if book.kind == Report.Kind.DOSSIER and name in PARTS:
            form = book.templates[name]
            blocks.append(Heading(form.label, 1, new_page=True))
            blocks += deeper([piece for section in form.sections for piece in _section(book, name, section, unknown)], 1)
        else:
            blocks += _section(book, book.kind, name, unknown)
    blocks += closing.changes(book)
    blocks += closing.missing(book)
    blocks += closing.unknown_sections(unknown)
    return Part(lead, blocks)


def _section(book: Book, kind: str, name: str, unknown: list[str]) -> Iterator[Piece]:
    section = section_of(kind, name)
    if section is None:
        unknown.append(name)
        return
    yield from section(book)
