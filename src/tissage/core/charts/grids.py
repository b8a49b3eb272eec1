"""Rows crossed with columns: a heat map, a grid of who has what."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from tissage.core.charts.drawing import CHIP, LEADING, NARROW, WIDE, Drawing, drawing, label_width, largest_of
from tissage.core.charts.inks import DIMENSIONS, EDGE, HEAT, SLATE, WARP, WHITE, WOAD, Ink, readable_on
from tissage.core.charts.marks import Chart, Column, Table
from tissage.core.charts.words import SIZE, SMALL, UNKNOWN, WITHHELD, clean, number_text, text_width, wrap


def _grid(
    name: str, rows: Sequence[str], columns: Sequence[Column], palette: Mapping[str, Ink], narrow: bool
) -> tuple[Drawing, float, float]:
    """An empty grid with its headings: drawing, x of the first cell, width of a cell. Grows past the page if it must."""
    probe = WIDE if not narrow else NARROW
    start = 1.0 if narrow else label_width((("", clean(row) or UNKNOWN) for row in rows), palette, 0.3 * probe) + 12
    heads = max((text_width(clean(column.key), SMALL) + 8 for column in columns), default=0.0)
    cell = min(max((probe - start - 1) / max(len(columns), 1), heads, 34.0), 84.0)
    draw = drawing(name, palette, narrow, max(probe, start + cell * len(columns) + 1) if columns else probe)
    for i, column in enumerate(columns):
        middle = start + (i + 0.5) * cell
        if column.key in palette:
            draw.chip(column.key, middle - CHIP / 2, draw.y)
        else:
            draw.text(middle, draw.y + 15, clean(column.key) or UNKNOWN[:1], SMALL, anchor="middle", weight="600")
    draw.y += CHIP + 8
    return draw, start, cell


def _say_columns(draw: Drawing, columns: Sequence[Column]) -> None:
    said = [f"{clean(c.key)}\u00a0: {clean(c.label)}" for c in columns if clean(c.label) and c.label != c.key]
    if said:
        draw.y += 6
        draw.items(said)


def _grid_row(draw: Drawing, label: str, start: float, narrow: bool) -> float:
    """Writes the label of a row; gives the height of its cells."""
    if narrow:
        draw.y += draw.lead("", label, 0, draw.y, NARROW) + 2
        return 32.0
    lines = wrap(label, start - 10)
    high = max(34.0, len(lines) * LEADING + 6)
    for i, line in enumerate(lines):
        draw.text(0, draw.y + high / 2 + 5 + (i - (len(lines) - 1) / 2) * LEADING, line)
    return high


def heat_map(
    rows: Sequence[str],
    columns: Sequence[Column],
    values: Sequence[Sequence[float | None]],
    *,
    name: str,
    title: str,
    desc: str,
    order: str = "",
    corner: str = "",
    palette: Mapping[str, Ink] = DIMENSIONS,
    narrow: bool = False,
) -> Chart:
    """One hue from linen (zero) to woad (the largest), the number in each cell. None is withheld: an outlined « – »."""
    draw, start, cell = _grid(name, rows, columns, palette, narrow)
    largest = largest_of(value for line in values for value in line) or 1.0
    labels = [clean(row) or UNKNOWN for row in rows]
    for label, line in zip(labels, values, strict=True):
        high = _grid_row(draw, label, start, narrow)
        for i, (_, value) in enumerate(zip(columns, line, strict=True)):
            x, middle = start + i * cell + 1, start + (i + 0.5) * cell
            if value is None:
                draw.rect(x, draw.y + 1, cell - 2, high - 2, "missing", WHITE, EDGE, 3)
                draw.text(middle, draw.y + high / 2 + 5, WITHHELD, fill=SLATE, role="slate", anchor="middle")
                continue
            ground = HEAT[math.ceil(value / largest * (len(HEAT) - 1))]
            draw.rect(x, draw.y + 1, cell - 2, high - 2, "cell", ground, WARP, 3)
            told = number_text(value)
            size = min(SIZE, SIZE * (cell - 4) / max(text_width(told), 1.0))
            draw.text(middle, draw.y + high / 2 + 5, told, size, fill=readable_on(ground), role="on", anchor="middle", weight="600")
        draw.y += high + (8 if narrow else 0)
    _say_columns(draw, columns)
    heads = (corner, *(f"{clean(c.key)} {clean(c.label)}".strip() for c in columns))
    cells = ((label, *(number_text(v, WITHHELD) for v in line)) for label, line in zip(labels, values, strict=True))
    return draw.chart("heat", title, desc, order, Table(heads, tuple(cells)))


def coverage_grid(
    rows: Sequence[str],
    columns: Sequence[Column],
    present: Sequence[Sequence[bool | None]],
    *,
    name: str,
    title: str,
    desc: str,
    order: str = "",
    corner: str = "",
    words: tuple[str, str, str] = ("oui", "pas encore", UNKNOWN),
    palette: Mapping[str, Ink] = DIMENSIONS,
    narrow: bool = False,
) -> Chart:
    """Who has what: a full disc, an empty disc, « – » for unknown; the three words are said under the picture."""
    draw, start, cell = _grid(name, rows, columns, palette, narrow)
    labels = [clean(row) or UNKNOWN for row in rows]
    for label, line in zip(labels, present, strict=True):
        high = _grid_row(draw, label, start, narrow)
        for i, (_, one) in enumerate(zip(columns, line, strict=True)):
            _disc(draw, start + (i + 0.5) * cell, draw.y + high / 2, one)
        draw.y += high + (6 if narrow else 0)
    draw.y += 8
    x = 2.0
    for one, word in zip((True, False, None), words, strict=True):
        _disc(draw, x + 9, draw.y + 10, one)
        draw.small(x + 24, draw.y + 14.5, clean(word) or UNKNOWN)
        x += 44 + text_width(clean(word) or UNKNOWN, SMALL)
    draw.y += CHIP + 4
    _say_columns(draw, columns)
    heads = (corner, *(f"{clean(c.key)} {clean(c.label)}".strip() for c in columns))
    said = {True: words[0], False: words[1], None: words[2]}
    cells = ((label, *(said[one] for one in line)) for label, line in zip(labels, present, strict=True))
    return draw.chart("coverage", title, desc, order, Table(heads, tuple(cells)))


def _disc(draw: Drawing, x: float, y: float, one: bool | None) -> None:
    if one is None:
        draw.text(x, y + 5, WITHHELD, fill=SLATE, role="slate", anchor="middle")
    elif one:
        draw.rect(x - 9, y - 9, 18, 18, "bar", WOAD, "", 9)
    else:
        draw.rect(x - 8, y - 8, 16, 16, "missing", WHITE, EDGE, 8)
