"""Folding text so that accents, case, œ, ß and double spaces do not matter: same result on both engines."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans(
    {
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
        "ß": "ss",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "«": '"',
        "»": '"',
        "“": '"',
        "”": '"',
        "…": "...",
    }
)
_SPACES = re.compile(r"\s+")
_USUAL_MARKS = re.compile("[\u0300-\u036f]+")  # the quick way for most texts; others are looked at letter by letter


def fold(text: str) -> str:
    """Comparison key: without accents or case, apostrophes and quotes unified, spaces single.

    >>> fold("  L’ÉTAT  d'un cœur ")
    "l'etat d'un coeur"
    """
    bare = _USUAL_MARKS.sub("", unicodedata.normalize("NFKD", text.translate(_LIGATURES)))
    if not bare.isascii():
        bare = "".join(ch for ch in bare if not unicodedata.combining(ch))
    return _SPACES.sub(" ", bare.casefold()).strip()
