"""From scores to probabilities, once a territory has coded enough: found by cross-validation on its own codings.

First one temperature (Guo et al., 2017, « On Calibration of Modern Neural Networks », section 4.2), then how often what was announced
at each height was right, made monotone (isotonic regression, Zadrozny and Elkan, 2002). Ranks are unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ENOUGH = 200  # codings before a percentage is shown
FOLDS = 5
SAMPLE = 2000  # codings that a cross-validation looks at, at most
SHOWN = 5
CERTAIN = 0.99  # no more is ever announced: a few hundred codings cannot show it


@dataclass(frozen=True, slots=True)
class Calibration:
    """`heights` (announced) and `shares` (right) of the isotonic steps, both growing."""

    temperature: float
    heights: NDArray[np.float64]
    shares: NDArray[np.float64]

    def __call__(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probabilities in the shape of `scores`; those of one sentence need not sum to 1 exactly."""
        found = np.interp(probabilities(scores, self.temperature), self.heights, self.shares)
        return np.asarray(np.clip(found, 1 - CERTAIN, CERTAIN))


def calibrate(scores: NDArray[np.float64], right: NDArray[np.int64]) -> Calibration:
    """From scores (n, C) that a cross-validation gave, and the places of the right classes (n,)."""
    temperature = best_temperature(scores, right)
    announced = probabilities(scores, temperature)
    first = np.argsort(-announced, axis=1)[:, :SHOWN]
    heights, shares = isotonic(np.take_along_axis(announced, first, axis=1).ravel(), (first == right[:, None]).ravel())
    return Calibration(temperature, heights, shares)


def isotonic(announced: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The growing steps nearest to what happened (pool adjacent violators): mean announced and share right of each step."""
    order = np.argsort(announced, kind="stable")
    steps: list[tuple[float, float, int]] = []  # sum announced, sum right, size
    for height, correct in zip(announced[order].tolist(), right[order].tolist(), strict=True):
        steps.append((height, float(correct), 1))
        while len(steps) > 1 and steps[-2][1] / steps[-2][2] >= steps[-1][1] / steps[-1][2]:
            last, before = steps.pop(), steps.pop()
            steps.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
    return np.array([total / size for total, _right, size in steps]), np.array([correct / size for _total, correct, size in steps])


def probabilities(scores: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    """Softmax of scores / temperature along the last axis."""
    cooled = scores / temperature
    cooled = cooled - cooled.max(axis=-1, keepdims=True)
    powers = np.exp(cooled)
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def best_temperature(scores: NDArray[np.float64], right: NDArray[np.int64]) -> float:
    """The temperature under which the right classes are least surprising (log loss); between 0.1 and 20."""

    def loss(log_temperature: float) -> float:
        found = probabilities(scores, float(np.exp(log_temperature)))[np.arange(len(right)), right]
        return float(-np.log(np.maximum(found, 1e-12)).mean())

    low, high = np.log(0.1), np.log(20.0)
    golden = (np.sqrt(5) - 1) / 2
    one, two = high - golden * (high - low), low + golden * (high - low)
    loss_one, loss_two = loss(one), loss(two)
    for _ in range(40):
        if loss_one < loss_two:
            high, two, loss_two = two, one, loss_one
            one = high - golden * (high - low)
            loss_one = loss(one)
        else:
            low, one, loss_one = one, two, loss_two
            two = low + golden * (high - low)
            loss_two = loss(two)
    return float(np.exp((low + high) / 2))


def calibration_error(confidence: NDArray[np.float64], correct: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error: the gap between what was announced and what happened, weighted over `bins` equal bins."""
    if not len(confidence):
        return 0.0
    where = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(float(confidence[where == place].mean()) - float(correct[where == place].mean())) * float((where == place).mean())
        for place in range(bins)
        if (where == place).any()
    ]
    return float(sum(gaps))
