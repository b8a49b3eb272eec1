"""`tissage import bookings`: the same reading from the command line, its counts as data; and the other formats of an extract."""

from __future__ import annotations

import datetime as dt
import io
import json
from decimal import Decimal

import pytest
from django.core.management import call_command

from tests.plan.ledgers import HEADER, plan_of, text_of
from tissage.plan.exchange.extracts import UnreadableFile, open_extract
from tissage.plan.models import Booking, BookingImport
from tissage.plan.operations.extract_files import extracts_folder

POSTER = "12;3/2/2026;84010/124-02;Imprimerie Delvaux;Affiches d’été;1.234,50;D"
ROOM = "13;4/2/2026;84010/125-48;ASBL Le Toit;Location;300,00;D"


@pytest.fixture
def plan(territory):
    return plan_of(territory)


def run(path, *more, code=0, plan="PCS", year="2026", **options):
    out = io.StringIO()
    arguments = ["import_bookings", str(path), "--territory", "sormont", "--plan", plan, "--year", year, "--json", *more]
    if code:
        with pytest.raises(SystemExit) as stopped:
            call_command(*arguments, stdout=out, stderr=io.StringIO(), **options)
        assert stopped.value.code == code
    else:
        call_command(*arguments, stdout=out, stderr=io.StringIO(), **options)
    return json.loads(out.getvalue())


def written(folder, content: bytes, name="extrait.csv"):
    path = folder / name
    path.write_bytes(content)
    return path


def test_the_command_reads_says_its_counts_and_reads_again(plan, tmp_path):
    path = written(tmp_path, text_of(POSTER, ROOM))
    looked = run(path, "--dry-run")
    assert (looked["new"], looked["applied"]) == (2, False)
    assert not Booking.objects.exists()
    assert not BookingImport.objects.exists()
    done = run(path)
    assert {name: done[name] for name in ("rows", "new", "known", "changed", "back", "vanished", "problems", "totals", "applied")} == {
        "rows": 2, "new": 2, "known": 0, "changed": 0, "back": 0, "vanished": 0, "problems": [], "totals": {"expense": "1534.50"},
        "applied": True,
    }  # fmt: skip
    again = run(path)
    assert (again["new"], again["known"], again["changed"], again["vanished"]) == (0, 2, 0, 0)
    assert list(extracts_folder().iterdir()) == []


def test_the_command_refuses_in_words_and_writes_nothing(plan, tmp_path):
    wrong = written(tmp_path, text_of(POSTER.replace("1.234,50", "1.234"), ROOM))
    refused = run(wrong, code=1)
    assert refused["problems"][0]["line"] == 2
    assert "deux façons" in refused["problems"][0]["message"]
    assert "Pas de plan" in run(wrong, code=1, plan="Autre")["error"]
    assert "2031 n’en est pas" in run(wrong, code=1, year="2031")["error"]
    assert "Colonnes introuvables : date" in run(written(tmp_path, b"Bidule;Chose\n1;2\n", "x.csv"), code=1)["error"]
    assert "n’existe pas" in run(tmp_path / "absent.csv", code=1)["error"]
    assert not Booking.objects.exists()
    assert run(wrong, "--accept-problems")["new"] == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_an_extract_is_read_whatever_its_separator_and_encoding(encoding, separator, tmp_path):
    rows = [HEADER, POSTER.replace(",", "."), ROOM.replace(",", ".")] if separator == "," else [HEADER, POSTER, ROOM]
    path = written(tmp_path, ("\r\n".join(rows).replace(";", separator)).encode(encoding))
    extract = open_extract(path, "csv")
    assert extract.header == tuple(HEADER.split(";"))
    assert [cells[4] for _line, cells in extract.rows()] == ["Affiches d’été", "Location"]


def test_a_spreadsheet_is_read_below_its_title_with_typed_dates_and_numbers(plan, tmp_path):
    import xlsxwriter

    path = tmp_path / "extrait.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write(0, 0, "Grand livre 2026")
        for place, label in enumerate(HEADER.split(";")):
            sheet.write(2, place, label)
        for line, (number, amount) in enumerate(((12, 1234.5), (13, 0.1 + 0.2), (14, 12.125)), start=3):
            sheet.write(line, 0, number)
            sheet.write_datetime(line, 1, dt.datetime(2026, 2, 3), day)  # noqa: DTZ001 - a day on paper has no zone
            sheet.write(line, 2, "84010/124-02")
            sheet.write(line, 5, amount)
    done = run(path, "--accept-problems")
    assert done["problems"][0]["line"] == 6
    assert "plus de deux décimales" in done["problems"][0]["message"]
    assert list(Booking.objects.order_by("number").values_list("number", "booked_on", "amount")) == [
        ("12", dt.date(2026, 2, 3), Decimal("1234.50")),
        ("13", dt.date(2026, 2, 3), Decimal("0.30")),
    ]


def test_an_opendocument_sheet_is_read(tmp_path, plan):
    from tissage.voices.exchange.ods import write_ods

    path = tmp_path / "extrait.ods"
    with path.open("wb") as stream:
        write_ods(stream, "Grand livre", HEADER.split(";"), [POSTER.split(";"), ROOM.split(";")])
    assert run(path)["totals"] == {"expense": "1534.50"}
    with pytest.raises(UnreadableFile, match="OpenDocument"):
        open_extract(written(tmp_path, b"rien", "x.ods"), "ods")
