"""CSV (semicolon, comma or tab, with or without a mark) and XLSX in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tissage.core.messages import gettext_noop
from tissage.people.exchange.encoding import encoding_of
from tissage.people.exchange.errors import BrokenLine, UnreadableFile
from tissage.people.exchange.tables import Line, csv_rows, delimiter_of, xlsx_rows

from .sources import Source, encoding_notice, table_source


def open_csv(path: Path) -> Source:
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="") as stream:
        first = next((line for line in stream if line.strip()), "")
    delimiter = delimiter_of(first)
    header: list[str] = []
    for line in csv_rows(path, encoding, delimiter, skip_header=False):
        if isinstance(line, BrokenLine):
            said = gettext_noop("La ligne %(line)s, celle des noms de colonnes, ne peut pas être lue.")
            raise UnreadableFile(said, *line.message.templates, **{**line.message.values, "line": line.line})
        header = line[1]
        break
    return table_source("csv", header, lambda: csv_rows(path, encoding, delimiter), encoding_notice(encoding))


def open_xlsx(path: Path) -> Source:
    header = next((cells for _line, cells in xlsx_rows(path)), [])
    return table_source("xlsx", header, lambda: _without_header(xlsx_rows(path)))


def _without_header(rows: Iterator[tuple[int, list[str]]]) -> Iterator[Line]:
    next(rows, None)
    yield from rows
