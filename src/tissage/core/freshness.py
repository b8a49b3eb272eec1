"""How long ago somebody checked a service, and what follows (`network.md` §6.5): fresh, due, stale, hidden. Never deleted."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from enum import StrEnum

DUE_DAYS = 30
"""Until so many days late the check is only asked for."""
HIDDEN_AFTER_DAYS = 180
MOST_BOUNCES = 2
ROUNDS = (dt.timedelta(0), dt.timedelta(weeks=2), dt.timedelta(weeks=4), dt.timedelta(weeks=6))
"""When mails of one review leave, counted from the first; then silence, and the coordinator is told."""
REVIEW_EVERY = (1, 3, 6, 12)
"""Months between two checks; never « never »."""


class State(StrEnum):
    FRESH = "fresh"
    DUE = "due"
    STALE = "stale"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Freshness:
    """`since`: the day of the last check, None when there was none. `until`: the day the next one is due, None when there was none."""

    state: State
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def is_marked(self) -> bool:
        """Whoever reads it is told that nobody checked for long."""
        return self.state in (State.STALE, State.HIDDEN)


def due_on(assured_on: dt.date, months: int) -> dt.date:
    """The day a check is due, so many months later; the last of the month where the day does not exist.

    >>> due_on(dt.date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(assured_on.year * 12 + assured_on.month - 1 + months, 12)
    return dt.date(year, month + 1, min(assured_on.day, monthrange(year, month + 1)[1]))


def freshness(assured_on: dt.date | None, review_every: int, day: dt.date, bounces: int = 0) -> Freshness:
    """What a service is on a day. Fresh before the day due; due up to 30 days late; stale from 31 to 180; hidden later, or after two bounces.

    One that nobody ever checked is stale: it is said, and asked for, at once.

    >>> freshness(dt.date(2026, 1, 1), 6, dt.date(2026, 7, 31)).state
    <State.DUE: 'due'>
    """
    until = due_on(assured_on, review_every) if assured_on else None
    if bounces >= MOST_BOUNCES:
        return Freshness(State.HIDDEN, assured_on, until)
    if until is None:
        return Freshness(State.STALE)
    late = (day - until).days
    if late < 0:
        return Freshness(State.FRESH, assured_on, until)
    if late <= DUE_DAYS:
        return Freshness(State.DUE, assured_on, until)
    return Freshness(State.STALE if late <= HIDDEN_AFTER_DAYS else State.HIDDEN, assured_on, until)


def first_assured(review_every: int, day: dt.date, state: State) -> dt.date:
    """The earliest check with which a service is at least in this state on a day: what a database compares dates with.

    >>> first_assured(6, dt.date(2026, 7, 1), State.FRESH)
    datetime.date(2026, 1, 2)
    """
    latest_late = {State.FRESH: -1, State.DUE: DUE_DAYS, State.STALE: HIDDEN_AFTER_DAYS}[state]
    first_due = day - dt.timedelta(days=latest_late)
    found = due_on(first_due, -review_every) - dt.timedelta(days=3)  # months have 28 to 31 days
    while due_on(found, review_every) < first_due:
        found += dt.timedelta(days=1)
    return found
