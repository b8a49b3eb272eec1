"""The real page: 36 criteria of one group among ten, imported, imported again, changed."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.conftest import REAL_PAGE
from tests.voices.importing import bring
from tissage.people.models import Territory
from tissage.voices.models import Criterion, HomogeneousGroup, Proposition

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not REAL_PAGE.is_file(), reason=f"LA PAGE RÉELLE MANQUE : {REAL_PAGE}")]


@pytest.fixture
def imported():
    return bring(REAL_PAGE, "wikispiral", "mons")


def test_the_page_gives_what_it_holds(imported):
    plan, batch = imported
    assert plan.answer("mons") == {
        "territory": "mons",
        "groups": 10,
        "criteria": 36,
        "expressions": 36,
        "created": 36,
        "changed": 0,
        "unchanged": 0,
        "problems": [],
        "notices": [],
    }
    assert batch.state == "applied"
    territory = Territory.objects.get(slug="mons")
    assert territory.name == "Mons"
    assert territory.description.startswith("Depuis 2009 la Commune de Mons")
    assert territory.description.endswith("démarré en 2014.")


def test_the_page_counts_by_question_component_and_letter(imported):
    rows = list(Criterion.objects.live().values_list("question__code", "component", "letter"))
    assert Counter(row[0] for row in rows) == {"WB": 19, "IB": 6, "ACT": 11}
    assert Counter(row[1] for row in rows) == {
        "H03": 7, "F07": 6, "H04": 5, "F04": 5, "G05": 3, "F01": 2, "F02": 2, "F06": 2, "H00": 2, "F03": 1, "G04": 1,
    }  # fmt: skip
    assert Counter(row[2] for row in rows) == {"Q": 14, "P": 12, "O": 10}


def test_ten_groups_without_their_prefix_one_of_them_with_criteria(imported):
    groups = HomogeneousGroup.objects.live()
    assert groups.count() == 10
    assert not groups.filter(name__startswith="Mons :").exists()
    assert set(groups.values_list("created_on", flat=True)) == {groups[0].created_on}
    assert Criterion.objects.live().values("group").distinct().count() == 1


def test_twenty_seven_propositions_and_one_pair_with_two(imported):
    assert Proposition.objects.count() == 27
    assert Proposition.objects.filter(component="H03", sense="O34").count() == 2


def test_texts_are_kept_byte_for_byte_and_source_dates_apart(imported):
    one = Criterion.objects.get(external_id="200349")
    assert one.text.endswith("(amérique du sud, inde…)")
    assert (one.source, one.source_created, one.said_on) == ("wikispiral", "2014-02-26 08:49", None)


def test_the_same_page_again_changes_nothing(imported):
    plan, batch = bring(REAL_PAGE, "wikispiral", "mons")
    assert (plan.created, plan.changed, plan.unchanged, batch) == (0, 0, 36, None)


def test_a_changed_page_shows_exactly_its_difference(imported, tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(
        REAL_PAGE.read_text(encoding="utf-8").replace("| WB | 1 | rendre service |", "| WB | 3 | rendre service |"), encoding="utf-8"
    )
    plan, _ = bring(path, "wikispiral", "mons")
    assert (plan.created, plan.changed, plan.unchanged) == (0, 1, 35)
    assert [(item.external_id, item.fields) for item in plan.differences] == [("200352", {"count": ("1", "3")})]
    assert Criterion.objects.get(external_id="200352").expression_count == 3
