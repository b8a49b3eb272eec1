"""A saved platform page, as text and as HTML: description, groups, criteria, and the quirks of `spiral.md` §12."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.voices.importing import DATA, bring
from tissage.people.exchange.errors import UnreadableFile
from tissage.people.models import Territory
from tissage.voices.exchange.sources import open_source
from tissage.voices.models import Coding, Criterion, HomogeneousGroup, Proposition
from tissage.voices.operations import ImportRefused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["page.txt", "page.html"])
def test_a_page_gives_its_territory_its_groups_and_its_criteria(name):
    plan, batch = bring(DATA / name, "wikispiral", "ville")
    assert plan.numbers() == {"groups": 3, "criteria": 4, "expressions": 7, "created": 4, "changed": 0, "unchanged": 0}
    assert plan.problems.as_list() == []
    assert batch.state == "applied"
    territory = Territory.objects.get(slug="ville")
    assert territory.name == "Ville"
    assert territory.description == "Depuis 2011 la Commune de Ville écoute ses habitants. Cette page est inventée pour les essais."
    groups = HomogeneousGroup.objects.live().filter(territory=territory).order_by("created_on")
    assert list(groups.values_list("name", "source_name", "language", "created_on")) == [
        ("Jeunes", "Ville : Jeunes", "", dt.date(2013, 3, 4)),
        ("Aînés : résidence", "Ville : Aînés : résidence", "fr", dt.date(2013, 3, 5)),
        ("Les voisins", "Les voisins", "", dt.date(2013, 3, 6)),
    ]
    criteria = Criterion.objects.live().filter(territory=territory).order_by("external_id")
    assert list(
        criteria.values_list("external_id", "group__name", "question__code", "imported_count", "expression_count", "component", "sense")
    ) == [
        ("900001", "Jeunes", "ACT", 2, 2, "", ""),
        ("900002", "Aînés : résidence", "IB", 1, 1, "D00", "P"),
        ("900003", "Jeunes", "WB", 1, 1, "D03", "O21"),
        ("900004", "Jeunes", "WB", 3, 3, "D03", "O21"),
    ]
    assert [criterion.text for criterion in criteria][:2] == ['saluer mes "voisins"', "la solitude; le soir"]
    assert Proposition.objects.filter(territory=territory).count() == 1
    assert Coding.objects.filter(criterion__territory=territory, origin="imported", status="imported", coder=None).count() == 3


def test_both_forms_of_a_page_are_one_source():
    bring(DATA / "page.txt", "wikispiral", "ville")
    plan, batch = bring(DATA / "page.html", "wikispiral", "ville")
    assert (plan.created, plan.unchanged, batch) == (0, 4, None)


def test_a_statement_identical_after_folding_is_a_notice_with_its_line():
    plan, _ = bring(DATA / "page.txt", "wikispiral", "ville")
    assert [(notice.line, notice.column) for notice in plan.notices.kept] == [(17, "Post-it")]
    assert "ligne 16" in plan.notices.kept[0].message


def changed_page(tmp_path, *replacements: tuple[str, str]):
    text = (DATA / "page.txt").read_text(encoding="utf-8")
    for before, after in replacements:
        assert before in text
        text = text.replace(before, after, 1)
    path = tmp_path / "page.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("before", "after", "column"),
    [
        ("| WB | 3 |", "| WB | zéro |", "NB express"),
        ("| WB | 3 |", "| WB | 0 |", "NB express"),
        ("| D03 | O21 |", "| D | O21 |", "Composante"),
        ("| D03 | O21 |", "| A01//k | |", "Composante"),
        ("| D03 | O21 |", "| d03 | O21 |", "Composante"),
        ("| D03 | O21 |", "| D03 | 21 |", "Sens"),
        ("| D03 | O21 |", "| | O21 |", "Sens"),
        ("être entouré (amis, voisins…)", "", "Post-it"),
        ("être entouré (amis", "être | entouré (amis", "ligne"),
        ("2014-02-26 08:49 | 2014-02-26 08:49", "2014-02-30 08:49 | 2014-02-26 08:49", "Créé le"),
        ("2014-02-26 08:49 | 2014-02-26 08:49", "2014-02-26 08:49 | hier", "dernière modif."),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_nothing_is_written(tmp_path, before, after, column):
    path = changed_page(tmp_path, (before, after))
    with pytest.raises(ImportRefused) as refused:
        bring(path, "wikispiral", "ville")
    assert [(finding.line, finding.column) for finding in refused.value.plan.problems.kept] == [(16, column)]
    assert not Territory.objects.exists()
    plan, _ = bring(path, "wikispiral", "ville", accept_problems=True)
    assert (plan.criteria, plan.created) == (3, 3)
    assert Criterion.objects.live().count() == 3


def test_an_unreadable_date_in_the_list_of_groups_is_a_problem(tmp_path):
    path = changed_page(tmp_path, ("2013-03-04 10:00", "2013-13-04 10:00"))
    with pytest.raises(ImportRefused) as refused:
        bring(path, "wikispiral", "ville")
    assert [(finding.line, finding.column, finding.value) for finding in refused.value.plan.problems.kept] == [
        (8, "Créé le", "2013-13-04 10:00")
    ]


def test_an_unknown_code_another_platform_and_a_new_question_are_notices(tmp_path, territory):
    path = changed_page(tmp_path, ("| D03 | O21 |", "| A99 | O21 |"), ("| IB |", "| Q4 |"), ("900001 | Ville", "900001 | Sormont"))
    plan, _ = bring(path, "wikispiral", "sormont")
    assert plan.problems.total == 0
    found = [(notice.line, notice.column) for notice in sorted(plan.notices.kept, key=lambda notice: (notice.line, notice.column))]
    assert found == [(16, "Composante"), (16, "Plate-forme"), (17, "Plate-forme"), (17, "Post-it"), (18, "Plate-forme"), (18, "Questions")]
    assert Criterion.objects.get(external_id="900004").component == "A99"
    # The prefix is the row's platform, never the territory's name.
    assert Criterion.objects.get(external_id="900001").group.name == "Ville : Jeunes"


def test_windows_text_is_read_with_a_notice(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes((DATA / "page.txt").read_text(encoding="utf-8").encode("cp1252"))
    plan, _ = bring(path, "wikispiral", "ville")
    assert plan.notices.kept[0].column == "encodage"
    assert Criterion.objects.get(external_id="900004").text == "être entouré (amis, voisins…)"


def test_a_page_without_criteria_is_refused(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("Belgique - Ville\nrien | ici |\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="tableau des critères"):
        open_source(path, "wikispiral")


def test_the_same_file_may_enter_two_territories():
    for slug in ("ville", "autre"):
        plan, _ = bring(DATA / "page.txt", "wikispiral", slug)
        assert plan.created == 4
