"""A table of organisations beside the register: nineteen lines of a real collective, and what a file may hold that is wrong."""

from pathlib import Path

import pytest

from tissage.core.register_rows import Known, bare, parents_to_make, propose, read_header, read_rows

MEMBERS = [
    "MARS - Mons arts de la scène",
    "Picardie Laïque – relais montois",
    "Police Mons-Quévy",
    "Plaza",
    "Police Mons-Quévy",
    "Tels Quels ASBL",
    "UMONS",
    "Unia",
    "Violences et Mariages Forcés ASBL",
    "Cité de l’Enfance – CPAS Mons",
    "Centre de Planning Familial « La Famille Heureuse » Mons",
    "Centre Local de Promotion de la Santé de Mons-Soignies - CLPS",
    "Collectif Santé Mons-Borinage",
    "Comité Inter-Universitaire des étudiants en Médecine - CIUM",
    "Espace P…",
    "Infor Jeune Mons",
    "Haute école en Hainaut",
    "Maison Arc-en-Ciel Mons",
    "Maison de l‘Adolescent « Equipaj » CPAS Mons",
]
CPAS = Known(1, "CPAS de Mons")
KINDS = {"asbl": "asbl", "cpas": "cpas"}


def rows_of(*cells, header=("Nom",)):
    return read_rows(
        read_header(header), [(number, line if isinstance(line, list) else [line]) for number, line in enumerate(cells, 2)], KINDS
    )


def test_nineteen_lines_propose_eighteen_organisations_one_merge_and_two_parents():
    rows, problems = rows_of(*MEMBERS)
    proposals = propose(rows, [CPAS])
    assert problems == []
    assert len(proposals) == 18
    assert [(one.name, one.merged) for one in proposals if one.merged] == [("Police Mons-Quévy", (6,))]
    parented = [(one.name, one.parent_known, one.parent_is_read_in_the_name) for one in proposals if one.parent]
    assert parented == [("Cité de l’Enfance – CPAS Mons", 1, True), ("Maison de l‘Adolescent « Equipaj » CPAS Mons", 1, True)]
    assert parents_to_make(proposals) == []


def test_a_parent_that_nobody_wrote_is_said_to_be_made_once():
    rows, _ = rows_of(*MEMBERS)
    assert parents_to_make(propose(rows, [])) == ["CPAS Mons"]


def test_a_number_comes_before_a_name_and_two_numbers_are_two_organisations():
    known = [Known(7, "Maison de quartier", number="0878502472")]
    rows, problems = rows_of(["Autre nom", "BE 0878.502.472"], ["Maison de quartier", ""], header=("Nom", "BCE"))
    assert (problems, [one.known for one in propose(rows, known)]) == ([], [7, 7])
    rows, _ = rows_of(["Maison de quartier", "0403.101.811"], header=("Nom", "BCE"))
    assert [one.known for one in propose(rows, known)] == [None]


def test_an_import_fills_what_is_empty_and_keeps_what_stands():
    known = [Known(7, "La Ruche", filled={"email": "ici@ruche.example", "phone": ""})]
    rows, _ = rows_of(["la ruche asbl", "autre@ruche.example", "065 00 00 00"], header=("Nom", "E-mail", "Téléphone"))
    (one,) = propose(rows, known)
    assert (one.known, one.fills, one.kept) == (7, ("phone",), ("email",))


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (["", "0878502472", "", ""], "name"),
        (["A", "0878502473", "", ""], "enterprise_number"),
        (["A", "", "licorne", ""], "kind"),
        (["A", "", "", "pas-une-adresse"], "email"),
        (["A" * 201, "", "", ""], "name"),
    ],
)
def test_what_cannot_be_read_names_its_line_its_column_and_its_value(cells, column):
    rows, problems = rows_of(cells, header=("Nom", "BCE", "Genre", "E-mail"))
    assert rows == []
    assert [(one.line, one.column) for one in problems] == [(2, column)]
    assert str(problems[0].message)


def test_small_words_and_marks_do_not_tell_two_names_apart():
    assert bare("CPAS de Mons") == bare("C.P.A.S  Mons".replace(".", "")) == bare("cpas mons")
    assert bare("Espace P…") == bare("Espace P")
    assert bare("La Famille Heureuse") != bare("La Maison Heureuse")


def test_the_real_list_is_the_nineteen_lines_above():
    source = Path(__file__).parents[3] / "shared" / "sources" / "000_2566c21ba19e7dfa.txt"
    if source.is_file():
        text = " ".join(source.read_text(encoding="utf-8").split())
        assert all(" ".join(name.split()[:2]) in text for name in MEMBERS)
