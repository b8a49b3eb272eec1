"""Agreement against published worked examples, and what must hold of any two coders."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.agreement import (
    agreement_of,
    cohen_kappa,
    coincidences_of_pairs,
    coincidences_of_units,
    confused,
    count_pairs,
    krippendorff_alpha,
    one_against_the_rest,
)
from tissage.voices.learning.resampling import intervals_of

# Krippendorff (2011), part C: four observers, twelve units, codes missing.
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
CODES = st.sampled_from(["A01", "A02", "D03", "H01"])
PAIRS = st.lists(st.tuples(CODES, CODES), max_size=60)


def units_of(observers):
    return [[None if code is None else str(code) for code in unit] for unit in zip(*observers, strict=True)]


def test_krippendorff_s_example_with_four_observers_and_missing_codes():
    coincidences = coincidences_of_units(units_of(FOUR_OBSERVERS))
    assert krippendorff_alpha(coincidences) == pytest.approx(0.743, abs=0.0005)
    # The published coincidence matrix: its margins and three of its cells.
    margins = Counter()
    for (one, _other), weight in coincidences.items():
        margins[one] += weight
    assert {code: round(total, 6) for code, total in margins.items()} == {"1": 9, "2": 13, "3": 10, "4": 5, "5": 3}
    assert [round(coincidences[pair], 6) for pair in (("1", "1"), ("1", "2"), ("2", "3"))] == [7, round(4 / 3, 6), round(4 / 3, 6)]


def test_krippendorff_s_binary_example_with_two_observers():
    meg = list("0100000010")
    owen = list("1110010000")
    assert krippendorff_alpha(coincidences_of_pairs(count_pairs(zip(meg, owen, strict=True)))) == pytest.approx(0.095, abs=0.0005)


def test_krippendorff_s_nominal_example_with_two_observers():
    ben = list("aabbdcccedda")
    gerry = list("babbbccceddd")
    assert krippendorff_alpha(coincidences_of_pairs(count_pairs(zip(ben, gerry, strict=True)))) == pytest.approx(0.692, abs=0.0005)


def test_cohen_s_kappa_of_a_published_table():
    table = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}
    assert cohen_kappa(table) == pytest.approx(0.40)
    measured = agreement_of(table)
    assert (measured.units, measured.alike, measured.observed) == (50, 35, 0.7)


def test_kappa_tells_apart_two_tables_with_the_same_observed_agreement():
    """The pair of tables that textbooks set beside each other: both 60 % alike, κ 0.13 and 0.26."""
    assert cohen_kappa({("y", "y"): 45, ("y", "n"): 15, ("n", "y"): 25, ("n", "n"): 15}) == pytest.approx(0.1304, abs=0.0001)
    assert cohen_kappa({("y", "y"): 25, ("y", "n"): 35, ("n", "y"): 5, ("n", "n"): 35}) == pytest.approx(0.2593, abs=0.0001)


def test_one_and_the_same_code_throughout_has_neither_kappa_nor_alpha():
    measured = agreement_of({("A01", "A01"): 40})
    assert (measured.observed, measured.kappa, measured.alpha) == (1.0, None, None)
    intervals = intervals_of({("A01", "A01"): 40})
    assert (intervals.observed, intervals.kappa, intervals.alpha) == ((1.0, 1.0), None, None)


def test_nothing_coded_twice_gives_no_figure_at_all():
    measured = agreement_of({})
    assert (measured.units, measured.observed, measured.kappa, measured.alpha) == (0, None, None, None)
    assert krippendorff_alpha(coincidences_of_units([["A01", None], [None, None]])) is None


def test_one_coder_who_never_varies_leaves_kappa_at_zero():
    assert cohen_kappa({("A01", "A01"): 5, ("A01", "A02"): 5}) == 0


@given(PAIRS)
def test_the_general_form_and_the_form_for_two_coders_agree(pairs):
    general = krippendorff_alpha(coincidences_of_units(pairs))
    for_two = krippendorff_alpha(coincidences_of_pairs(count_pairs(pairs)))
    assert (general is None) == (for_two is None)
    assert general is None or general == pytest.approx(for_two)


@given(PAIRS)
def test_alpha_and_observed_agreement_do_not_care_who_was_first(pairs):
    one, other = agreement_of(count_pairs(pairs)), agreement_of(count_pairs((second, first) for first, second in pairs))
    assert (one.units, one.alike) == (other.units, other.alike)
    for measure in ("kappa", "alpha"):
        before, after = getattr(one, measure), getattr(other, measure)
        assert (before is None) == (after is None)
        assert before is None or before == pytest.approx(after)


@given(PAIRS)
def test_measures_stay_in_their_bounds_and_perfect_agreement_is_one(pairs):
    measured = agreement_of(count_pairs(pairs))
    for value in (measured.kappa, measured.alpha):
        assert value is None or -1 - 1e-9 <= value <= 1 + 1e-9
    perfect = agreement_of(count_pairs((first, first) for first, _ in pairs))
    assert perfect.kappa in (None, pytest.approx(1))
    assert perfect.alpha in (None, pytest.approx(1))


@given(PAIRS, st.randoms(use_true_random=False))
def test_the_order_and_the_names_of_codes_change_nothing(pairs, draw):
    names = {"A01": "x", "A02": "y", "D03": "z", "H01": "w"}
    renamed = [(names[first], names[second]) for first, second in pairs]
    draw.shuffle(renamed)
    assert agreement_of(count_pairs(pairs)).kappa == agreement_of(count_pairs(renamed)).kappa


@given(PAIRS)
def test_confusions_add_up_to_the_disagreements(pairs):
    table = count_pairs(pairs)
    measured = agreement_of(table)
    assert sum(count for _one, _other, count in confused(table)) == measured.units - measured.alike
    for code in ("A01", "H01"):
        assert sum(one_against_the_rest(table, code).values()) == measured.units


def test_confusions_come_most_frequent_first_whoever_gave_which():
    table = {("A01", "A02"): 1, ("A02", "A01"): 2, ("D03", "H01"): 3, ("A01", "D03"): 1, ("A01", "A01"): 9}
    assert confused(table) == [("A01", "A02", 3), ("D03", "H01", 3), ("A01", "D03", 1)]


@pytest.mark.parametrize("units", [20, 200])
def test_the_fast_bootstrap_equals_drawing_statements_one_by_one(units):
    """The multinomial of the cells and the plain drawing of rows estimate the same interval."""
    draw = random.Random(3)
    codes = ["A01", "A02", "D03"]
    pairs = [(first := draw.choice(codes), first if draw.random() < 0.7 else draw.choice(codes)) for _ in range(units)]
    plain = {"observed": [], "kappa": [], "alpha": []}
    for _ in range(1500):
        measured = agreement_of(count_pairs(draw.choices(pairs, k=units)))
        for name, series in plain.items():
            value = getattr(measured, name)
            if value is not None:
                series.append(value)
    fast = intervals_of(count_pairs(pairs), draws=3000)
    for name, series in plain.items():
        series.sort()
        wanted = (series[int(0.025 * len(series))], series[int(0.975 * len(series))])
        assert getattr(fast, name) == pytest.approx(wanted, abs=0.05 if units == 20 else 0.02), name


def test_intervals_hold_the_figure_come_back_the_same_and_shrink_with_more_units():
    few = {("A01", "A01"): 8, ("A01", "A02"): 3, ("A02", "A02"): 9}
    many = {pair: 50 * count for pair, count in few.items()}
    one, other = intervals_of(few), intervals_of(many)
    assert one == intervals_of(few)
    assert one != intervals_of(few, seed=4)
    for name in ("observed", "kappa", "alpha"):
        (low, high), (nearer, further) = getattr(one, name), getattr(other, name)
        assert low < getattr(agreement_of(few), name) < high
        assert further - nearer < (high - low) / 4


def test_intervals_do_not_tell_who_was_first():
    table = {("A01", "A01"): 8, ("A01", "A02"): 3, ("A02", "A01"): 5, ("A02", "A02"): 9}
    swapped = {(second, first): count for (first, second), count in table.items()}
    assert intervals_of(table) == intervals_of(swapped)
