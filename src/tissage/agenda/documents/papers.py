"""Balances and yearly accounts on paper: PDF (PDF/UA-1, A4) set by the press of `ui`, and the same blocks in Word."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from tissage.synthesis.documents import word as house
from tissage.synthesis.documents.blocks import Cover, Grid, Heading, Paper, Paragraph, Points
from tissage.synthesis.documents.words import short_language
from tissage.ui.glyphs import printable
from tissage.ui.press import mark, set_pdf

from .content import Piece

TEMPLATE = Path(str(files("tissage.agenda.documents"))) / "templates" / "paper.typ"


@dataclass(frozen=True, slots=True)
class Document:
    """A document before any format. `day`: Unix time written in the file. `state`: « bilan n° 2 », « brouillon »."""

    kind: str
    title: str
    territory: str
    dated: str
    state: str
    day: int
    blocks: Sequence[Piece]

    @property
    def foot(self) -> str:
        return " · ".join(filter(None, (self.title, self.state, self.dated)))


def pdf_of(document: Document) -> bytes:
    paper = {
        "language": short_language(),
        "title": printable(document.title),
        "kind": printable(document.kind),
        "territory": printable(document.territory),
        "dated": printable(document.dated),
        "state": printable(document.state),
        "foot": printable(document.foot),
        "page_of": _("page {page} sur {pages}"),
        "mark": mark(),
        "blocks": [_block(one) for one in document.blocks],
    }
    return set_pdf(TEMPLATE, day=document.day, paper=paper)


def _block(block: Piece) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": printable(block.text)}
        case Paragraph():
            return {"kind": "paragraph", "role": block.role, "text": printable(block.text)}
        case Points():
            return {"kind": "points", "items": [printable(item) for item in block.items]}
        case Grid():
            return {
                "kind": "grid",
                "caption": printable(block.caption),
                "headings": [printable(cell) for cell in block.headings],
                "rows": [[printable(cell) for cell in row] for row in block.rows],
                "numbers": block.numbers,
                "widths": list(block.widths or [1] * len(block.headings)),
                "note": printable(block.note),
            }


def docx_of(document: Document) -> bytes:
    cover = Cover(
        territory=document.territory, kind=document.kind, title=document.title, version=document.state, date=document.dated, place=""
    )
    words = {"page_of": _("page {page} sur {pages}"), "source": _("Source :"), "contents": ""}
    paper = Paper(language=short_language(), cover=cover, blocks=document.blocks, day=document.day, words=words)
    typesetter = Typesetter(paper)
    typesetter.set()
    stream = io.BytesIO()
    typesetter.file.save(stream)
    return stream.getvalue()


class Typesetter(house.Typesetter):
    """The house's Word file without cover page nor contents: a short head, then the blocks."""

    def set(self) -> None:
        self.describe()
        self.styles()
        self.page()
        cover = self.paper.cover
        self.paragraph(cover.kind, "Tissage Lede")
        self.paragraph(cover.title, "Title")
        self.paragraph(" · ".join(filter(None, (cover.territory, cover.version, cover.date))), "Tissage Lede")
        for block in self.paper.blocks:
            self.block(block)

    def page(self) -> None:
        section = self.file.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(23)
        section.top_margin, section.bottom_margin = Mm(22), Mm(22)
        foot = section.footer.paragraphs[0]
        foot.style = self.file.styles["Tissage Small"]
        before, _middle, rest = self.paper.words["page_of"].partition("{page}")
        between, _middle, after = rest.partition("{pages}")
        foot.add_run(f"{house.plain(self.paper.cover.title)} · {before}")
        house._field(foot, "PAGE", "1")
        foot.add_run(between)
        house._field(foot, "NUMPAGES", "1")
        foot.add_run(after)

    def heading(self, block: Heading) -> None:
        """Sections follow each other: no page of its own for each."""
        made = self.paragraph("", f"Heading {min(block.level + 1, 3)}")
        made.add_run(house.plain(block.text))
