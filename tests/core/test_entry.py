import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.codes import Code
from tissage.core.entry import check_lines, read_line
from tissage.core.importing import EntryLine


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("4;Having many friends;D03", EntryLine(4, "Having many friends", Code("D03"))),
        (";être écouté;F01/O21", EntryLine(1, "être écouté", Code("F01", "", "O21"))),
        ("1;un toit; un vrai;A03", EntryLine(1, "un toit; un vrai", Code("A03"))),
        ("2;sans code;", EntryLine(2, "sans code", None)),
        ("  avoir le temps  ", EntryLine(1, "avoir le temps", None)),
        ("se lever ; marcher ; dormir", EntryLine(1, "se lever ; marcher ; dormir", None)),
    ],
)
def test_a_line_is_read_in_one_of_two_ways(line, expected):
    assert read_line(line) == expected


@pytest.mark.parametrize("line", ["0;texte;A06", "deux;texte;A06", "1;texte", "1;texte;Z?9", "1; ;A06", "1;texte;a06", "-1;texte;A06"])
def test_a_line_that_cannot_be_read_says_why_and_keeps_what_was_typed(line):
    [checked] = check_lines(line)
    assert (checked.entry, checked.raw) == (None, line)
    assert checked.error


def test_lines_keep_their_number_and_empty_ones_are_skipped():
    assert [(line.number, line.raw) for line in check_lines("un\r\n\r\n  \ntrois\n1;x")] == [(1, "un"), (4, "trois"), (5, "1;x")]


@given(st.text(max_size=200))
def test_no_text_makes_the_check_fail_and_no_line_is_lost(text):
    checked = check_lines(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [line.raw for line in checked] == [line for line in lines if line.strip()]
    assert all((line.entry is None) == bool(line.error) for line in checked)
