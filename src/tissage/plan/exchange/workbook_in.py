"""A workbook of a town, or ours coming back: every sheet of an XLSX or ODS, its header found, its cells in text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tissage.core.columns import header_key
from tissage.core.folding import fold
from tissage.core.messages import gettext_noop
from tissage.core.plan_rows import RawSheet
from tissage.core.plan_workbook import HELP_TITLE, IGNORED, KINDS, MARK, SHEETS, SheetReading, missing_fields, read_sheet_header
from tissage.people.exchange.archives import check_open_document, check_workbook
from tissage.people.exchange.errors import UnreadableFile
from tissage.people.exchange.tables import cell_text

__all__ = ["OpenedSheet", "UnreadableFile", "format_of", "is_ours", "missing_of", "open_workbook", "sheets_to_read"]
FORMATS = {".xlsx": "xlsx", ".ods": "ods"}
LOOKED_AT = 20
"""Lines among which the header is looked for."""
MOST_ROWS = 50_000

Mapping_ = dict[str, Any]
"""What a person said of a sheet: {"kind": "actions", "columns": {heading: field}}; `IGNORED` as a kind or a field is not read."""


@dataclass(frozen=True, slots=True)
class OpenedSheet:
    """A sheet of the file: its name, its headings, the rows below as (line, cells), and what it was understood to be."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    reading: SheetReading

    @property
    def key(self) -> str:
        """What a remembered answer is filed under: the headings."""
        return header_key(self.header)

    @property
    def is_help(self) -> bool:
        """Our own words to the reader."""
        return fold(self.title) == fold(HELP_TITLE)

    @property
    def example(self) -> tuple[str, ...]:
        """The first row, for whoever says what a column is."""
        return self.rows[0][1] if self.rows else ()

    def mapped(self, said: Mapping_) -> RawSheet | None:
        """The sheet as a person said it is to be read; None when it is not."""
        kind = said.get("kind", "")
        if kind not in KINDS:
            return None
        by_heading = said.get("columns", {})
        columns: dict[int, str] = {}
        for i, heading in enumerate(self.header):
            name = by_heading.get(heading, "")
            if name and name != IGNORED and name not in columns.values() and _is_column(kind, name):
                columns[i] = name
        return RawSheet(self.title, kind, columns, self.rows)

    @property
    def guess(self) -> Mapping_:
        """What the headings say, in the form of an answer."""
        columns = {heading: self.reading.columns.get(i, IGNORED) for i, heading in enumerate(self.header) if heading}
        return {"kind": self.reading.kind or IGNORED, "columns": columns}


def _is_column(kind: str, name: str) -> bool:
    form = SHEETS[kind]
    return name == MARK.name or name.partition(":")[0] in form.by_year or any(one.name == name for one in form.fields)


def missing_of(said: Mapping_) -> tuple[str, ...]:
    """Fields that an answer lacks for its sheet to be read."""
    kind = said.get("kind", "")
    return missing_fields(kind, [name for name in said.get("columns", {}).values() if name != IGNORED]) if kind in KINDS else ()


def format_of(name: str) -> str:
    """The format by the file's name. Raises `UnreadableFile` on an unknown one."""
    known = FORMATS.get(Path(name).suffix.lower())
    if known is None:
        raise UnreadableFile(
            gettext_noop("Le format « %(format)s » n’est pas connu. Attendu : un classeur .xlsx ou .ods."), format=Path(name).suffix or name
        )
    return known


def open_workbook(path: Path, format: str) -> list[OpenedSheet]:
    """Every sheet that holds rows. Raises `UnreadableFile`."""
    from python_calamine import CalamineError, CalamineWorkbook

    if not path.is_file():
        raise UnreadableFile(gettext_noop("Le fichier « %(file)s » n’existe pas. Vérifiez son nom et son dossier."), file=path.name)
    (check_workbook if format == "xlsx" else check_open_document)(path)
    try:
        with path.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as workbook:
            sheets = [_sheet(name, workbook.get_sheet_by_name(name)) for name in workbook.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        said = gettext_noop("Ce fichier n’est pas un classeur lisible (%(reason)s). Ouvrez-le et enregistrez-le en .xlsx.")
        raise UnreadableFile(said, reason=str(error)) from None
    found = [sheet for sheet in sheets if sheet is not None]
    if not found:
        raise UnreadableFile(gettext_noop("Aucune feuille de ce classeur ne contient de ligne sous un en-tête."))
    return found


def _sheet(title: str, sheet: Any) -> OpenedSheet | None:
    rows: list[tuple[int, list[Any]]] = []
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        if any(str(cell).strip() for cell in cells):
            rows.append((line, list(cells)))
        if len(rows) > MOST_ROWS:
            raise UnreadableFile(gettext_noop("La feuille « %(sheet)s » a plus de %(most)s lignes."), sheet=title, most=MOST_ROWS)
    if len(rows) < 2:
        return None
    place = _header_among(title, [[cell_text(cell) for cell in cells] for _line, cells in rows[:LOOKED_AT]])
    header = [cell_text(cell).strip() for cell in rows[place][1]]
    while header and not header[-1]:
        header.pop()
    reading = read_sheet_header(title, header)
    below = tuple((line, tuple(words_of(cell) for cell in cells[: len(header)])) for line, cells in rows[place + 1 :])
    return OpenedSheet(title, tuple(header), below, reading) if below else None


def _header_among(title: str, rows: Sequence[Sequence[str]]) -> int:
    """Which of the first rows is the header: the one of which most cells are known."""
    scores = [len(read_sheet_header(title, row).columns) for row in rows]
    best = max(scores)
    return scores.index(best) if best >= 2 else 0


def words_of(cell: Any) -> str:
    """A typed cell in text. A typed number gets a decimal comma: « 1.234 » as text is a thousand and more, 1.234 as a number is not."""
    if isinstance(cell, float) and not cell.is_integer():
        return f"{Decimal(repr(cell)):f}".replace(".", ",")
    return cell_text(cell)


def sheets_to_read(opened: Iterable[OpenedSheet], said: Mapping[str, Mapping_]) -> list[RawSheet]:
    """The sheets under what a person said of each (by its title), or under what their headings say."""
    read = (sheet.mapped(said.get(sheet.title) or sheet.guess) for sheet in opened if not sheet.is_help)
    return [sheet for sheet in read if sheet is not None]


def is_ours(sheets: Iterable[RawSheet]) -> bool:
    """We wrote this file: it bears our marks."""
    return any(MARK.name in sheet.columns.values() for sheet in sheets)
