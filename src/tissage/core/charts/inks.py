"""Colours of charts. Letters are not grades: a hue and a hatch tell them apart, no scale runs through them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

INK, SLATE, WOAD, LINEN, WHITE, BLACK = "#1e2330", "#555e6e", "#24567f", "#fbf8f3", "#ffffff", "#000000"
WARP, EDGE = "#e4dccf", "#868d99"
HEAT = (LINEN, "#d0d8dc", "#a5b7c5", "#7a97ae", "#4f7796", WOAD)


@dataclass(frozen=True, slots=True)
class Ink:
    """How a letter is worn: ground colour, hatch (a path in a tile of 8 × 8), colour readable on the ground."""

    ground: str
    hatch: str
    text: str


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio between two colours."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable_on(ground: str) -> str:
    """Ink where it reads well on that ground, else white, else black."""
    return next((text for text in (INK, WHITE) if contrast(text, ground) >= 4.5), BLACK)


_HATCHES = (
    "M-1 1L1 -1M0 8L8 0M7 9L9 7",
    "M2 2h.01M6 6h.01",
    "M0 2H8M0 6H8",
    "M-1 7L1 9M0 0L8 8M7 -1L9 1",
    "M2 0V8M6 0V8",
    "M0 4H8M4 0V8",
    "M0 0L8 8M0 8L8 0",
    "M0 6L4 2L8 6",
    "M4 2V6M2 4H6",
)


def _inks(grounds: Mapping[str, str]) -> dict[str, Ink]:
    return {key: Ink(ground, _HATCHES[i % len(_HATCHES)], readable_on(ground)) for i, (key, ground) in enumerate(grounds.items())}


DIMENSIONS = _inks(
    dict(zip("ABCDEFGHI", ("#332288", "#88ccee", "#44aa99", "#117733", "#999933", "#ddcc77", "#cc6677", "#882255", "#aa4499"), strict=True))
)
SENSES = _inks({"R": "#ddb4bf", "P": "#b9afd6", "O": "#e8c48e", "Q": "#a9cbdd", "S": "#c9cba0"})
