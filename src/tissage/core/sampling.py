"""Drawing a sample: at random, or so that each stratum keeps its share. The generator is given: a seed gives the draw again."""

from __future__ import annotations

import random
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Unit = TypeVar("Unit")
Stratum = TypeVar("Stratum", bound=Hashable)


def shares(sizes: Mapping[Stratum, int], count: int) -> dict[Stratum, int]:
    """How many units of each stratum a sample of `count` holds, in proportion, rounded by largest remainders (ties: the larger stratum
    first, then the order given).

    >>> shares({"A": 50, "B": 30, "C": 20}, 10)
    {'A': 5, 'B': 3, 'C': 2}
    """
    total = sum(sizes.values())
    if count >= total:
        return dict(sizes)
    taken = {stratum: count * size // total for stratum, size in sizes.items()}
    order = {stratum: place for place, stratum in enumerate(sizes)}
    first_served = sorted(sizes, key=lambda stratum: (-(count * sizes[stratum] % total), -sizes[stratum], order[stratum]))
    for stratum in first_served[: count - sum(taken.values())]:
        taken[stratum] += 1
    return taken


def draw_sample(units: Mapping[Stratum, Sequence[Unit]], count: int, draw: random.Random) -> list[Unit]:
    """`count` different units, each stratum in its share, in an order that says nothing of the strata. One stratum: simple random.

    All of them when there are fewer.
    """
    wanted = shares({stratum: len(members) for stratum, members in units.items()}, count)
    chosen = [unit for stratum, members in units.items() for unit in draw.sample(list(members), wanted[stratum])]
    draw.shuffle(chosen)
    return chosen
