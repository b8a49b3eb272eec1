"""How a member takes part in its collective, computed from what happened and never typed (`network.md` §4.5).

A signal that is None had no occasion to be: it neither helps nor harms. When the collective did not meet while the organisation sat,
neither its presences nor the days since its last contact say anything of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Level(StrEnum):
    """The first that fits, in this order."""

    NEW = "new"
    LOST_CONTACT = "lost_contact"
    DORMANT = "dormant"
    ACTIVE = "active"
    OCCASIONAL = "occasional"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the levels begin. Source: `network.md` §4.5, a proposal of this house that no decree fixes; an installation may give others."""

    window_days: int = 365
    new_days: int = 90
    lost_days: int = 365
    dormant_days: int = 180
    presence: Fraction = Fraction(1, 2)
    on_time: Fraction = Fraction(1, 2)
    activities: int = 1
    trainings: int = 1
    enough: int = 2
    """How many of the four signs make a member active."""


USUAL = Thresholds()


@dataclass(frozen=True, slots=True)
class Facts:
    """What happened in the window, while the membership was open.

    `meetings`: held by the collective while the organisation sat; `excused` and `present` are among them. `items_on_time` of `items_due`
    were done by their day. `contacts`: days of a presence, a report, an item done, a training, however old.
    """

    since: dt.date
    meetings: int = 0
    present: int = 0
    excused: int = 0
    activities: int = 0
    items_due: int = 0
    items_on_time: int = 0
    trainings: int = 0
    contacts: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class Signals:
    """`presence` and `on_time`: shares from 0 to 1, None without any occasion. `days_silent`: since the last contact, None likewise."""

    days_member: int
    presence: Fraction | None
    activities: int
    on_time: Fraction | None
    trainings: int
    days_silent: int | None


def window(today: dt.date, since: dt.date, thresholds: Thresholds = USUAL) -> tuple[dt.date, dt.date]:
    """First and last day looked at: the year before today, and no day before the organisation sat."""
    return max(today - dt.timedelta(days=thresholds.window_days), since), today


def signals(facts: Facts, today: dt.date) -> Signals:
    expected = facts.meetings - facts.excused
    contacts = [day for day in facts.contacts if facts.since <= day <= today]
    return Signals(
        days_member=(today - facts.since).days,
        presence=Fraction(facts.present, expected) if expected > 0 else None,
        activities=facts.activities,
        on_time=Fraction(facts.items_on_time, facts.items_due) if facts.items_due else None,
        trainings=facts.trainings,
        days_silent=(today - max(contacts, default=facts.since)).days if facts.meetings else None,
    )


def level(found: Signals, thresholds: Thresholds = USUAL) -> Level:
    """The level of a member, first match.

    >>> level(Signals(days_member=400, presence=None, activities=0, on_time=None, trainings=0, days_silent=None))
    <Level.OCCASIONAL: 'occasional'>
    """
    if found.days_member < thresholds.new_days:
        return Level.NEW
    if found.days_silent is not None and found.days_silent > thresholds.lost_days:
        return Level.LOST_CONTACT
    if found.days_silent is not None and found.days_silent > thresholds.dormant_days:
        return Level.DORMANT
    return Level.ACTIVE if signs(found, thresholds) >= thresholds.enough else Level.OCCASIONAL


def signs(found: Signals, thresholds: Thresholds = USUAL) -> int:
    """How many of the four signs of an active member are there."""
    there: Iterable[bool] = (
        found.presence is not None and found.presence >= thresholds.presence,
        found.activities >= thresholds.activities,
        found.on_time is not None and found.on_time >= thresholds.on_time,
        found.trainings >= thresholds.trainings,
    )
    return sum(there)
