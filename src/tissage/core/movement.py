"""What was adopted, and whether it moves (`network.md` §5). Only facts move it, each on the day of the fact, not of its entry.

A fact: an action item closed with evidence, a milestone reached, evidence validated, a linked activity held and reported, a new decision
on it by a meeting. Comments, changes of words, reminders and postponed dates are none: they do not even enter here.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass

NO_STEP_DAYS = 60
STANDSTILL_DAYS = 180


class Signal(enum.Enum):
    """From the gravest on."""

    STANDSTILL = "standstill"
    """180 days without movement."""
    NO_STEP = "no_step"
    """60 days after the adoption, nothing was ever asked of anybody."""
    NOT_MET = "not_met"
    """Those who follow it did not meet since the adoption."""


@dataclass(frozen=True, slots=True)
class Movement:
    """`last_on` is the adoption itself as long as nothing moved (`moved` is false then)."""

    last_on: dt.date
    moved: bool
    still_days: int
    signals: tuple[Signal, ...]

    @property
    def is_still(self) -> bool:
        return Signal.STANDSTILL in self.signals


def last_movement_on(adopted_on: dt.date, facts: Iterable[dt.date], day: dt.date) -> dt.date:
    """The latest fact up to `day`, or the adoption. A fact dated before the adoption, or after `day`, moves nothing.

    >>> last_movement_on(dt.date(2019, 5, 1), [dt.date(2019, 9, 1), dt.date(2018, 1, 1)], dt.date(2020, 1, 1))
    datetime.date(2019, 9, 1)
    """
    return max((fact for fact in facts if adopted_on < fact <= day), default=adopted_on)


def movement(*, adopted_on: dt.date, facts: Iterable[dt.date], steps: int, meetings_since: int | None, day: dt.date) -> Movement:
    """Where something adopted stands on a day. `steps`: what was ever asked of somebody (action items, milestones, actions of the plan);
    `meetings_since`: meetings held after the adoption by those who follow it, None when nobody meets about it."""
    last = last_movement_on(adopted_on, facts, day)
    still = max((day - last).days, 0)
    signals = [
        *([Signal.STANDSTILL] if still >= STANDSTILL_DAYS else []),
        *([Signal.NO_STEP] if steps == 0 and (day - adopted_on).days >= NO_STEP_DAYS else []),
        *([Signal.NOT_MET] if meetings_since == 0 and day > adopted_on else []),
    ]
    return Movement(last, last > adopted_on, still, tuple(signals))
