"""Importing again: the same file changes nothing, a changed one shows and makes exactly its difference, corrections stand."""

from __future__ import annotations

import pytest

from tests.voices.importing import DATA, bring, table
from tissage.core.codes import Code
from tissage.voices.models import Batch, Change, Coding, Criterion, HomogeneousGroup
from tissage.voices.operations.codings import set_code
from tissage.voices.operations.criteria import edit_criterion, merge_criteria, withdraw_criterion

pytestmark = pytest.mark.django_db
FIRST = ("1,Jeunes,WB,2,être entouré,D03,O21,j'ai des amis", "2,Jeunes,WB,1,un toit,A03,P,")


def everything():
    fields = (
        "external_id",
        "group__name",
        "question__code",
        "imported_count",
        "text",
        "search",
        "component",
        "letter",
        "sense",
        "proposition__text",
    )
    return list(Criterion.objects.live().order_by("external_id").values_list(*fields))


def test_the_same_file_changes_nothing(territory, tmp_path):
    bring(table(tmp_path, *FIRST), "csv")
    before = everything()
    plan, batch = bring(table(tmp_path, *FIRST), "csv")
    assert (plan.created, plan.changed, plan.unchanged, batch) == (0, 0, 2, None)
    assert everything() == before
    assert Batch.objects.count() == 1


def test_a_changed_file_shows_and_makes_exactly_its_difference(territory, tmp_path):
    bring(table(tmp_path, *FIRST), "csv")
    changed = table(tmp_path, "1,Jeunes,WB,5,être bien entouré,D03,Q20,j'ai des amis", FIRST[1], "3,Aînés,IB,1,la solitude,,,")
    plan, _ = bring(changed, "csv", dry_run=True)
    assert (plan.created, plan.changed, plan.unchanged) == (1, 1, 1)
    assert [(item.line, item.fields) for item in plan.differences] == [
        (2, {"count": ("2", "5"), "text": ("être entouré", "être bien entouré"), "code": ("D03/O21", "D03/Q20")})
    ]
    assert Criterion.objects.get(external_id="1").text == "être entouré"
    _, batch = bring(changed, "csv")
    one = Criterion.objects.get(external_id="1")
    assert (one.text, one.search, one.imported_count, one.expression_count, one.code, one.letter) == (
        "être bien entouré", "etre bien entoure", 5, 5, "D03/Q20", "Q",
    )  # fmt: skip
    assert [(coding.sense, coding.superseded_at is None) for coding in one.codings.order_by("pk")] == [("O21", False), ("Q20", True)]
    assert batch.report["changed"] == 1
    assert bring(changed, "csv")[0].unchanged == 3


def test_rows_without_identifier_are_known_again(territory, tmp_path):
    header = "groupe,question,critère,composante"
    rows = ("Jeunes,WB,rire,G05", "Jeunes,WB,rire,G05", "Jeunes,IB,rire,")
    assert bring(table(tmp_path, *rows, header=header), "csv")[0].created == 3
    assert bring(table(tmp_path, *rows, header=header), "csv")[0].unchanged == 3
    plan, _ = bring(table(tmp_path, rows[0], rows[1], "Jeunes,IB,rire,G01", header=header), "csv")
    assert (plan.created, plan.changed, plan.unchanged) == (0, 1, 2)


def test_a_correction_made_here_stands_when_the_same_file_comes_again(territory, tmp_path, alice, now):
    bring(table(tmp_path, *FIRST), "csv")
    one, two = Criterion.objects.order_by("external_id")
    edit_criterion(criterion=one, text="être entouré d’amis", by=alice, now=now)
    set_code(criterion=two, code=Code("A03", "", "P15", "k"), by=alice, now=now)
    plan, batch = bring(table(tmp_path, *FIRST), "csv")
    assert (plan.changed, plan.unchanged, batch) == (0, 2, None)
    assert [(notice.line, notice.column) for notice in plan.notices.kept] == [(2, "critère"), (3, "code")]
    two.refresh_from_db()
    assert two.code == "A03/P15/k"


def test_what_changed_in_the_file_wins_over_a_correction_and_is_shown(territory, tmp_path, alice, now):
    bring(table(tmp_path, *FIRST), "csv")
    edit_criterion(criterion=Criterion.objects.get(external_id="1"), text="être entouré d’amis", by=alice, now=now)
    plan, _ = bring(table(tmp_path, FIRST[0].replace("être entouré", "être aimé"), FIRST[1]), "csv")
    assert [item.fields for item in plan.differences] == [{"text": ("être entouré d’amis", "être aimé")}]


def test_merged_and_withdrawn_criteria_are_left_alone(territory, tmp_path, alice, now):
    rows = ("1,Jeunes,WB,1,rire,,,", "2,Jeunes,WB,2,rire souvent,,,", "3,Jeunes,WB,1,pleurer,,,")
    bring(table(tmp_path, *rows), "csv")
    one, two, three = Criterion.objects.order_by("external_id")
    merge_criteria(target=one, others=[two], by=alice, now=now)
    withdraw_criterion(criterion=three, reason="", by=alice, now=now)
    plan, _ = bring(table(tmp_path, rows[0], rows[1].replace(",2,", ",9,"), rows[2].replace("pleurer", "crier")), "csv")
    assert (plan.created, plan.changed, plan.unchanged) == (0, 0, 3)
    one.refresh_from_db()
    assert one.expression_count == 3


def test_a_renamed_group_is_known_by_its_name_in_the_file(territory):
    bring(DATA / "page.txt", "wikispiral", "sormont")
    HomogeneousGroup.objects.filter(name="Jeunes").update(name="Jeunes du canal")
    plan, batch = bring(DATA / "page.txt", "wikispiral", "sormont")
    assert (plan.created, plan.changed, plan.unchanged, batch) == (0, 0, 4, None)


def test_an_identifier_repeated_in_a_file(territory, tmp_path):
    plan, _ = bring(table(tmp_path, FIRST[0], FIRST[0]), "csv")
    assert (plan.criteria, plan.problems.total, plan.notices.total) == (1, 0, 1)
    plan, _ = bring(table(tmp_path, FIRST[0], FIRST[0].replace("entouré", "seul")), "csv", dry_run=True, accept_problems=True)
    assert [(problem.line, problem.column) for problem in plan.problems.kept] == [(3, "identifiant")]


def test_changes_and_codings_of_an_import_are_its_own(territory, tmp_path):
    bring(table(tmp_path, *FIRST), "csv")
    _, batch = bring(table(tmp_path, FIRST[0].replace("D03", "D04"), FIRST[1]), "csv")
    assert Change.objects.filter(batch=batch).count() == 1
    assert Coding.objects.filter(batch=batch, superseded_at=None).count() == 1
