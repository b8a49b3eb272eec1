"""A sheet where marks are laid from top to bottom."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tissage.core.charts.inks import INK, SLATE, Ink
from tissage.core.charts.marks import Chart, Line, Pattern, Rect, Series, Table, Text
from tissage.core.charts.words import SIZE, SMALL, clean, text_width, wrap

WIDE, NARROW = 760.0, 360.0
CHIP, LEADING = 20.0, 19.0


def rounded(value: float) -> str:
    """One decimal, a dot, nothing that localisation could touch."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def checked(value: float | None) -> float | None:
    if value is not None and not (math.isfinite(value) and value >= 0):
        raise ValueError(f"A chart starts at zero and takes finite numbers, not {value!r}.")
    return value


def largest_of(values: Iterable[float | None]) -> float:
    return max((v for v in values if checked(v) is not None and v is not None), default=0.0)


@dataclass(slots=True)
class Drawing:
    """Collects marks from top to bottom; `y` is where the next row starts."""

    name: str
    width: float
    palette: Mapping[str, Ink]
    y: float = 2.0
    patterns: dict[str, Pattern] = field(default_factory=dict)
    rects: list[Rect] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def rect(self, x: float, y: float, width: float, height: float, role: str, fill: str, stroke: str = "", radius: float = 0) -> None:
        self.rects.append(Rect(rounded(x), rounded(y), rounded(width), rounded(height), fill, role, stroke, rounded(radius)))

    def keyed(self, key: str, x: float, y: float, width: float, height: float, radius: float = 0) -> None:
        """A mark worn by a letter: its ground, its hatch, an outline that stands out on the page."""
        ink = self.palette[key]
        pattern = self.patterns.setdefault(key, Pattern(f"{self.name}-p{len(self.patterns)}", ink.ground, ink.text, ink.hatch))
        self.rect(x, y, width, height, "edge", f"url(#{pattern.id})", INK, radius)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = SIZE,
        *,
        fill: str = INK,
        role: str = "ink",
        anchor: str = "start",
        weight: str = "400",
        halo: str = "",
    ) -> None:
        self.texts.append(Text(rounded(x), rounded(y), text, rounded(size), fill, role, anchor, weight, halo))

    def axis(self, x: float, top: float, bottom: float) -> None:
        """The zero line."""
        self.lines.append(Line(rounded(x), rounded(top), rounded(x), rounded(bottom), "axis", INK))

    def small(self, x: float, y: float, text: str) -> None:
        self.text(x, y, text, SMALL, fill=SLATE, role="slate")

    def on(self, key: str, x: float, y: float, text: str, size: float = SMALL) -> None:
        ink = self.palette[key]
        self.text(x, y, text, size, fill=ink.text, role="on", anchor="middle", weight="700", halo=ink.ground)

    def chip(self, key: str, x: float, y: float) -> None:
        self.keyed(key, x, y, CHIP, CHIP, 3)
        self.on(key, x + CHIP / 2, y + 14.5, key)

    def lead(self, key: str, label: str, x: float, y: float, width: float) -> float:
        """A label, after its letter if it has one. Gives its height."""
        shift = CHIP + 8 if key in self.palette else 0.0
        if shift:
            self.chip(key, x + 1, y + 1)
        lines = wrap(label, width - shift)
        for i, line in enumerate(lines):
            self.text(x + shift, y + 16 + i * LEADING, line)
        return max(len(lines) * LEADING, CHIP + 2 if shift else 0)

    def paragraph(self, text: str) -> None:
        for line in wrap(clean(text), self.width - 4, SMALL) if clean(text) else ():
            self.small(0, self.y + 13, line)
            self.y += 17

    def items(self, said: Iterable[str]) -> None:
        """Short definitions one after the other; a line breaks between two of them where it can."""
        line = ""
        for one in said:
            longer = f"{line} · {one}" if line else one
            if line and text_width(longer, SMALL) > self.width - 4:
                self.paragraph(line)
                longer = one
            line = longer
        self.paragraph(line)

    def legend(self, series: Iterable[Series]) -> None:
        x = 0.0
        for one in series:
            label = clean(one.label) or one.key
            wide = CHIP + 8 + text_width(label, SMALL)
            if x and x + wide > self.width:
                x, self.y = 0.0, self.y + CHIP + 8
            if one.key in self.palette:
                self.chip(one.key, x + 1, self.y)
            for line in wrap(label, self.width - CHIP - 8, SMALL)[:1]:
                self.small(x + CHIP + 8, self.y + 14.5, line)
            x += wide + 18
        self.y += CHIP + 16

    def chart(self, kind: str, title: str, desc: str, order: str, table: Table) -> Chart:
        if not (clean(title) and clean(desc)):
            raise ValueError("A chart has a title and a sentence that says what is seen.")
        if clean(order):
            self.y += 4
            self.paragraph(order)
        marks = tuple(self.patterns.values()), tuple(self.rects), tuple(self.lines), tuple(self.texts)
        return Chart(self.name, kind, rounded(self.width), rounded(self.y + 4), clean(title), clean(desc), *marks, table)


def drawing(name: str, palette: Mapping[str, Ink], narrow: bool, width: float | None = None) -> Drawing:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "chart"
    return Drawing(f"c-{slug}-narrow" if narrow else f"c-{slug}", width or (NARROW if narrow else WIDE), palette)


def label_width(pairs: Iterable[tuple[str, str]], palette: Mapping[str, Ink], most: float) -> float:
    widths = (text_width(label) + (CHIP + 8 if key in palette else 0) for key, label in pairs)
    return min(most, max(widths, default=0.0))
