"""The grammar of codes: the method's own examples, the round trip, and what each malformed form is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.codes import Code, MalformedCode, format_code, parse_code, parse_sense

capitals = st.characters(min_codepoint=ord("A"), max_codepoint=ord("Z"))
digits = st.integers(0, 99).map(lambda number: f"{number:02}")
senses = st.builds(lambda letter, rest: letter + rest, capitals, st.sampled_from([""]) | digits)
objects = st.builds(lambda letter, number: letter + number, capitals, digits)
sub_components = st.just("") | st.text("0123456789", min_size=1, max_size=3)
beneficiaries = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)
codes = st.one_of(
    st.builds(Code, objects, sub_components),
    st.builds(Code, objects, sub_components, senses),
    st.builds(Code, objects, sub_components, senses, beneficiaries),
)


@given(codes)
def test_what_is_written_is_read_back(code):
    assert parse_code(format_code(code)) == code
    assert str(code) == format_code(code)


@given(st.text(max_size=20))
def test_any_text_is_a_code_or_is_refused_with_a_part(text):
    refused_part = ""
    try:
        code = parse_code(text)
    except MalformedCode as error:
        refused_part = error.part
    else:
        assert parse_code(str(code)) == code
    assert refused_part in {"", "object", "sub_component", "sense", "beneficiary", "code"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A01", Code("A01")),
        ("A01-11", Code("A01", "11")),
        ("A01/P", Code("A01", "", "P")),
        ("A01/P15", Code("A01", "", "P15")),
        ("A01-11/P15/k", Code("A01", "11", "P15", "k")),
        ("D03", Code("D03")),
        ("  A01-11/P15/k \n", Code("A01", "11", "P15", "k")),
        ("A01/P-/k", Code("A01", "", "P", "k")),
        ("A00-123/S42/kids", Code("A00", "123", "S42", "kids")),
    ],
)
def test_the_worked_examples_of_the_method(text, code):
    assert parse_code(text) == code


def test_a_letter_alone_is_written_three_ways():
    assert {parse_sense(text) for text in ("P", "P-", "P--", " P-- ")} == {"P"}
    assert {parse_code(f"A01/{text}") for text in ("P", "P-", "P--")} == {Code("A01", "", "P")}


def test_an_absent_sense_is_empty():
    assert [parse_sense(text) for text in ("", "  ")] == ["", ""]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "code"),
        ("   ", "code"),
        ("A01/P15/k/x", "code"),
        ("A", "object"),
        ("A1", "object"),
        ("a01", "object"),
        ("A011", "object"),
        ("AA01", "object"),
        ("Z?9", "object"),
        ("/P15", "object"),
        ("A01 /P15", "object"),
        ("A０１", "object"),
        ("A01-", "sub_component"),
        ("A01-/P", "sub_component"),
        ("A01-x", "sub_component"),
        ("A01-1234", "sub_component"),
        ("A01-1-2", "sub_component"),
        ("A01/", "sense"),
        ("A01//", "sense"),
        ("A01//k", "sense"),
        ("A01/p", "sense"),
        ("A01/P1", "sense"),
        ("A01/P---", "sense"),
        ("A01/P155", "sense"),
        ("A01/k", "sense"),
        ("A01/P15/", "beneficiary"),
        ("A01/P15/K", "beneficiary"),
        ("A01/P15/k1", "beneficiary"),
    ],
)
def test_a_malformed_code_is_told_which_part_is_wrong(text, part):
    with pytest.raises(MalformedCode) as refusal:
        parse_code(text)
    assert refusal.value.part == part
    assert text.strip() in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("A", "par exemple A00"),
        ("A1", "par exemple A01"),
        ("a01", "A01"),
        ("A01//k", "Donnez une lettre entre les deux barres"),
        ("A01/", "Retirez la barre"),
        ("A01-/P", "un à trois chiffres"),
        ("A01/P1", "deux chiffres, par exemple P ou P15"),
        ("A01/P15/K", "minuscules"),
        ("A01/P15/k/x", "trois au plus"),
    ],
)
def test_a_refusal_says_what_was_expected(text, hint):
    with pytest.raises(MalformedCode) as refusal:
        parse_code(text)
    assert hint in str(refusal.value)


def test_a_refusal_can_be_said_in_another_language():
    with pytest.raises(MalformedCode) as refusal:
        parse_code("A1")
    error = refusal.value
    assert " ".join(template % error.values for template in error.templates) == str(error)
    assert error.values["head"] == "A1"


def test_a_percent_sign_in_a_code_is_only_a_sign():
    with pytest.raises(MalformedCode) as refusal:
        parse_code("A01/%(sense)s")
    assert "A01/%(sense)s" in str(refusal.value)


def test_the_derived_parts_of_a_code():
    code = Code("A00", "", "P15", "k")
    assert (code.dimension, code.letter, code.in_general) == ("A", "P", True)
    assert (Code("A01").letter, Code("A01").in_general) == ("", False)
