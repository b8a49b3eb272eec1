import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.codes import Code
from tissage.core.importing import EntryLine, UnreadableValue, parse_entry_line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1;Having a well-paid job;A06", EntryLine(1, "Having a well-paid job", Code("A06"))),
        ("4;Having many friends;D03", EntryLine(4, "Having many friends", Code("D03"))),
        ("2;Being ill;F01", EntryLine(2, "Being ill", Code("F01"))),
        (";nommer une chose; puis une autre;", EntryLine(1, "nommer une chose; puis une autre", None)),
        (" 3 ; un toit ; A03/P15/k ", EntryLine(3, "un toit", Code("A03", "", "P15", "k"))),
    ],
)
def test_a_line_is_cut_at_its_first_and_last_semicolon(line, expected):
    assert parse_entry_line(line) == expected


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("", "line"),
        ("un toit", "line"),
        ("1;un toit", "line"),
        ("0;un toit;A03", "count"),
        ("-1;un toit;A03", "count"),
        ("deux;un toit;A03", "count"),
        ("1.5;un toit;A03", "count"),
        ("²;un toit;A03", "count"),
        ("1;  ;A03", "text"),
        ("1;un\x00toit;A03", "text"),
        ("1;un toit;A3", "code"),
        ("1;un toit;A01//k", "code"),
    ],
)
def test_a_line_that_cannot_be_read_says_which_column(line, column):
    with pytest.raises(UnreadableValue) as refused:
        parse_entry_line(line)
    assert refused.value.column == column


@given(st.text())
def test_any_line_is_read_or_refused_never_worse(line):
    with contextlib.suppress(UnreadableValue):
        parse_entry_line(line)
