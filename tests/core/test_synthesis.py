from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.synthesis import Cell, Count, Group, overview

JEUNES, AINES, PARENTS = Group(1, "Jeunes"), Group(2, "Aînés"), Group(3, "Parents")
CELLS = [
    Cell(1, "WB", "A01", "P", 3, 5),
    Cell(1, "IB", "A00", "", 1, 1),
    Cell(1, "WB", "H03", "Q", 2, 2),
    Cell(2, "WB", "A01", "O", 4, 9),
    Cell(2, "ACT", "", "", 2, 2),
]


@pytest.fixture
def counted():
    return overview(CELLS, [JEUNES, AINES, PARENTS], ["WB", "IB", "ACT"], "ABCDEFGHI")


def test_every_by_counts_criteria(counted):
    assert (counted.criteria, counted.expressions) == (12, 19)
    assert counted.by_question == {"WB": 9, "IB": 1, "ACT": 2}
    assert counted.by_dimension == {"A": 8, "H": 2}
    assert counted.by_component == {"A00": 1, "A01": 7, "H03": 2}
    assert counted.by_group == {1: 6, 2: 6}


def test_letters_leave_out_criteria_without_sense(counted):
    assert counted.by_letter == {"O": 4, "P": 3, "Q": 2}


def test_uncoded_and_in_general_criteria_are_told(counted):
    assert (counted.coded, counted.uncoded, counted.in_general) == (10, 2, 1)
    assert counted.in_general_by_dimension == {"A": 1}


def test_groups_come_by_name_heard_or_not(counted):
    assert counted.groups == (AINES, JEUNES, PARENTS)
    assert counted.heard == (AINES, JEUNES)
    assert counted.not_heard == (PARENTS,)


def test_dimensions_nobody_spoke_of_are_information(counted):
    assert counted.silent_dimensions == ("B", "C", "D", "E", "F", "G", "I")


def test_coverage_tells_who_spoke_and_who_did_not(counted):
    by_letter = {coverage.dimension: coverage for coverage in counted.coverage()}
    assert by_letter["A"].spoke == (AINES, JEUNES)
    assert by_letter["H"].spoke == (JEUNES,)
    assert by_letter["H"].silent == (AINES,)
    assert by_letter["B"].silent == (AINES, JEUNES)


def test_shared_components_and_those_of_one_group(counted):
    (shared,) = counted.shared()
    assert (shared.component, shared.criteria, shared.expressions, shared.groups) == ("A01", 7, 14, (AINES, JEUNES))
    assert [spread.component for spread in counted.proper()] == ["H03", "A00"]


def test_shared_components_come_by_number_of_groups_then_criteria():
    cells = [
        Cell(1, "WB", "A01", "", 9, 9),
        Cell(2, "WB", "A01", "", 9, 9),
        Cell(1, "WB", "B01", "", 1, 1),
        Cell(2, "WB", "B01", "", 1, 1),
        Cell(3, "WB", "B01", "", 1, 1),
        Cell(1, "WB", "C01", "", 10, 10),
        Cell(2, "WB", "C01", "", 10, 10),
    ]
    assert [spread.component for spread in overview(cells, [JEUNES, AINES, PARENTS]).shared()] == ["B01", "C01", "A01"]


def test_a_table_keeps_what_is_not_coded_under_the_empty_string(counted):
    assert counted.table("dimension") == {("",): Count(2, 2), ("A",): Count(8, 15), ("H",): Count(2, 2)}
    assert counted.table("question", "letter")["WB", "P"] == Count(3, 5)


def test_a_part_keeps_the_lists_whole(counted):
    part = counted.only(question="WB", dimension="A")
    assert (part.criteria, part.expressions) == (7, 14)
    assert part.groups == counted.groups
    assert part.silent_dimensions == ("B", "C", "D", "E", "F", "G", "H", "I")
    assert counted.only(group=2, component="A01").criteria == 4


def test_codes_beside_the_nomenclature_follow_it():
    met = overview([Cell(1, "FOURTH", "Z99", "", 1, 1)], [JEUNES], ["WB"], "AB")
    assert met.dimensions == ("A", "B", "Z")
    assert met.questions == ("WB", "FOURTH")


def test_nothing_said_is_an_overview_too():
    empty = overview([], [JEUNES], ["WB"], "AB")
    assert (empty.criteria, empty.coded, empty.by_question, empty.heard, empty.shared()) == (0, 0, {}, (), ())


def test_a_row_of_an_unknown_group_is_refused():
    with pytest.raises(KeyError, match="9"):
        overview([Cell(9, "WB", "A01", "", 1, 1)], [JEUNES])


cells_of_anything = st.lists(
    st.builds(
        Cell,
        st.integers(1, 3),
        st.sampled_from(["WB", "IB", "ACT"]),
        st.sampled_from(["", "A00", "A01", "H03"]),
        st.sampled_from(["", "P", "Q"]),
        st.integers(0, 9),
        st.integers(0, 20),
    ),
    max_size=30,
)


@given(cells_of_anything, st.randoms())
def test_counts_add_up_and_order_does_not_matter(cells: list[Cell], chance: random.Random):
    groups = [JEUNES, AINES, PARENTS]
    counted = overview(cells, groups, dimensions="AH")
    shuffled = list(cells)
    chance.shuffle(shuffled)
    assert overview(shuffled, list(reversed(groups)), dimensions="AH") == counted
    assert counted.criteria == sum(counted.by_question.values()) == sum(counted.by_group.values()) == counted.coded + counted.uncoded
    assert counted.coded == sum(counted.by_dimension.values())
    assert sum(count.criteria for count in counted.table("group", "question", "component", "letter").values()) == counted.criteria
    assert sum(part.criteria for part in (counted.only(question=code) for code in counted.questions)) == counted.criteria
