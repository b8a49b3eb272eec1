"""The engagement of a member is computed: what had no occasion neither helps nor harms, and a collective that sleeps lowers nobody."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.engagement import Facts, Level, Signals, level, signals, signs, window
from tissage.core.months import add_months

TODAY = dt.date(2026, 11, 22)
ORDER = [Level.LOST_CONTACT, Level.DORMANT, Level.OCCASIONAL, Level.ACTIVE]
shares = st.none() | st.fractions(0, 1)
found = st.builds(
    Signals,
    days_member=st.integers(0, 4000),
    presence=shares,
    activities=st.integers(0, 3),
    on_time=shares,
    trainings=st.integers(0, 3),
    days_silent=st.none() | st.integers(0, 4000),
)
days = st.dates(dt.date(2023, 1, 1), TODAY)


@st.composite
def facts(draw):
    meetings = draw(st.integers(0, 6))
    excused = draw(st.integers(0, meetings))
    due = draw(st.integers(0, 5))
    return Facts(
        since=draw(days),
        meetings=meetings,
        excused=excused,
        present=draw(st.integers(0, meetings - excused)),
        activities=draw(st.integers(0, 2)),
        items_due=due,
        items_on_time=draw(st.integers(0, due)),
        trainings=draw(st.integers(0, 2)),
        contacts=tuple(draw(st.lists(days, max_size=4))),
    )


def rank(one: Signals) -> int:
    return ORDER.index(level(one))


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ({"days_member": 89, "days_silent": 89}, Level.NEW),
        ({"days_member": 90, "days_silent": 90}, Level.OCCASIONAL),
        ({"days_silent": 366, "activities": 3, "trainings": 3}, Level.LOST_CONTACT),
        ({"days_silent": 365, "activities": 3, "trainings": 3}, Level.DORMANT),
        ({"days_silent": 181, "presence": Fraction(1)}, Level.DORMANT),
        ({"days_silent": 180, "presence": Fraction(1, 2), "trainings": 1}, Level.ACTIVE),
        ({"days_silent": 10, "presence": Fraction(1), "on_time": Fraction(1, 2)}, Level.ACTIVE),
        ({"days_silent": 10, "presence": Fraction(49, 100), "activities": 1}, Level.OCCASIONAL),
        ({"days_silent": 10, "activities": 9}, Level.OCCASIONAL),
    ],
)
def test_levels_are_said_in_order(given_, expected):
    base = Signals(days_member=700, presence=None, activities=0, on_time=None, trainings=0, days_silent=0)
    assert level(replace(base, **given_)) == expected


@given(found)
def test_a_signal_without_occasion_never_harms(one):
    """Beside the worst answer to the same question, silence of the facts is at least as good."""
    if level(one) != Level.NEW:
        for name, worst in {"presence": Fraction(0), "on_time": Fraction(0), "days_silent": 10_000}.items():
            assert rank(replace(one, **{name: None})) >= rank(replace(one, **{name: worst}))


@given(found)
def test_a_signal_without_occasion_never_helps(one):
    if level(one) != Level.NEW:
        for name, best in {"presence": Fraction(1), "on_time": Fraction(1), "days_silent": 0}.items():
            assert rank(replace(one, **{name: None})) <= rank(replace(one, **{name: best}))


@given(facts())
def test_a_collective_that_did_not_meet_lowers_nobody(what):
    """Acceptance 5: whatever else is known, meetings that never were take nothing from a member."""
    asleep = signals(replace(what, meetings=0, excused=0, present=0), TODAY)
    assert (asleep.presence, asleep.days_silent) == (None, None)
    assert level(asleep) not in (Level.LOST_CONTACT, Level.DORMANT)
    awake = signals(replace(what, meetings=max(what.meetings, 1), excused=0, present=0), TODAY)
    if level(asleep) != Level.NEW:
        assert rank(asleep) >= rank(awake)


@given(facts(), st.integers(1, 3))
def test_doing_more_never_lowers(what, more):
    before = signals(what, TODAY)
    after = signals(replace(what, activities=what.activities + more, trainings=what.trainings + more), TODAY)
    if level(before) != Level.NEW:
        assert rank(after) >= rank(before)
    assert signs(after) >= signs(before)


@given(facts())
def test_shares_stay_between_none_and_all_and_nothing_before_the_membership_counts(what):
    seen = signals(what, TODAY)
    assert all(share is None or 0 <= share <= 1 for share in (seen.presence, seen.on_time))
    assert seen.days_silent is None or 0 <= seen.days_silent <= seen.days_member
    assert window(TODAY, what.since)[0] >= what.since


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 60))
def test_months_are_whole(day, months):
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
