"""The commands of reference data, as scripts call them."""

import io
import json

import pytest
from django.core.management import call_command

from tissage.frameworks.models import FrameworkVersion
from tissage.frameworks.queries import nomenclature_of


def test_a_code_is_read_without_any_installation(tissage):
    answer = tissage("parse-code", "A01-11/P15/k", "--json")
    assert (answer.code, answer.json) == (
        0,
        {"object": "A01", "sub_component": "11", "sense": "P15", "letter": "P", "beneficiary": "k"},
    )
    assert not (tissage.home / "tissage.sqlite3").exists()


def test_a_malformed_code_is_refused_as_data_and_in_words(tissage):
    answer = tissage("parse-code", "A01//k", "--json")
    assert answer.code == 1
    assert set(answer.json) == {"error", "part"}
    assert answer.json["part"] == "sense"
    assert answer.json["error"] in answer.err
    assert "Traceback" not in answer.err


def run(*arguments):
    """One command in this process: (exit status, standard output, standard error)."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        return stop.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("A01-11/P15/k", ["Alimentation / boisson", "sous-composante 11", "obstacle financier", "mes enfants", "confirmé"]),
        ("D03", ["Amitié", "partiel"]),
        ("A01/P--", ["Possibilité"]),
        ("Z99/Q11/z", ["Z99", "inconnu de la nomenclature livrée"]),
    ],
)
def test_a_code_is_explained_in_words(code, words):
    status, out, _err = run("parse_code", code)
    assert status == 0
    assert [word for word in words if word not in out] == []


@pytest.mark.parametrize(("code", "part"), [("", "code"), ("A", "object"), ("A01-/P", "sub_component"), ("A01/P15/K", "beneficiary")])
def test_each_malformed_part_is_named(code, part):
    status, out, err = run("parse_code", code, "--json")
    assert (status, json.loads(out)["part"]) == (1, part)
    assert err


def test_an_export_imports_without_difference(version, tmp_path):
    path = tmp_path / "n.csv"
    assert json.loads(run("export_nomenclature", path, "--json")[1]) == {"file": str(path), "version": version.label, "codes": 121}
    status, out, _err = run("import_nomenclature", path, "--label", "copie", "--json")
    result = json.loads(out)
    assert (status, result["added"], result["changed"], result["missing"], result["unchanged"]) == (0, [], [], [], 121)
    copy = FrameworkVersion.objects.get(label="copie")
    assert (copy.is_draft, nomenclature_of(copy).terms) == (True, nomenclature_of(version).terms)
    again = json.loads(run("import_nomenclature", path, "--label", "copie", "--json")[1])
    assert (again["written"], FrameworkVersion.objects.filter(framework__slug="spiral").count()) == (False, 2)


def test_a_version_is_exported_by_name(version, draft, tmp_path):
    path = tmp_path / "n.csv"
    assert run("export_nomenclature", path, "--version", draft.label)[0] == 0
    assert "Numérique" in path.read_text(encoding="utf-8")
    status, out, _err = run("export_nomenclature", path, "--version", "nulle part", "--json")
    assert (status, "2019-tissage-1, 2026-relecture-1" in json.loads(out)["error"]) == (1, True)


def test_a_dry_run_says_what_would_change_and_writes_nothing(version, tmp_path):
    path = tmp_path / "n.csv"
    path.write_text("kind,code,label_fr\nbeneficiary,v,mes voisins\n", encoding="utf-8")
    result = json.loads(run("import_nomenclature", path, "--label", "essai", "--dry-run", "--json")[1])
    assert (result["written"], result["added"], result["missing"]) == (False, ["beneficiary v"], ["beneficiary k"])
    assert result["kept"] == {"dimension": 9, "component": 66, "sense_letter": 5, "sense": 40}
    assert FrameworkVersion.objects.get(framework__slug="spiral") == version


def test_a_version_is_published_at_once_when_asked(version, tmp_path):
    path = tmp_path / "n.csv"
    path.write_text("kind,code,label_fr\nbeneficiary,v,mes voisins\n", encoding="utf-8")
    assert json.loads(run("import_nomenclature", path, "--label", "essai", "--publish", "--json")[1])["published"] is True
    assert FrameworkVersion.objects.published().filter(label="essai").exists()


def test_a_file_with_problems_writes_nothing_and_says_each_line(version, tmp_path):
    path = tmp_path / "n.csv"
    path.write_text("kind,code,label_fr\nbeneficiary,K,mes voisins\nbeneficiary,k,\n", encoding="utf-8")
    status, out, err = run("import_nomenclature", path, "--label", "essai", "--publish", "--json")
    problems = json.loads(out)["problems"]
    assert (status, [(one["line"], one["column"], one["value"]) for one in problems]) == (1, [(2, "code", "K"), (3, "label_fr", "")])
    assert "Ligne 2" in err
    assert FrameworkVersion.objects.get(framework__slug="spiral") == version


@pytest.mark.parametrize("arguments", [("absent.csv", "--label", "x"), ("{here}", "--label", "2019-tissage-1")])
def test_a_missing_file_and_a_name_taken_are_refusals(version, tmp_path, arguments):
    here = tmp_path / "n.csv"
    here.write_text("kind,code,label_fr\nbeneficiary,v,mes voisins\n", encoding="utf-8")
    status, out, _err = run("import_nomenclature", *(one.format(here=here) for one in arguments), "--json")
    assert (status, bool(json.loads(out)["error"])) == (1, True)
    assert FrameworkVersion.objects.get(framework__slug="spiral") == version
