"""Words and numbers on a chart: cleaned, measured, broken into lines."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SIZE, SMALL = 15.0, 13.0
UNKNOWN, WITHHELD = "inconnu", "–"

# Widths of Source Sans 3 Semibold in em, rounded up; an accented letter is as wide as its base.
_WIDTHS = {
    glyph: width
    for width, glyphs in (
        (0.2, " \u00a0\u202f"),
        (0.3, "',.:;Iijl|’·"),
        (0.35, "!()-/[\\]f{}°"),
        (0.4, "rt"),
        (0.45, "*?sz"),
        (0.5, '"J_cvxy«»“”–'),
        (0.55, "#$+0123456789<=>EFLSTVXYZ^`aegko~"),
        (0.6, "ABCKPRbdhnpqu"),
        (0.65, "&DG"),
        (0.7, "HNOQU"),
        (0.75, "Mw"),
        (0.85, "Wæ—%mœÆ"),
    )
    for glyph in glyphs
}


def clean(text: str) -> str:
    """Words on one line, without the characters that XML refuses."""
    kept = "".join(" " if c in "\t\r\n" else c for c in text if c in "\t\r\n" or unicodedata.category(c) not in ("Cc", "Cs", "Cn", "Co"))
    return re.sub(r" {2,}", " ", kept).strip()


@lru_cache(maxsize=4096)  # the same labels come back on every chart of a page
def text_width(text: str, size: float = SIZE) -> float:
    """Width in pixels in Source Sans 3, a little over the truth rather than under."""
    letters = (c for c in unicodedata.normalize("NFC", text) if not unicodedata.combining(c))
    return size * sum(_WIDTHS.get(unicodedata.normalize("NFD", c)[0], 1.0) for c in letters)


@lru_cache(maxsize=4096)
def wrap(text: str, width: float, size: float = SIZE) -> tuple[str, ...]:
    """Lines no wider than `width`; a word too long is cut. At least one line."""
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size) <= width:
            lines[-1] = joined
        else:
            lines.extend(_cut(word, width, size))
    return tuple(lines)


def _cut(word: str, width: float, size: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def number_text(value: float | None, absent: str = UNKNOWN) -> str:
    """A number as it is read in French: 1 234,5. None is said, never blank."""
    if value is None:
        return absent
    if abs(value) >= 1e12:
        return f"{value:.3g}".replace(".", ",")
    rounded = f"{value:,.2f}".rstrip("0").rstrip(".")
    return rounded.replace(",", "\u202f").replace(".", ",")
