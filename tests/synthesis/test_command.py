from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.management import call_command

from tests.synthesis.voices import say
from tissage.frameworks.queries import chosen_version
from tissage.synthesis.exchange.dictionary import CUBE_COLUMNS, JSON_KEYS

KEYS = {
    "criteria", "expressions", "groups", "groups_heard", "by_question", "by_dimension", "by_component", "by_letter", "by_group",
    "coded", "uncoded", "in_general", "cube", "nomenclature",
}  # fmt: skip


def synthesis(*arguments: str) -> dict:
    out = io.StringIO()
    call_command("synthesis", *arguments, "--json", stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


def refusal(*arguments: str) -> dict:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("synthesis", *arguments, "--json", stdout=out, stderr=err)
    assert stopped.value.code == 1
    answer = json.loads(out.getvalue())
    assert err.getvalue().strip() == answer["error"]
    return answer


def rows_of(path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), delimiter=";"))


def test_the_json_holds_the_counts_and_the_cube(territory, voices):
    answer = synthesis("sormont")
    assert set(answer) == KEYS
    assert (answer["criteria"], answer["expressions"], answer["groups"], answer["groups_heard"]) == (8, 11, 4, 4)
    assert answer["by_question"] == {"ACT": 1, "IB": 1, "WB": 6}
    assert answer["by_dimension"] == {"A": 4, "D": 1, "F": 1, "H": 1}
    assert answer["by_component"] == {"A01": 4, "D03": 1, "F00": 1, "H03": 1}
    assert answer["by_letter"] == {"O": 2, "P": 2, "Q": 2}
    assert answer["by_group"] == {"Aînés": 3, "Jeunes du centre": 3, "Petit groupe": 1, "Sans accord": 1}
    version = chosen_version(territory)
    assert answer["nomenclature"] == {"framework": version.framework.name, "version": version.label}
    assert {"group": "Jeunes du centre", "question": "WB", "component": "A01", "letter": "P", "criteria": 1, "expressions": 3} in answer[
        "cube"
    ]
    assert sum(row["criteria"] for row in answer["cube"]) == 8


def test_a_selection_of_groups_and_questions(territory, voices):
    answer = synthesis("sormont", "--group", "Aînés", "--group", "jeunes du CENTRE", "--question", "WB", "--question", "IB")
    assert (answer["criteria"], answer["groups"]) == (5, 2)
    assert answer["by_question"] == {"IB": 1, "WB": 4}


def test_an_empty_territory_has_a_synthesis_too(territory):
    answer = synthesis("sormont")
    assert (answer["criteria"], answer["cube"], answer["by_group"]) == (0, [], {})


def test_the_public_view_applies_consent_and_suppression(territory, voices):
    answer = synthesis("sormont", "--public")
    assert set(answer) == KEYS | {"rule"}
    assert answer["criteria"] == 6
    assert answer["by_group"] == {"Groupe A": 3, "Jeunes": 3}
    assert "Petit groupe" not in json.dumps(answer)
    assert "Sans accord" not in json.dumps(answer)


@pytest.mark.parametrize(
    ("arguments", "key", "known"),
    [
        (["nulle-part"], "territories", ["sormont"]),
        (["sormont", "--group", "Inconnu"], "groups", ["Aînés", "Jeunes du centre", "Petit groupe", "Sans accord"]),
        (["sormont", "--question", "XX"], "questions", ["WB", "IB", "ACT"]),
    ],
)
def test_what_is_unknown_is_refused_with_what_is_known(territory, voices, arguments, key, known):
    answer = refusal(*arguments)
    assert answer[key] == known
    assert arguments[-1] in answer["error"]
    assert known[0] in answer["error"]


def test_the_cube_goes_to_csv_with_its_dictionary(territory, voices, jeunes, tmp_path):
    jeunes.name = "=HYPERLINK(1)"
    jeunes.save()
    path = tmp_path / "cube.csv"
    call_command("synthesis", "sormont", "--csv", str(path), stdout=io.StringIO(), stderr=io.StringIO())
    rows = rows_of(path)
    assert list(rows[0]) == [column.name for column in CUBE_COLUMNS]
    assert sum(int(row["criteria"]) for row in rows) == 8
    assert {row["group"] for row in rows} == {"'=HYPERLINK(1)", "Aînés", "Petit groupe", "Sans accord"}
    assert {(row["component"], row["dimension"]) for row in rows} == {("A01", "A"), ("D03", "D"), ("F00", "F"), ("H03", "H"), ("", "")}
    dictionary = rows_of(tmp_path / "cube.dictionary.csv")
    assert [row["name"] for row in dictionary] == [column.name for column in CUBE_COLUMNS]
    assert all(row["meaning_fr"] and row["meaning_en"] and row["type"] for row in dictionary)


def test_a_file_that_cannot_be_written_is_refused(territory, voices, tmp_path):
    assert "absent" in refusal("sormont", "--csv", str(tmp_path / "absent" / "cube.csv"))["error"]


def test_the_pdf_is_written(territory, voices, tmp_path):
    path = tmp_path / "synthese.pdf"
    call_command("synthesis", "sormont", "--pdf", str(path), stdout=io.StringIO(), stderr=io.StringIO())
    assert path.read_bytes().startswith(b"%PDF-")


def test_without_json_it_is_told_in_words(territory, voices):
    out = io.StringIO()
    call_command("synthesis", "sormont", stdout=out)
    assert out.getvalue().startswith("8 critères, 11 expressions, 4 groupes entendus sur 4.")


def test_every_key_of_the_json_is_in_the_dictionary(territory, voices):
    assert {column.name for column in JSON_KEYS} == KEYS | {"rule"}


def test_counting_does_not_grow_with_the_criteria(territory, voices, jeunes, django_assert_max_num_queries):
    for number in range(3):
        say(jeunes, f"encore {number}", "B01")
    with django_assert_max_num_queries(14):
        synthesis("sormont")
