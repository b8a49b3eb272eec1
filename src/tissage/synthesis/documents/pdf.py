"""The synthesis on paper: A4, tagged (PDF/UA-1), set by the press of `ui`."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from tissage.core.charts import DIMENSIONS, Chart, Ink
from tissage.synthesis.queries import SynthesisDocument, WorkshopSheet
from tissage.ui.glyphs import drawable, printable
from tissage.ui.press import iso_language, mark, set_pdf, standalone

from .blocks import Address, Block, Figure, Grid, Heading, Paper, Paragraph, Points, Saying, Sayings
from .content import group_sheet_of, paper_of
from .sheet import sheet_of
from .words import short_language

TEMPLATES = Path(str(files("tissage.synthesis.documents"))) / "templates"
TALLEST = 1.28  # height of a picture over its width at full width: what an A4 page holds under a heading
PLAIN = Ink("#ffffff", "", "#1e2330")
KEPT_WHOLE = 500  # a statement up to this length never runs over two pages


def render_pdf(document: SynthesisDocument, *, language: str | None = None) -> bytes:
    """The PDF of a synthesis. Same document, same language: same bytes."""
    with override(language or short_language()):
        return set_paper(paper_of(document))


def write_pdf(document: SynthesisDocument, path: Path, *, language: str | None = None) -> None:
    Path(path).write_bytes(render_pdf(document, language=language))


def render_group_sheet_pdf(document: SynthesisDocument, group_id: int, *, language: str | None = None) -> bytes:
    """One group's words, question by question, to read again with the group."""
    with override(language or short_language()):
        return set_paper(group_sheet_of(document, group_id))


def render_workshop_sheet_pdf(sheet: WorkshopSheet, *, title: str, language: str | None = None) -> bytes:
    """The sheet of one workshop, handed to the group: every word, by question and by dimension. `title` is how the group is called."""
    with override(language or short_language()):
        return set_paper(sheet_of(sheet, title))


def set_paper(paper: Paper) -> bytes:
    """A paper set as PDF/UA-1."""
    return set_pdf(TEMPLATES / "paper.typ", day=paper.day, paper=as_json(paper))


def draw(chart: Chart) -> str:
    """The chart as on screen, as SVG."""
    return drawable(render_to_string("ui/charts/chart.svg", {"chart": seamless(chart)}))


def seamless(chart: Chart) -> Chart:
    """The same picture, each hatch laid on one plain ground: readers of PDF show hairlines between tiles that carry their own."""
    grounds = {f"url(#{pattern.id})": pattern.ground for pattern in chart.patterns}
    rects = []
    for rect in chart.rects:
        if rect.fill in grounds:
            rects.append(replace(rect, fill=grounds[rect.fill], stroke=""))
        rects.append(rect)
    return replace(chart, patterns=tuple(replace(pattern, ground="none") for pattern in chart.patterns), rects=tuple(rects))


