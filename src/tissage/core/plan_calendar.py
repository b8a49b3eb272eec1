"""The dates of an obligation: when it is due, and the steps counted backwards from the sitting that votes.

Three ways of counting, each named by the delay's own data:
- `clear`: clear days (« jours francs »): neither the day of the act nor the day it prepares counts. Seven clear days before Tuesday 24
  March lead to Monday 16 March at the latest;
- `working`: Monday to Friday, public holidays left out; the day of the act does not count, the day it prepares does;
- `calendar`: plain days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

DAY = dt.timedelta(days=1)
CLEAR, WORKING, CALENDAR = "clear", "working", "calendar"
SITTING = "sitting"


@lru_cache(maxsize=256)
def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, over = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - correction + 15) % 30
    quarter, within = divmod(rest, 4)
    to_sunday = (32 + 2 * over + 2 * quarter - epact - within) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def _belgian(year: int) -> set[dt.date]:
    """The ten legal holidays of Belgium (royal decree of 18 April 1974)."""
    sunday = easter(year)
    fixed = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
    return {dt.date(year, *day) for day in fixed} | {sunday + DAY, sunday + 39 * DAY, sunday + 50 * DAY}


def _french(year: int) -> set[dt.date]:
    """The eleven legal holidays of France (labour code, L3133-1)."""
    sunday = easter(year)
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    return {dt.date(year, *day) for day in fixed} | {sunday + DAY, sunday + 39 * DAY, sunday + 50 * DAY}


_HOLIDAYS: Mapping[str, Callable[[int], set[dt.date]]] = {"be": _belgian, "fr": _french}


@lru_cache(maxsize=256)
def public_holidays(year: int, country: str = "be") -> frozenset[dt.date]:
    """The legal holidays of a year, computed; none for a country we do not know."""
    return frozenset(_HOLIDAYS[country](year)) if country in _HOLIDAYS else frozenset()


def is_working(day: dt.date, country: str = "be") -> bool:
    """Monday to Friday, no public holiday."""
    return day.weekday() < 5 and day not in public_holidays(day.year, country)


def count_back(day: dt.date, days: int, counting: str, country: str = "be") -> dt.date:
    """The last day on which something must be done so that `days` separate it from `day`. See the head of this module."""
    if counting == CLEAR:
        return day - (days + 1) * DAY
    if counting == CALENDAR:
        return day - days * DAY
    if counting != WORKING:
        raise ValueError(counting)
    here, left = day, days
    while left > 0:
        left -= is_working(here, country)
        here -= DAY
    while not is_working(here, country):
        here -= DAY
    return here


@dataclass(frozen=True, slots=True)
class Delay:
    """A delay of a framework. `step`: what is prepared; `before`: the step its days are counted back from; `days` None: unknown.

    `carriers`: carrier kinds it is for (empty: all); `body`: the optional body that takes it, "" when none.
    """

    code: str
    label: str
    step: str
    before: str = SITTING
    days: int | None = None
    counting: str = CALENDAR
    country: str = "be"
    carriers: tuple[str, ...] = ()
    body: str = ""
    owner: str = ""
    status: str = "unverified"
    source: str = ""

    @classmethod
    def of(cls, *, code: str, label: str, extra: Mapping[str, Any], status: str, source: str) -> Delay:
        """From the data of a framework."""
        return cls(
            code=code,
            label=label,
            step=extra.get("step", code),
            before=extra.get("before", SITTING),
            days=extra.get("days"),
            counting=extra.get("counting", CALENDAR),
            country=extra.get("holidays", "be"),
            carriers=tuple(extra.get("carriers", ())),
            body=extra.get("body", ""),
            owner=extra.get("owner", ""),
            status=status,
            source=source,
        )


@dataclass(frozen=True, slots=True)
class Dated:
    """A delay and the last day for it; `on` is None when its days are unknown."""

    delay: Delay
    on: dt.date | None


def dates_before(sitting: dt.date, delays: Iterable[Delay], *, carrier: str = "", bodies: Sequence[str] | None = None) -> list[Dated]:
    """The last days of the steps before a sitting, the latest first.

    Delays for other carriers are left out, and those of an optional body that does not exist (`bodies`: those that do; None: all).
    What would be counted from a step left out is counted from the step that one is counted from: the chain closes over the gap.
    A step of unknown days leaves those behind it unknown too.
    """
    given = list(delays)
    kept = [one for one in given if not one.carriers or not carrier or carrier in one.carriers]
    behind = {one.step: one.before for one in kept}
    kept = [one for one in kept if not one.body or bodies is None or one.body in bodies]
    present = {one.step: one for one in kept}
    known: dict[str, dt.date | None] = {SITTING: sitting}

    def day_of(step: str, seen: frozenset[str]) -> dt.date | None:
        if step in known:
            return known[step]
        if step in seen or step not in behind:  # a circle, or a step nobody describes: from the sitting
            return sitting
        if step not in present:
            return day_of(behind[step], seen | {step})
        one = present[step]
        start = day_of(one.before, seen | {step})
        known[step] = None if start is None or one.days is None else count_back(start, one.days, one.counting, one.country)
        return known[step]

    found = [Dated(one, day_of(one.step, frozenset())) for one in kept]
    return sorted(found, key=lambda dated: (dated.on is None, -(dated.on or sitting).toordinal()))


def due_on(due: Mapping[str, Any], year: int, *, plan_ends_on: dt.date | None = None) -> dt.date | None:
    """The day an obligation of a year is due, from its rule; None when it has no date, or another year's.

    {"month": 3, "day": 31, "years_after": 1}: 31 March of the year after; {"on": "2025-06-30"}; {"months_before_end": 14}.
    """
    if "month" in due:
        return _day(year + int(due.get("years_after", 0)), int(due["month"]), int(due["day"]))
    if "on" in due:
        day = dt.date.fromisoformat(due["on"])
        return day if day.year == year else None
    if "months_before_end" in due and plan_ends_on is not None:
        months = plan_ends_on.year * 12 + plan_ends_on.month - 1 - int(due["months_before_end"])
        day = _day(months // 12, months % 12 + 1, plan_ends_on.day)
        return day if day.year == year else None
    return None


def _day(year: int, month: int, day: int) -> dt.date:
    """That day, or the last of its month: 29 February exists one year in four."""
    while True:
        try:
            return dt.date(year, month, day)
        except ValueError:
            day -= 1


def concerns(due: Mapping[str, Any], year: int, *, plan_ends_on: dt.date | None = None) -> bool:
    """False when the rule gives a date in another year: such an obligation is not of this year."""
    dated_elsewhere = "on" in due or "months_before_end" in due
    return not dated_elsewhere or due_on(due, year, plan_ends_on=plan_ends_on) is not None


def last_sitting(due: dt.date, *, country: str = "be") -> dt.date:
    """The last working day a vote may be held on so that what it votes still leaves the same day: nothing is sent before it is voted."""
    while not is_working(due, country):
        due -= DAY
    return due
