"""A document of the plan on paper: A4, tagged (PDF/UA-1), set by the press of `ui`. Same book, same bytes."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tissage.synthesis.documents.pdf import alternative, draw
from tissage.synthesis.documents.scribe import midnight
from tissage.ui.glyphs import printable
from tissage.ui.press import set_pdf

from . import words
from .blocks import Figure, Grid, Heading, Numbers, Paragraph, Part, Piece, Points
from .book import Book
from .content import part_of

TEMPLATE = Path(str(files("tissage.reports.documents"))) / "templates" / "report.typ"
CONTENTS_FROM = 6
"""A document with fewer headings than this needs no table of contents."""
TALLEST = 1.2


def render_pdf(book: Book) -> bytes:
    return set_pdf(TEMPLATE, day=midnight(book.frozen_on or book.made_on), paper=paper_json(book, part_of(book)))


def furniture() -> dict[str, str]:
    return {
        "contents": _("Table des matières"),
        "page_of": _("page {page} / {pages}"),
        "source": _("Source :"),
        "draft": _("PROJET"),
    }


def headline(book: Book) -> str:
    """What stands on top of every page: the title and the territory."""
    return words.dot(book.title, book.data.facts.territory)


def stamp(book: Book) -> str:
    """Which version of which document: « PROJET », « document 12 · version 2 », or « copie non numérotée · version 2 » of one not issued."""
    number = _("document %(number)s") % {"number": book.number} if book.number else "" if book.is_draft else _("copie non numérotée")
    invented = _("données inventées") if book.data.facts.is_demonstration else ""
    return words.dot(number, book.state, invented)


def paper_json(book: Book, part: Part) -> dict[str, Any]:
    """What the template reads. Every word is made printable; pictures are SVG texts."""
    headings = sum(isinstance(one, Heading) for one in part.blocks)
    facts = book.data.facts
    return {
        "language": words.short_language(),
        "title": printable(headline(book)),
        "author": printable(facts.carrier or facts.territory),
        "description": printable(book.source),
        "keywords": [printable(facts.plan), printable(book.template.label)],
        "kind": printable(facts.plan),
        "dated": printable(book.dated),
        "state": printable(stamp(book)),
        "draft": book.is_draft,
        "words": furniture(),
        "running": {
            "left": printable(headline(book)),
            "right": printable(stamp(book)),
            "foot": printable(words.dot(book.dated, facts.plan)),
        },
        "contents": bool(part.lead) or headings >= CONTENTS_FROM,
        "lead": [_block(block, listed=False) for block in part.lead],
        "blocks": [_block(block) for block in part.blocks],
    }


def _block(block: Piece, *, listed: bool = True) -> dict[str, Any]:
    match block:
        case Heading():
            named = {"text": printable(block.text), "aside": printable(block.aside)}
            return {"kind": "heading", "level": block.level, "new_page": block.new_page, "listed": listed, **named}
        case Paragraph():
            return {"kind": "paragraph", "text": printable(block.text), "role": block.role}
        case Points():
            return {"kind": "points", "items": [printable(item) for item in block.items]}
        case Numbers():
            told = ("label", "value", "unit", "how")
            items = [{**{name: printable(getattr(one, name)) for name in told}, "alert": one.alert} for one in block.items]
            return {"kind": "numbers", "items": items}
        case Figure():
            return {
                "kind": "figure",
                "sentence": printable(block.sentence),
                "source": printable(block.source),
                "svg": draw(block.chart),
                "alt": printable(alternative(block.chart)),
                "width": round(100 * min(1.0, TALLEST / (float(block.chart.height) / float(block.chart.width))), 1),
            }
        case Grid():
            return {
                "kind": "grid",
                "caption": printable(block.caption),
                "headings": [printable(cell) for cell in block.headings],
                "rows": [[printable(cell) for cell in row] for row in block.rows],
                "numbers": block.numbers,
                "note": printable(block.note),
                "widths": list(block.widths or [1] * len(block.headings)),
            }
    raise TypeError(f"No way to set {type(block).__name__} in a document of the plan.")
