"""Bootstrap intervals of agreement: how much the figures would move, had other statements of the same kind been drawn.

Statements are drawn anew with replacement, as many as there were, `draws` times; the interval is what remains between the
percentiles (Efron and Tibshirani 1993, chapter 13). Drawing n statements with replacement is drawing the cells of the confusion
from a multinomial distribution: the work depends on the number of cells, not on n. Seeded: the same data give the same interval.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tissage.core.agreement import Confusion

DRAWS = 1000
LEVEL = 0.95
SEED = 20260322
_USABLE = 0.5
"""A measure that cannot be computed in more than half of the draws has no interval."""
_BLOCK = 4_000_000
"""Numbers held at once: draws are made in blocks so that memory stays small with any number of codes."""

Interval = tuple[float, float]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Intervals:
    """`None` where no interval can be given."""

    observed: Interval | None
    kappa: Interval | None
    alpha: Interval | None


def intervals_of(confusion: Confusion, *, draws: int = DRAWS, level: float = LEVEL, seed: int = SEED) -> Intervals:
    """Percentile intervals of observed agreement, Cohen's kappa and Krippendorff's alpha of two coders (`core.agreement`)."""
    # In an order that does not tell who was first: the same two people give the same intervals either way.
    cells = sorted(((pair, count) for pair, count in confusion.items() if count), key=lambda cell: (*sorted(cell[0]), cell[1], cell[0]))
    if not cells:
        return Intervals(None, None, None)
    codes = {code: place for place, code in enumerate(sorted({code for pair, _ in cells for code in pair}))}
    first = np.array([codes[pair[0]] for pair, _ in cells])
    second = np.array([codes[pair[1]] for pair, _ in cells])
    counts = np.array([count for _, count in cells], dtype=np.int64)
    total = int(counts.sum())
    generator = np.random.default_rng(seed)
    block = max(1, min(draws, _BLOCK // max(len(cells), len(codes))))
    parts = []
    for start in range(0, draws, block):
        drawn = generator.multinomial(total, counts / total, size=min(block, draws - start)).astype(np.float64)
        parts.append(_measures(drawn, first, second, len(codes)))
    observed, kappa, alpha = (np.concatenate(series) for series in zip(*parts, strict=True))
    return Intervals(_percentiles(observed, level), _percentiles(kappa, level), _percentiles(alpha, level))


def _measures(drawn: Numbers, first: npt.NDArray[np.int64], second: npt.NDArray[np.int64], codes: int) -> tuple[Numbers, Numbers, Numbers]:
    """Observed agreement, kappa and alpha of each draw (one a row); NaN where it cannot be computed."""
    total = drawn.sum(axis=1)
    alike = drawn[:, first == second].sum(axis=1)
    by_first = drawn @ np.eye(codes)[first]
    by_second = drawn @ np.eye(codes)[second]
    by_chance = (by_first * by_second).sum(axis=1)
    squares = ((by_first + by_second) ** 2).sum(axis=1)
    both = 2 * total
    with np.errstate(divide="ignore", invalid="ignore"):
        kappa = (alike * total - by_chance) / (total * total - by_chance)
        alpha = 1 - (both - 1) * 2 * (total - alike) / (both * both - squares)
    kappa[total * total == by_chance] = np.nan
    alpha[both * both == squares] = np.nan
    return alike / total, kappa, alpha


def _percentiles(series: Numbers, level: float) -> Interval | None:
    usable = series[~np.isnan(series)]
    if len(usable) < _USABLE * len(series):
        return None
    low, high = np.quantile(usable, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
