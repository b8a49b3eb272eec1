"""The command line of imports and exports: standard output holds only the JSON, on refusal too."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from tests.voices.importing import DATA, table
from tissage.people.models import Territory
from tissage.voices.models import Criterion

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    """`run("import_criteria", path, territory="ville")` → (exit status, JSON of standard output, standard error)."""

    def run(name: str, *arguments: object, **options: object):
        status = 0
        try:
            call_command(name, *map(str, arguments), json=True, **options)
        except SystemExit as stop:
            status = int(stop.code or 0)
        out, err = capsys.readouterr()
        return status, json.loads(out), err

    return run


def test_a_page_twice(run):
    expected = {
        "territory": "ville",
        "groups": 3,
        "criteria": 4,
        "expressions": 7,
        "created": 4,
        "changed": 0,
        "unchanged": 0,
        "problems": [],
    }
    status, answer, err = run("import_wikispiral", DATA / "page.txt", territory="ville")
    assert (status, {name: answer[name] for name in expected}, err) == (0, expected, "")
    assert set(answer) == {*expected, "notices"}
    assert [set(notice) for notice in answer["notices"]] == [{"line", "column", "value", "message"}]
    status, answer, _ = run("import_wikispiral", DATA / "page.html", territory="ville")
    assert (status, answer["created"], answer["unchanged"]) == (0, 0, 4)


def test_a_dry_run_writes_nothing(run):
    status, answer, _ = run("import_wikispiral", DATA / "page.txt", territory="ville", dry_run=True)
    assert (status, answer["created"], Territory.objects.count()) == (0, 4, 0)


def test_problems_refuse_and_make_no_territory_unless_accepted(run, tmp_path):
    path = table(tmp_path, "1,Jeunes,WB,x,rire,G05,,", "2,Jeunes,WB,1,sourire,G05,,")
    status, answer, err = run("import_criteria", path, territory="ville")
    assert (status, Territory.objects.count(), answer["criteria"]) == (1, 0, 1)
    assert [(problem["line"], problem["column"], problem["value"]) for problem in answer["problems"]] == [(2, "nb", "x")]
    assert "error" in answer
    assert "Ligne 2" in err
    status, answer, _ = run("import_criteria", path, territory="ville", accept_problems=True)
    assert (status, answer["created"], len(answer["problems"]), Criterion.objects.live().count()) == (0, 1, 1, 1)


def test_lines_with_group_and_question(run, tmp_path):
    path = tmp_path / "t.txt"
    path.write_text("4;avoir beaucoup d’amis;D03\n", encoding="utf-8")
    status, answer, _ = run("import_criteria", path, territory="ville")
    assert (status, "--group" in answer["error"]) == (1, True)
    status, answer, _ = run("import_criteria", path, territory="ville", group="Jeunes", question="WB")
    assert (status, answer["created"], answer["expressions"]) == (0, 1, 4)


@pytest.mark.parametrize("name", ["absent.csv", "x.docx", "vide.csv"])
def test_an_unreadable_file_is_refused_in_json(run, tmp_path, name):
    if name != "absent.csv":
        (tmp_path / name).write_text("")
    status, answer, _ = run("import_criteria", tmp_path / name, territory="ville")
    assert (status, list(answer)) == (1, ["error", "territory"])


@pytest.mark.parametrize("format", ["csv", "xlsx", "ods", "jsonl"])
def test_an_export_makes_the_same_territory_elsewhere(run, tmp_path, format):
    run("import_wikispiral", DATA / "page.txt", territory="ville")
    out = tmp_path / f"out.{format}"
    status, answer, _ = run("export_criteria", "ville", out, format=format)
    assert (status, answer["criteria"]) == (0, 4)
    status, answer, _ = run("import_criteria", out, territory="copie")
    assert (status, answer["created"], Territory.objects.get(slug="copie").name) == (0, 4, "Ville")
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_an_export_of_nothing_known_is_refused(run, tmp_path, territory):
    assert "n’existe pas" in run("export_criteria", "nulle-part", tmp_path / "o.csv", format="csv")[1]["error"]
    assert "n’est pas connu" in run("export_criteria", "sormont", tmp_path / "o.pdf", format="pdf")[1]["error"]
    assert list(tmp_path.iterdir()) == []
