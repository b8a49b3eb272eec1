"""A document as a list of blocks: what it says, in order, before any format. PDF and Word are two ways to set the same blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tissage.core.charts import Chart


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 to 3. `letter` a dimension; `code` a component; `aside` what stands under it in small; `mark` a reserve on the label."""

    text: str
    level: int = 1
    letter: str = ""
    code: str = ""
    aside: str = ""
    mark: str = ""
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`role`: body, lede, small, note (set apart) or asked (a question as it was put). `language`: two letters or empty."""

    text: str
    role: str = "body"
    language: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, the sentence that says what is seen, its source, and where the table of its numbers stands."""

    chart: Chart
    sentence: str
    source: str
    table: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its caption. `numbers`: how many columns at the end hold numbers; `widths` in parts; `note` below."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: int = 0
    widths: tuple[float, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """A resident's words. `about`: group, question, how often. `language`: two letters or empty. `parts`: the notes it was made of."""

    text: str
    about: str
    language: str = ""
    translation: str = ""
    note: str = ""
    parts: tuple[Saying, ...] = ()


@dataclass(frozen=True, slots=True)
class Sayings:
    """Every criterion of a component, in the order given."""

    lines: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """Where to read this again: `svg` is the QR code of `address`, `alternative` says so to a screen reader."""

    svg: str
    alternative: str
    address: str
    text: str


Block = Heading | Paragraph | Points | Figure | Grid | Sayings | Address


@dataclass(frozen=True, slots=True)
class Cover:
    """`kind` above the title (« Synthèse SPIRAL »); `state` in a frame (« document de travail »), tinted while `draft`; `figures` = (number, word) in large.

    `place` is the territory where the title does not say it.
    """

    territory: str
    kind: str
    title: str
    version: str
    date: str
    state: str = ""
    draft: bool = False
    figures: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    foot: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document: `cover`, `blocks` in reading order, and the words that the page furniture needs.

    `day` is the Unix time written in the file: equal input gives equal bytes. `words` has contents, page_of, source, open, close, translated.
    `strip`: the letters met with their criteria, drawn on the cover. `sheet`: neither cover page nor contents. `black`: every
    word in black, for the printer of a hall.
    """

    language: str
    cover: Cover
    blocks: Sequence[Block]
    day: int
    words: dict[str, str] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    description: str = ""
    strip: tuple[tuple[str, int], ...] = ()
    sheet: bool = False
    black: bool = False

    @property
    def title(self) -> str:
        """What the file is called: title and territory."""
        return f"{self.cover.title} · {self.cover.place}" if self.cover.place else self.cover.title
