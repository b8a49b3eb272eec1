"""Words and runs of letters of a text as numbers of a fixed table: what spelling alone says, misspellings included."""

from __future__ import annotations

import re
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from tissage.core.folding import fold

WIDTH = 1 << 15  # places of the table: two features share one now and then, which costs less than a dictionary
_WORD = re.compile(r"[^\W_]+")
_LITTLE_WORDS = (
    "a ai au aux avec ce ces c d dans de des du en et il je j l la le les leur m ma me mes mon n ne nos notre nous on ou "
    "par pas pour qu que qui s sa se ses son sur t te tu un une vos vous y the of to and in is my an i het een en ik"
)
_LITTLE = frozenset(_LITTLE_WORDS.split())

Features = NDArray[np.int32]


def features_of(text: str) -> Features:
    """Sorted places of the words (small ones left out), of pairs of neighbours and of runs of 3 to 5 letters; each once."""
    words = _WORD.findall(fold(text))
    found = set()
    strong = [word for word in words if word not in _LITTLE]
    for word in strong:
        found.add(_place("w", word))
        padded = f"^{word}$"
        for length in (3, 4, 5):
            for start in range(len(padded) - length + 1):
                found.add(_place("c", padded[start : start + length]))
    for pair in pairwise(strong):
        found.add(_place("p", " ".join(pair)))
    return np.array(sorted(found), dtype=np.int32)


def _place(kind: str, piece: str) -> int:
    return crc32(f"{kind}:{piece}".encode()) % WIDTH
