"""A number as people type it; a year from its months."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.figures import UnreadableNumber, YearFigure, changed_share, read_number, state_of_all, year_from_months

NUMBERS = st.decimals(min_value=-(10**6), max_value=10**6, places=2, allow_nan=False)
YEARS = st.dictionaries(st.integers(1, 12), st.none() | NUMBERS)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", "12"), (" 1 234,50 ", "1234.50"), ("1\u202f234", "1234"), ("12.5", "12.5"), ("-3", "-3"), ("0", "0"), ("1’000", "1000")],
)
def test_a_number_is_read_as_people_write_it(typed, number):
    assert read_number(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0"])
def test_nothing_typed_is_nothing_known_and_no_zero(typed):
    assert read_number(typed) is None


@pytest.mark.parametrize("typed", ["douze", "1.234", "1,2,3", "12 €", "1e5", "NaN", "Infinity", "--1", "9" * 13, "1,234"])
def test_what_could_be_misread_is_refused(typed):
    with pytest.raises(UnreadableNumber):
        read_number(typed)


def test_months_add_the_last_counts_or_their_mean_does():
    months = {1: Decimal(10), 2: None, 3: Decimal(5), 12: Decimal(6)}
    assert year_from_months(months, "add") == YearFigure(Decimal(21), 3, 12)
    assert year_from_months(months, "last") == YearFigure(Decimal(6), 3, 12)
    assert year_from_months(months, "mean") == YearFigure(Decimal("7.00"), 3, 12)


def test_a_year_of_zeros_is_known_and_a_year_without_months_is_not():
    assert year_from_months(dict.fromkeys(range(1, 13), Decimal(0)), "add") == YearFigure(Decimal(0), 12, 12)
    assert year_from_months({5: None}, "add") == YearFigure(None, 0, 12)


@given(YEARS, st.sampled_from(["add", "last", "mean"]))
def test_an_unknown_month_weighs_nothing(months, rule):
    known = {month: value for month, value in months.items() if value is not None}
    assert year_from_months(months, rule) == year_from_months(known, rule)
    assert year_from_months(months, rule).known == len(known)


@given(YEARS)
def test_a_mean_stands_between_the_months(months):
    known = [value for value in months.values() if value is not None]
    value = year_from_months(months, "mean").value
    assert value is None if not known else min(known) <= value <= max(known)


def test_states_together_ask_what_the_most_open_one_asks():
    assert state_of_all([]) == ""
    assert state_of_all(["approved", "approved"]) == "approved"
    assert state_of_all(["approved", "submitted"]) == "submitted"
    assert state_of_all(["submitted", "draft", "approved"]) == "draft"
    assert state_of_all(["draft", "returned"]) == "returned"


def test_a_change_is_a_share_of_the_year_before():
    assert changed_share(Decimal(15), Decimal(10)) == Decimal("0.5")
    assert changed_share(Decimal(15), Decimal(0)) is None
    assert changed_share(None, Decimal(10)) is None
