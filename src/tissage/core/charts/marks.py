"""Values of charts: what is given, what is drawn. Every number of a mark is already a string, rounded, with a dot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


# --- What is given ---------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `value` None is unknown; `key` is a letter of the palette; `shown` replaces the number on the mark."""

    label: str
    value: float | None
    key: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar in segments: series key → value. None is withheld."""

    label: str
    values: Mapping[str, float | None]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """`key` heads the column (a letter, a code); `label` is said in full under the picture."""

    key: str
    label: str = ""


# --- What is drawn ---------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Pattern:
    id: str
    ground: str
    line: str
    path: str


@dataclass(frozen=True, slots=True)
class Rect:
    x: str
    y: str
    width: str
    height: str
    fill: str
    role: str
    stroke: str = ""
    radius: str = "0"


@dataclass(frozen=True, slots=True)
class Line:
    x1: str
    y1: str
    x2: str
    y2: str
    role: str
    stroke: str


@dataclass(frozen=True, slots=True)
class Text:
    x: str
    y: str
    text: str
    size: str
    fill: str
    role: str = "ink"
    anchor: str = "start"
    weight: str = "400"
    halo: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    name: str
    kind: str
    width: str
    height: str
    title: str
    desc: str
    patterns: tuple[Pattern, ...]
    rects: tuple[Rect, ...]
    lines: tuple[Line, ...]
    texts: tuple[Text, ...]
    table: Table
