"""What was adopted and does not move: the day of the last fact, and the three signals (`network.md` §5)."""

from __future__ import annotations

import datetime as dt

import pytest

from tissage.core.movement import Signal, last_movement_on, movement

ADOPTED = dt.date(2026, 1, 1)


def after(days):
    return ADOPTED + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "facts", "steps", "meetings", "still", "signals"),
    [
        (0, [], 0, 0, 0, ()),
        (59, [], 0, 1, 59, ()),
        (60, [], 0, 1, 60, (Signal.NO_STEP,)),
        (60, [], 1, 1, 60, ()),
        (179, [], 1, 1, 179, ()),
        (180, [], 1, 1, 180, (Signal.STANDSTILL,)),
        (180, [], 0, 0, 180, (Signal.STANDSTILL, Signal.NO_STEP, Signal.NOT_MET)),
        (400, [100, 300], 1, 3, 100, ()),
        (400, [300, 500], 1, 3, 100, ()),
        (400, [-10], 1, 3, 400, (Signal.STANDSTILL,)),
        (400, [399], 1, 0, 1, (Signal.NOT_MET,)),
        (400, [399], 1, None, 1, ()),
    ],
)
def test_days_still_and_signals(days, facts, steps, meetings, still, signals):
    told = movement(adopted_on=ADOPTED, facts=map(after, facts), steps=steps, meetings_since=meetings, day=after(days))
    assert (told.still_days, told.signals) == (still, signals)


def test_a_fact_entered_late_counts_on_its_own_day():
    assert last_movement_on(ADOPTED, [after(20)], after(300)) == after(20)
    assert last_movement_on(ADOPTED, [], after(300)) == ADOPTED
