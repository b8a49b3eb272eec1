"""How far two people who code apart code alike: observed agreement, Cohen's kappa, Krippendorff's alpha.

Codes are names (nominal): two codes are the same or they are not, no code is nearer to another. Pairs are counted in a
*confusion*: (first code, second code) → how many. A measure that cannot be computed is `None`, never 0 nor 1.

Sources
    J. Cohen, « A coefficient of agreement for nominal scales », Educational and Psychological Measurement 20 (1960), 37–46.
    K. Krippendorff, « Computing Krippendorff's Alpha-Reliability », University of Pennsylvania (2011), part C (nominal data,
    any number of observers, missing data).
    B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13 (percentile intervals). The resampling itself
    is in `voices.learning.resampling`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Confusion = Mapping[tuple[str, str], int]
"""(code of the first, code of the second) → number of units."""

ENOUGH = 30
"""Below this many units coded twice, the screens say that it is too little to conclude. A rule of this project, not of a source:
with 30 units and two in three alike, the 95 % interval of the observed agreement is still about 0.34 wide."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two series of codes have in common: `alike` units of `units`; `kappa` and `alpha` are None when they cannot be computed."""

    units: int
    alike: int
    kappa: float | None
    alpha: float | None

    @property
    def observed(self) -> float | None:
        return self.alike / self.units if self.units else None

    @property
    def enough(self) -> bool:
        return self.units >= ENOUGH


def count_pairs(pairs: Iterable[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """The confusion of pairs of codes, one pair a unit."""
    return Counter(pairs)


def agreement_of(confusion: Confusion) -> Agreement:
    """All the measures of two coders over the units that both coded."""
    return Agreement(
        units=sum(confusion.values()),
        alike=sum(count for (first, second), count in confusion.items() if first == second),
        kappa=cohen_kappa(confusion),
        alpha=krippendorff_alpha(coincidences_of_pairs(confusion)),
    )


def cohen_kappa(confusion: Confusion) -> float | None:
    """κ = (p₀ − pₑ) / (1 − pₑ): agreement beyond what each coder's own habits would give by chance (Cohen 1960).

    p₀ is the share of units coded alike; pₑ = Σ pᵢ. p.ᵢ over the codes. None without any unit, and when both used one and the
    same code for everything (pₑ = 1): nothing then tells agreement from habit.

    >>> cohen_kappa({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15})
    0.4
    """
    total = sum(confusion.values())
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    alike = 0
    for (one, other), count in confusion.items():
        first[one] += count
        second[other] += count
        alike += count if one == other else 0
    by_chance = sum(count * second[code] for code, count in first.items())
    if total * total == by_chance:  # also when there is no unit at all
        return None
    return (alike * total - by_chance) / (total * total - by_chance)


def coincidences_of_pairs(confusion: Confusion) -> dict[tuple[str, str], float]:
    """The coincidence matrix of two coders who both coded every unit: each unit counts once in either order."""
    coincidences: dict[tuple[str, str], float] = {}
    for (one, other), count in confusion.items():
        coincidences[one, other] = coincidences.get((one, other), 0) + count
        coincidences[other, one] = coincidences.get((other, one), 0) + count
    return coincidences


def coincidences_of_units(units: Iterable[Sequence[str | None]]) -> dict[tuple[str, str], float]:
    """The coincidence matrix of any number of coders; None where somebody did not code the unit (Krippendorff 2011, part C).

    o_ck = Σ over units of (ordered pairs c–k in the unit) / (m_u − 1), where m_u codes were given to the unit. A unit with a
    single code cannot be paired and counts for nothing.
    """
    coincidences: dict[tuple[str, str], float] = {}
    for unit in units:
        given = Counter(code for code in unit if code is not None)
        together = sum(given.values())
        if together < 2:
            continue
        for one, count in given.items():
            for other, others in given.items():
                pairs = count * (others - (one == other))
                if pairs:
                    coincidences[one, other] = coincidences.get((one, other), 0) + pairs / (together - 1)
    return coincidences


def krippendorff_alpha(coincidences: Mapping[tuple[str, str], float]) -> float | None:
    """α = 1 − Dₒ / Dₑ = 1 − (n − 1) · Σ_{c≠k} o_ck / (n² − Σ n_c²) for nominal data (Krippendorff 2011).

    n is the number of codes that can be paired, n_c those that are c. None when nothing can be paired, and when every code
    is the same: without any variation in the data, their reliability cannot be known.
    """
    totals: dict[str, float] = {}
    apart = 0.0
    for (one, other), weight in coincidences.items():
        totals[one] = totals.get(one, 0.0) + weight
        apart += weight if one != other else 0
    if len(totals) < 2:
        return None
    total = sum(totals.values())
    return 1 - (total - 1) * apart / (total * total - sum(count * count for count in totals.values()))


def one_against_the_rest(confusion: Confusion, code: str) -> dict[tuple[str, str], int]:
    """The confusion on one question only: is it this code (`code`) or another one (empty string)?"""
    merged: dict[tuple[str, str], int] = {}
    for (first, second), count in confusion.items():
        key = (code if first == code else "", code if second == code else "")
        merged[key] = merged.get(key, 0) + count
    return merged


def confused(confusion: Confusion) -> list[tuple[str, str, int]]:
    """The pairs of different codes, whoever gave which: (code, code, how many), the most frequent first, then by code."""
    apart: Counter[tuple[str, str]] = Counter()
    for (first, second), count in confusion.items():
        if first != second and count:
            apart[min(first, second), max(first, second)] += count
    return sorted(((one, other, count) for (one, other), count in apart.items()), key=lambda row: (-row[2], row[0], row[1]))
