"""Tables as they come: rows of cells of a CSV (semicolon, comma or tab, with or without a mark) or of the first sheet of a workbook."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tissage.core.messages import Message, gettext_noop, say

from .archives import check_workbook
from .errors import BrokenLine, UnreadableFile

Line = tuple[int, list[str]] | BrokenLine

csv.field_size_limit(16 * 1024 * 1024)
DELIMITERS = ",;\t"
_PROTECTED = re.compile(r"'+[=+\-@\t\r]")


def unprotected(cell: str) -> str:
    """A cell without the apostrophe that kept it from being a formula (the inverse of `writers.protected`)."""
    return cell[1:] if cell[:1] == "'" and _PROTECTED.match(cell) else cell


def delimiter_of(first_line: str) -> str:
    """The separator met most often outside quotation marks in the header; a comma when none is."""
    bare = re.sub(r'"[^"]*"', "", first_line)
    return max(DELIMITERS, key=bare.count)


def csv_rows(path: Path, encoding: str, delimiter: str, *, skip_header: bool = True) -> Iterator[Line]:
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield BrokenLine(line, "", _csv_message(str(error)))
                continue
            if not any(cell.strip() for cell in cells):
                continue
            if skip_header:
                skip_header = False
                continue
            yield line, [unprotected(cell) if cell[:1] == "'" else cell for cell in cells]


def _csv_message(error: str) -> Message:
    if "unexpected end of data" in error:
        return say(gettext_noop("Un guillemet est ouvert et jamais fermé. Fermez-le, ou doublez les guillemets qui font partie du texte."))
    if "expected after" in error:
        return say(
            gettext_noop('Un guillemet au milieu d’une cellule n’est pas doublé. Écrivez "" à l’intérieur d’une cellule entre guillemets.')
        )
    return say(gettext_noop("La ligne ne peut pas être lue (%(reason)s). Vérifiez ses guillemets."), reason=error)


def xlsx_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows of the first sheet that holds something; every row as wide as the first."""
    from python_calamine import CalamineError, CalamineWorkbook

    check_workbook(path)
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            for name in workbook.sheet_names:
                sheet = workbook.get_sheet_by_name(name)
                if sheet.height:
                    yield from padded_rows((number, [cell_text(cell) for cell in row]) for number, row in _numbered(sheet))
                    return
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableFile(
            gettext_noop(
                "« %(file)s » n’est pas un classeur lisible (%(reason)s). Ouvrez-le et enregistrez-le en .xlsx, ou en CSV (UTF-8)."
            ),
            file=path.name,
            reason=str(error),
        ) from None


def _numbered(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Rows with their line; a sheet may begin below its first line."""
    yield from enumerate(sheet.iter_rows(), start=1)


def padded_rows(rows: Iterator[tuple[int, list[str]]] | Any) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, brought to the width of the header: a spreadsheet has no « missing » cell."""
    width = 0
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if not width:
            while cells and not cells[-1].strip():
                cells.pop()
            width = len(cells)
        elif len(cells) < width:
            cells = cells + [""] * (width - len(cells))
        elif len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            cells = cells[:width]
        yield number, cells


def cell_text(cell: Any) -> str:
    """A typed cell as a person reads it: whole numbers without a decimal point, dates as year-month-day."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        if (cell.hour, cell.minute, cell.second) == (0, 0, 0):
            return f"{cell:%Y-%m-%d}"
        return f"{cell:%Y-%m-%d %H:%M:%S}" if cell.second else f"{cell:%Y-%m-%d %H:%M}"
    return "" if cell is None else str(cell)
