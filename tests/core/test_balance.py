"""Adding up a campaign: one way of counting at a time, silence apart from zero, nothing of a sensitive date given back by difference."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tissage.core.balance import Balance, Date, Heads, Stand, Told, balance_of, stand_of
from tissage.core.sensitive_years import SensitiveDate, closes_on, how_of, may_be_said, wholes

DAY = dt.date(2026, 5, 17)


def date(number=1, *, told=None, sensitive=False, on=DAY, cancelled=False, audiences=("jeunes",), type="workshop"):
    return Date(number, f"Activité {number}", type, audiences, "Maison", sensitive, on, on or DAY, cancelled, told)


def test_a_count_of_40_and_an_estimate_of_200_stand_on_two_lines():
    dates = [date(1, told=Told("yes", 40, "count")), date(2, told=Told("yes", 200, "estimate"))]
    found = balance_of(dates, dates, DAY)
    assert found.heads == (Heads("count", 40, 1), Heads("estimate", 200, 1))
    assert found.by_type[0].heads == found.heads
    assert "240" not in str(found.as_json())


def test_silence_waits_three_weeks_then_is_not_evaluated_and_never_zero():
    silent = date()
    days = {0: Stand.UPCOMING, 1: Stand.WAITING, 21: Stand.WAITING, 22: Stand.NOT_EVALUATED}
    assert {later: stand_of(silent, DAY + dt.timedelta(days=later)) for later in days} == days
    nobody = date(2, told=Told("yes", 0, "count"))
    found = balance_of([silent, nobody], [silent, nobody], DAY + dt.timedelta(days=22))
    assert found.stands == {Stand.HELD: 1, Stand.NOT_EVALUATED: 1}
    assert found.heads == (Heads("count", 0, 1),)
    assert [one.title for one in found.not_evaluated] == ["Activité 1"]


def test_a_cancelled_date_owes_nothing_and_a_refused_one_says_why():
    gone, off = date(1, cancelled=True), date(2, told=Told("no", reason="orage"))
    found = balance_of([gone, off], [gone, off], DAY + dt.timedelta(days=90))
    assert found.stands == {Stand.NOT_HELD: 1, Stand.CANCELLED: 1}
    assert [(one.title, one.text) for one in found.not_held] == [("Activité 2", "orage")]


def test_audiences_take_the_persons_their_reports_gave_them():
    one = date(1, told=Told("yes", 30, "count", {"jeunes": 20, "pros": 10}), audiences=("jeunes", "pros"))
    found = {line.code: line.heads for line in balance_of([one], [one], DAY).by_audience}
    assert found == {"jeunes": (Heads("count", 20, 1),), "pros": (Heads("count", 10, 1),)}


def test_a_sensitive_date_counts_as_held_and_gives_no_number_nor_word():
    told = Told(
        "yes", 4711, "count", {"jeunes": 4711}, worked="nous étions 4711", reason="4711", partners=("Discrète 4711",), is_serious=True
    )
    one = date(told=told, sensitive=True)
    found = balance_of([one], [one], DAY)
    assert (found.activities, found.sensitive, found.held, found.heads) == (1, 1, 1, ())
    assert len(found.serious) == 1
    assert "4711" not in str(found.as_json())


def test_a_frozen_balance_reads_back_as_it_was():
    dates = [
        date(1, told=Told("yes", 3, "tickets", {"jeunes": 3}, "half", "une fresque", ("Ami",), "la pluie", "le lieu")),
        date(2, on=None),
    ]
    found = balance_of(dates, dates, DAY + dt.timedelta(days=40))
    assert Balance.from_json(found.as_json()) == found


# --- Sensitive years --------------------------------------------------------------------------------------------------


def test_one_date_alone_or_too_few_persons_are_not_said():
    assert not may_be_said([40], 5)
    assert not may_be_said([40, 0, 0], 5)
    assert not may_be_said([2, 2], 5)
    assert may_be_said([2, 3], 5)


def test_a_year_closes_in_february_when_all_is_told_and_in_july_in_any_case():
    assert closes_on(2026, all_reported=True) == dt.date(2027, 2, 1)
    assert closes_on(2026, all_reported=False) == dt.date(2027, 7, 1)


METHODS = st.sampled_from(("count", "tickets", "estimate"))
YEARS = st.lists(st.builds(SensitiveDate, st.integers(1, 4), st.integers(2025, 2026), st.none() | st.integers(0, 60), METHODS), max_size=14)


@given(YEARS, st.integers(1, 12), st.integers(1, 4))
def test_no_sum_of_what_is_said_gives_a_date_back_even_to_somebody_who_knows_all_of_their_own(dates, threshold, insider):
    """What is said, and one's own dates, are rows of a linear system: no combination of them is one date of another organisation."""
    said = [one for one in wholes(dates, threshold) if one.persons is not None]
    counted = [one for one in dates if one.headcount]
    rows = [
        [Fraction(int((one.organization, one.year, how_of(one.method)) == (whole.organization, whole.year, whole.how))) for one in counted]
        for whole in said
    ]
    rows += [[Fraction(int(i == j)) for j in range(len(counted))] for i, one in enumerate(counted) if one.organization == insider]
    for i, one in enumerate(counted):
        if one.organization != insider:
            assert not spans(rows, [Fraction(int(i == j)) for j in range(len(counted))])
    for whole in said:
        assert whole.persons >= threshold
        assert whole.dates >= 2


def spans(rows, target):
    """Whether a row is a combination of others."""
    return rank([*rows, target]) == rank(rows)


def rank(rows):
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for row in rows[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        found += 1
    return found
