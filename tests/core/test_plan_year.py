"""A year of a plan: written as JSON and read back, shown to everybody without betraying anybody, compared with itself."""

import datetime as dt
import itertools
from dataclasses import replace
from decimal import Decimal

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from tissage.core.money import Money, Total
from tissage.core.plan_changes import changes
from tissage.core.plan_public import BESIDE, NOT_SAID, PREVIOUS, SMALL, TAKEN_OUT, clean, counts_persons, for_everybody, hidden_figures
from tissage.core.plan_year import (
    AccountOfYear,
    ActionOfYear,
    CheckOfYear,
    DecisionOfYear,
    Facts,
    FigureOfYear,
    MeetingOfYear,
    MoneyOf,
    ToDoOfYear,
    YearData,
    as_json,
    canonical,
    checksum,
    from_json,
)

amounts = st.none() | st.decimals(min_value=-(10**9), max_value=10**9, places=2)
dates = st.none() | st.dates()
words = st.text(max_size=12)
money = st.builds(Money, amounts, amounts, amounts, amounts, st.integers(0, 9))
figures = st.builds(FigureOfYear, words, words, st.sampled_from(["approved", "missing"]), amounts, amounts, amounts, amounts)
accounts = st.builds(AccountOfYear, words, words)
actions = st.builds(
    ActionOfYear,
    key=st.integers(1, 99),
    sequence=st.integers(1, 99),
    title=words,
    starts_on=dates,
    neighbourhoods=st.tuples(words),
    figures=st.lists(figures, max_size=3).map(tuple),
    accounts=st.lists(accounts, max_size=2).map(tuple),
    money=money,
)
years = st.builds(
    YearData,
    facts=st.builds(Facts, words, words, st.integers(2000, 2100), words, starts_on=dates),
    actions=st.lists(actions, max_size=3).map(tuple),
    total=money,
    by_axis=st.lists(st.builds(MoneyOf, words, words, money, st.builds(Total, amounts, st.integers(0, 9))), max_size=2).map(tuple),
    checks=st.lists(st.builds(CheckOfYear, words, words, st.none() | st.booleans(), words), max_size=2).map(tuple),
)


@given(years)
def test_a_year_is_read_back_exactly_as_it_was_written(year):
    assert from_json(YearData, as_json(year)) == year


@given(years)
def test_the_same_year_has_the_same_checksum_whatever_the_order_of_its_keys(year):
    written = as_json(year)
    shuffled = dict(reversed(written.items()))
    assert canonical(shuffled) == canonical(written)
    assert checksum(shuffled) == checksum(written)


def test_decimals_are_texts_and_keep_their_cents():
    written = as_json(Money(Decimal("1234.50"), None))
    assert written == {"budgeted": "1234.50", "committed": None, "spent": None, "received": None, "unknown": 0}


def test_a_year_written_before_a_field_existed_takes_its_default():
    written = as_json(year_of())
    del written["checks"]
    assert from_json(YearData, written).checks == ()


@pytest.mark.parametrize(
    ("unit", "persons"),
    [
        ("personnes", True),
        ("participant·e·s", True),
        ("bénéficiaires", True),
        ("Ménages accompagnés", True),
        ("habitant(e)s", True),
        ("nombre de jeunes", True),
        ("usagers", True),
        ("personnes par nuit", True),
        ("nuitées", False),
        ("nuitées par personne", False),
        ("heures de bénévoles", False),
        ("colis", False),
        ("ateliers", False),
        ("euros", False),
        ("repas", False),
        ("", False),
    ],
)
def test_a_unit_counts_persons_when_its_first_known_word_names_people(unit, persons):
    assert counts_persons(unit) is persons


def figure(value, unit="personnes", name="Personnes accueillies", **rest):
    return FigureOfYear(name, unit, "approved", None if value is None else Decimal(value), **rest)


def year_of(*figures, **rest):
    facts = Facts("Sormont", "PCS", 2025, "pcs", threshold=5)
    action = ActionOfYear(key=7, sequence=1, title="Abri de nuit", figures=figures, **rest)
    return YearData(facts, actions=(action,), total=Money(Decimal("100.00"), None, Decimal("40.00"), None))


