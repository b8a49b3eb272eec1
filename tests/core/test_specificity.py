from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.specificity import SOURCE, adjust, lower_tail, specificities, upper_tail
from tissage.core.synthesis import Cell, Group, overview


def exact_upper(k: int, t: int, f: int, total: int) -> Fraction:
    return sum((Fraction(comb(f, x) * comb(total - f, t - x), comb(total, t)) for x in range(k, min(t, f) + 1)), Fraction(0))


@given(
    st.integers(1, 60).flatmap(lambda total: st.tuples(st.just(total), st.integers(0, total), st.integers(0, total), st.integers(0, total)))
)
def test_tails_equal_exact_fractions(case):
    total, t, f, k = case
    low, high = max(0, t + f - total), min(t, f)
    k = min(max(k, low), high)
    assert upper_tail(k, group_total=t, item_total=f, total=total) == pytest.approx(float(exact_upper(k, t, f, total)), abs=1e-12)
    below = 1 - exact_upper(k + 1, t, f, total)
    assert lower_tail(k, group_total=t, item_total=f, total=total) == pytest.approx(float(below), abs=1e-12)


def test_a_small_case_worked_by_hand():
    """Urn of 10, 4 marked, 3 drawn: two marked or more in (6·6 + 4·1) / 120 of the draws."""
    assert upper_tail(2, group_total=3, item_total=4, total=10) == pytest.approx(40 / 120)


def test_tails_stay_exact_on_large_counts():
    assert upper_tail(0, group_total=50_000, item_total=2_000, total=200_000) == pytest.approx(1.0)
    assert 0 < upper_tail(700, group_total=50_000, item_total=2_000, total=200_000) < 1e-20


def test_adjustment_follows_benjamini_and_hochberg():
    """The worked numbers: p·n/rank, made monotone from the largest down."""
    assert adjust([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    assert adjust([]) == []


def two_groups(cell: int, rest: int, other: int, other_rest: int):
    return overview(
        [
            Cell(1, "WB", "A01", "", cell, cell),
            Cell(1, "WB", "B01", "", rest, rest),
            Cell(2, "WB", "A01", "", other, other),
            Cell(2, "WB", "B01", "", other_rest, other_rest),
        ],
        [Group(1, "Jeunes"), Group(2, "Aînés")],
    )


def found(overview, group=1, item="A01"):
    return next(cell for cell in specificities(overview) if cell.group.id == group and cell.item == item)


def test_a_marked_difference_is_proper_to_the_group():
    cell = found(two_groups(15, 5, 2, 28))
    assert (cell.criteria, cell.group_total, cell.item_total, cell.total) == (15, 20, 17, 50)
    assert cell.expected == pytest.approx(6.8)
    assert cell.probability == pytest.approx(float(exact_upper(15, 20, 17, 50)))
    assert cell.verdict == "more"
    assert (
        cell.sentence
        == "A01 : 15 critères sur 20 dans « Jeunes », 17 sur 50 dans tous les groupes ; ce groupe en parle plus que les autres."
    )


def test_a_group_that_speaks_less_is_told_when_enough_was_said():
    assert found(two_groups(5, 45, 40, 10)).verdict == "less"


def test_an_even_share_may_come_from_chance():
    assert found(two_groups(10, 10, 10, 10)).verdict == "ordinary"


@pytest.mark.parametrize("counts", [(4, 0, 0, 40), (5, 0, 0, 14)], ids=["four criteria in the cell", "nineteen in all"])
def test_small_numbers_never_pass_for_findings(counts):
    cell = found(two_groups(*counts))
    assert cell.verdict == "too_few"
    assert "trop peu pour conclure" in cell.sentence


def test_one_group_alone_has_nothing_proper():
    alone = overview([Cell(1, "WB", "A01", "", 30, 30), Cell(1, "WB", "B01", "", 5, 5)], [Group(1, "Jeunes"), Group(2, "Aînés")])
    assert {cell.verdict for cell in specificities(alone)} == {"too_few"}


def test_what_is_not_coded_weighs_nothing():
    counted = overview(
        [Cell(1, "WB", "", "", 500, 500), Cell(1, "WB", "A01", "", 10, 10), Cell(2, "WB", "A01", "", 15, 15)],
        [Group(1, "Jeunes"), Group(2, "Aînés")],
    )
    assert {(cell.item, cell.total) for cell in specificities(counted)} == {("A01", 25)}


def test_dimensions_can_be_looked_at_too():
    assert {cell.item for cell in specificities(two_groups(15, 5, 2, 28), by="dimension")} == {"A", "B"}


def test_no_criteria_no_cells_and_the_source_is_named():
    assert specificities(overview([], [])) == ()
    assert "Lafon" in SOURCE
    assert "1980" in SOURCE
