"""When a service is fresh, due, stale, hidden (`network.md` §6.5)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.freshness import REVIEW_EVERY, State, due_on, first_assured, freshness

CHECKED = dt.date(2026, 1, 15)
DUE = dt.date(2026, 7, 15)
RANK = [State.FRESH, State.DUE, State.STALE, State.HIDDEN]


@pytest.mark.parametrize(
    ("late", "state"),
    [(-1, "fresh"), (0, "due"), (30, "due"), (31, "stale"), (180, "stale"), (181, "hidden")],
)
def test_a_service_goes_from_fresh_to_hidden_at_the_days_of_the_rule(late, state):
    assert freshness(CHECKED, 6, DUE + dt.timedelta(days=late)).state == state


def test_two_bounces_hide_at_once_and_one_does_not():
    assert freshness(CHECKED, 6, CHECKED, bounces=1).state == "fresh"
    assert freshness(CHECKED, 6, CHECKED, bounces=2).state == "hidden"


def test_what_nobody_ever_checked_is_marked_and_not_hidden():
    found = freshness(None, 6, DUE)
    assert (found.state, found.since, found.is_marked) == ("stale", None, True)


@pytest.mark.parametrize(
    ("checked", "months", "due"),
    [("2026-01-31", 1, "2026-02-28"), ("2027-11-30", 3, "2028-02-29"), ("2026-12-01", 1, "2027-01-01"), ("2024-02-29", 12, "2025-02-28")],
)
def test_a_check_is_due_on_the_same_day_of_a_later_month_or_its_last(checked, months, due):
    assert due_on(dt.date.fromisoformat(checked), months) == dt.date.fromisoformat(due)


@given(
    day=st.dates(dt.date(2020, 1, 1), dt.date(2032, 12, 31)),
    ago=st.integers(0, 800),
    months=st.sampled_from(REVIEW_EVERY),
    rank=st.integers(0, 2),
)
def test_the_dates_a_database_compares_say_the_same_as_the_rule(day, ago, months, rank):
    checked = day - dt.timedelta(days=ago)
    is_at_least = RANK.index(freshness(checked, months, day).state) <= rank
    assert (checked >= first_assured(months, day, RANK[rank])) == is_at_least
