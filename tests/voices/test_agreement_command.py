"""`tissage agreement`: what a script may read of the agreement of a territory."""

from __future__ import annotations

import io
import json
import random

import pytest
from django.core.management import call_command

from tissage.core.codes import parse_code
from tissage.voices.operations.double_coding import code_blind, draw_double_coding

pytestmark = pytest.mark.django_db


def asked(*arguments: str) -> dict:
    out = io.StringIO()
    call_command("agreement", *arguments, "--json", stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


@pytest.fixture
def coded_twice(enter, territory, alice, erin, now):
    """Twenty criteria coded A01 or D03 by Alice; Erin says the same for fifteen of them, H01 for the rest."""
    codes = ["A01"] * 12 + ["D03"] * 8
    criteria = enter(*((f"parole {place}", 1, parse_code(code)) for place, code in enumerate(codes)))
    sample = draw_double_coding(territory=territory, coder=erin, label="x", percent=100, draw=random.Random(1), by=alice, now=now)
    for place, (criterion, code) in enumerate(zip(criteria, codes, strict=True)):
        code_blind(blind=sample.codings.get(criterion=criterion), code=parse_code(code if place % 4 else "H01"), by=erin, now=now)
    return criteria


def test_each_pair_of_coders_has_its_figures_and_the_interval_of_alpha(coded_twice, territory):
    [pair] = asked("--territory", territory.slug)["pairs"]
    assert list(pair) == ["coders", "n", "observed", "kappa", "alpha", "interval"]
    assert (pair["coders"], pair["n"], pair["observed"]) == (["Alice", "Erin"], 20, 0.75)
    # By hand: 15 of 20 alike; A01 12 and 9, D03 8 and 6, H01 0 and 5: chance = (12·9 + 8·6) / 400 = 0.39.
    assert pair["kappa"] == pytest.approx((0.75 - 0.39) / (1 - 0.39), abs=0.0001)
    # α: margins 21, 14, 5 of 40; 1 − 39 · 10 / (1600 − 441 − 196 − 25).
    assert pair["alpha"] == pytest.approx(1 - 39 * 10 / 938, abs=0.0001)
    low, high = pair["interval"]
    assert low < pair["alpha"] < high


def test_it_says_the_same_twice_and_less_is_alike_when_more_is_asked(coded_twice, territory):
    assert asked("--territory", territory.slug) == asked("--territory", territory.slug)
    assert asked("--territory", territory.slug, "--level", "dimension")["pairs"][0]["observed"] == 0.75


def test_what_cannot_be_computed_is_null(enter, territory, alice, erin, now):
    [criterion] = enter(("a", 1, parse_code("A01")))
    sample = draw_double_coding(territory=territory, coder=erin, label="x", percent=100, draw=random.Random(1), by=alice, now=now)
    code_blind(blind=sample.codings.get(criterion=criterion), code=parse_code("A01"), by=erin, now=now)
    assert asked("--territory", territory.slug)["pairs"] == [
        {"coders": ["Alice", "Erin"], "n": 1, "observed": 1.0, "kappa": None, "alpha": None, "interval": None}
    ]


def test_nothing_coded_twice_is_no_pair(territory):
    assert asked("--territory", territory.slug) == {"pairs": []}


def test_an_unknown_territory_is_refused_in_words(territory):
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit):
        call_command("agreement", "--territory", "inconnu", "--json", stdout=out, stderr=err)
    assert json.loads(out.getvalue()) == {"error": "Le territoire « inconnu » n’existe pas. Territoires connus : sormont."}


def test_it_speaks_to_a_person_too(coded_twice, territory):
    out = io.StringIO()
    call_command("agreement", "--territory", territory.slug, stdout=out)
    assert out.getvalue().startswith("Alice · Erin : 15 sur 20 pareils, kappa 0,59, alpha 0,58 (de ")
