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


def fold(text: str) -> str:
    """Comparison key: without accents or case, apostrophes and quotes unified, spaces single.

    >>> fold("  L’ÉTAT  d'un cœur ")
    "l'etat d'un coeur"
    """
    bare = "".join(ch for ch in unicodedata.normalize("NFKD", text.translate(_LIGATURES)) if not unicodedata.combining(ch))
    return _SPACES.sub(" ", bare.casefold()).strip()
