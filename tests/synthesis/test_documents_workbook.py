"""The synthesis as a spreadsheet: cells equal what was said, and no cell of a resident is a formula."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from tissage.synthesis.documents import render_xlsx, write_xlsx

from .papers import HOSTILE, OLD, PARENTS, USUAL, YOUNG, Group, Said, document

SHEETS = ["Lisez-moi", "Dimensions", "Composantes", "Questions × groupes", "Cube", "Critères", "Dictionnaire"]


def cells(xlsx: bytes, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(xlsx)).get_sheet_by_name(sheet).to_python()


def statements(xlsx: bytes) -> list[object]:
    heading, *rows = cells(xlsx, "Critères")
    return [row[heading.index("Critère")] for row in rows]


@pytest.fixture(scope="module")
def usual() -> bytes:
    return render_xlsx(document())


def test_the_sheets_come_in_the_order_of_reading(usual):
    assert CalamineWorkbook.from_filelike(io.BytesIO(usual)).sheet_names == SHEETS


def test_dimensions_hold_every_letter_silent_ones_too(usual):
    rows = {row[0]: row[3:8] for row in cells(usual, "Dimensions")[1:10]}
    assert rows["A"] == [3.0, 5.0, 0.0, 2.0, "Jeunes, Parents"]
    assert rows["G"] == [0.0, 0.0, 0.0, 0.0, ""]
    assert list(rows) == list("ABCDEFGHI")


def test_components_hold_the_whole_nomenclature(usual):
    rows = {row[0]: row for row in cells(usual, "Composantes")[1:]}
    assert rows["A03"][1:] == [
        "Logement / mobilier", "confirmé", "A Accès aux moyens de vie / aux ressources essentielles", 2.0, 4.0, 1.0, "Parents",
    ]  # fmt: skip
    assert rows["I00"][2] == "libellé non vérifié"
    assert len(rows) == 66


def test_questions_by_group_count_criteria(usual):
    assert cells(usual, "Questions × groupes") == [
        ["Groupe", "Le bien-être", "Le mal-être", "Ce que je fais et peux faire", "Critères", "Expressions"],
        [OLD.name, 1.0, 1.0, 0.0, 2.0, 2.0],
        [YOUNG.name, 1.0, 0.0, 1.0, 2.0, 2.0],
        [PARENTS.name, 3.0, 0.0, 0.0, 3.0, 5.0],
    ]


def test_the_cube_holds_each_count_once(usual):
    heading, *rows = cells(usual, "Cube")
    assert heading == ["Groupe", "Question", "Dimension", "Composante", "Lettre", "Critères", "Expressions"]
    assert ["Parents", "WB", "A", "A03", "P", 2.0, 4.0] in rows
    assert sum(row[5] for row in rows) == len(USUAL)
    assert sum(row[6] for row in rows) == sum(one.times for one in USUAL)


def test_every_criterion_has_its_row(usual):
    heading, *rows = cells(usual, "Critères")
    assert [(row[heading.index("Critère")], row[heading.index("Code")], row[heading.index("Expressions")]) for row in rows] == [
        (one.text, one.code, float(one.times)) for one in sorted(USUAL, key=lambda one: one.code[:3] or "~")
    ]


def test_the_dictionary_says_what_every_column_of_the_cube_holds(usual):
    heading, *rows = cells(usual, "Dictionnaire")
    assert heading[:3] == ["Table", "Colonne", "Ce qu’elle dit"]
    assert {"group", "question", "component", "letter", "criteria", "expressions"} <= {row[1] for row in rows if row[0] == "Cube"}
    assert all(row[2] for row in rows)


def test_the_first_sheet_says_version_rule_and_nomenclature():
    xlsx = render_xlsx(document(version=2, audience="public", rule="Seuil : 5 personnes."))
    told = {row[0]: row[1] for row in cells(xlsx, "Lisez-moi") if row[0]}
    assert told["Version"].startswith("Version 2")
    assert told["Règle de publication"] == "Seuil : 5 personnes."
    assert told["Nomenclature"] == "SPIRAL, version d’essai"


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "=1+1", "\tdébut", "12", "2026-01-01", "https://exemple.be", "un\ndeux", "  espaces  "]
)
def test_what_a_resident_typed_is_a_text(text):
    xlsx = render_xlsx(document([Said(text, "A01", group=Group(5, "=cmd()"))], [Group(5, "=cmd()")]))
    assert statements(xlsx) == [text]
    archive = zipfile.ZipFile(io.BytesIO(xlsx))
    sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert [sheet for sheet in sheets if re.search("<f[ >]|<hyperlink", sheet)] == []


def test_a_statement_longer_than_a_cell_says_that_it_goes_on():
    (text,) = statements(render_xlsx(document([Said("x" * 40_000, "A01")])))
    assert len(text) == 32_767
    assert text.endswith("… [la suite est dans le PDF]")


def test_tables_are_frozen_filtered_and_repeat_their_heading(usual):
    archive = zipfile.ZipFile(io.BytesIO(usual))
    for number in range(2, 8):
        sheet = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
        assert 'state="frozen"' in sheet
        assert "<autoFilter" in sheet
    assert archive.read("xl/workbook.xml").decode().count("_xlnm.Print_Titles") == 6


def test_the_same_document_gives_the_same_bytes(tmp_path, usual):
    write_xlsx(document(), tmp_path / "synthese.xlsx")
    assert (tmp_path / "synthese.xlsx").read_bytes() == usual


def test_an_empty_selection_has_its_sheets():
    assert CalamineWorkbook.from_filelike(io.BytesIO(render_xlsx(document([])))).sheet_names == SHEETS