@pytest.mark.parametrize(("value", "shown"), [(0, True), (1, False), (4, False), (5, True), (12, True), (None, True)])
def test_a_count_of_persons_between_one_and_the_threshold_is_hidden(value, shown):
    data, hidden = for_everybody(year_of(figure(value)))
    assert (hidden == {}) is shown
    assert data.figures[0].value == (None if value is None or not shown else Decimal(value))


def test_a_small_count_of_events_is_shown():
    data, hidden = for_everybody(year_of(figure(3, unit="ateliers")))
    assert (data.figures[0].value, hidden) == (Decimal(3), {})


def test_the_words_beside_a_hidden_count_do_not_give_it_back():
    shown, hidden = for_everybody(year_of(figure(3, sentence="Ils étaient 3.", how_counted="Registre : 2 + 1", previous=Decimal(4))))
    assert hidden == {(7, "Personnes accueillies"): SMALL, (7, PREVIOUS + "Personnes accueillies"): SMALL}
    assert shown.figures[0] == figure(None)


def test_two_parts_are_hidden_so_that_no_subtraction_finds_the_first():
    parts = (figure(20), figure(3, name="dont femmes"), figure(17, name="dont hommes"))
    shown, hidden = for_everybody(year_of(*parts))
    assert hidden == {(7, "dont femmes"): SMALL, (7, "dont hommes"): BESIDE}
    assert [one.value for one in shown.figures] == [Decimal(20), None, None]


def test_a_part_that_leaves_a_small_rest_is_hidden():
    parts = (figure(20), figure(18, name="dont femmes"))
    assert for_everybody(year_of(*parts))[1] == {(7, "dont femmes"): BESIDE}


def shown_values(*figures, read="value"):
    return [getattr(one, read) for one in for_everybody(year_of(*figures))[0].figures]


def test_two_partings_of_one_count_do_not_give_a_small_part_back():
    by_sex_and_age = (figure(20), figure(2, name="dont femmes"), figure(18, name="dont hommes"), figure(10, name="dont moins de 18 ans"))
    assert shown_values(*by_sex_and_age) == [Decimal(20), None, None, Decimal(10)]


def test_small_parts_that_make_a_small_group_together_are_not_found_either():
    parts = (figure(20), figure(1, name="dont femmes"), figure(2, name="dont autres"), figure(17, name="dont hommes"))
    assert shown_values(*parts) == [Decimal(20), None, None, None]


def test_parts_whose_bounds_alone_give_them_back_get_company():
    """Two counts below five that make eight are four and four."""
    parts = (figure(28), figure(4, name="dont femmes"), figure(4, name="dont autres"), figure(20, name="dont hommes"))
    assert shown_values(*parts) == [Decimal(28), None, None, None]


def test_a_small_rest_is_hidden_beside_a_part_that_nobody_counted():
    parts = (figure(20), figure(18, name="dont hommes"), figure(None, name="dont femmes"))
    assert shown_values(*parts) == [Decimal(20), None, None]


@pytest.mark.parametrize("read", ["previous", "baseline"])
def test_counts_of_another_year_are_not_found_by_subtraction(read):
    def told(value, name):
        return figure(30, name=name, **{read: Decimal(value)})

    parts = (told(20, "Personnes"), told(3, "dont femmes"), told(17, "dont hommes"))
    assert shown_values(*parts, read=read) == [Decimal(20), None, None]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=4), st.integers(0, 12), st.integers(2, 8))
