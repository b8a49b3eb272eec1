"""The synthesis in Word: officials edit it. Real heading styles, a contents field, alternatives on pictures; no macro."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

from tissage.synthesis.queries import SynthesisDocument
from tissage.ui.press import iso_language

from .blocks import Address, Block, Cover, Figure, Grid, Heading, Paper, Paragraph, Points, Saying, Sayings
from .content import paper_of
from .pdf import alternative
from .rasters import pngs
from .words import short_language

INK, SLATE, WOAD = RGBColor(0x1E, 0x23, 0x30), RGBColor(0x55, 0x5E, 0x6E), RGBColor(0x24, 0x56, 0x7F)
SANS, SERIF = "Calibri", "Georgia"
RIGHT_TO_LEFT = {"ar", "fa", "he", "ps", "ur", "ku", "ckb", "yi"}
TEXT_WIDTH, TALLEST = Mm(164), Mm(215)
REGIONS = {"fr": "fr-BE", "en": "en-GB"}
# What XML 1.0 refuses.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render_docx(document: SynthesisDocument, *, language: str | None = None) -> bytes:
    """The Word file of a synthesis: the same blocks as the PDF."""
    with override(language or short_language()):
        return set_paper(paper_of(document))


def set_paper(paper: Paper) -> bytes:
    typesetter = Typesetter(paper)
    typesetter.set()
    stream = io.BytesIO()
    typesetter.file.save(stream)
    return stream.getvalue()


def plain(text: str) -> str:
    """The text without what XML refuses."""
    return _REFUSED.sub("", text)


class Typesetter:
    """Sets one paper. Holds the file and the pictures, drawn all at once."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.file: Any = Document()
        self.drawn: Iterator[bytes] = iter(pngs([block.chart for block in paper.blocks if isinstance(block, Figure)]))
        self.bookmarks = 0
        self.style_ids: dict[str, str] = {}
        self.end: Any = self.file.element.body.find(qn("w:sectPr"))

    def set(self) -> None:
        self.describe()
        self.styles()
        self.page()
        self.cover(self.paper.cover)
        self.contents()
        for block in self.paper.blocks:
            self.block(block)

    # --- The file --------------------------------------------------------------------------------------------
    def describe(self) -> None:
        paper, cover = self.paper, self.paper.cover
        on = dt.datetime.fromtimestamp(paper.day, dt.UTC).replace(tzinfo=None)
        core = self.file.core_properties
        core.title = plain(paper.title)[:255]
        core.author = core.last_modified_by = plain(cover.territory)[:255]
        core.subject = plain(cover.kind)
        core.keywords = plain(", ".join(paper.keywords))[:255]
        core.comments = plain(paper.description)[:255]
        core.language = REGIONS.get(paper.language, paper.language)
        core.created = core.modified = on
        core.version = plain(cover.version)

    def styles(self) -> None:
        styles = self.file.styles
        defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        language = defaults.find(qn("w:lang"))
        language.set(qn("w:val"), REGIONS.get(self.paper.language, self.paper.language))
        _style(styles["Normal"], SANS, 10.5, INK, after=6)
        _style(styles["Title"], SERIF, 30, INK, before=0, after=4)
        _style(styles["Subtitle"], SANS, 15, SLATE, after=14)
        for name, size, before, after in (("Heading 1", 20, 0, 10), ("Heading 2", 14, 20, 6), ("Heading 3", 11.5, 14, 3)):
            _style(styles[name], SERIF if name != "Heading 3" else SANS, size, INK, before=before, after=after, bold=True)
        _style(styles["Quote"], SERIF, 11, INK, before=6, after=0, left=Mm(4))
        styles["Quote"].font.italic = False
        styles["Quote"].paragraph_format.keep_with_next = True
        for name, base, left in (("Tissage About", "Normal", Mm(4)), ("Tissage Small", "Normal", None), ("Tissage Lede", "Normal", None)):
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles[base]
            size, colour = (12, INK) if name.endswith("Lede") else (8.5, SLATE)
            _style(style, SANS, size, colour, after=4 if name.endswith("About") else 8, left=left)
        self.style_ids = {style.name: style.style_id for style in styles}

    def page(self) -> None:
        section = self.file.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(23)
        section.top_margin, section.bottom_margin = Mm(25), Mm(22)
        section.different_first_page_header_footer = True
        cover = self.paper.cover
        head = section.header.paragraphs[0]
        head.style = self.file.styles["Tissage Small"]
        head.add_run(plain(" · ".join(filter(None, (self.paper.title, cover.version, cover.state)))))
        foot = section.footer.paragraphs[0]
        foot.style = self.file.styles["Tissage Small"]
        before, _middle, rest = self.paper.words["page_of"].partition("{page}")
        between, _middle, after = rest.partition("{pages}")
        foot.add_run(f"{plain(cover.date)} · {before}")
        _field(foot, "PAGE", "1")
        foot.add_run(between)
        _field(foot, "NUMPAGES", "1")
        foot.add_run(after)

    # --- The parts -------------------------------------------------------------------------------------------
    def cover(self, cover: Cover) -> None:
        self.paragraph(cover.kind, "Tissage Lede").paragraph_format.space_before = Pt(90)
        self.paragraph(cover.title, "Title")
        if cover.place:
            self.paragraph(cover.place, "Subtitle")
        told = self.paragraph(" · ".join(filter(None, (cover.version, cover.date))), "Tissage Lede")
        if cover.state:
            told.add_run(" · ")
            told.add_run(plain(cover.state)).bold = True
        self.points(tuple(f"{figure} {word}" for figure, word in cover.figures))
        if cover.facts:
            self.grid(Grid("", (_("Sujet"), _("Ce qu’il faut savoir")), cover.facts, widths=(1, 3)))
        self.paragraph(cover.foot, "Tissage Small")

    def contents(self) -> None:
        """A field that Word fills with page numbers; until then it holds the headings as links."""
        heading = self.paragraph(self.paper.words["contents"], "Tissage Lede")
        heading.paragraph_format.page_break_before = True
        heading.runs[0].bold = True
        entries = [block for block in self.paper.blocks if isinstance(block, Heading) and block.level <= 2]
        first = self.paragraph("")
        _begin_field(first, 'TOC \\o "1-2" \\h \\z \\u')
        numbers = [i for i, block in enumerate(b for b in self.paper.blocks if isinstance(b, Heading)) if block.level <= 2]
        line = first
        for position, (entry, target) in enumerate(zip(entries, numbers, strict=True)):
            line = first if position == 0 else self.paragraph("")
            line.paragraph_format.left_indent = Mm(6 * (entry.level - 1))
            line.paragraph_format.space_after = Pt(2)
            _link(line, _name(target), plain(heading_text(entry)))
        _end_field(line)

    def block(self, block: Block) -> None:
        match block:
            case Heading():
                self.heading(block)
            case Paragraph():
                self.paragraph(block.text, {"lede": "Tissage Lede", "small": "Tissage Small"}.get(block.role, "Normal"))
            case Points():
                self.points(block.items)
            case Figure():
                self.figure(block)
            case Grid():
                self.grid(block)
            case Sayings():
                for line in block.lines:
                    self.saying(line)
            case Address():
                self.paragraph(f"{block.text} {block.address}")

    def heading(self, block: Heading) -> None:
        heading = self.paragraph("", f"Heading {block.level}")
        heading.paragraph_format.page_break_before = block.level == 1 or block.new_page
        _bookmark(heading, self.bookmarks, plain(heading_text(block)))
        self.bookmarks += 1
        told = " · ".join(filter(None, (block.aside, block.mark)))
        if told:
            self.paragraph(told, "Tissage Small").paragraph_format.keep_with_next = True

    def paragraph(self, text: str, style: str = "Normal") -> Any:
        """A paragraph at the end. By hand: python-docx looks up the place and the style anew each time, which is slow in a long file."""
        element = OxmlElement("w:p")
        self.end.addprevious(element)
        made = DocxParagraph(element, self.file._body)
        made._p.style = self.style_ids[style]
        if text:
            made.add_run(plain(text))
        return made

    def points(self, items: tuple[str, ...]) -> None:
        for item in items:
            self.paragraph(item, "List Bullet")

    def figure(self, block: Figure) -> None:
        self.paragraph(block.sentence).paragraph_format.keep_with_next = True
        holder = self.paragraph("")
        holder.paragraph_format.keep_with_next = True
        shape = holder.add_run().add_picture(io.BytesIO(next(self.drawn)), width=TEXT_WIDTH)
        if shape.height > TALLEST:
            shape.width, shape.height = int(shape.width * TALLEST / shape.height), TALLEST
        properties = shape._inline.docPr
        properties.set("descr", plain(alternative(block.chart)))
        properties.set("title", plain(block.chart.title))
        self.paragraph(f"{self.paper.words['source']} {block.source} {block.table}", "Tissage Small")

    def grid(self, block: Grid) -> None:
        if block.caption:
            caption = self.paragraph(block.caption)
            caption.runs[0].bold = True
            caption.paragraph_format.keep_with_next = True
        columns = len(block.headings)
        table = self.file.add_table(rows=1 + len(block.rows), cols=columns, style="Table Grid")
        table.autofit = False
        _table_words(table, plain(block.caption or " · ".join(block.headings)))
        widths = block.widths or (1.0,) * columns
        parts = [int(TEXT_WIDTH * width / sum(widths)) for width in widths]
        for column, width in zip(table.columns, parts, strict=True):
            column.width = width
        for y, (row, cells) in enumerate(zip(table.rows, (block.headings, *block.rows), strict=True)):
            _row(row, header=y == 0)
            for x, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = parts[x]
                _fill(cell.paragraphs[0], plain(text), bold=y == 0, right=x >= columns - block.numbers, small=columns > 7)
        self.paragraph(block.note, "Tissage Small")

    def saying(self, line: Saying) -> None:
        words = self.paper.words
        language = iso_language(line.language)
        said = self.paragraph(words["open"] + line.text + words["close"], "Quote")
        if language and language != self.paper.language:
            _speak(said, language)
        if line.translation:
            self.paragraph(
                words["translated"] + words["open"] + line.translation + words["close"], "Tissage About"
            ).paragraph_format.keep_with_next = True
        self.paragraph(line.about, "Tissage About")
        if line.note:
            self.paragraph(line.note, "Tissage About")


