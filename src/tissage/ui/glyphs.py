"""What our fonts can draw. A PDF/UA file may not hold a character without a shape, and a resident may type any character.

Nothing is dropped in silence: a character that no font of ours draws is printed as « □ », and `printable` says so.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

FONTS = Path(str(files("tissage.ui"))) / "fonts"
MISSING = "□"
LONGEST_WORD, PIECE = 48, 16
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


@lru_cache(maxsize=1)
def drawn() -> frozenset[int]:
    """Code points that at least one font of `ui/fonts` draws."""
    found: set[int] = set()
    for path in sorted(FONTS.rglob("*.ttf")):
        found.update(_code_points(path.read_bytes()))
    return frozenset(found)


def _code_points(font: bytes) -> Iterator[int]:
    """Code points of the `cmap` table of a TrueType font (formats 4 and 12 of the OpenType specification)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * i) for i in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    for i in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 4 + 8 * i + 4)
        (kind,) = struct.unpack_from(">H", font, start + offset)
        if kind == 4:
            (twice,) = struct.unpack_from(">H", font, start + offset + 6)
            ends = struct.unpack_from(f">{twice // 2}H", font, start + offset + 14)
            starts = struct.unpack_from(f">{twice // 2}H", font, start + offset + 16 + twice)
            for first, last in zip(starts, ends, strict=True):
                yield from range(first, min(last, 0xFFFE) + 1)
        elif kind == 12:
            (groups,) = struct.unpack_from(">I", font, start + offset + 12)
            for j in range(groups):
                first, last, _ = struct.unpack_from(">III", font, start + offset + 16 + 12 * j)
                yield from range(first, last + 1)


def _shape(character: str) -> str:
    if character in "\n\t":
        return character.replace("\t", " ")
    category = unicodedata.category(character)
    if category == "Cc" or character in "\ufeff\ufffe\uffff":  # refused in PDF/UA, even where a font lists them
        return ""
    # Joiners, marks of direction and selectors of variant have no shape of their own.
    if ord(character) in drawn() or category == "Cf" or "\ufe00" <= character <= "\ufe0f":
        return character
    return MISSING


@lru_cache(maxsize=4096)
def _known(character: str) -> str:
    return _shape(character)


def drawable(text: str) -> str:
    """The text with its line ends as « \\n », without control characters, « □ » for what no font draws."""
    return "".join(map(_known, _LINE_ENDS.sub("\n", text)))


def printable(text: str) -> str:
    """`drawable`, and a word of more than 48 characters may break every 16 (a zero-width space, nothing seen)."""
    return _LONG_WORD.sub(_breakable, drawable(text))


def _breakable(match: re.Match[str]) -> str:
    pieces, length = [""], 0
    for character in match.group():
        joins = unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me", "Sk")
        if length >= PIECE and not joins and not pieces[-1].endswith("\u200d"):
            pieces.append("")
            length = 0
        pieces[-1] += character
        length += 1
    return "\u200b".join(pieces)


def lacks_shapes(text: str) -> bool:
    """True when a character of the text is printed as « □ »."""
    return drawable(text).count(MISSING) > text.count(MISSING)
