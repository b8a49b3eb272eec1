"""A nomenclature in and out as CSV."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage import frameworks
from tissage.core.nomenclature import BENEFICIARY, COMPONENT, DIMENSION, Term, compare
from tissage.frameworks.exchange.nomenclature_csv import LIMIT_BYTES, protect, read_nomenclature, unprotect, write_nomenclature
from tissage.frameworks.queries import shipped_terms

SHIPPED = (Path(frameworks.__file__).parent / "data" / "spiral-nomenclature.csv").read_bytes()
HEADER = "kind,code,parent,label_fr,label_en,key_fr,key_en,status,source,valid_from,valid_to\n"
A = Term(DIMENSION, "A", labels={"fr": "Accès"})
B = Term(DIMENSION, "B", labels={"fr": "Cadre"})
B01 = Term(COMPONENT, "B01", "B", {"fr": "Bruit"})


def read(rows, base=()):
    return read_nomenclature((HEADER + rows).encode("utf-8"), base)


def said(rows, base=()):
    return [(problem.line, problem.column, problem.value) for problem in read(rows, base).problems]


def test_what_is_exported_is_imported_without_any_difference():
    terms = shipped_terms()
    file = read_nomenclature(write_nomenclature(terms).encode("utf-8-sig"), terms)
    assert (file.problems, file.notices, file.kept) == ((), (), {})
    assert file.terms == tuple(terms)


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12).map(str.strip) | st.sampled_from(
    ["=1+1", "+32", "-5", "@nom", "'=x", "''+", "'", "a;b", 'dit "non"', "deux\nlignes", "\t=x".strip()]
)
days = st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1))


@given(st.dictionaries(st.sampled_from(["en", "nl"]), texts.filter(bool)), texts.filter(bool), texts, days)
def test_any_text_comes_back_as_it_was(labels, french, source, day):
    term = Term(BENEFICIARY, "k", labels={"fr": french, **labels}, keys={"fr": french}, status="partial", source=source, valid_from=day)
    file = read_nomenclature(write_nomenclature([term]).encode("utf-8"))
    assert compare([term], file.terms).is_empty
    assert file.problems == ()


@given(texts)
def test_no_exported_cell_is_a_formula(text):
    assert not protect(text).startswith(("=", "+", "-", "@"))
    assert unprotect(protect(text)) == text


def test_the_shipped_file_is_read_and_the_kinds_it_lacks_are_kept():
    file = read_nomenclature(SHIPPED, shipped_terms())
    assert file.problems == ()
    assert file.kept == {"sense_letter": 5, "sense": 40, "beneficiary": 1}
    assert compare(shipped_terms(), file.terms).is_empty


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_recognised(delimiter):
    text = delimiter.join(["kind", "code", "label_fr"]) + "\r\n" + delimiter.join(["dimension", "A", "Accès"]) + "\r\n"
    assert [term.labels for term in read_nomenclature(text.encode()).terms] == [{"fr": "Accès"}]


def test_a_file_of_a_french_spreadsheet_is_read_with_a_notice():
    file = read_nomenclature("kind;code;label_fr\ndimension;A;Accès\n".encode("cp1252"))
    assert file.terms[0].labels == {"fr": "Accès"}
    assert len(file.notices) == 1
    assert file.problems == ()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("component,A1,A,Un,,,,,,,\n", [(2, "code", "A1")]),
        ("component,a01,A,Un,,,,,,,\n", [(2, "code", "a01")]),
        ("planet,A01,A,Un,,,,,,,\n", [(2, "kind", "planet")]),
        ("dimension,A,,Un,,,,,,,\ncomponent,A01,,Un,,,,,,,\n", [(3, "parent", "")]),
        ("dimension,A,,Un,,,,,,,\ncomponent,A01,B,Un,,,,,,,\n", [(3, "parent", "B")]),
        ("component,A01,A,Un,,,,,,,\n", [(2, "parent", "A")]),
        ("beneficiary,k,A,Un,,,,,,,\n", [(2, "parent", "A")]),
        ("dimension,A,,,,,,,,,\n", [(2, "label_fr", "")]),
        ("dimension,A,,Un,,,,sure,,,\n", [(2, "status", "sure")]),
        ("dimension,A,,Un,,,,,,3/2/2026,\n", [(2, "valid_from", "3/2/2026")]),
        ("dimension,A,,Un,,,,,,2026-02-03,2026-02-01\n", [(2, "valid_to", "2026-02-01")]),
        ("dimension,A,,Un,,,,,,,\ndimension,A,,Deux,,,,,,,\n", [(3, "code", "A")]),
        ("dimension,A,,Un,deux,trois\n", [(2, "", "")]),
        ('dimension,A,,"Un\ndeux",,,,,,,\n\nplanet,B,,Un,,,,,,,\n', [(5, "kind", "planet")]),
        ("", [(1, "", "")]),
    ],
)
def test_a_problem_names_its_line_column_and_value(rows, expected):
    assert said(rows) == expected
    assert all(problem.message for problem in read(rows).problems)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", [""]),
        ("code,label_fr\nA,Un\n", ["kind"]),
        ("kind,code\ndimension,A\n", ["label_fr"]),
        ("kind,code,label_fr,couleur\ndimension,A,Un,bleu\n", ["couleur"]),
        ("kind,code,label_fr,code\ndimension,A,Un,A\n", ["code"]),
        ("n’importe quoi", ["kind", "code", "label_fr", "n’importe quoi"]),
    ],
)
def test_a_wrong_header_is_told_by_column(text, columns):
    assert [problem.column for problem in read_nomenclature(text.encode()).problems] == columns


def test_codes_taken_over_still_need_their_parent():
    problems = read("dimension,A,,Accès,,,,,,,\n", (A, B, B01)).problems
    assert [(problem.line, problem.column, problem.value) for problem in problems] == [(1, "parent", "B")]


def test_too_big_a_file_is_refused():
    assert len(read_nomenclature(b"x" * (LIMIT_BYTES + 1)).problems) == 1
    assert len(read("dimension,A,,Un,,,,,,,\n" * 5001).problems) == 1


@given(st.binary(max_size=200))
def test_no_bytes_make_it_crash(content):
    file = read_nomenclature(content)
    assert file.problems or file.terms
