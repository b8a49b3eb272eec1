"""Counting backwards from a sitting: worked examples, and what holds for every date."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.plan_calendar import (
    CALENDAR,
    CLEAR,
    WORKING,
    Delay,
    concerns,
    count_back,
    dates_before,
    due_on,
    easter,
    is_working,
    last_sitting,
    public_holidays,
)

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))
D = dt.date


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2000, D(2000, 4, 23)), (2008, D(2008, 3, 23)), (2024, D(2024, 3, 31)), (2026, D(2026, 4, 5)), (2038, D(2038, 4, 25))],
)
def test_easter_falls_when_the_almanac_says(year, sunday):
    assert easter(year) == sunday


def test_belgium_has_ten_holidays_and_france_eleven():
    assert sorted(public_holidays(2026)) == [
        D(2026, 1, 1),
        D(2026, 4, 6),
        D(2026, 5, 1),
        D(2026, 5, 14),
        D(2026, 5, 25),
        D(2026, 7, 21),
        D(2026, 8, 15),
        D(2026, 11, 1),
        D(2026, 11, 11),
        D(2026, 12, 25),
    ]
    assert public_holidays(2026, "fr") - public_holidays(2026) == {D(2026, 5, 8), D(2026, 7, 14)}
    assert D(2026, 7, 21) not in public_holidays(2026, "fr")
    assert public_holidays(2026, "nowhere") == frozenset()


def test_seven_clear_days_leave_out_both_ends():
    # Tuesday 24 March 2026: the seven days 17 to 23 lie between; Monday 16 is the last day to convene.
    assert count_back(D(2026, 3, 24), 7, CLEAR) == D(2026, 3, 16)


def test_ten_working_days_step_over_weekends_and_easter_monday():
    # Friday 17, 16, 15, 14, 13, 10, 9, 8, 7 and 3 April 2026 make ten (the 6th is Easter Monday): the file is given on the 2nd.
    assert count_back(D(2026, 4, 17), 10, WORKING) == D(2026, 4, 2)
    assert count_back(D(2026, 3, 13), 10, WORKING) == D(2026, 2, 27)


def test_a_national_day_is_worked_in_the_other_country():
    assert count_back(D(2026, 7, 22), 2, WORKING, "be") == D(2026, 7, 17)
    assert count_back(D(2026, 7, 22), 2, WORKING, "fr") == D(2026, 7, 20)


@given(DAYS, st.integers(0, 60))
def test_clear_days_are_one_more_than_plain_days(day, days):
    assert count_back(day, days, CLEAR) == count_back(day, days, CALENDAR) - dt.timedelta(days=1)
    assert (day - count_back(day, days, CLEAR)).days - 1 == days


@given(DAYS, st.integers(1, 60), st.sampled_from(["be", "fr"]))
def test_exactly_so_many_working_days_follow_the_last_day_and_it_is_one_itself(day, days, country):
    last = count_back(day, days, WORKING, country)
    after = [last + dt.timedelta(days=n) for n in range(1, (day - last).days + 1)]
    assert sum(is_working(one, country) for one in after) == days
    assert is_working(last, country)


@given(DAYS, st.integers(0, 40), st.integers(0, 40), st.sampled_from([CLEAR, WORKING, CALENDAR]))
def test_a_longer_delay_is_never_later(day, shorter, more, counting):
    assert count_back(day, shorter + more, counting) <= count_back(day, shorter, counting) <= day


def test_an_unknown_way_of_counting_is_refused():
    with pytest.raises(ValueError, match="lunar"):
        count_back(D(2026, 3, 24), 7, "lunar")


CHAIN = [
    Delay("drafts", "Mise en ligne", "drafts_online", days=5, counting=CLEAR),
    Delay("convocation", "Convocation", "convocation", days=7, counting=CLEAR, carriers=("municipality",)),
    Delay("convocation_cpas", "Convocation", "convocation", days=5, counting=CLEAR, carriers=("cpas",)),
    Delay("college", "Collège", "executive", before="convocation", days=1, counting=WORKING),
    Delay("director", "Avis", "director", before="executive", days=10, counting=WORKING),
    Delay("commission", "Commission", "commission", before="director", days=7, body="commission"),
    Delay("freeze", "Arrêt", "freeze", before="commission", days=7),
    Delay("figures", "Chiffres", "figures", before="freeze", days=14),
]


def dated(**more):
    return {one.delay.code: one.on for one in dates_before(D(2026, 3, 24), CHAIN, **more)}


def test_the_year_of_a_municipality_is_counted_backwards_from_its_sitting():
    assert dated(carrier="municipality") == {
        "drafts": D(2026, 3, 18),
        "convocation": D(2026, 3, 16),
        "college": D(2026, 3, 13),
        "director": D(2026, 2, 27),
        "commission": D(2026, 2, 20),
        "freeze": D(2026, 2, 13),
        "figures": D(2026, 1, 30),
    }


def test_a_welfare_centre_has_its_own_convocation_and_what_precedes_follows_it():
    found = dated(carrier="cpas")
    assert (found["convocation_cpas"], found["college"], found["director"]) == (D(2026, 3, 18), D(2026, 3, 17), D(2026, 3, 3))
    assert "convocation" not in found


def test_without_the_optional_body_the_chain_closes_over_the_gap():
    found = dated(carrier="municipality", bodies=())
    assert "commission" not in found
    assert (found["director"], found["freeze"]) == (D(2026, 2, 27), D(2026, 2, 20))


def test_steps_come_latest_first_and_unknown_ones_last():
    unknown = [
        *CHAIN[:2],
        Delay("vague", "On ne sait", "vague", before="convocation"),
        Delay("behind", "Derrière", "behind", before="vague", days=3),
    ]
    found = dates_before(D(2026, 3, 24), unknown)
    assert [(one.delay.code, one.on) for one in found] == [
        ("drafts", D(2026, 3, 18)),
        ("convocation", D(2026, 3, 16)),
        ("vague", None),
        ("behind", None),
    ]


def test_steps_that_wait_for_each_other_do_not_turn_for_ever():
    circle = [Delay("a", "A", "a", before="b", days=1), Delay("b", "B", "b", before="a", days=1)]
    assert len(dates_before(D(2026, 3, 24), circle)) == 2


@given(DAYS)
def test_no_step_comes_after_the_sitting(sitting):
    assert all(one.on < sitting for one in dates_before(sitting, CHAIN))


def test_when_an_obligation_is_due():
    assert due_on({"month": 3, "day": 31, "years_after": 1}, 2025) == D(2026, 3, 31)
    assert due_on({"month": 12, "day": 31, "years_after": 0}, 2025) == D(2025, 12, 31)
    assert due_on({"month": 2, "day": 29, "years_after": 1}, 2025) == D(2026, 2, 28)
    assert due_on({"on": "2025-06-30"}, 2025) == D(2025, 6, 30)
    assert due_on({"on": "2025-06-30"}, 2024) is None
    assert due_on({"months_before_end": 14}, 2027, plan_ends_on=D(2028, 12, 31)) == D(2027, 10, 31)
    assert due_on({"months_before_end": 14}, 2028, plan_ends_on=D(2028, 12, 31)) is None
    assert due_on({"every": "year"}, 2025) is None
    assert due_on({}, 2025) is None


def test_an_obligation_dated_in_another_year_is_not_of_this_one():
    assert [concerns({"on": "2025-06-30"}, year) for year in (2024, 2025)] == [False, True]
    assert [concerns({"months_before_end": 0}, year, plan_ends_on=D(2025, 12, 31)) for year in (2024, 2025)] == [False, True]
    assert concerns({}, 2024)


def test_the_last_sitting_before_31_march_is_a_working_day():
    assert last_sitting(D(2026, 3, 31)) == D(2026, 3, 31)
    assert last_sitting(D(2024, 3, 31)) == D(2024, 3, 29)  # Easter Sunday
