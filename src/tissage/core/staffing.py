"""Full-time equivalents over time: shares of a function that begin and end on different days, added period by period."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A run of days, both ends included, over which a function counts the same: its full-time equivalents, and how many shares make them."""

    starts_on: dt.date
    ends_on: dt.date
    fte: Decimal
    shares: int


def periods_by_function(shares: Iterable[tuple[str, dt.date, dt.date, Decimal]]) -> dict[str, list[Period]]:
    """(function, first day, last day, FTE) → for each function its periods, oldest first; days without anybody make none."""
    found: dict[str, list[tuple[dt.date, dt.date, Decimal]]] = defaultdict(list)
    for function, starts_on, ends_on, fte in shares:
        found[function].append((starts_on, ends_on, fte))
    return {function: _periods(rows) for function, rows in sorted(found.items())}


def _periods(rows: list[tuple[dt.date, dt.date, Decimal]]) -> list[Period]:
    moves = sorted({day for starts_on, ends_on, _fte in rows for day in (starts_on, _after(ends_on))})
    periods = []
    for begins, after in pairwise(moves):
        here = [fte for starts_on, ends_on, fte in rows if starts_on <= begins <= ends_on]
        if here:
            periods.append(Period(begins, after - DAY if after < dt.date.max else after, sum(here, Decimal(0)), len(here)))
    return periods


def _after(day: dt.date) -> dt.date:
    return day + DAY if day < dt.date.max else day
