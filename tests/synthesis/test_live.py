from __future__ import annotations

import pytest
from django.db import connection

from tests.synthesis.voices import NOW, batch_of, group_of, say
from tissage.core.synthesis import Cell, Group
from tissage.synthesis import queries
from tissage.synthesis.queries.live import cube_rows
from tissage.voices.models import Batch, Expression, Question


def test_the_cube_counts_criteria_and_expressions(territory, voices, jeunes):
    assert queries.live_cube(territory, groups=[jeunes.pk]) == [
        Cell(jeunes.pk, "WB", "A01", "P", 1, 3),
        Cell(jeunes.pk, "IB", "D03", "O", 1, 1),
        Cell(jeunes.pk, "ACT", "H03", "Q", 1, 1),
    ]


def test_the_cube_is_one_query_beside_the_codes_of_questions(territory, voices, django_assert_num_queries):
    with django_assert_num_queries(2):
        queries.live_cube(territory)


def test_what_does_not_count_is_not_counted(territory, voices, jeunes):
    before = queries.live_overview(territory)
    say(jeunes, "retiré", "A01", withdrawn_at=NOW)
    say(jeunes, "fondu", "A01", merged_into=voices[0])
    say(jeunes, "import en attente", "A01", batch=batch_of(territory, Batch.State.STAGING))
    assert queries.live_overview(territory) == before


def test_another_territory_counts_for_itself(territory, other_territory, voices):
    say(group_of(other_territory, "Ailleurs"), "ailleurs", "A01/P")
    assert queries.live_overview(territory).criteria == 8
    assert queries.live_overview(other_territory).criteria == 1


def test_the_overview_names_groups_heard_or_not(territory, voices, aines):
    silent = group_of(territory, "Bébés")
    counted = queries.live_overview(territory)
    assert counted.not_heard == (Group(silent.pk, "Bébés"),)
    assert counted.questions == ("WB", "IB", "ACT")
    assert counted.dimensions == tuple("ABCDEFGHI")
    assert (counted.criteria, counted.expressions, counted.uncoded, counted.in_general) == (8, 11, 1, 1)


def test_a_selection_holds_its_groups_and_questions_only(territory, voices, jeunes, aines):
    counted = queries.live_overview(territory, groups=[aines.pk], questions=["WB"])
    assert counted.groups == (Group(aines.pk, "Aînés"),)
    assert counted.by_component == {"A01": 1, "F00": 1}
    assert counted.questions == ("WB",)
    assert queries.live_overview(territory, questions=["INCONNUE"]).criteria == 0


def test_groups_of_an_import_undone_are_not_shown(territory, voices):
    undone = batch_of(territory, Batch.State.UNDONE)
    group_of(territory, "Importé puis annulé", batch=undone)
    assert "Importé puis annulé" not in [group.name for group in queries.groups_of(territory)]


def test_notes_without_a_criterion_are_counted_apart(territory, voices, jeunes, aines):
    question = Question.objects.get(territory=territory, code="WB")
    common = {"territory": territory, "question": question, "batch": batch_of(territory), "recorded_at": NOW}
    for group in (jeunes, aines):
        Expression.objects.create(group=group, text="une note", **common)
    Expression.objects.create(group=aines, text="liée", criterion=voices[3], **common)
    Expression.objects.create(group=aines, text="retirée", withdrawn_at=NOW, **common)
    assert queries.loose_expressions(territory) == 2
    assert queries.loose_expressions(territory, groups=[aines.pk], questions=["WB"]) == 1
    assert queries.loose_expressions(territory, questions=["IB"]) == 0


def test_every_criterion_is_read_under_its_component(territory, voices):
    page = queries.component_lines(territory, "A01")
    assert [(line.text, line.code, line.group_name, line.expressions) for line in page] == [
        ("bien manger", "A01/P", "Jeunes du centre", 3),
        ("manger à sa faim", "A01-11/P15/k", "Aînés", 2),
        ("la ferme du seul éleveur", "A01/O", "Petit groupe", 1),
        ("rien ne doit sortir", "A01/Q", "Sans accord", 1),
    ]
    assert [line.text for line in queries.component_lines(territory, "")] == ["pas encore codé"]
    assert [line.text for line in queries.component_lines(territory, "A01", letter="P")] == ["bien manger", "manger à sa faim"]


@pytest.mark.parametrize("lines", [1, 3])
def test_a_page_of_lines_asks_the_same_queries_whatever_its_length(territory, jeunes, lines, django_assert_num_queries):
    for number in range(lines):
        say(jeunes, f"critère {number}", "A01")
    with django_assert_num_queries(2):
        list(queries.component_lines(territory, "A01"))
    with django_assert_num_queries(1):
        list(queries.component_lines(territory, "A01", count=lines))


def test_pages_are_stable_and_out_of_range_gives_the_nearest(territory, jeunes):
    for number in range(7):
        say(jeunes, f"critère {number}", "A01")
    pages = [queries.component_lines(territory, "A01", page=number, size=3) for number in (1, 2, 3)]
    assert [line.text for page in pages for line in page] == [f"critère {number}" for number in range(7)]
    assert queries.component_lines(territory, "A01", page=99, size=3).number == 3


def test_counting_reads_the_index_alone(territory, voices):
    explained = cube_rows(territory).explain()
    if connection.vendor == "sqlite":
        assert "USING COVERING INDEX criterion_cube" in explained
        assert "TEMP B-TREE" not in explained


def test_the_public_view_of_today_shows_counts_of_those_who_consent(territory, voices, jeunes, aines):
    counted, decision = queries.live_public_overview(territory)
    assert [group.name for group in counted.groups] == ["Groupe A", "Jeunes"]
    assert counted.criteria == 6
    assert counted.by_component == {"A01": 2, "D03": 1, "F00": 1, "H03": 1}
    assert {left.group for left in decision.left_out} == {voices[6].group_id, voices[7].group_id}
