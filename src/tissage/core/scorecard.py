"""The score of a set of asks: proven, at most, documented (`commitments.md` §7). Exact fractions; rounding is for print only.

An item without evidence stays in the denominator with 0: leaving it out rewards opacity. What does not apply leaves both sums,
and a category left empty leaves the sum of the categories' weights. Nothing left: no score, which is not 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Number = int | Decimal | Fraction

NO_EVIDENCE = "no_evidence"
VALUES: Mapping[str, Fraction] = {
    NO_EVIDENCE: Fraction(0),
    "not_started": Fraction(0),
    "limited": Fraction(1, 4),
    "substantial": Fraction(3, 4),
    "complete": Fraction(1),
}
"""What each completion is worth, between 0 and 1. Frozen with every version of a score."""


@dataclass(frozen=True, slots=True)
class Category:
    code: str
    label: str
    weight: Number = 1


@dataclass(frozen=True, slots=True)
class Item:
    """`applies`: verifiable, and of a competence that counts. `category` is a code."""

    code: str
    category: str
    completion: str
    weight: Number = 1
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Score:
    """Percentages from 0 to 100, exact; None where nothing applies.

    `dropped` leaves unknown items out: the wrong method, computed so that tests and decision records can show what it would say. Never printed.
    """

    headline: Fraction | None
    ceiling: Fraction | None
    coverage: Fraction | None
    dropped: Fraction | None


@dataclass(frozen=True, slots=True)
class CategoryScore:
    category: Category
    score: Score


@dataclass(frozen=True, slots=True)
class Card:
    total: Score
    by_category: tuple[CategoryScore, ...]


def scorecard(categories: Iterable[Category], items: Iterable[Item], values: Mapping[str, Number] = VALUES) -> Card:
    """The score of a set. Raises `ValueError` for a weight that is not above 0 or an unknown completion, `KeyError` for an unknown category.

    >>> scorecard([Category("a", "A")], [Item("1", "a", "limited"), Item("2", "a", "no_evidence")]).total.headline
    Fraction(25, 2)
    """
    listed = list(categories)
    grouped: dict[str, list[Item]] = {category.code: [] for category in listed}
    for item in items:
        if item.weight <= 0:
            raise ValueError(f"{item.code}: a weight is above 0, not {item.weight}")
        if item.completion not in values:
            raise ValueError(f"{item.code}: {item.completion} is no completion")
        grouped[item.category].append(item)
    by_category = tuple(CategoryScore(category, _of_items(grouped[category.code], values)) for category in listed)
    return Card(_of_categories(by_category), by_category)


def printed(value: Fraction | None, places: int = 1) -> Decimal | None:
    """A percentage as it is printed, halves up: one decimal in tables, none in the sentence.

    >>> printed(Fraction(985, 24))
    Decimal('41.0')
    """
    if value is None:
        return None
    exact = value * 10**places
    rounded = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return Decimal(rounded).scaleb(-places).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def kept(value: Fraction | None) -> Decimal | None:
    """A percentage as the column of a frozen version keeps it: eight decimals."""
    return printed(value, 8)


def _of_items(items: list[Item], values: Mapping[str, Number]) -> Score:
    applying = [(Fraction(item.weight), item.completion) for item in items if item.applies]
    if not applying:
        return Score(None, None, None, None)
    whole = _sum(weight for weight, _completion in applying)
    sure = _sum(weight for weight, completion in applying if completion != NO_EVIDENCE)
    earned = _sum(weight * Fraction(values[completion]) for weight, completion in applying)
    return Score(
        headline=100 * earned / whole,
        ceiling=100 * (earned + whole - sure) / whole,
        coverage=100 * sure / whole,
        dropped=100 * earned / sure if sure else None,
    )


def _of_categories(scored: Iterable[CategoryScore]) -> Score:
    rows = list(scored)

    def mean(values: list[tuple[Number, Fraction | None]]) -> Fraction | None:
        there = [(Fraction(weight), value) for weight, value in values if value is not None]
        return _sum(weight * value for weight, value in there) / _sum(weight for weight, _value in there) if there else None

    if any(row.category.weight <= 0 for row in rows):
        raise ValueError("the weight of a category is above 0")
    return Score(
        *(
            mean([(row.category.weight, getattr(row.score, name)) for row in rows])
            for name in ("headline", "ceiling", "coverage", "dropped")
        )
    )


def _sum(values: Iterable[Fraction]) -> Fraction:
    return sum(values, Fraction(0))
