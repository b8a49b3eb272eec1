"""The nomenclature that Tissage ships: counts of the method, statuses, phrases, English, and idempotent loading."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from tissage import frameworks
from tissage.core.codes import parse_code
from tissage.core.nomenclature import BENEFICIARY, COMPONENT, DIMENSION, KINDS, SENSE, SENSE_LETTER, STATUSES, well_formed
from tissage.frameworks.models import Crosswalk, FrameworkVersion, Phrase
from tissage.frameworks.operations import load_shipped_frameworks, spiral_version
from tissage.frameworks.queries import (
    nomenclature_of,
    shipped_nomenclature,
    shipped_questions,
    shipped_rows,
    shipped_terms,
    territory_nomenclature,
)
from tissage.people.models import Entry

DATA = Path(frameworks.__file__).parent / "data"
COMPONENTS_BY_DIMENSION = {"A": 12, "B": 8, "C": 8, "D": 7, "E": 9, "F": 8, "G": 6, "H": 7, "I": 1}


def test_the_counts_are_those_of_the_method():
    shipped = shipped_nomenclature()
    assert {kind: len(shipped.of_kind(kind)) for kind in KINDS} == {
        DIMENSION: 9,
        COMPONENT: 66,
        SENSE_LETTER: 5,
        SENSE: 40,
        BENEFICIARY: 1,
    }
    assert shipped.status_counts(COMPONENT) == {"confirmed": 11, "partial": 14, "unverified": 41}
    assert shipped.status_counts(DIMENSION) == {"confirmed": 2, "partial": 6, "unverified": 1}
    assert {term.code: len(shipped.components_of(term.code)) for term in shipped.dimensions} == COMPONENTS_BY_DIMENSION


def test_every_code_is_well_formed_labelled_in_two_languages_and_sourced():
    terms = shipped_terms()
    assert [term.code for term in terms if not well_formed(term.kind, term.code)] == []
    assert [term.code for term in terms if not (term.labels.get("fr") and term.labels.get("en"))] == []
    assert [term.code for term in terms if term.kind != SENSE and term.kind != BENEFICIARY and not term.keys.get("en")] == []
    assert {term.status for term in terms} <= set(STATUSES)
    assert [term.code for term in terms if not term.source] == []
    assert len({(term.kind, term.code) for term in terms}) == len(terms)


def test_every_dimension_has_a_component_in_general_and_every_child_its_parent():
    shipped = shipped_nomenclature()
    assert [one.code for one in shipped.dimensions if shipped.get(COMPONENT, f"{one.code}00") is None] == []
    assert [term.code for term in shipped.of_kind(COMPONENT) if shipped.get(DIMENSION, term.parent) is None] == []
    assert [term.code for term in shipped.of_kind(SENSE) if shipped.get(SENSE_LETTER, term.parent) is None] == []


def test_every_component_has_phrases_in_both_languages_and_none_twice():
    rows = shipped_rows("spiral-phrases.csv")
    codes = {term.code for term in shipped_nomenclature().of_kind(COMPONENT)}
    assert {row["code"] for row in rows if row["lang"] == "fr"} == codes
    assert {row["code"] for row in rows if row["lang"] == "en"} == codes
    repeated = Counter((row["lang"], row["phrase"].casefold()) for row in rows)
    assert [phrase for phrase, count in repeated.items() if count > 1] == []
    assert [row["phrase"] for row in rows if not row["phrase"].strip() or len(row["phrase"]) > 200] == []


def test_the_three_questions_have_their_side():
    assert {row["code"]: row["side"] for row in shipped_questions()} == {"WB": "positive", "IB": "negative", "ACT": "contribution"}


def test_no_data_names_a_file_from_elsewhere():
    text = "".join(path.read_text(encoding="utf-8") for path in DATA.glob("*.csv"))
    assert "/work" not in text
    assert ".txt" not in text
    assert ".md" not in text


def test_the_files_are_read_whole_by_any_csv_reader():
    for path in DATA.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
        assert {len(row) for row in rows} == {len(header)}, path.name


@pytest.mark.django_db
def test_loading_twice_changes_nothing(now):
    version = load_shipped_frameworks(now=now)
    counts = (version.nodes.count(), Phrase.objects.count(), Entry.objects.count())
    assert load_shipped_frameworks(now=now) == version
    assert (version.nodes.count(), Phrase.objects.count(), Entry.objects.count()) == counts
    assert counts[:2] == (121, 644)


@pytest.mark.django_db
def test_what_is_loaded_is_what_is_shipped(now):
    assert nomenclature_of(load_shipped_frameworks(now=now)).terms == tuple(shipped_terms())


@pytest.mark.django_db
def test_a_later_shipped_version_stands_beside_the_old(territory, now):
    first = FrameworkVersion.objects.get(framework__slug="spiral")
    later = load_shipped_frameworks(now=now, label="2027-tissage-1")
    assert later.previous == first
    assert first.nodes.count() == later.nodes.count() == 121
    assert Crosswalk.objects.filter(source__version=first, to_version=later).count() == 121
    assert territory_nomenclature(territory).name == str(first)
    assert spiral_version(now=now) == later


@pytest.mark.django_db
def test_a_loaded_code_is_explained(now):
    explained = nomenclature_of(load_shipped_frameworks(now=now)).explain(parse_code("A01/P15/k"))
    assert explained == "Alimentation / boisson · obstacle financier / ressources trop faibles · pour\N{NO-BREAK SPACE}: mes enfants"
