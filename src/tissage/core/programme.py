"""The programme of a campaign in order: dates that pull the same people at once, days when nothing happens (`agenda.md` §1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

NEAR = dt.timedelta(hours=2)
EVERYBODY = "tous-publics"
LONG_GAP = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """A date of an activity and the codes of who it is meant for. Times of one time zone."""

    key: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    audiences: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gap:
    """Days in a row without any date, both ends included."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def are_near(one: Slot, other: Slot, within: dt.timedelta = NEAR) -> bool:
    """Less than two hours apart, or at the same time."""
    return one.starts_at - other.ends_at < within and other.starts_at - one.ends_at < within


def shared_audiences(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """The people both are meant for. What is meant for everybody meets what is meant for anybody."""
    if EVERYBODY in one:
        return other
    if EVERYBODY in other:
        return one
    return one & other


def clashes(slots: Iterable[Slot]) -> list[tuple[Slot, Slot]]:
    """Pairs less than two hours apart that are meant for the same people, in the order of time."""
    ordered = sorted(slots, key=lambda slot: (slot.starts_at, slot.key))
    found = []
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if not are_near(one, other):
                if other.starts_at - one.ends_at >= NEAR:
                    break
                continue
            if shared_audiences(one.audiences, other.audiences):
                found.append((one, other))
    return found


def gaps(days: Iterable[dt.date], first: dt.date, last: dt.date, at_least: int = LONG_GAP) -> list[Gap]:
    """Runs of `at_least` days of a window, or more, on which nothing is planned."""
    held = sorted({day for day in days if first <= day <= last})
    edges = [first - dt.timedelta(days=1), *held, last + dt.timedelta(days=1)]
    found = [Gap(before + dt.timedelta(days=1), after - dt.timedelta(days=1)) for before, after in pairwise(edges)]
    return [gap for gap in found if gap.days >= at_least]


def repeated(starts: dt.datetime, ends: dt.datetime, every: str, times: int) -> list[tuple[dt.datetime, dt.datetime]]:
    """The same hours again, `times` in all, local times without zone. `weekly`, or `monthly`: the same weekday of its rank in the month.

    A fifth Friday that a month lacks is its last one.
    """
    if every == "weekly":
        return [(starts + dt.timedelta(weeks=n), ends + dt.timedelta(weeks=n)) for n in range(times)]
    rank = (starts.day - 1) // 7
    found = []
    for n in range(times):
        month = starts.month - 1 + n
        first = starts.replace(year=starts.year + month // 12, month=month % 12 + 1, day=1)
        day = first + dt.timedelta(days=(starts.weekday() - first.weekday()) % 7, weeks=rank)
        if day.month != first.month:
            day -= dt.timedelta(weeks=1)
        found.append((day, day + (ends - starts)))
    return found
