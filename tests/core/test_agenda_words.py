"""Names of pupils, pseudonyms, the order of a programme: no database."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.activity_kinds import ANY, RULES, allowed_mode, rules_of
from tissage.core.name_lists import looks_like_names
from tissage.core.programme import EVERYBODY, Slot, clashes, gaps, repeated, shared_audiences
from tissage.core.pseudonyms import ADJECTIVES, FEMININE, MASCULINE, draw_pseudonym


@pytest.mark.parametrize(
    "text",
    [
        "Amina Diallo\nNoé Lambert\nZoé Petit",
        "1. Diallo Amina\n2. Lambert Noé\n3. Petit Zoé",
        "Léa, Tom, Inès, Karim",
        "DIALLO Amina; LAMBERT Noé; VAN DEN BERG Jan",
        "- Amina\n- Noé\n- Zoé\n- Jean-Baptiste",
    ],
)
def test_a_list_of_names_is_seen(text):
    assert looks_like_names(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Athénée royal de Mons",
        "École communale du Centre, implantation de Jemappes",
        "Nous arrivons en bus. Deux élèves en fauteuil, une interprète en langue des signes.",
        "Lundi, Mardi ou Jeudi nous conviennent.",
        "Deux classes de 4e : 22 et 19 élèves",
    ],
)
def test_what_a_school_really_writes_is_let_through(text):
    assert not looks_like_names(text)


def test_every_pseudonym_is_two_words_and_thousands_are_possible():
    drawn = {draw_pseudonym(lambda numbers, n=n, a=a: a if len(numbers) == len(ADJECTIVES) else n) for n in range(48) for a in range(24)}
    assert len(drawn) == (len(MASCULINE) + len(FEMININE)) * len(ADJECTIVES)
    assert all(len(words.split()) == 2 for words in drawn)


@given(st.sampled_from(sorted(RULES)), st.sampled_from(ANY))
def test_a_mode_that_a_kind_refuses_never_comes_out(kind, mode):
    assert allowed_mode(kind, mode) in rules_of(kind).registrations


def slot(key, hour, *audiences, length=2):
    start = dt.datetime(2027, 5, 18, hour, tzinfo=dt.UTC)
    return Slot(key, start, start + dt.timedelta(hours=length), frozenset(audiences))


def test_dates_less_than_two_hours_apart_clash_for_the_same_people_only():
    long_day = slot(1, 8, "a", length=10)
    found = clashes([slot(4, 21, "a"), slot(3, 10, "b"), slot(2, 9, "a"), long_day])
    assert [(one.key, other.key) for one, other in found] == [(1, 2)]
    assert shared_audiences(frozenset({EVERYBODY}), frozenset({"a"})) == {"a"}


def test_gaps_are_runs_of_days_of_the_window_without_a_date():
    first, last = dt.date(2027, 5, 10), dt.date(2027, 5, 20)
    found = gaps([dt.date(2027, 5, 1), dt.date(2027, 5, 14)], first, last)
    assert [(one.first.day, one.last.day, one.days) for one in found] == [(10, 13, 4), (15, 20, 6)]
    assert [gap.days for gap in gaps([], first, last)] == [11]


def test_every_month_is_the_same_weekday_of_its_rank():
    starts = dt.datetime(2027, 1, 29, 18, tzinfo=dt.UTC)  # the fifth Friday
    days = [first.date() for first, _last in repeated(starts, starts + dt.timedelta(hours=2), "monthly", 4)]
    assert days == [dt.date(2027, 1, 29), dt.date(2027, 2, 26), dt.date(2027, 3, 26), dt.date(2027, 4, 30)]
