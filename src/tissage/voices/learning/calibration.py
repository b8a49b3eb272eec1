"""From scores to probabilities, once a territory has coded enough: one temperature, found by cross-validation on its own codings.

Guo et al., 2017, « On Calibration of Modern Neural Networks », section 4.2: scores divided by one number, ranks unchanged.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ENOUGH = 200  # codings before a percentage is shown
FOLDS = 5
SAMPLE = 2000  # codings that a cross-validation looks at, at most


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
