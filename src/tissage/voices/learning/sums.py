"""What is remembered of examples: sums only, so that adding, removing and relabelling one are exact.

Vectors are whole numbers and every sum stays below 2^53: double precision adds and takes away without rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .features import WIDTH, Features
from .vectors import Whole

Exact = NDArray[np.float64]


@dataclass(slots=True)
class Sums:
    """Of `classes` classes: how many examples, the sum of their vectors, of the squares of all of them, of their features.

    Shapes: counts (C,), totals (C, d), squares (d, d), words (C, WIDTH), by_question {code: (C,)}. `dim` 0: no encoder, words only.
    """

    classes: int
    dim: int
    counts: Exact = field(init=False)
    totals: Exact = field(init=False)
    squares: Exact = field(init=False)
    words: NDArray[np.float32] = field(init=False)
    by_question: dict[str, Exact] = field(init=False)

    def __post_init__(self) -> None:
        self.counts = np.zeros(self.classes)
        self.totals = np.zeros((self.classes, self.dim))
        self.squares = np.zeros((self.dim, self.dim))
        self.words = np.zeros((self.classes, WIDTH), dtype=np.float32)  # counts below 2^24 are exact
        self.by_question = {}

    def add(self, classes: Sequence[int], vectors: Whole, features: Sequence[Features], questions: Sequence[str]) -> None:
        """Examples one by one beside each other: class, row of `vectors` (n, dim), features, code of the question (maybe empty)."""
        self._change(1, classes, vectors, features, questions)

    def remove(self, classes: Sequence[int], vectors: Whole, features: Sequence[Features], questions: Sequence[str]) -> None:
        self._change(-1, classes, vectors, features, questions)

    def _change(self, sign: int, classes: Sequence[int], vectors: Whole, features: Sequence[Features], questions: Sequence[str]) -> None:
        where = np.asarray(classes, dtype=np.int64)
        np.add.at(self.counts, where, sign)
        for start in range(0, len(where), 4096):
            rows = vectors[start : start + 4096].astype(np.float64)
            np.add.at(self.totals, where[start : start + 4096], sign * rows)
            self.squares += sign * (rows.T @ rows)
        for place, words, question in zip(where, features, questions, strict=True):
            self.words[place, words] += sign
            if question:
                counts = self.by_question.get(question)
                if counts is None:
                    counts = self.by_question[question] = np.zeros(self.classes)
                counts[place] += sign
                if not counts.any():
                    del self.by_question[question]

    def copy(self) -> Sums:
        return self.minus(Sums(self.classes, self.dim))

    def minus(self, other: Sums) -> Sums:
        """These sums without the examples of the other: what a fold of a cross-validation learns from."""
        result = Sums(self.classes, self.dim)
        result.counts = self.counts - other.counts
        result.totals = self.totals - other.totals
        result.squares = self.squares - other.squares
        result.words = self.words - other.words
        none = np.zeros(self.classes)
        result.by_question = {question: counts - other.by_question.get(question, none) for question, counts in self.by_question.items()}
        return result

    def equals(self, other: Sums) -> bool:
        return (
            all(np.array_equal(getattr(self, name), getattr(other, name)) for name in ("counts", "totals", "squares", "words"))
            and self.by_question.keys() == other.by_question.keys()
            and all(np.array_equal(counts, other.by_question[question]) for question, counts in self.by_question.items())
        )
