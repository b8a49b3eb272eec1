"""Two people in one grid lose nothing; a cell is read as it was written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.money import AmountUnreadable
from tissage.core.money_grid import BLANK, Conflict, merge, read_cell, write_cell

D = Decimal
cells = st.one_of(st.just(BLANK), st.none(), st.integers(0, 10**12).map(lambda cents: D(cents).scaleb(-2)))
grids = st.dictionaries(st.integers(1, 5), cells)


@given(cells)
def test_a_cell_is_read_as_it_was_written(cell):
    assert read_cell(write_cell(cell)) == cell


@pytest.mark.parametrize(("text", "cell"), [("  ", BLANK), ("?", None), (" Inconnu ", None), ("1 200,5", D("1200.50")), ("0", D("0.00"))])
def test_what_is_typed_in_a_cell(text, cell):
    assert read_cell(text) == cell


@pytest.mark.parametrize("text", ["-5", "beaucoup", "1,234"])
def test_what_a_cell_refuses(text):
    with pytest.raises(AmountUnreadable):
        read_cell(text)


@given(grids, grids)
def test_alone_in_a_grid_everything_typed_is_written(was, mine):
    merged = merge(was, was, mine)
    assert merged.conflicts == ()
    after = {**was, **merged.changes}
    assert all(after.get(key, BLANK) == wanted for key, wanted in mine.items())
    assert all(after[key] == value for key, value in was.items() if key not in mine)


@given(grids, grids, grids)
def test_what_the_other_wrote_is_never_lost_without_a_word(was, stored, mine):
    merged = merge(was, stored, mine)
    for key, value in merged.changes.items():
        assert stored.get(key, BLANK) == was.get(key, BLANK)
        assert value == mine[key]
    for one in merged.conflicts:
        assert one.theirs != one.was
        assert one.mine not in (one.was, one.theirs)


def test_both_changed_one_cell_and_each_another():
    was = {"a": D(1), "b": D(2), "c": BLANK, "d": D(4)}
    theirs = {"a": D(10), "b": D(2), "c": D(30), "d": D(40)}
    mine = {"a": D(11), "b": D(22), "c": BLANK, "d": D(40)}
    merged = merge(was, theirs, mine)
    assert merged.changes == {"b": D(22)}
    assert merged.conflicts == (Conflict("a", D(1), D(10), D(11)),)
