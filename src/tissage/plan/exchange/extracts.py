"""Accounting extracts: CSV of any separator and encoding, XLSX, ODS. Titles above the header are passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tissage.core.columns import header_key
from tissage.core.extracts import ExtractReader, guess_columns, header_among, missing_columns
from tissage.core.importing import Finding
from tissage.core.messages import gettext_noop
from tissage.people.exchange.encoding import encoding_of
from tissage.people.exchange.errors import BrokenLine, UnreadableFile
from tissage.people.exchange.tables import DELIMITERS, Line, csv_rows
from tissage.voices.exchange.sources import encoding_notice, open_source

FORMATS = {".csv": "csv", ".txt": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".ods": "ods"}
LOOKED_AT = 20
"""Lines among which the header is looked for."""

__all__ = ["FORMATS", "BrokenLine", "Extract", "UnreadableFile", "every_row", "format_of_extract", "open_extract"]


@dataclass(frozen=True, slots=True)
class Extract:
    """An opened extract. `rows()` streams what stands below the header, as (line, cells) or `BrokenLine`, from the beginning each time."""

    format: str
    header: tuple[str, ...]
    rows: Callable[[], Iterator[Line]]
    notices: tuple[Finding, ...] = ()

    @property
    def key(self) -> str:
        """What a remembered mapping is filed under."""
        return header_key(self.header)

    @property
    def guess(self) -> dict[str, str]:
        return guess_columns(self.header)

    @property
    def missing(self) -> tuple[str, ...]:
        return missing_columns(self.guess)

    def reader(self, mapping: dict[str, str]) -> ExtractReader:
        """A reader under a mapping field → heading, with `kind_of_all` for rows whose kind no column says."""
        columns = {field: label for field, label in mapping.items() if field != "kind_of_all"}
        return ExtractReader(self.header, columns, kind=mapping.get("kind_of_all", "expense"), typed=self.format != "csv")


def format_of_extract(name: str) -> str:
    """The format by the file's name. Raises `UnreadableFile` on an unknown one."""
    known = FORMATS.get(Path(name).suffix.lower())
    if known is None:
        raise UnreadableFile(
            gettext_noop("Le format « %(format)s » n’est pas connu. Attendu : .csv, .xlsx ou .ods."), format=Path(name).suffix or name
        )
    return known


def open_extract(path: Path, format: str) -> Extract:
    """Opens an extract and finds its header. Raises `UnreadableFile`."""
    if not path.is_file():
        raise UnreadableFile(gettext_noop("Le fichier « %(file)s » n’existe pas. Vérifiez son nom et son dossier."), file=str(path))
    every, notices = every_row(path, format)
    start = [line for line in islice(every(), LOOKED_AT) if not isinstance(line, BrokenLine)]
    if not start:
        raise UnreadableFile(gettext_noop("Le fichier est vide. La première ligne doit donner les noms des colonnes."))
    number, cells = start[header_among([cells for _line, cells in start])]
    header = [label.strip() for label in cells]
    while header and not header[-1]:
        header.pop()

    def below() -> Iterator[Line]:
        for line in every():
            if (line.line if isinstance(line, BrokenLine) else line[0]) > number:
                yield line

    return Extract(format, tuple(header), below, notices)


def every_row(path: Path, format: str) -> tuple[Callable[[], Iterator[Line]], tuple[Finding, ...]]:
    """All the rows of a table, its first included, and what is worth saying about the file."""
    return _csv(path) if format == "csv" else (_sheet(path, format), ())


def _csv(path: Path) -> tuple[Callable[[], Iterator[Line]], tuple[Finding, ...]]:
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="") as stream:
        start = "".join(islice(stream, LOOKED_AT))
    delimiter = max(";\t,", key=lambda mark: (_steady(start, mark), start.count(mark))) if start else DELIMITERS[0]
    return lambda: csv_rows(path, encoding, delimiter, skip_header=False), encoding_notice(encoding)


def _steady(text: str, mark: str) -> int:
    """How many lines hold this separator as often as the line that holds it most: decimal commas are less regular than columns."""
    counts = [line.count(mark) for line in text.splitlines() if line.strip()]
    most = max(counts, default=0)
    return sum(1 for count in counts if count == most) if most else 0


def _sheet(path: Path, format: str) -> Callable[[], Iterator[Line]]:
    source = open_source(path, format)
    return lambda: _with_header(source.header, source.rows)


def _with_header(header: tuple[str, ...], rows: Callable[[], Iterator[Line]]) -> Iterator[Line]:
    """The first line again, then the others: the true header may stand below a title."""
    yield 0, list(header)
    yield from rows()
