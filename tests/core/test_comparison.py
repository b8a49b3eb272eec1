from __future__ import annotations

from tissage.core.comparison import ComparedLine, compare
from tissage.core.synthesis import Cell


def line(key: int, code: str = "A01/P", text: str = "manger", group: int = 1, question: str = "WB", expressions: int = 1) -> ComparedLine:
    return ComparedLine(key, group, question, code, code[:3], text, expressions)


def cells(*lines: ComparedLine) -> list[Cell]:
    return [Cell(one.group, one.question, one.component, "", 1, one.expressions) for one in lines]


def difference(older, newer, **options):
    return compare(older, newer, before=cells(*older), after=cells(*newer), **options)


def changed(changes) -> list[int]:
    return [change.criterion for change in changes]


def test_the_same_version_twice_differs_in_nothing():
    found = difference([line(1), line(2)], [line(2), line(1)])
    assert found.is_empty
    assert found.by_component == {"A01": (2, 2)}


def test_what_came_went_and_changed_is_told_apart():
    found = difference(
        [line(1), line(2), line(3), line(4)],
        [line(2, "B01/P"), line(3, text="bien manger"), line(4), line(5, question="IB", group=2, expressions=4)],
    )
    assert changed(found.added) == [5]
    assert changed(found.gone) == [1]
    assert changed(found.recoded) == [2]
    assert changed(found.reworded) == [3]
    assert found.by_component == {"A01": (4, 3), "B01": (0, 1)}
    assert found.by_question == {"IB": (0, 1), "WB": (4, 3)}
    assert found.by_group == {1: (4, 3), 2: (0, 1)}
    assert (found.criteria, found.expressions) == ((4, 4), (4, 7))


def test_coding_what_was_not_coded_is_a_recoding():
    found = difference([line(1, "")], [line(1, "A01")])
    assert changed(found.recoded) == [1]
    assert found.by_component == {"": (1, 0), "A01": (0, 1)}


def test_another_nomenclature_without_mapping_is_not_compared():
    found = difference([line(1), line(2, "B01")], [line(1, "C05/P")], mapping={"A01": "C05"})
    assert not found.comparable
    assert "nomenclature" in found.why_not
    assert (found.recoded, found.by_component) == ((), {})
    assert changed(found.gone) == [2]


def test_a_mapped_code_is_the_same_code():
    found = difference([line(1, "A01-11/P15/k"), line(2, "")], [line(1, "C05-11/P15/k"), line(2, "")], mapping={"A01": "C05"})
    assert found.comparable
    assert found.recoded == ()
    assert found.by_component == {"": (1, 1), "C05": (1, 1)}
