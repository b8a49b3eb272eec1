"""The ten criteria of a sheet: the worked cases of the method, the day of 180, the gate before publication."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tissage.core.publication_gate import Gap, missing
from tissage.core.quality import CRITERIA, ServiceFacts, quality_score

WORKED = ServiceFacts(
    status="active",
    area="Mons",
    receptions=frozenset({"en-presentiel"}),
    contact_modes=frozenset({"telephoner"}),
    who_may_use="public",
    audiences=frozenset({"jeunes"}),
    themes=frozenset({"sante-mentale"}),
    has_place=True,
    has_address=True,
    has_phone=True,
    age_days=0,
    fee="paid",
    description_length=120,
)


@pytest.mark.parametrize(("age", "score"), [(0, 0.89), (180, 0.89), (455, 0.83)])
def test_the_worked_case_scores_as_the_method_says(age, score):
    assert quality_score(dataclasses.replace(WORKED, age_days=age)).score == score


def test_each_criterion_of_the_worked_case_says_its_value():
    lines = {line.criterion: line.value for line in quality_score(dataclasses.replace(WORKED, age_days=455)).lines}
    assert lines == {
        "address": 1,
        "contact_modes": 1,
        "audience": 1,
        "theme": 1,
        "means": 1,
        "email": None,
        "phone": 1,
        "recency": 0.5,
        "fees": 0.5,
        "description": 0.5,
    }


def test_nothing_said_is_worth_nothing_and_stops_nothing():
    empty = quality_score(ServiceFacts())
    assert empty.score == 0
    assert [line.criterion for line in empty.lines if not line.applies] == ["address", "email", "phone"]


@pytest.mark.parametrize(
    ("criterion", "change", "value"),
    [
        ("recency", {"age_days": 181}, 1.0),
        ("recency", {"age_days": 729}, 0.0),
        ("recency", {"age_days": 730}, 0.0),
        ("recency", {"age_days": None}, 0.0),
        ("recency", {"age_days": 290}, 0.8),
        ("fees", {"fee": "free"}, 1.0),
        ("fees", {"fee": "conditional"}, 0.5),
        ("fees", {"fee": "conditional", "fee_note": "selon les revenus"}, 1.0),
        ("fees", {"fee": "unknown"}, 0.0),
        ("description", {"description_length": 0}, 0.0),
        ("description", {"description_length": 49}, 0.0),
        ("description", {"description_length": 50}, 0.5),
        ("description", {"description_length": 199}, 0.5),
        ("description", {"description_length": 200}, 1.0),
        ("description", {"description_length": 1999}, 1.0),
        ("description", {"description_length": 2000}, 0.5),
        ("description", {"description_length": 20000}, 0.5),
        ("contact_modes", {"who_may_use": ""}, 0.5),
        ("contact_modes", {"who_may_use": "", "contact_modes": frozenset()}, 0.0),
        ("email", {"contact_modes": frozenset({"envoyer-un-courriel"})}, 0.0),
        ("phone", {"has_phone": False}, 0.0),
        ("means", {"has_phone": False, "has_link": True}, 1.0),
        ("address", {"receptions": frozenset({"a-distance"})}, None),
        ("address", {"receptions": frozenset(), "contact_modes": frozenset({"se-presenter"}), "has_address": False}, 0.0),
    ],
)
def test_a_criterion_at_its_edges(criterion, change, value):
    lines = {line.criterion: line.value for line in quality_score(dataclasses.replace(WORKED, **change)).lines}
    assert lines[criterion] == value


CODES = st.sampled_from(["en-presentiel", "a-distance", "telephoner", "se-presenter", "envoyer-un-courriel", "utiliser-lien-mobilisation"])
FACTS = st.builds(
    ServiceFacts,
    status=st.sampled_from(["", "active", "defunct"]),
    area=st.sampled_from(["", "Mons"]),
    receptions=st.frozensets(CODES),
    contact_modes=st.frozensets(CODES),
    who_may_use=st.sampled_from(["", "public"]),
    has_address=st.booleans(),
    has_place=st.booleans(),
    has_email=st.booleans(),
    has_phone=st.booleans(),
    age_days=st.none() | st.integers(0, 5000),
    fee=st.sampled_from(["", "free", "paid", "conditional", "unknown"]),
    description_length=st.integers(0, 20000),
)


@given(FACTS)
def test_every_score_stands_between_nothing_and_one(facts):
    quality = quality_score(facts)
    assert 0 <= quality.score <= 1
    assert tuple(line.criterion for line in quality.lines) == CRITERIA
    assert all(line.value is None or 0 <= line.value <= 1 for line in quality.lines)


@pytest.mark.parametrize(
    ("change", "gaps"),
    [
        ({}, []),
        ({"status": "defunct"}, [Gap.STATUS]),
        ({"has_phone": False}, [Gap.CONTACT]),
        ({"has_phone": False, "has_link": True}, [Gap.CONTACT]),
        ({"has_phone": False, "has_email": True}, []),
        ({"area": " "}, [Gap.AREA]),
        ({"receptions": frozenset()}, [Gap.RECEPTION]),
        ({"has_place": False, "has_address": False}, [Gap.PLACE]),
        ({"address_is_whole": False}, [Gap.ADDRESS]),
        ({"receptions": frozenset({"a-distance"}), "has_place": False}, []),
        ({"audiences": frozenset()}, [Gap.AUDIENCE]),
        ({"themes": frozenset()}, [Gap.THEME]),
    ],
)
def test_the_gate_says_what_is_missing(change, gaps):
    assert missing(dataclasses.replace(WORKED, **change)) == gaps


def test_an_empty_sheet_misses_everything_but_a_place():
    assert missing(ServiceFacts()) == [Gap.STATUS, Gap.CONTACT, Gap.AREA, Gap.RECEPTION, Gap.AUDIENCE, Gap.THEME]
