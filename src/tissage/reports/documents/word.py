"""The same document in Word, for those who edit it: heading styles, contents, table headings repeated on each page, in French."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

from tissage.synthesis.documents import word as house
from tissage.synthesis.documents.scribe import midnight

from . import words
from .blocks import Cover, Grid, Numbers, Paper
from .book import Book
from .content import part_of
from .pdf import furniture, headline, stamp


def render_docx(book: Book) -> bytes:
    """The Word file of a book: the same blocks as its PDF."""
    part = part_of(book)
    facts = book.data.facts
    paper = Paper(
        language=words.short_language(),
        cover=Cover(
            territory=facts.carrier or facts.territory,
            kind=facts.plan,
            title=headline(book),
            version=stamp(book),
            date=book.dated,
            state=furniture()["draft"] if book.is_draft else "",
            draft=book.is_draft,
        ),
        blocks=[*part.lead, *part.blocks],  # type: ignore[list-item]
        day=midnight(book.frozen_on or book.made_on),
        words=furniture(),
        keywords=(facts.plan, book.template.label),
        description=book.source,
    )
    typesetter = Typesetter(paper, lead=len(part.lead))
    typesetter.set()
    stream = io.BytesIO()
    typesetter.file.save(stream)
    return stream.getvalue()


class Typesetter(house.Typesetter):
    """Sets the papers of the plan: a short head in place of a cover, the lead before the contents, « PROJET » on every page of a draft."""

    def __init__(self, paper: Paper, *, lead: int) -> None:
        super().__init__(paper)
        self.lead = lead

    def set(self) -> None:
        self.describe()
        self.styles()
        self.page()
        self.cover(self.paper.cover)
        for block in self.paper.blocks[: self.lead]:
            self.block(block)
        if self.lead:
            self.contents()
        for block in self.paper.blocks[self.lead :]:
            self.block(block)

    def styles(self) -> None:
        super().styles()
        house._style(self.file.styles["Heading 4"], house.SANS, 10.5, house.INK, before=10, after=3, bold=True)
        self.file.styles["Heading 4"].font.italic = False
        self.style_ids = {style.name: style.style_id for style in self.file.styles}

    def page(self) -> None:
        section = self.file.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(23)
        section.top_margin, section.bottom_margin = Mm(25), Mm(22)
        cover = self.paper.cover
        head = section.header.paragraphs[0]
        head.style = self.file.styles["Tissage Small"]
        head.add_run(house.plain(f"{cover.title} · {cover.version}"))
        if cover.draft:
            mark = section.header.add_paragraph()
            run = mark.add_run(cover.state)
            run.bold, run.font.size, run.font.color.rgb = True, Pt(26), house.SLATE
        foot = section.footer.paragraphs[0]
        foot.style = self.file.styles["Tissage Small"]
        before, _mark, rest = self.paper.words["page_of"].partition("{page}")
        between, _mark, after = rest.partition("{pages}")
        foot.add_run(f"{house.plain(cover.date)} · {before}")
        house._field(foot, "PAGE", "1")
        foot.add_run(between)
        house._field(foot, "NUMPAGES", "1")
        foot.add_run(after)

    def cover(self, cover: Cover) -> None:
        self.paragraph(cover.kind, "Tissage Lede")
        self.paragraph(cover.title, "Title")
        self.paragraph(words.dot(cover.date, cover.version), "Tissage Lede")

    def heading(self, block: Any) -> None:
        """As the house sets it, but a new page is asked for by the block alone: sections of a report follow each other."""
        heading = self.paragraph("", f"Heading {min(block.level, 4)}")
        heading.paragraph_format.page_break_before = block.new_page
        house._bookmark(heading, self.bookmarks, house.plain(block.text))
        self.bookmarks += 1
        if block.aside:
            self.paragraph(block.aside, "Tissage Small").paragraph_format.keep_with_next = True

    def block(self, block: Any) -> None:
        if isinstance(block, Numbers):
            rows = tuple((one.label, f"{one.value} {one.unit}".strip(), one.how) for one in block.items)
            self.grid(Grid("", (_("Quoi"), _("Combien"), _("Comment compté")), rows, widths=(1, 1.4, 3)))
        else:
            super().block(block)
