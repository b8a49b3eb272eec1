"""Criteria out: CSV, XLSX, ODS and JSON Lines, streamed from the base; what is written imports to an identical base."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, Any

from tissage.core.columns import EXPORTED
from tissage.core.importing import Note, format_notes
from tissage.frameworks.models import FrameworkVersion
from tissage.people.models import Territory
from tissage.voices.models import Coding, Criterion, Expression, HomogeneousGroup, Proposition, Question

from .errors import UnreadableFile
from .ods import write_ods

FORMATS = ("csv", "xlsx", "ods", "jsonl")
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "jsonl": "application/jsonl",
}
HEADING = list(EXPORTED.values())
_FIELDS = list(EXPORTED)
_COUNT, _NOTES = _FIELDS.index("count"), _FIELDS.index("expressions")
_SLICE = 2000
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_XLSX_CELL = 32_767
_XLSX_ROWS = 1_048_576

Row = list[Any]


class TooLong(Exception):
    """A spreadsheet of this format cannot hold it; the message says which format can."""


def protected(cell: str) -> str:
    """A cell of a CSV that no spreadsheet takes for a formula: our import removes the apostrophe (`tables.unprotected`)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def export_rows(territory: Territory) -> Iterator[Row]:
    """Every live criterion in the order it was recorded, as the columns of `EXPORTED`. Notes are a list, the count a number."""
    groups = dict(HomogeneousGroup.objects.filter(territory=territory).values_list("pk", "name"))
    questions = {
        pk: (code, wording) for pk, code, wording in Question.objects.filter(territory=territory).values_list("pk", "code", "wording")
    }
    propositions = {
        pk: (text, corrected)
        for pk, text, corrected in Proposition.objects.filter(territory=territory).values_list("pk", "text", "corrected_text")
    }
    versions = {version.pk: str(version) for version in FrameworkVersion.objects.select_related("framework")}
    has_notes = Expression.objects.live().filter(territory=territory, criterion__isnull=False).exists()
    found = (
        Criterion.objects.live()
        .filter(territory=territory)
        .order_by("pk")
        .values_list(
            "pk", "source", "external_id", "group_id", "question_id", "imported_count", "text", "language", "french_text", "component",
            "sub_component", "sense", "beneficiary", "proposition_id", "source_created", "source_modified", "said_on",
        )
        .iterator(chunk_size=_SLICE)
    )  # fmt: skip
    nothing = ("", "")
    while rows := list(islice(found, _SLICE)):
        first, last = rows[0][0], rows[-1][0]
        codings = _codings(territory, first, last)
        notes = _notes(territory, first, last) if has_notes else {}
        for (
            pk, source, external_id, group, question, count, text, language, french, component, sub_component, sense, beneficiary,
            proposition, created, modified, said_on,
        ) in rows:  # fmt: skip
            facet, status, origin, version = codings.get(pk, ("", "", "", None)) if component else ("", "", "", None)
            code, wording = questions[question]
            said, corrected = propositions[proposition] if proposition else nothing
            yield [
                source, external_id, territory.name, groups[group], code, count, text, language, french, component, sub_component, sense,
                beneficiary, facet, status, origin, said, corrected, created, modified, said_on.isoformat() if said_on else "",
                notes.get(pk, ()), versions.get(version or 0, ""), wording,
            ]  # fmt: skip


def _codings(territory: Territory, first: int, last: int) -> dict[int, tuple[str, str, str, int | None]]:
    current = Coding.objects.filter(
        criterion__territory=territory, criterion_id__gte=first, criterion_id__lte=last, superseded_at__isnull=True
    ).order_by()
    return {row[0]: row[1:] for row in current.values_list("criterion_id", "facet", "status", "origin", "version_id")}


def _notes(territory: Territory, first: int, last: int) -> dict[int, list[Note]]:
    found: dict[int, list[Note]] = {}
    live = Expression.objects.live().filter(territory=territory, criterion_id__gte=first, criterion_id__lte=last, withdrawn_at__isnull=True)
    for criterion, text, language, french in live.order_by("pk").values_list("criterion_id", "text", "language", "french_text"):
        found.setdefault(criterion, []).append(Note(text, language, french))
    return found


def _with_cell_notes(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        row[_NOTES] = format_notes(row[_NOTES]) if row[_NOTES] else ""
        yield row


def write_csv(stream: IO[bytes], rows: Iterable[Row], *, delimiter: str = ",", mark: bool = False) -> int:
    """UTF-8, lines ended by CR LF. `mark` and a semicolon please the spreadsheets of a French-speaking office."""
    if mark:
        stream.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(HEADING)
    count = 0
    match = _FORMULA.match

    def safe() -> Iterator[Row]:
        nonlocal count
        for row in _with_cell_notes(rows):
            count += 1
            yield [f"'{cell}" if cell.__class__ is str and match(cell) else cell for cell in row]

    writer.writerows(safe())
    text.flush()
    text.detach()
    return count


def write_jsonl(stream: IO[bytes], rows: Iterable[Row]) -> int:
    """One object a line, keys are the fields' names; empty values are left out."""
    count = 0
    encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode
    for row in rows:
        row[_NOTES] = [_note_object(note) for note in row[_NOTES]]
        line = {name: value for name, value in zip(_FIELDS, row, strict=True) if value != "" and value != []}
        stream.write(encode(line).encode("utf-8", "replace") + b"\n")
        count += 1
    return count


def _note_object(note: Note) -> Any:
    extra = {name: value for name, value in (("language", note.language), ("french_text", note.french_text)) if value}
    return {"text": note.text, **extra} if extra else note.text


def write_xlsx(stream: IO[bytes], rows: Iterable[Row]) -> int:
    """One sheet, cells written as text: never a formula, never a link. Raises `TooLong`."""
    import xlsxwriter

    workbook = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = workbook.add_worksheet("criteres")
    sheet.write_row(0, 0, HEADING, workbook.add_format({"bold": True}))
    sheet.freeze_panes(1, 0)
    write_string, write_number = sheet.write_string, sheet.write_number
    number = 0
    try:
        for number, row in enumerate(_with_cell_notes(rows), start=1):
            if number >= _XLSX_ROWS:
                raise TooLong(f"Un classeur XLSX tient {_XLSX_ROWS - 1} lignes au plus. Choisissez CSV ou JSON Lines.")
            for column, cell in enumerate(row):
                if column == _COUNT:
                    write_number(number, column, cell)
                elif cell:
                    if len(cell) > _XLSX_CELL:
                        raise TooLong(
                            f"La ligne {number + 1} a un texte trop long pour XLSX ({len(cell)} caractères). Choisissez CSV, ODS ou JSON Lines."
                        )
                    write_string(number, column, cell)
    finally:
        workbook.close()
    return number


def write_ods_file(stream: IO[bytes], rows: Iterable[Row]) -> int:
    return write_ods(stream, "criteres", HEADING, _with_cell_notes(rows))


WRITERS: dict[str, Callable[[IO[bytes], Iterable[Row]], int]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "ods": write_ods_file,
    "jsonl": write_jsonl,
}


def write_criteria(stream: IO[bytes], territory: Territory, format: str) -> int:
    """Writes the live criteria of a territory; gives their number. Raises `UnreadableFile` on an unknown format, `TooLong`."""
    if format not in WRITERS:
        raise UnreadableFile(f"Le format « {format} » n’est pas connu. Attendu : {', '.join(FORMATS)}.")
    return WRITERS[format](stream, export_rows(territory))


def file_name(territory: Territory, format: str, day: dt.date) -> str:
    return f"tissage-criteres-{territory.slug}-{day:%Y-%m-%d}.{format}"
