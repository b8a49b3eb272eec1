"""The real page: its 36 codings, suggested cold, and its near-identical statements. Too narrow for a claim of accuracy; wide enough to break."""

from __future__ import annotations

import pytest

from tests.conftest import REAL_PAGE
from tests.voices.importing import bring
from tissage.people.models import Territory
from tissage.voices.models import Criterion
from tissage.voices.queries.duplicates import territory_duplicates
from tissage.voices.queries.suggesters import suggester_of
from tissage.voices.queries.suggestions import suggest, suggest_many

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not REAL_PAGE.is_file(), reason=f"LA PAGE RÉELLE MANQUE : {REAL_PAGE}")]


@pytest.fixture
def mons():
    bring(REAL_PAGE, "wikispiral", "mons")
    return Territory.objects.get(slug="mons")


def test_five_suggestions_without_any_coding_hold_nearly_all_its_codes(mons):
    rows = list(Criterion.objects.filter(territory=mons).select_related("question").order_by("text"))
    found = suggest_many(mons, [(row.text, row.question.code) for row in rows], cold=True)
    right = [row.component in {one.code for one in answer.components} for row, answer in zip(rows, found, strict=True)]
    assert len(rows) == 36
    assert sum(right) >= 32


def test_its_imported_codings_teach(mons):
    suggest(mons, "sourire", "ACT")
    assert len(suggester_of(mons)) == 36
    assert suggest(mons, "sourire à tout le monde", "ACT").components[0].code == "H03"


def test_near_identical_statements_are_proposed_and_opposites_are_not(mons):
    texts = dict(Criterion.objects.filter(territory=mons).values_list("pk", "text"))
    groups = [{texts[pk] for pk in group} for group in territory_duplicates(mons)]
    assert any({"sourire", "sourire plus souvent"} <= group for group in groups)
    assert all(len(group) <= 4 for group in groups)
    assert not any({"rire", "la tristesse"} <= group for group in groups)
