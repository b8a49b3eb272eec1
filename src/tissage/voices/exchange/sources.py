"""A file to import, whatever its format: its columns, its rows as cells, what the page around them says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tissage.core.columns import REQUIRED, HeaderReading, map_header, read_header
from tissage.core.importing import ENCODING, Finding
from tissage.core.messages import gettext_noop, say
from tissage.people.exchange.errors import UnreadableFile
from tissage.people.exchange.tables import Line

FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".ods": "ods",
    ".jsonl": "jsonl",
    ".txt": "lines",
    ".html": "wikispiral",
    ".htm": "wikispiral",
    ".qdpx": "refi-qda",
}
SOURCE_NAMES = {
    "wikispiral": "wikispiral",
    "csv": "table",
    "xlsx": "table",
    "ods": "table",
    "jsonl": "table",
    "lines": "lines",
    "refi-qda": "refi-qda",
}
"""Where an identifier made from a row belongs: the same table saved as CSV or as a spreadsheet is one source."""

UNKNOWN_FORMAT = gettext_noop("Le format « %(format)s » n’est pas connu. Attendu : %(known)s.")


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """A group of the page's own list, with or without criteria below."""

    line: int
    written: str
    name: str
    platform: str
    language: str
    created_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Page:
    """What a saved platform page says beside its criteria."""

    description: str = ""
    platform: str = ""
    groups: tuple[ListedGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """An opened file. `rows()` streams it again from its first row, as (line, cells) or `BrokenLine`."""

    format: str
    reading: HeaderReading
    fields: tuple[str, ...]
    rows: Callable[[], Iterator[Line]]
    page: Page = field(default_factory=Page)
    constants: dict[str, str] = field(default_factory=dict)
    problems: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        return self.reading.header

    @property
    def source_name(self) -> str:
        return "wikispiral" if self.reading.is_wikispiral else SOURCE_NAMES[self.format]

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields without which no row can be read, given by no column and no constant."""
        return tuple(name for name in REQUIRED if name not in self.fields and not self.constants.get(name))

    @property
    def needs_mapping(self) -> bool:
        """A person must say which column is which."""
        return self.format in ("csv", "xlsx", "ods") and (bool(self.missing) or not self.reading.certain)

    def mapped(self, mapping: Mapping[str, str] | None = None, constants: Mapping[str, str] | None = None) -> Source:
        """The same file under a mapping field → heading and values for absent columns."""
        fields = map_header(self.header, mapping) if mapping is not None else self.fields
        given = {name: value for name, value in (constants or {}).items() if value and name not in fields}
        return replace(self, fields=fields, constants=given)


def format_of(path: Path) -> str:
    """The format of a file by its extension. Raises `UnreadableFile` on an unknown one."""
    known = FORMATS.get(path.suffix.lower())
    if known is None:
        raise UnreadableFile(
            gettext_noop(
                "Le format « %(format)s » n’est pas connu. Attendu : .csv, .xlsx, .ods, .jsonl, .txt (lignes NB;critère;composante)."
            ),
            format=path.suffix or path.name,
        )
    return known


def open_source(path: Path, format: str) -> Source:
    """Opens a file: reads its header and, of a platform page, its description and list of groups. Raises `UnreadableFile`."""
    from . import jsonl, lines, ods, tables, wikispiral
    from .refi_qda import reader

    if not path.is_file():
        raise UnreadableFile(gettext_noop("Le fichier « %(file)s » n’existe pas. Vérifiez son nom et son dossier."), file=str(path))
    readers = {
        "wikispiral": wikispiral.open_page,
        "csv": tables.open_csv,
        "xlsx": tables.open_xlsx,
        "ods": ods.open_ods,
        "jsonl": jsonl.open_jsonl,
        "lines": lines.open_lines,
        "refi-qda": reader.open_qdpx,
    }
    if format not in readers:
        raise UnreadableFile(UNKNOWN_FORMAT, format=format, known=", ".join(readers))
    return readers[format](path)


def table_source(format: str, header: list[str], rows: Callable[[], Iterator[Line]], notices: tuple[Finding, ...] = ()) -> Source:
    """A source of the rows of a table, read by the names of its header."""
    reading = read_header([label.strip() for label in header])
    if not any(reading.fields) and not any(label.strip() for label in header):
        raise UnreadableFile(gettext_noop("Le fichier est vide. La première ligne doit donner les noms des colonnes."))
    return Source(format=format, reading=reading, fields=reading.fields, rows=rows, notices=notices)


def encoding_notice(encoding: str) -> tuple[Finding, ...]:
    if encoding != "cp1252":
        return ()
    said = say(gettext_noop("Le fichier n’est pas en UTF-8 : il est lu comme du texte Windows (cp1252). Vérifiez les accents."))
    return (Finding(1, ENCODING, encoding, said),)
