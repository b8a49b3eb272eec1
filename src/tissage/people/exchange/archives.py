"""Workbooks are archives, and a small archive may hold a very large file: its size is read before anything is unpacked."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from tissage.core.messages import gettext_noop

from .errors import UnreadableFile

MOST_BYTES = 1024**3
"""What the largest workbook we write (1,048,576 rows) unpacks to, and more than the memory of a small server should hold."""
SMALL_BYTES = 64 * 1024**2
MOST_TIMES = 200
"""Real tables unpack to ten or thirty times their size; a file made to do harm, to a thousand."""
MOST_CELLS = 5_000_000
"""Fifty thousand rows of a hundred columns; laid out, some six hundred megabytes."""
_CHUNK = 1 << 20
_TABLE, _OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}", "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
# A cell beyond column ZZ, beyond Z past row 99,999, or that does not say where it stands.
_FAR = re.compile(rb"""<(?:\w+:)?c(?=[\s/>])(?:[^>]*?\sr=["'](?:[A-Z]{3}|[A-Z]{2}\d{6})|(?![^>]*\sr=["']))""")


def check_archive(path: Path) -> None:
    """Refuses an archive that would unpack beyond measure. Both readers stop at the sizes that an archive declares.

    Raises `UnreadableFile`; what is no archive at all is left to whoever reads it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        return
    if unpacked > MOST_BYTES or unpacked > max(SMALL_BYTES, MOST_TIMES * path.stat().st_size):
        raise UnreadableFile(
            gettext_noop("Ce classeur est démesuré une fois ouvert. Enregistrez-le en CSV (UTF-8), ou coupez-le en plusieurs fichiers.")
        )


def check_workbook(path: Path) -> None:
    """Refuses an XLSX whose cells stand so far apart that the table between them would not fit in memory.

    The reader lays out every cell of that rectangle at once: two cells in opposite corners would stop the whole server.
    Raises `UnreadableFile`, also on another kind of workbook under this name.
    """
    check_archive(path)
    try:
        with zipfile.ZipFile(path) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise zipfile.BadZipFile
            if any(_is_far(archive, name) for name in archive.namelist() if name.endswith(".xml")):
                raise UnreadableFile(
                    gettext_noop("Ce classeur a des cellules très loin de son tableau. Effacez-les, ou enregistrez-le en CSV (UTF-8).")
                )
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, zlib.error):
        raise UnreadableFile(
            gettext_noop("Ce fichier n’est pas un classeur XLSX lisible. Ouvrez-le et enregistrez-le en .xlsx, ou en CSV (UTF-8).")
        ) from None


def check_open_document(path: Path) -> None:
    """Refuses an ODS whose tables are too large once its repeated rows and cells are laid out: one line of text may say a billion cells.

    Raises `UnreadableFile`, also on what is no OpenDocument file.
    """
    check_archive(path)
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
            too_large = _cells_laid_out(stream) > MOST_CELLS
    except (zipfile.BadZipFile, KeyError, ET.ParseError, OSError, RuntimeError, EOFError, ValueError, zlib.error) as error:
        said = gettext_noop("Ce fichier n’est pas un classeur lisible (%(reason)s). Ouvrez-le et enregistrez-le en .xlsx.")
        raise UnreadableFile(said, reason=str(error)) from None
    if too_large:
        raise UnreadableFile(
            gettext_noop("Ce classeur a des cellules très loin de son tableau. Effacez-les, ou enregistrez-le en CSV (UTF-8).")
        )


def _cells_laid_out(stream: IO[bytes]) -> int:
    """Cells of every table, from its first to its last filled row and column."""
    cells = rows = last = width = 0
    for _event, element in ET.iterparse(stream):
        if element.tag == f"{_TABLE}table-row":
            repeats, filled = int(element.get(f"{_TABLE}number-rows-repeated", "1")), _filled(element)
            rows += repeats
            if filled:
                last, width = rows, max(width, filled)
            element.clear()
            if cells + last * width > MOST_CELLS:
                return cells + last * width
        elif element.tag == f"{_TABLE}table":
            cells, rows, last, width = cells + last * width, 0, 0, 0
            element.clear()
    return cells


def _filled(row: ET.Element) -> int:
    """How far the last filled cell of a row stands."""
    at = filled = 0
    for cell in row:
        at += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if len(cell) or cell.get(f"{_OFFICE}value-type"):
            filled = at
    return filled


def _is_far(archive: zipfile.ZipFile, name: str) -> bool:
    kept = b""
    with archive.open(name) as stream:
        while block := stream.read(_CHUNK):
            seen = kept + block
            whole = seen.rfind(b">") + 1 or len(seen)
            if _FAR.search(seen, 0, whole):
                return True
            kept = seen[whole:][-_CHUNK:]
    return False
