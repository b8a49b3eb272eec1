"""Files made to do harm: too large once unpacked, damaged inside, or named after a place they should not go."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from tissage.people.exchange.errors import UnreadableFile
from tissage.voices.exchange.sources import open_source
from tissage.voices.models import Batch, Criterion
from tissage.voices.operations.batches import imports_folder

NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(body: str, prologue: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "content.xml",
            f"{prologue}<office:document-content {NAMESPACES}><office:body><office:spreadsheet><table:table>{body}</table:table>"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return stream.getvalue()


def row(*texts: str, more: str = "") -> str:
    return (
        "<table:table-row>"
        + "".join(f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>" for text in texts)
        + "</table:table-row>"
    )


def xlsx_bomb() -> bytes:
    """A few hundred kilobytes that unpack to two hundred megabytes."""
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream)
    workbook.add_worksheet().write_row(0, 0, ["groupe", "question", "texte"])
    workbook.close()
    bomb = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
        archive.writestr("xl/worksheets/padding.xml", b" " * (200 * 1024 * 1024))
    return bomb.getvalue()


def far_apart() -> bytes:
    """Two cells in opposite corners: the reader would ask for five hundred gigabytes and stop the server."""
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream)
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["groupe", "question", "texte"])
    sheet.write(1_048_575, 16_383, "loin")
    workbook.close()
    return stream.getvalue()


HOSTILE = {
    "two cells far apart.xlsx": far_apart,
    "unpacks beyond measure.xlsx": xlsx_bomb,
    "unpacks beyond measure.ods": lambda: ods(row("a" * 100_000_000)),
    "laughs a billion times.ods": lambda: ods(
        row("&l9;"),
        "<!DOCTYPE x [<!ENTITY l0 'ha'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10)) + "]>",
    ),
    "reads a file of the server.ods": lambda: ods(row("&f;"), "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"),
    "a repeat that is no number.ods": lambda: ods(row("groupe", more='table:number-columns-repeated="many"')),
    "not an archive.xlsx": lambda: b"PK\x03\x04 nothing",
    "not an archive.ods": lambda: b"nothing",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_in_words(name, territory, alice, as_user):
    client = as_user(alice)
    given = client.post("/territoires/sormont/imports/nouveau/", {"file": SimpleUploadedFile(name, HOSTILE[name]())}, follow=True)
    assert given.status_code == 200
    assert "root:" not in given.content.decode()
    assert Batch.objects.get().state in (Batch.State.FAILED, Batch.State.PREVIEW)
    assert Criterion.objects.count() == 0


def test_a_workbook_that_unpacks_beyond_measure_is_not_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(xlsx_bomb())
    with pytest.raises(UnreadableFile, match="démesuré"):
        open_source(path, "xlsx")


@pytest.mark.parametrize(
    "name", ["../../../../tmp/tissage-was-here.csv", "/tmp/tissage-was-here.csv", "..\\..\\tissage-was-here.csv", "a\x00b.csv"]
)
def test_the_name_of_a_file_decides_nothing(name, territory, alice, as_user):
    table = b"groupe;question;texte\nJeunes;WB;bien manger\n"
    upload = SimpleUploadedFile("x.csv", table)
    upload._name = name  # what a browser that lies would send
    answer = as_user(alice).post("/territoires/sormont/imports/nouveau/", {"file": upload}, follow=True)
    assert answer.status_code == 200
    for batch in Batch.objects.all():
        assert "/" not in batch.file_name
    kept = [path.name for path in imports_folder().rglob("*")] if imports_folder().exists() else []
    assert not any("was-here" in path for path in kept)
    assert all(path.stat().st_mode & 0o077 == 0 for path in imports_folder().rglob("*"))