def heading_text(block: Heading) -> str:
    return " ".join(filter(None, (block.letter or block.code, block.text)))


# --- OOXML that python-docx does not speak ---------------------------------------------------------------------
def _style(
    style: Any,
    family: str,
    size: float,
    colour: RGBColor,
    *,
    before: float = 0,
    after: float = 6,
    left: Any = None,
    bold: bool | None = None,
) -> None:
    style.font.name, style.font.size, style.font.color.rgb, style.font.bold = family, Pt(size), colour, bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), family)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    if left is not None:
        form.left_indent = left
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)


def _element(tag: str, /, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _run(parent: Any, *children: Any) -> None:
    run = OxmlElement("w:r")
    for child in children:
        run.append(child)
    parent.append(run)


def _text(text: str) -> Any:
    made = OxmlElement("w:t")
    made.text = text
    made.set(qn("xml:space"), "preserve")
    return made


def _begin_field(paragraph: Any, instruction: str) -> None:
    code = OxmlElement("w:instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    _run(paragraph._p, _element("w:fldChar", fldCharType="begin", dirty="true"))
    _run(paragraph._p, code)
    _run(paragraph._p, _element("w:fldChar", fldCharType="separate"))


def _end_field(paragraph: Any) -> None:
    _run(paragraph._p, _element("w:fldChar", fldCharType="end"))


def _field(paragraph: Any, instruction: str, shown: str) -> None:
    _begin_field(paragraph, instruction)
    _run(paragraph._p, _text(shown))
    _end_field(paragraph)


def _name(number: int) -> str:
    return f"_Toc{number:06d}"


def _bookmark(paragraph: Any, number: int, text: str) -> None:
    paragraph._p.append(_element("w:bookmarkStart", id=str(number), name=_name(number)))
    paragraph.add_run(text)
    paragraph._p.append(_element("w:bookmarkEnd", id=str(number)))


def _link(paragraph: Any, target: str, text: str) -> None:
    link = _element("w:hyperlink", anchor=target, history="1")
    _run(link, _text(text))
    paragraph._p.append(link)


def _table_words(table: Any, text: str) -> None:
    table._tbl.tblPr.append(_element("w:tblCaption", val=text))


def _row(row: Any, *, header: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(_element("w:cantSplit"))
    if header:
        properties.append(_element("w:tblHeader"))


def _fill(paragraph: Any, text: str, *, bold: bool, right: bool, small: bool) -> None:
    run = paragraph.add_run(text)
    run.bold = bold or None
    run.font.size = Pt(8 if small else 9)
    paragraph.paragraph_format.space_after = Pt(1)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _speak(paragraph: Any, language: str) -> None:
    """The language of the words, for spelling and for the screen reader; right to left where it is so written."""
    written = language in RIGHT_TO_LEFT
    if written:
        paragraph._p.get_or_add_pPr().append(_element("w:bidi"))
    for run in paragraph.runs:
        properties = run._r.get_or_add_rPr()
        if written:
            properties.append(_element("w:rtl"))
        properties.append(_element("w:lang", **({"bidi": language} if written else {"val": language})))
