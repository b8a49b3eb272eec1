"""What was to happen when, and what happened: one row a thing, an outline for the dates foreseen, a full bar for the real ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tissage.core.charts.drawing import LEADING, Drawing, drawing
from tissage.core.charts.inks import EDGE, INK, SLATE, WARP, WHITE, WOAD, Ink
from tissage.core.charts.marks import Chart, Line, Table
from tissage.core.charts.words import SIZE, SMALL, UNKNOWN, clean, text_width, wrap

Dates = tuple[dt.date | None, dt.date | None]
NOTHING: Dates = (None, None)
_GAP, _THIN, _THICK = 6.0, 7.0, 12.0


@dataclass(frozen=True, slots=True)
class Span:
    """A row. Dates are inclusive; (None, None) is unknown, one None is open on that side and runs to the edge of the drawing.

    `mark` is a word at the end of the real bar (« arrêtée »), with a cross. A row with `heading` carries words only.
    """

    label: str
    real: Dates = NOTHING
    foreseen: Dates = NOTHING
    mark: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class TimelineWords:
    """What the legend and the table say, in the language of the screen."""

    foreseen: str
    real: str
    unknown: str
    today: str
    headings: tuple[str, str, str, str]
    since: str
    until: str


def timeline(
    rows: Sequence[Span],
    *,
    first: dt.date,
    last: dt.date,
    today: dt.date | None,
    words: TimelineWords,
    name: str,
    title: str,
    desc: str,
    order: str = "",
    narrow: bool = False,
) -> Chart:
    """Rows over the years from `first` to `last`, in the order given; `today` is a line when it falls among them."""
    if last < first:
        raise ValueError("A timeline ends after it begins.")
    none: Mapping[str, Ink] = {}
    draw = drawing(name, none, narrow)
    start = 2.0 if narrow else 0.4 * draw.width
    scale = _Scale(first, last, start, draw.width - start - 4)
    _legend(draw, words)
    _years(draw, scale)
    top = draw.y
    for row in rows:
        _row(draw, scale, row, words, start, narrow)
    _rules(draw, scale, top, today, words)
    return draw.chart("timeline", title, desc, order, Table(words.headings, tuple(_said(row, words) for row in rows if not row.heading)))


@dataclass(frozen=True, slots=True)
class _Scale:
    first: dt.date
    last: dt.date
    start: float
    length: float

    def at(self, day: dt.date) -> float:
        days = (self.last - self.first).days + 1
        return self.start + self.length * min(max((day - self.first).days / days, 0.0), 1.0)

    def ends(self, dates: Dates) -> tuple[float, float] | None:
        """Left and right of a bar; at least two pixels, so that a day is seen. None for what is unknown."""
        begins, ends = dates
        if begins is None and ends is None:
            return None
        left = self.at(begins or self.first)
        right = self.at((ends or self.last) + dt.timedelta(days=1)) if (ends or self.last) < dt.date.max else self.start + self.length
        return left, max(right, left + 2)


def _legend(draw: Drawing, words: TimelineWords) -> None:
    x = 0.0
    for label, full in ((words.foreseen, False), (words.real, True)):
        if x and x + 30 + text_width(label, SMALL) > draw.width:
            x, draw.y = 0.0, draw.y + 22
        _bar(draw, x + 1, draw.y + 5, 22.0, full)
        draw.small(x + 30, draw.y + 14.5, label)
        x += 30 + text_width(label, SMALL) + 18
    draw.y += 26


def _years(draw: Drawing, scale: _Scale) -> None:
    for year in range(scale.first.year, scale.last.year + 1):
        left = scale.at(max(dt.date(year, 1, 1), scale.first))
        right = scale.at(min(dt.date(year, 12, 31), scale.last))
        told = str(year) if right - left >= text_width(str(year), SMALL) + 6 else f"’{year % 100:02}"
        if right - left >= text_width(told, SMALL):
            draw.text((left + right) / 2, draw.y + 14, told, SMALL, fill=SLATE, role="slate", anchor="middle", weight="600")
    draw.y += 22


def _row(draw: Drawing, scale: _Scale, row: Span, words: TimelineWords, start: float, narrow: bool) -> None:
    label = clean(row.label) or UNKNOWN
    if row.heading:
        draw.y += 10
        for line in wrap(label, draw.width - 4):
            draw.text(0, draw.y + 16, line, weight="700")
            draw.y += LEADING
        draw.y += 6
        return
    lines = wrap(label, draw.width - 4 if narrow else start - 14)
    for i, line in enumerate(lines):
        draw.text(0, draw.y + 15 + i * LEADING, line)
    tall = len(lines) * LEADING
    if narrow:
        draw.y += tall + 4
    _bars(draw, scale, row, words)
    draw.y += 26 if narrow else max(tall, 22) + _GAP


def _bars(draw: Drawing, scale: _Scale, row: Span, words: TimelineWords) -> None:
    foreseen, real = scale.ends(row.foreseen), scale.ends(row.real)
    if foreseen:
        _bar(draw, foreseen[0], draw.y, foreseen[1] - foreseen[0], full=False)
    if real:
        _bar(draw, real[0], draw.y + _THIN + 1, real[1] - real[0], full=True)
    elif not row.mark:
        draw.small(scale.start + 2, draw.y + _THIN + 13, words.unknown)
    if row.mark:
        _cross(draw, scale, real[1] if real else scale.start + 8, row.mark)


def _bar(draw: Drawing, x: float, y: float, width: float, full: bool) -> None:
    if full:
        draw.rect(x, y, width, _THICK, "bar", WOAD, radius=2)
    else:
        draw.rect(x, y, width, _THIN, "missing", WHITE, EDGE, 2)


def _cross(draw: Drawing, scale: _Scale, x: float, mark: str) -> None:
    """A cross where the bar stops, and its word beside it, on the side where there is room."""
    x, y = x + 7, draw.y + _THIN + 1 + _THICK / 2
    for rise in (-5.0, 5.0):
        draw.lines.append(Line(f"{x - 5:.1f}", f"{y - rise:.1f}", f"{x + 5:.1f}", f"{y + rise:.1f}", "axis", INK))
    room = x + 9 + text_width(mark, SMALL) <= scale.start + scale.length
    draw.text(x + 9 if room else x - 16, y + 4.5, mark, SMALL, anchor="start" if room else "end", weight="600")


def _rules(draw: Drawing, scale: _Scale, top: float, today: dt.date | None, words: TimelineWords) -> None:
    """A thin line at each new year, under the bars; today in ink, with its word."""
    for year in range(scale.first.year + 1, scale.last.year + 1):
        at = f"{scale.at(dt.date(year, 1, 1)):.1f}"
        draw.lines.insert(0, Line(at, f"{top - 4:.1f}", at, f"{draw.y:.1f}", "grid", WARP))
    if today is not None and scale.first <= today <= scale.last:
        x = scale.at(today)
        draw.axis(x, top - 4, draw.y)
        right = x + text_width(words.today, SMALL) > scale.start + scale.length
        draw.text(x, draw.y + 14, words.today, SMALL, anchor="end" if right else "start")
    draw.y += SIZE + 6


def _said(row: Span, words: TimelineWords) -> tuple[str, str, str, str]:
    return clean(row.label), _dates(row.foreseen, words), _dates(row.real, words), row.mark or "–"


def _dates(dates: Dates, words: TimelineWords) -> str:
    begins, ends = dates
    if begins and ends:
        return f"{begins:%d/%m/%Y} – {ends:%d/%m/%Y}"
    if begins:
        return f"{words.since} {begins:%d/%m/%Y}"
    return f"{words.until} {ends:%d/%m/%Y}" if ends else words.unknown
