"""Which component a sentence speaks of: three voices and a prior, added.

- shrinkage linear discriminant on the vectors of the encoder (meaning);
- complement naive Bayes on words and runs of letters (spelling; Rennie et al., 2003, « Tackling the poor assumptions of naive Bayes »);
- nearest examples: a soft maximum of the cosines with the phrases and coded criteria of each component, seen through a `Lens`;
- P(dimension | question), and how frequent each component is in this territory.

The weights below were chosen on one half of the families of `bench/data/labelled_statements.csv`; the figures of
`bench/README.md` come from the other half.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .features import WIDTH, Features
from .sums import Exact, Sums
from .vectors import SCALE, Whole

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts. Nothing here knows a territory."""

    key: float = 1.0  # one text of the key against one coding
    shrinkage: float = 0.7
    toward_dimension: float = 8.0  # examples' worth of its dimension lent to a component
    meaning: float = 0.1
    words: float = 0.2
    smoothing: float = 0.5
    near: float = 2.0
    sharpness: float = 11.0
    question: float = 1.0
    frequency: float = 0.25


WEIGHTS = Weights()

# P(dimension | question) before anything is coded, as examples' worth: contributions are mostly attitudes and initiatives
# (`spiral.md` §9.3, principle 4: use the question, above all for the action question).
COLD_SHARE: dict[str, dict[str, float]] = {
    "ACT": {"H": 0.6},
    "WB": {"H": 0.05},
    "IB": {"H": 0.04},
}
COLD_WORTH = 20.0  # examples' worth of the shares above


