"""Bars from zero, whole or in segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tissage.core.charts.drawing import LEADING, Drawing, checked, drawing, label_width, largest_of
from tissage.core.charts.inks import DIMENSIONS, SENSES, SLATE, WHITE, WOAD, Ink
from tissage.core.charts.marks import Bar, Chart, Series, Stack, Table
from tissage.core.charts.words import SMALL, UNKNOWN, WITHHELD, clean, number_text, text_width, wrap


def bar_chart(
    rows: Sequence[Bar],
    *,
    name: str,
    title: str,
    desc: str,
    order: str = "",
    headings: tuple[str, str] = ("Libellé", "Nombre"),
    palette: Mapping[str, Ink] = DIMENSIONS,
    top: float | None = None,
    narrow: bool = False,
) -> Chart:
    """Horizontal bars from zero, in the order given, the number on the mark. `top` shares one scale between charts."""
    draw = drawing(name, palette, narrow)
    largest = max(largest_of(row.value for row in rows), checked(top) or 0.0) or 1.0
    named = [(row, clean(row.label) or UNKNOWN, clean(row.shown) or number_text(row.value)) for row in rows]
    values = min(0.28 * draw.width, max((text_width(shown) for _, _, shown in named), default=0.0))
    start = 1.0 if narrow else label_width(((row.key, label) for row, label, _ in named), palette, 0.38 * draw.width) + 12
    length = draw.width - start - values - 12
    first = draw.y
    for row, label, shown in named:
        tall = draw.lead(row.key, label, 0, draw.y + 3, draw.width if narrow else start - 10)
        draw.y += tall + 5 if narrow else 3
        width = length * ((row.value or 0) / largest)
        high = _bar(draw, row, start, width, shown)
        if narrow:
            draw.axis(start, draw.y - 2, draw.y + 24)
        draw.y += max(high, 0 if narrow else tall) + (8 if narrow else 5)
    if not narrow:
        draw.axis(start, first, draw.y)
    return draw.chart("bars", title, desc, order, Table(headings, tuple((label, shown) for _, label, shown in named)))


def _bar(draw: Drawing, row: Bar, start: float, width: float, shown: str) -> float:
    """One bar and its number; gives the height it took."""
    if width and row.key in draw.palette:
        draw.keyed(row.key, start, draw.y, width, 22)
    elif width:
        draw.rect(start, draw.y, width, 22, "bar", WOAD)
    x = start + width + 7
    lines = wrap(shown, draw.width - x - 2)
    for i, line in enumerate(lines):
        if row.value is None:
            draw.text(x, draw.y + 16 + i * LEADING, line, fill=SLATE, role="slate")
        else:
            draw.text(x, draw.y + 16 + i * LEADING, line, weight="600")
    return max(22.0, len(lines) * LEADING + 3)


def stacked_bars(
    rows: Sequence[Stack],
    series: Sequence[Series],
    *,
    name: str,
    title: str,
    desc: str,
    order: str = "",
    headings: tuple[str, str] = ("Libellé", "Total"),
    palette: Mapping[str, Ink] = SENSES,
    row_palette: Mapping[str, Ink] = DIMENSIONS,
    narrow: bool = False,
) -> Chart:
    """Segments in the order of the series, letter and number inside where they fit, under the bar where they do not."""
    draw = drawing(name, {**row_palette, **palette}, narrow)
    totals = [checked(sum(checked(row.values.get(one.key)) or 0.0 for one in series)) or 0.0 for row in rows]
    said = [_total(row, series, total) for row, total in zip(rows, totals, strict=True)]
    largest = max(totals, default=0.0) or 1.0
    labels = [clean(row.label) or UNKNOWN for row in rows]
    start = 1.0 if narrow else label_width(zip((r.key for r in rows), labels, strict=True), draw.palette, 0.34 * draw.width) + 12
    length = draw.width - start - max((text_width(one) for one in said), default=0.0) - 12
    draw.legend(series)
    first = draw.y
    for row, label, total, told in zip(rows, labels, totals, said, strict=True):
        tall = draw.lead(row.key, label, 0, draw.y + 3, draw.width if narrow else start - 10)
        draw.y += tall + 5 if narrow else 3
        beside = _segments(draw, row, series, start, length, largest)
        draw.text(start + length * (total / largest) + 7, draw.y + 18, told, weight="600")
        high = 26.0
        for line in wrap(" · ".join(beside), draw.width - start - 4, SMALL) if beside else ():
            draw.small(start + 3, draw.y + high + 14, line)
            high += 17
        if narrow:
            draw.axis(start, draw.y - 2, draw.y + 28)
        draw.y += max(high, 0 if narrow else tall) + 9
    if not narrow:
        draw.axis(start, first, draw.y)
    heads = (headings[0], *(f"{one.key} {clean(one.label)}".strip() for one in series), headings[1])
    cells = (
        (label, *(number_text(row.values.get(one.key, 0), WITHHELD) for one in series), told)
        for row, label, told in zip(rows, labels, said, strict=True)
    )
    return draw.chart("stacks", title, desc, order, Table(heads, tuple(cells)))


def _total(row: Stack, series: Sequence[Series], total: float) -> str:
    """The total, with a dash added for what is withheld: it must not be guessed by subtraction."""
    withheld = any(row.values.get(one.key, 0) is None for one in series)
    return f"{number_text(total)} + {WITHHELD}" if withheld else number_text(total)


def _segments(draw: Drawing, row: Stack, series: Sequence[Series], start: float, length: float, largest: float) -> list[str]:
    """Draws the segments of a row; gives the words that did not fit."""
    x, beside = start, []
    for one in series:
        value = row.values.get(one.key, 0)
        width = length * ((value or 0) / largest)
        told = f"{one.key} {number_text(value, WITHHELD)}"
        if width and one.key in draw.palette:
            draw.keyed(one.key, x, draw.y, width, 26)
        elif width:
            draw.rect(x, draw.y, width, 26, "bar", WOAD, WHITE)
        if width >= text_width(told, SMALL) + 8 and one.key in draw.palette:
            draw.on(one.key, x + width / 2, draw.y + 17.5, told)
        elif width or value is None:
            beside.append(told)
        x += width
    return beside