def as_json(paper: Paper) -> dict[str, Any]:
    """What the template reads. Every word is made printable; pictures are SVG texts."""
    cover = paper.cover
    letters = [block.letter for block in paper.blocks if isinstance(block, Heading) and block.letter]
    return {
        "language": paper.language,
        "region": {"fr": "BE", "en": "GB"}.get(paper.language, "BE"),
        "title": printable(paper.title),
        "description": printable(paper.description),
        "keywords": [printable(word) for word in paper.keywords],
        "words": paper.words,
        "running": {
            "left": printable(paper.title),
            "right": printable(" · ".join(filter(None, (cover.version, cover.state)))),
            "foot": printable(cover.date),
        },
        "cover": {
            **{
                name: printable(getattr(cover, name))
                for name in ("territory", "place", "kind", "title", "version", "date", "state", "foot")
            },
            "figures": [[printable(text) for text in pair] for pair in cover.figures],
            "facts": [[printable(text) for text in pair] for pair in cover.facts],
        },
        "chips": {letter: chip(letter) for letter in letters},
        "draft": cover.draft,
        "sheet": paper.sheet,
        "black": paper.black,
        "strip": strip(paper.strip),
        "mark": mark(),
        "blocks": [_block(block) for block in paper.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            named = {name: printable(getattr(block, name)) for name in ("text", "letter", "code", "aside", "mark")}
            return {"kind": "heading", "level": block.level, "new_page": block.new_page, **named}
        case Paragraph():
            return {"kind": "paragraph", "text": printable(block.text), "role": block.role, "language": iso_language(block.language)}
        case Points():
            return {"kind": "points", "items": [printable(item) for item in block.items]}
        case Figure():
            return _figure(block)
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
        case Sayings():
            return {"kind": "sayings", "lines": [_saying(line) for line in block.lines]}
        case Address():
            # An address is copied: nothing unseen stands in it.
            words = {name: drawable(getattr(block, name)) for name in ("alternative", "address", "text")}
            return {"kind": "address", "svg": standalone(block.svg), **words}


def _figure(block: Figure) -> dict[str, Any]:
    chart = block.chart
    tall = float(chart.height) / float(chart.width)
    return {
        "kind": "figure",
        "sentence": printable(block.sentence),
        "source": printable(block.source),
        "svg": draw(chart),
        "alt": printable(alternative(chart)),
        "width": round(100 * min(1.0, TALLEST / tall), 1),
        "table": printable(block.table),
    }


def alternative(chart: Chart) -> str:
    """What the picture says, in words: its title, its sentence, and its rows when they are few."""
    told = f"{chart.title}. {chart.desc}"
    rows = chart.table.rows
    if len(chart.table.headings) == 2 and len(rows) <= 30:
        told += " " + " ; ".join(f"{label} : {value}" for label, value in rows) + "."
    return told


def _saying(line: Saying) -> dict[str, Any]:
    return {
        "text": printable(line.text),
        "about": printable(line.about),
        "language": iso_language(line.language),
        "translation": printable(line.translation),
        "note": printable(line.note),
        "long": len(line.text) + sum(len(part.text) for part in line.parts) > KEPT_WHOLE,
        "parts": [_saying(part) for part in line.parts],
    }


def chip(letter: str) -> str:
    """The letter of a dimension on its ground, with its hatch."""
    drawn = render_to_string("ui/dimension_chip.svg", {"letter": letter, "ink": DIMENSIONS.get(letter)})
    return standalone(drawn)


def strip(shares: tuple[tuple[str, int], ...]) -> str:
    """The dimensions spoken of as threads side by side, each as wide as its criteria; empty when nothing was said."""
    total = sum(count for _, count in shares)
    if not total:
        return ""
    gap, wide, high = 3.0, 760.0, 52
    room = wide - gap * (len(shares) - 1)
    defs: list[str] = []
    marks: list[str] = []
    x = 0.0
    for letter, count in shares:
        ink = DIMENSIONS.get(letter, PLAIN)
        width = room * count / total
        defs.append(
            f'<pattern id="t-{letter}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<path d="{ink.hatch}" fill="none" stroke="{ink.text}" stroke-width="1.2" stroke-linecap="round" stroke-opacity="0.4"/></pattern>'
        )
        marks.extend(f'<rect x="{x:.1f}" width="{width:.1f}" height="{high}" fill="{fill}"/>' for fill in (ink.ground, f"url(#t-{letter})"))
        if width >= 22:
            marks.append(
                f'<text x="{x + width / 2:.1f}" y="{high / 2 + 6:.0f}" text-anchor="middle" font-size="18" font-weight="700" fill="{ink.text}" '
                f'stroke="{ink.ground}" stroke-width="6" stroke-linejoin="round" paint-order="stroke">{letter}</text>'
            )
        x += width + gap
    return standalone(
        f'<svg viewBox="0 0 {wide:.0f} {high}" width="{wide:.0f}" height="{high}"><defs>{"".join(defs)}</defs>{"".join(marks)}</svg>'
    )
