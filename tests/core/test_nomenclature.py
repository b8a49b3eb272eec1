"""A version as a value: names, comparison of versions, mapping, search."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.codes import Code, parse_code
from tissage.core.nomenclature import (
    ABANDONED,
    BENEFICIARY,
    COMPONENT,
    DIMENSION,
    MAPPED,
    SAME,
    SENSE,
    SENSE_LETTER,
    UNMAPPED,
    Nomenclature,
    Term,
    Translation,
    compare,
    propose_crosswalk,
    translate,
    well_formed,
)
from tissage.core.term_search import TermIndex, words_of


def term(kind, code, label, **more):
    return Term(kind, code, parent=code[0] if kind in (COMPONENT, SENSE) else "", labels={"fr": label}, **more)


TERMS = (
    term(DIMENSION, "A", "Accès", status="confirmed"),
    term(COMPONENT, "A00", "Accès en général"),
    term(COMPONENT, "A01", "Alimentation", status="confirmed", keys={"fr": "Manger à sa faim"}),
    term(COMPONENT, "A02", "Soins", status="partial"),
    term(DIMENSION, "D", "Relations"),
    term(COMPONENT, "D03", "Amitié", keys={"fr": "Avoir des amis"}),
    term(SENSE_LETTER, "P", "Possibilité"),
    term(SENSE, "P15", "obstacle financier"),
    Term(BENEFICIARY, "k", labels={"fr": "mes enfants", "en": "my children"}),
)
NOMENCLATURE = Nomenclature.of("essai", TERMS)


def test_a_code_is_explained_in_words():
    words = "Alimentation — sous-composante 11 · obstacle financier · pour\N{NO-BREAK SPACE}: mes enfants"
    assert NOMENCLATURE.explain(parse_code("A01-11/P15/k")) == words


def test_a_code_is_explained_in_english_where_the_words_exist():
    assert NOMENCLATURE.explain(parse_code("A01/P15/k"), "en") == "Alimentation · obstacle financier · for: my children"


def test_an_unknown_code_keeps_its_own_name():
    code = parse_code("Z99/Q11/z")
    assert NOMENCLATURE.label_of("Z99") == "Z99"
    assert NOMENCLATURE.unknown_parts(code) == ("object", "sense", "beneficiary")
    assert not NOMENCLATURE.knows(code)


def test_a_known_code_may_have_any_sub_component():
    assert NOMENCLATURE.knows(parse_code("A01-99/P/k"))
    assert NOMENCLATURE.unknown_parts(parse_code("A01/P16")) == ("sense",)


def test_a_component_in_general_comes_last():
    assert [one.code for one in NOMENCLATURE.components_of("A")] == ["A01", "A02", "A00"]


def test_statuses_are_counted_absent_ones_included():
    assert NOMENCLATURE.status_counts(COMPONENT) == {"confirmed": 1, "partial": 1, "unverified": 2}
    assert NOMENCLATURE.status_counts(SENSE) == {"confirmed": 0, "partial": 0, "unverified": 1}


def test_the_children_of_a_letter_are_its_senses():
    assert [one.code for one in NOMENCLATURE.children_of(SENSE_LETTER, "P")] == ["P15"]
    assert [one.code for one in NOMENCLATURE.children_of(DIMENSION, "D")] == ["D03"]


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        (DIMENSION, "A", True),
        (DIMENSION, "A0", False),
        (COMPONENT, "A01", True),
        (COMPONENT, "a01", False),
        (SENSE, "P15", True),
        (SENSE, "P", False),
        (SENSE_LETTER, "P", True),
        (BENEFICIARY, "k", True),
        (BENEFICIARY, "K", False),
        ("unknown", "A", False),
    ],
)
def test_each_kind_has_its_shape(kind, code, expected):
    assert well_formed(kind, code) is expected


def test_a_version_differs_in_nothing_from_itself():
    difference = compare(TERMS, TERMS)
    assert difference.is_empty
    assert difference.unchanged == len(TERMS)


def test_a_comparison_tells_what_is_added_changed_and_missing():
    newer = (
        *TERMS[:2],
        term(COMPONENT, "A01", "Bien manger", status="confirmed", keys={"fr": "Manger à sa faim", "en": "Eating"}, source="guide"),
        term(COMPONENT, "A03", "Logement", valid_from=dt.date(2026, 1, 1)),
        *TERMS[4:],
    )
    difference = compare(TERMS, newer)
    assert [one.code for one in difference.added] == ["A03"]
    assert [one.code for one in difference.missing] == ["A02"]
    assert [(change.after.code, change.fields) for change in difference.changed] == [("A01", ("key_en", "label_fr", "source"))]
    assert difference.unchanged == len(TERMS) - 2


labels = st.dictionaries(st.sampled_from(["fr", "en", "nl"]), st.text(max_size=5))
terms = st.lists(
    st.builds(Term, st.just(COMPONENT), st.sampled_from(["A01", "A02", "B01", "B02"]), labels=labels), unique_by=lambda one: one.code
)


@given(terms, terms)
def test_comparing_the_other_way_swaps_what_is_added_and_missing(old, new):
    there, back = compare(old, new), compare(new, old)
    assert {one.code for one in there.added} == {one.code for one in back.missing}
    assert {change.fields for change in there.changed} == {change.fields for change in back.changed}
    assert len(there.added) + len(there.changed) + there.unchanged == len(new)


def test_only_the_same_code_under_the_same_label_is_proposed():
    newer = (
        term(COMPONENT, "A01", "ALIMENTATION "),
        term(COMPONENT, "A02", "Santé"),
        term(COMPONENT, "D04", "Amitié"),
        term(SENSE_LETTER, "P", "Possibilité"),
    )
    assert propose_crosswalk(TERMS, newer) == ((COMPONENT, "A01"), (SENSE_LETTER, "P"))


STEP = {
    (COMPONENT, "A01"): ["A01"],
    (COMPONENT, "A02"): ["A05", "A06"],
    (COMPONENT, "A03"): [],
    (SENSE, "P15"): ["P15"],
    (BENEFICIARY, "k"): ["k"],
}


@pytest.mark.parametrize(
    ("text", "codes", "state"),
    [
        ("A01", ("A01",), SAME),
        ("A01-11/P15/k", ("A01-11/P15/k",), SAME),
        ("A02/P15", ("A05/P15", "A06/P15"), MAPPED),
        ("A02-11", ("A05", "A06"), MAPPED),
        ("A03", (), ABANDONED),
        ("A04", (), UNMAPPED),
        ("A01/P16", (), UNMAPPED),
    ],
)
def test_a_code_is_said_in_the_words_of_another_version(text, codes, state):
    assert translate(parse_code(text), [STEP]) == Translation(codes, state)


def test_steps_follow_one_another():
    back = {(COMPONENT, "A05"): ["A02"], (COMPONENT, "A06"): ["A02"], (COMPONENT, "A01"): ["A01"]}
    assert translate(Code("A02"), [STEP, back]) == Translation(("A02",), SAME)
    assert translate(Code("A03"), [STEP, back]) == Translation((), ABANDONED)
    assert translate(Code("A01"), []) == Translation(("A01",), SAME)


INDEX = TermIndex(
    NOMENCLATURE,
    {"A01": ["le frigo est vide", "un repas chaud par jour"], "A02": ["un médecin près de chez moi"], "D03": ["parler à des amis"]},
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("frigo", ["A01"]),
        ("FRIGO VIDE", ["A01"]),
        ("medecin", ["A02"]),
        ("amitie", ["D03"]),
        ("ami", ["D03"]),
        ("amitiés", ["D03"]),
        ("a02", ["A02"]),
        ("général", ["A00"]),
        ("acc", ["A00"]),
        ("", []),
        ("   ", []),
        ("introuvable", []),
        ("x", []),
    ],
)
def test_words_find_components_accents_and_case_aside(text, codes):
    assert [match.term.code for match in INDEX.find(text)] == codes


def test_components_are_ranked_by_the_number_of_words_found():
    matches = INDEX.find("manger avec des amis chez un médecin près de la gare")
    assert [(match.term.code, match.matched, match.asked) for match in matches] == [("A02", 3, 6), ("D03", 1, 6), ("A01", 1, 6)]
    assert matches[0].phrase == "un médecin près de chez moi"


def test_a_limit_is_kept():
    assert len(INDEX.find("amis manger médecin", limit=2)) == 2


def test_little_words_do_not_count_unless_they_are_all_there_is():
    assert words_of("Le pain de l’enfant") == ("pain", "enfant")
    assert words_of("de la") == ("de", "la")
