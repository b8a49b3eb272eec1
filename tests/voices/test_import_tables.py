"""Tables of a town's own, in any format: delimiters, marks, encodings, unknown headers, typed cells, broken lines."""

from __future__ import annotations

import io
import json

import pytest
import xlsxwriter

from tests.voices.importing import bring, table
from tissage.core.columns import read_header
from tissage.people.exchange.errors import UnreadableFile
from tissage.voices.exchange.ods import read_rows, write_ods
from tissage.voices.exchange.sources import format_of, open_source
from tissage.voices.models import Criterion, Expression, Question
from tissage.voices.operations import ImportRefused

pytestmark = pytest.mark.django_db


def texts():
    return list(Criterion.objects.live().order_by("pk").values_list("group__name", "question__code", "imported_count", "text", "component"))


EXPECTED = [("Jeunes", "WB", 2, "un toit; un vrai", "A03"), ("Aînés", "IB", 1, "=SOMME(A1)", "")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_with_any_delimiter_and_encoding(territory, tmp_path, delimiter, encoding):
    rows = [["Groupe", "Question", "NB", "Critère", "Composante"], ["Jeunes", "WB", "2", '"un toit; un vrai"', "A03"]]
    rows += [["Aînés", "ib", "", "'=SOMME(A1)", ""], ["", "", "", "", ""]]
    path = tmp_path / "t.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    plan, _ = bring(path, "csv")
    assert texts() == EXPECTED
    assert [notice.column for notice in plan.notices.kept] == (["encodage"] if encoding == "cp1252" else [])


def test_xlsx_and_ods_with_typed_cells(territory, tmp_path):
    heading = ["Groupe", "Question", "NB", "Critère", "Composante"]
    rows = [["Jeunes", "WB", 2, "un toit; un vrai", "A03"], ["Aînés", "IB", 1, "=SOMME(A1)", ""]]
    workbook = xlsxwriter.Workbook(tmp_path / "t.xlsx", {"strings_to_formulas": False})
    sheet = workbook.add_worksheet()
    for number, row in enumerate([heading, *rows]):
        sheet.write_row(number + 2, 0, row)
    workbook.close()
    with (tmp_path / "t.ods").open("wb") as stream:
        write_ods(stream, "t", heading, rows)
    _plan, _ = bring(tmp_path / "t.xlsx", "xlsx")
    assert texts() == EXPECTED
    assert bring(tmp_path / "t.ods", "ods")[0].unchanged == 2


def test_a_line_of_a_spreadsheet_is_said_as_the_person_sees_it(territory, tmp_path):
    workbook = xlsxwriter.Workbook(tmp_path / "t.xlsx")
    sheet = workbook.add_worksheet()
    for number, row in ((3, ["Groupe", "Question", "Critère", "NB"]), (5, ["Jeunes", "WB", "rire", "beaucoup"])):
        sheet.write_row(number, 1, row)
    workbook.close()
    with pytest.raises(ImportRefused) as refused:
        bring(tmp_path / "t.xlsx", "xlsx")
    assert [(found.line, found.column, found.value) for found in refused.value.plan.problems.kept] == [(6, "NB", "beaucoup")]


def test_json_lines_with_notes_and_broken_lines(territory, tmp_path):
    path = tmp_path / "t.jsonl"
    good = {
        "group": "Jeunes",
        "question": "WB",
        "count": 0,
        "text": "rire",
        "expressions": ["on rit", {"text": "lachen", "language": "nl"}],
    }
    path.write_text(
        "\n".join([json.dumps(good), "{", "[1]", json.dumps({**good, "text": True}), json.dumps({**good, "text": "a\ud800"})]),
        encoding="utf-8",
    )
    with pytest.raises(ImportRefused) as refused:
        bring(path, "jsonl")
    assert [found.line for found in refused.value.plan.problems.kept] == [2, 3, 4, 5]
    bring(path, "jsonl", accept_problems=True)
    one = Criterion.objects.live().get()
    assert (one.imported_count, one.expression_count) == (0, 2)
    assert list(Expression.objects.live().order_by("pk").values_list("text", "language", "criterion")) == [
        ("on rit", "", one.pk),
        ("lachen", "nl", one.pk),
    ]


def test_lines_take_the_group_and_question_chosen(territory, tmp_path):
    path = tmp_path / "t.txt"
    path.write_text("1;Having a well-paid job;A06\n\n4;Having; many friends;D03\n2;Being ill;\n", encoding="utf-8")
    bring(path, "lines", group="Jeunes", question="WB")
    assert texts() == [
        ("Jeunes", "WB", 1, "Having a well-paid job", "A06"),
        ("Jeunes", "WB", 4, "Having; many friends", "D03"),
        ("Jeunes", "WB", 2, "Being ill", ""),
    ]
    path.write_text("un toit\n0;rire;\n1;rire;Z?9\n", encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        bring(path, "lines", group="Jeunes", question="WB")
    assert [(found.line, found.column) for found in refused.value.plan.problems.kept] == [(1, "ligne"), (2, "NB"), (3, "composante")]


def test_a_broken_quotation_says_its_line_and_the_rest_is_read(territory, tmp_path):
    path = table(tmp_path, '1,Jeunes,WB,1,"un "toit,A03,,', "2,Jeunes,WB,1,rire,,,", '3,Jeunes,WB,1,"jamais fermé,,,')
    with pytest.raises(ImportRefused) as refused:
        bring(path, "csv")
    assert [found.line for found in refused.value.plan.problems.kept] == [2, 4]
    bring(path, "csv", accept_problems=True)
    assert [row[3] for row in texts()] == ["rire"]


def test_a_row_says_all_its_problems_at_once(territory, tmp_path):
    with pytest.raises(ImportRefused) as refused:
        bring(table(tmp_path, "1,,,x, ,A1,,", "2,Jeunes,WB,1,rire"), "csv")
    found = [(problem.line, problem.column) for problem in refused.value.plan.problems.kept]
    assert found == [(2, "critère"), (2, "nb"), (2, "groupe"), (2, "question"), (2, "composante"), (3, "ligne")]


def test_a_new_question_comes_with_the_import(territory, tmp_path):
    bring(table(tmp_path, "1,Jeunes,Q4,1,rire,,,"), "csv")
    assert Question.objects.get(territory=territory, code="Q4").is_protected is False


@pytest.mark.parametrize(
    ("header", "fields", "certain"),
    [
        (["Groupe", "QUESTION", "Critere", "NB"], ("group", "question", "text", "count"), True),
        (["group", "question", "text", "code"], ("group", "question", "text", "code"), True),
        (["Nom du groupe homogène", "Questions", "Post-it", "Couleur"], ("group", "question", "text", ""), False),
        (["Phrase", "Phrase"], ("text", ""), False),
    ],
)
def test_a_header_is_recognised_by_folded_names(header, fields, certain):
    reading = read_header(header)
    assert (reading.fields, reading.certain) == (fields, certain)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"PK\x03\x04rien", b"\x81\x8d\x8f\x90"])
