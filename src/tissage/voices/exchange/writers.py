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

from django.db.models import CharField, FilteredRelation, Q
from django.db.models.functions import Cast

from tissage.core.columns import EXPORTED
from tissage.core.importing import Note, format_notes
from tissage.frameworks.models import FrameworkVersion
from tissage.people.exchange.errors import UnreadableFile
from tissage.people.models import Territory
from tissage.voices.models import Criterion, Expression, HomogeneousGroup, Proposition, Question
from tissage.voices.models.criteria import CriterionQuerySet

from .ods import write_ods
from .sources import UNKNOWN_FORMAT
from .xlsx import write_sheet

FORMATS = ("csv", "xlsx", "ods", "jsonl")
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "jsonl": "application/jsonl",
}
HEADING = list(EXPORTED.values())
_FIELDS = list(EXPORTED)
_NOTES = _FIELDS.index("expressions")
_NEVER_A_FORMULA = {"count", "component", "sub_component", "sense", "beneficiary", "said_on"}
_FREE = [place for place, field in enumerate(_FIELDS) if field not in _NEVER_A_FORMULA]
_RISKY = frozenset("'=+-@\t\r")
_SLICE = 2000
_FORMULA = re.compile(r"'*[=+\-@\t\r]")

Row = list[Any]


def protected(cell: str) -> str:
    """A cell of a CSV that no spreadsheet takes for a formula: our import removes the apostrophe (`tables.unprotected`)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


PROVENANCE = ("current__coder_id", "current__coded_at", "current__memo")


def export_rows(territory: Territory, chosen: CriterionQuerySet | None = None, *, provenance: bool = False) -> Iterator[Row]:
    """The live criteria (or the chosen ones) in the order they were recorded, as the columns of `EXPORTED`.

    Notes are a list, the count a number. With `provenance`, each row ends with who gave the current code (an account or None),
    when, and the memo.
    """
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
    # A day as text and the current coding in the same query: no value is converted one by one.
    found = (
        (Criterion.objects.live().filter(territory=territory) if chosen is None else chosen)
        .annotate(
            current=FilteredRelation("codings", condition=Q(codings__superseded_at__isnull=True)),
            day=Cast("said_on", CharField()),
        )
        .order_by("pk")
        .values_list(
            "pk", "source", "external_id", "group_id", "question_id", "imported_count", "text", "language", "french_text", "component",
            "sub_component", "sense", "beneficiary", "current__facet", "current__status", "current__origin", "current__version_id",
            "proposition_id", "source_created", "source_modified", "day", *(PROVENANCE if provenance else ()),
        )
        .iterator(chunk_size=_SLICE)
    )  # fmt: skip
    name = territory.name
    nothing = ("", "")
    notes: dict[int, list[Note]] = {}
    while rows := list(islice(found, _SLICE)):
        if has_notes:
            notes = _notes(territory, rows[0][0], rows[-1][0])
        for (
            pk, source, external_id, group, question, count, text, language, french, component, sub_component, sense, beneficiary,
            facet, status, origin, version, proposition, created, modified, day, *more,
        ) in rows:  # fmt: skip
            code, wording = questions[question]
            said, corrected = propositions[proposition] if proposition else nothing
            yield [
                source, external_id, name, groups[group], code, count, text, language, french, component, sub_component, sense,
                beneficiary, facet or "", status or "", origin or "", said, corrected, created, modified, day or "", notes.get(pk, ""),
                versions[version] if version else "", wording, *more,
            ]  # fmt: skip


def _notes(territory: Territory, first: int, last: int) -> dict[int, list[Note]]:
    found: dict[int, list[Note]] = {}
    live = Expression.objects.live().filter(territory=territory, criterion_id__gte=first, criterion_id__lte=last, withdrawn_at__isnull=True)
    for criterion, text, language, french in live.order_by("pk").values_list("criterion_id", "text", "language", "french_text"):
        found.setdefault(criterion, []).append(Note(text, language, french))
    return found


def _with_cell_notes(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        if row[_NOTES]:
            row[_NOTES] = format_notes(row[_NOTES])
        yield row


def write_csv(stream: IO[bytes], rows: Iterable[Row], *, delimiter: str = ",", mark: bool = False) -> int:
    """UTF-8, lines ended by CR LF. `mark` and a semicolon please the spreadsheets of a French-speaking office."""
    if mark:
        stream.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(HEADING)
    count = 0

    def safe() -> Iterator[Row]:
        nonlocal count
        for row in _with_cell_notes(rows):
            count += 1
            for place in _FREE:
                if (cell := row[place]) and cell[0] in _RISKY:
                    row[place] = protected(cell)
            yield row

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
        line = {name: value for name, value in zip(_FIELDS, row, strict=True) if value not in ("", [])}
        stream.write(encode(line).encode("utf-8", "replace") + b"\n")
        count += 1
    return count


def _note_object(note: Note) -> Any:
    extra = {name: value for name, value in (("language", note.language), ("french_text", note.french_text)) if value}
    return {"text": note.text, **extra} if extra else note.text


def write_xlsx(stream: IO[bytes], rows: Iterable[Row]) -> int:
    """One sheet, cells written as text: never a formula, never a link. Raises `TooLong`."""
    return write_sheet(stream, "criteres", HEADING, _with_cell_notes(rows))


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
        raise UnreadableFile(UNKNOWN_FORMAT, format=format, known=", ".join(FORMATS))
    return WRITERS[format](stream, export_rows(territory))


def file_name(territory: Territory, format: str, day: dt.date) -> str:
    return f"tissage-criteres-{territory.slug}-{day:%Y-%m-%d}.{format}"
