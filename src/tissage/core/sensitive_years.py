"""What leaves an organisation of its sensitive activities: one number a year, never a date with its count (`agenda.md` §6, issue 5 §3).

The dates of an organisation in a year are one whole that is never cut: by type, audience, campaign or action. Its counted and its estimated
persons are two wholes. A whole is said when it holds at least two dates with somebody and reaches the threshold of the territory; any other sum
adds said wholes only. So whoever adds and subtracts what is said, knowing all of their own, finds wholes, and no date.

The number is said once, when the year is over and every date has its report: a total that grows from day to day would give each date by difference.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

COUNTED, ESTIMATED = "counted", "estimated"
FEWEST_DATES = 2


@dataclass(frozen=True, slots=True)
class SensitiveDate:
    """One date of a sensitive activity that was held; `headcount` None: nobody counted."""

    organization: int
    year: int
    headcount: int | None
    method: str


@dataclass(frozen=True, slots=True)
class Whole:
    """Persons of the sensitive dates of an organisation in a year, one way of counting. `persons` None: not said. `dates`: those with a count."""

    organization: int
    year: int
    how: str
    persons: int | None
    dates: int


def how_of(method: str) -> str:
    return ESTIMATED if method == "estimate" else COUNTED


def wholes(dates: Iterable[SensitiveDate], threshold: int) -> tuple[Whole, ...]:
    """A line an organisation, year and way of counting. `threshold`: the territory's, at least 1 person."""
    found: defaultdict[tuple[int, int, str], list[int]] = defaultdict(list)
    for one in dates:
        if one.headcount is not None:
            found[one.organization, one.year, how_of(one.method)].append(one.headcount)
    return tuple(Whole(*key, sum(heads) if may_be_said(heads, threshold) else None, len(heads)) for key, heads in sorted(found.items()))


def may_be_said(heads: Iterable[int], threshold: int) -> bool:
    """Whether a sum hides each of its parts: two dates where somebody came, and the threshold reached."""
    somebody = [one for one in heads if one > 0]
    return len(somebody) >= FEWEST_DATES and sum(somebody) >= threshold


def closes_on(year: int, *, all_reported: bool) -> dt.date:
    """From when the number of a year may be settled: 1 February after it when every date has its report, 1 July in any case."""
    return dt.date(year + 1, 2, 1) if all_reported else dt.date(year + 1, 7, 1)
