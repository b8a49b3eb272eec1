"""What a meeting must say before it closes, and what a decision must lead to (`network.md` §4.4)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum


class Lack(StrEnum):
    """What a meeting lacks to be closed."""

    TO_COME = "to_come"
    MINUTES = "minutes"
    HEADS = "heads"
    PRESENCES = "presences"


def lacks_to_close(
    *, starts_at: dt.datetime, now: dt.datetime, minutes: str, heads: int | None, presences_unknown: int
) -> tuple[Lack, ...]:
    """Closing needs that it took place, minutes, a head count and a state of presence for every member, in this order."""
    lacks = [
        (starts_at > now, Lack.TO_COME),
        (not minutes.strip(), Lack.MINUTES),
        (heads is None, Lack.HEADS),
        (presences_unknown > 0, Lack.PRESENCES),
    ]
    return tuple(lack for is_so, lack in lacks if is_so)


def needs_follow_up(kind: str) -> bool:
    """A decision or a recommendation leads to something owed by somebody on a day, or says why nothing is; an information does not."""
    return kind in ("decision", "recommendation")


RELANCE_WEEKS = (0, 2, 4, 6)
"""Weeks after the day something was owed when its owner is told again (`network.md` §3, W2); then it stops, and the coordination is told."""


def relances(due_on: dt.date) -> tuple[dt.date, ...]:
    """The days on which whoever owes something is told, the last one included.

    >>> [day.day for day in relances(dt.date(2026, 11, 1))]
    [1, 15, 29, 13]
    """
    return tuple(due_on + dt.timedelta(weeks=weeks) for weeks in RELANCE_WEEKS)


def years_of_meetings(held: list[dt.date], minimum: int | None, founded_on: dt.date | None, today: dt.date) -> list[tuple[int, int, bool]]:
    """(year, meetings held, fewer than the minimum), this year first, back to the first meeting or the foundation.

    The year that runs is never short: it is not over.
    """
    beginnings = [day for day in (*held, founded_on) if day is not None and day <= today]
    first = min(beginnings, default=today).year
    counts = {year: sum(day.year == year for day in held) for year in range(today.year, first - 1, -1)}
    return [(year, count, minimum is not None and year < today.year and count < minimum) for year, count in counts.items()]