@dataclass(frozen=True, slots=True)
class Lens:
    """What the texts of the key have in common is taken away, and what varies within a component is shrunk: cosines then compare subjects.

    Made once per version of the key. Against bare cosines: four more first answers in a hundred, cold.
    """

    centre: NDArray[np.float32]  # (dim,)
    turn: NDArray[np.float32]  # (dim, dim)

    def __call__(self, vectors: Whole) -> NDArray[np.float32]:
        """Shape (n, dim), rows of length 1."""
        if not self.turn.size:
            return np.zeros((len(vectors), 0), dtype=np.float32)
        seen = (vectors.astype(np.float32) / np.float32(SCALE) - self.centre) @ self.turn
        lengths = np.linalg.norm(seen, axis=1, keepdims=True)
        return np.asarray(seen / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def lens_of(vectors: Whole, classes: NDArray[np.int64], share: float = 0.5) -> Lens:
    """From the texts of the key (n, dim) and their classes (n,); `share`: how much of a sphere is mixed in."""
    dim = vectors.shape[1]
    if not len(vectors) or not dim:
        return Lens(np.zeros(dim, dtype=np.float32), np.eye(dim, dtype=np.float32))
    rows = vectors.astype(np.float64) / SCALE
    totals = np.zeros((classes.max() + 1, dim))
    np.add.at(totals, classes, rows)
    within = rows - (totals / np.maximum(np.bincount(classes), 1)[:, None])[classes]
    spread = within.T @ within / len(rows)
    spread = (1 - share) * spread + (share * np.trace(spread) / dim + 1e-9) * np.eye(dim)
    sizes, axes = np.linalg.eigh(spread)
    return Lens(rows.mean(axis=0).astype(np.float32), (axes / np.sqrt(sizes)).astype(np.float32))


@dataclass(frozen=True, slots=True)
class Examples:
    """Examples to be near to, through the lens: vectors (n, dim) and their classes (n,), sorted by class."""

    vectors: NDArray[np.float32]
    classes: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A classifier ready to answer; never changed, so that threads may share it."""

    labels: tuple[str, ...]
    weights: Weights
    slopes: Scores  # (dim, C)
    offsets: Scores  # (C,)
    words: NDArray[np.float32]  # (WIDTH, C)
    prior: Mapping[str, Scores]  # question → (C,); "" for a question unknown

    def scores(self, vectors: Whole, features: Sequence[Features], questions: Sequence[str], near: Scores | None = None) -> Scores:
        """Shape (n, C): the higher the likelier. `near`: what `nearness` gave, or None."""
        found = np.stack([self.prior.get(question, self.prior[""]) for question in questions])
        if self.slopes.shape[0]:
            found = found + self.weights.meaning * ((vectors.astype(np.float64) / SCALE) @ self.slopes + self.offsets)
        spelling = np.stack([self.words[words].sum(axis=0) / np.sqrt(max(1, len(words))) for words in features])
        found = found + self.weights.words * spelling
        if near is not None:
            found = found + self.weights.near * near
        return np.asarray(found, dtype=np.float64)


def fit(labels: Sequence[str], cold: Sums, learned: Sums, weights: Weights = WEIGHTS, asked: Sequence[Features] | None = None) -> Fitted:
    """A classifier from the sums of the key and those of a territory's codings: 20 to 40 ms for 66 components.

    With `asked`, the features of the only sentences it will ever be asked about: half of that.
    """
    counts = weights.key * cold.counts + learned.counts
    dimensions = [label[:1] for label in labels]
    slopes, offsets = _discriminant(dimensions, counts, cold, learned, weights)
    return Fitted(
        labels=tuple(labels),
        weights=weights,
        slopes=slopes,
        offsets=offsets,
        words=_complement(weights.key * cold.words + learned.words, weights.smoothing, asked),
        prior=_priors(dimensions, learned, weights),
    )


def _discriminant(dimensions: list[str], counts: Exact, cold: Sums, learned: Sums, weights: Weights) -> tuple[Scores, Scores]:
    """Slopes (d, C) and offsets (C,) of the linear discriminant with one within-class covariance, shrunk toward a sphere."""
    totals = (weights.key * cold.totals + learned.totals) / SCALE
    squares = (weights.key * cold.squares + learned.squares) / SCALE**2
    dim = totals.shape[1]
    if dim == 0 or counts.sum() == 0:
        return np.zeros((0, len(dimensions))), np.zeros(len(dimensions))
    means = totals / np.maximum(counts, 1e-9)[:, None]
    within = (squares - (means * counts[:, None]).T @ means) / counts.sum()
    share = weights.shrinkage
    within = (1 - share) * within + share * np.trace(within) / dim * np.eye(dim) + 1e-9 * np.eye(dim)
    lent = np.empty_like(means)
    for dimension in set(dimensions):
        members = [place for place, name in enumerate(dimensions) if name == dimension]
        lent[members] = totals[members].sum(axis=0) / max(counts[members].sum(), 1e-9)
    worth = weights.toward_dimension
    centres = (totals + worth * lent) / (counts + worth)[:, None] if worth else means
    slopes = np.linalg.solve(within, centres.T)
    return slopes, -0.5 * np.einsum("cd,dc->c", centres, slopes)


def _complement(words: NDArray[np.float32], smoothing: float, asked: Sequence[Features] | None = None) -> NDArray[np.float32]:
    """(WIDTH, C): how much a feature speaks for a class, from how rare it is in all the others. Zeros for what is not asked."""
    sizes = words.sum(axis=1, keepdims=True, dtype=np.float64)
    where = slice(None) if asked is None else np.unique(np.concatenate(asked))
    part = words[:, where]
    others = part.sum(axis=0, keepdims=True) - part
    shares = np.log(others + np.float32(smoothing)) - np.log(sizes.sum() - sizes + smoothing * WIDTH).astype(np.float32)
    own = np.log(part + np.float32(smoothing)) - np.log(sizes + smoothing * WIDTH).astype(np.float32)
    found = np.zeros((WIDTH, len(words)), dtype=np.float32)
    found[where] = (own - shares).T
    return found


def _priors(dimensions: list[str], learned: Sums, weights: Weights) -> dict[str, Scores]:
    """question → log P(component | question), each part with its weight."""
    letters = sorted(set(dimensions))
    sizes = {letter: dimensions.count(letter) for letter in letters}
    frequency = np.log((learned.counts + 1.0) / (learned.counts.sum() + len(dimensions)))
    priors: dict[str, Scores] = {"": weights.frequency * frequency}
    for question in {*COLD_SHARE, *learned.by_question}:
        seen = learned.by_question.get(question, np.zeros(len(dimensions)))
        given = COLD_SHARE.get(question, {})
        rest = 1 - sum(given.values())
        spread = sum(size for letter, size in sizes.items() if letter not in given) or 1
        log_share = {}
        for letter in letters:
            before = given.get(letter, rest * sizes[letter] / spread)
            here = sum(count for count, name in zip(seen, dimensions, strict=True) if name == letter)
            # against the size of the dimension: how likelier each of its components becomes through the question
            log_share[letter] = np.log((here + COLD_WORTH * before) / (seen.sum() + COLD_WORTH) / sizes[letter])
        priors[question] = weights.question * np.array([log_share[name] for name in dimensions]) + weights.frequency * frequency
    return priors


def nearness(seen: NDArray[np.float32], examples: Sequence[Examples], classes: int, sharpness: float) -> Scores:
    """(n, C) from sentences through the lens (n, dim): log of the sum of exp(sharpness × cosine) over the examples of each class."""
    sums = np.full((len(seen), classes), np.exp(-0.2 * sharpness))
    for block in examples:
        if len(block.classes):
            powers = np.exp(np.float32(sharpness) * (seen @ block.vectors.T))
            starts = np.flatnonzero(np.r_[True, np.diff(block.classes) > 0])
            sums[:, block.classes[starts]] += np.add.reduceat(powers, starts, axis=1)
    return np.asarray(np.log(sums))