@settings(max_examples=200)
def test_nobody_finds_a_small_part_by_subtraction(parts, rest, threshold):
    total = sum(parts) + rest
    figures = [figure(total), *(figure(part, name=f"dont {i}") for i, part in enumerate(parts))]
    hidden = hidden_figures(figures, threshold)
    if 0 in hidden:
        return  # without the total there is nothing to subtract from
    cells = [*parts, rest]
    unknown = [i for i, cell in enumerate(cells) if i + 1 in hidden or i == len(parts)]
    known = sum(cell for i, cell in enumerate(cells) if i not in unknown)
    small = {i for i in unknown if (i + 1) in hidden and 0 < cells[i] < threshold}
    # What the reader works out: the unknown cells total what is left. One alone is found; it must then be none of the small ones.
    if len(unknown) == 1:
        assert not 0 < total - known < threshold
    assert all(not 0 < cells[i] < threshold or i in small for i in range(len(parts)))


def test_texts_lose_contact_data_and_small_counts_of_persons():
    said = clean("Écrire à anne@example.org ou au 065 12 34 56 ; 3 participantes sur 12 personnes, 2 ateliers.", 5)
    assert said == f"Écrire à {TAKEN_OUT} ou au {TAKEN_OUT} ; moins de\u00a05 participantes sur 12 personnes, 2 ateliers."


def test_residents_words_quoted_in_an_account_do_not_go_out():
    account = AccountOfYear("Maison", done="Six ateliers.", feedback="Une dame : « J’ai peur la nuit. » Les autres sont contents.")
    shown, _ = for_everybody(year_of(accounts=(account,)))
    assert shown.actions[0].accounts[0].feedback == f"Une dame : {NOT_SAID} Les autres sont contents."


@given(years)
def test_what_everybody_reads_never_changes_an_amount(year):
    shown, _ = for_everybody(year)
    assert (shown.total, shown.by_axis, [one.money for one in shown.actions]) == (year.total, year.by_axis, [a.money for a in year.actions])


def told(older, newer):
    return changes(older, newer, euros=lambda amount: f"{amount} €", number=lambda value: f"{value:f}")


def test_a_year_does_not_differ_from_itself():
    assert told(year_of(figure(12)), year_of(figure(12))) == ()


def test_a_corrected_figure_and_amount_are_told_in_words():
    older = year_of(figure(12), money=Money(None, None, Decimal("10.00"), None))
    newer = replace(
        year_of(figure(14), money=Money(None, None, Decimal("12.00"), None)), total=Money(Decimal("100.00"), None, Decimal("42.00"), None)
    )
    assert told(older, newer) == (
        "Action 1 « Abri de nuit » : « Personnes accueillies » passe de 12 personnes à 14 personnes.",
        "Action 1 « Abri de nuit » : dépensé : 10.00 € → 12.00 €.",
        "Total du plan : dépensé : 40.00 € → 42.00 €.",
    )


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations((2, 3, 4, 9), 2)))
def test_the_difference_keeps_small_counts_to_itself(before, after):
    small = [value for value in (before, after) if value < 5]
    sentences = told(year_of(figure(before)), year_of(figure(after)))
    assert len(sentences) == 1
    assert not any(f" {value} personnes" in sentences[0] for value in small)


def test_actions_that_come_and_go_are_named():
    older = year_of()
    added = ActionOfYear(key=8, sequence=2, title="Épicerie", starts_on=dt.date(2025, 1, 1))
    newer = replace(older, actions=(*older.actions, added))
    assert told(older, newer) == ("Action 2 « Épicerie » : ajoutée.",)
    assert told(newer, older) == ("Action 2 « Épicerie » : ne figure plus.",)


def test_decisions_are_told_once_their_minutes_are_for_everybody():
    said = DecisionOfYear(1, "décision", "Appeler le 065 12 34 56 pour l’abri de nuit.")
    closed = MeetingOfYear(
        "Commission", dt.date(2025, 11, 4), decisions=(said,), to_do=(ToDoOfYear("Écrire à a@b.example", "CPAS"),), is_public=False
    )
    kept, told = for_everybody(replace(year_of(), meetings=(closed, replace(closed, is_public=True))))[0].meetings
    assert (kept.decisions, kept.to_do, kept.kept_back) == ((), (), 1)
    assert [one.text for one in told.decisions] == ["Appeler le [coordonnées retirées] pour l’abri de nuit."]
    assert [one.text for one in told.to_do] == ["Écrire à [coordonnées retirées]"]