@pytest.mark.parametrize("format", ["csv", "xlsx", "ods", "jsonl", "wikispiral"])
def test_a_file_of_another_kind_is_refused_in_words(tmp_path, content, format):
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        open_source(path, format)


def test_an_unknown_extension_or_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="pas connu"):
        format_of(tmp_path / "x.docx")
    with pytest.raises(UnreadableFile, match="n’existe pas"):
        open_source(tmp_path / "x.csv", "csv")


def test_an_ods_with_repeated_and_empty_cells_is_read_in_place(tmp_path):
    import zipfile

    path = tmp_path / "t.ods"
    start = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        "<office:body><office:spreadsheet><table:table>"
    )
    rows = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell>"
        '<table:table-cell><text:p>c</text:p></table:table-cell><table:table-cell table:number-columns-repeated="9"/></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="float" office:value="2" table:number-columns-repeated="2"><text:p>2,00</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2014-02-26T08:49:00"><text:p>26/02/14</text:p></table:table-cell></table:table-row>'
        '<table:table-row><table:table-cell><text:p>un<text:s text:c="2"/>toit<text:line-break/>rouge</text:p><text:p>ou <text:span>bleu</text:span></text:p></table:table-cell></table:table-row>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", start + rows + "</table:table></office:spreadsheet></office:body></office:document-content>")
    assert list(read_rows(path)) == [(3, ["a", "b", "c"]), (4, ["2", "2", "2014-02-26 08:49"]), (5, ["un  toit\nrouge\nou bleu", "", ""])]


def test_what_ods_writes_it_reads_back():
    stream = io.BytesIO()
    assert write_ods(stream, "é & <co>", ["a"], [["x"], [3]]) == 2
    stream.seek(0)
    import zipfile

    archive = zipfile.ZipFile(stream)
    assert archive.namelist()[0] == "mimetype"
    assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
