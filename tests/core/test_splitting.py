"""Percentages that total 100, rules from the most specific, shares of people."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.splitting import RuleBook, SharesRefused, Work, check_shares, complete, proportional, staff_shares

D = Decimal


@pytest.mark.parametrize(
    ("percents", "why"),
    [
        (["60", "39.9999"], "il manque 0,0001"),
        (["60", "41"], "1 % de trop"),
        (["100", "0"], "au-dessus de 0"),
        (["150", "-50"], "au-dessus de 0"),
        (["33.33333", "66.66667"], "quatre décimales"),
        ([], "au moins une action"),
    ],
)
def test_shares_that_do_not_make_100_are_refused_in_words(percents, why):
    with pytest.raises(SharesRefused, match=why):
        check_shares([D(percent) for percent in percents])


def test_shares_of_four_decimals_that_make_100_stand():
    check_shares([D("33.3333"), D("33.3333"), D("33.3334")])


def test_what_is_left_empty_is_completed_to_100():
    assert complete([D(60), None]) == [D(60), D(40)]
    assert complete([None, None, None]) == [D("33.3334"), D("33.3333"), D("33.3333")]
    with pytest.raises(SharesRefused, match="ne reste rien"):
        complete([D(100), None])


@given(st.lists(st.decimals(min_value="0.001", max_value=100, places=3), min_size=1, max_size=12))
def test_proportions_total_100_exactly(weights):
    percents = proportional(weights)
    assert sum(percents) == 100
    assert all(percent == percent.quantize(D("0.0001")) for percent in percents)


CRITERIA = [("A", "s", "f"), ("A", "s", ""), ("A", "", "f"), ("A", "", ""), ("", "s", "f"), ("", "s", ""), ("", "", "f")]


@given(st.sets(st.sampled_from(CRITERIA), min_size=1))
def test_the_most_specific_rule_wins_in_the_order_written(rules):
    book = RuleBook((key, key) for key in rules)
    assert book.find("a", "s", "f") == next(key for key in CRITERIA if key in rules)


def test_a_rule_that_asks_more_than_the_booking_says_does_not_fit():
    book = RuleBook([(("A", "s", ""), 1), (("", "", "f"), 2)])
    assert book.find("A", "other", "g") is None
    assert book.find("A", "", "f") == 2
    assert book.find("", "", "") is None


def work(action, fte, start="2026-01-01", end="2026-12-31", function="Éducatrice"):
    return Work(action, function, dt.date.fromisoformat(start), dt.date.fromisoformat(end), D(fte))


def test_people_share_a_month_by_their_full_time_equivalents_and_days():
    half = [work(1, "0.5"), work(2, "1"), work(3, "1", function="Comptable")]
    assert staff_shares(half, "Éducatrice", dt.date(2026, 3, 5)) == {1: D("33.3333"), 2: D("66.6667")}
    moved = [work(1, "1", end="2026-04-10"), work(2, "1", start="2026-04-11")]
    assert staff_shares(moved, "Éducatrice", dt.date(2026, 4, 1)) == {1: D("33.3333"), 2: D("66.6667")}
    assert staff_shares(half, "", dt.date(2026, 3, 5)) == {1: D(20), 2: D(40), 3: D(40)}


def test_a_month_nobody_is_known_to_work_gives_no_share():
    assert staff_shares([work(1, "1", end="2026-02-28")], "Éducatrice", dt.date(2026, 3, 1)) == {}
