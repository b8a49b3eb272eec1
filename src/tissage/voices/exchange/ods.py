"""OpenDocument spreadsheets in and out, streamed: neither the file nor its XML is ever whole in memory.

Ours because the libraries that write ODS are slow or asleep, and the reader of XLSX loses tabs and line ends in ODS.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from tissage.core.messages import gettext_noop
from tissage.people.exchange.archives import check_archive
from tissage.people.exchange.errors import UnreadableFile
from tissage.people.exchange.tables import Line, cell_text, padded_rows

from .sources import Source, table_source

MIME = "application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_BLANKS = re.compile("[ \t\n]+")
_MOST_REPEATS = 1000
_NOT_OURS = (ValueError, RuntimeError, zlib.error)  # a number that is none, a locked archive, a damaged one


# --- In ---------------------------------------------------------------------------------------------------------


def open_ods(path: Path) -> Source:
    header = next((cells for _line, cells in read_rows(path)), [])
    return table_source("ods", header, lambda: _after_header(path))


def _after_header(path: Path) -> Iterator[Line]:
    rows = read_rows(path)
    next(rows, None)
    yield from rows


def read_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of the first table that holds something. Raises `UnreadableFile`."""
    check_archive(path)
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
            yield from padded_rows(_first_table(stream))
    except (zipfile.BadZipFile, KeyError, ET.ParseError, OSError, EOFError, *_NOT_OURS) as error:
        raise UnreadableFile(
            gettext_noop(
                "« %(file)s » n’est pas un classeur OpenDocument lisible (%(reason)s)."
                " Ouvrez-le et enregistrez-le en .ods, ou en CSV (UTF-8)."
            ),
            file=path.name,
            reason=str(error),
        ) from None


def _first_table(stream: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    number, depth, found = 0, 0, False
    for event, element in ET.iterparse(stream, events=("start", "end")):
        if element.tag == f"{_TABLE}table":
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 0:
                if found:
                    return
                number = 0
                element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table-row" and depth == 1:
            cells = _row_cells(element)
            repeats = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
            element.clear()
            if any(cell.strip() for cell in cells):
                found = True
                for offset in range(min(repeats, _MOST_REPEATS)):
                    yield number + 1 + offset, list(cells)
            number += repeats


def _row_cells(row: ET.Element) -> list[str]:
    cells: list[str] = []
    empty = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        repeats = min(int(cell.get(f"{_TABLE}number-columns-repeated", "1")), _MOST_REPEATS)
        text = _cell_value(cell)
        if not text:
            empty += repeats
            continue
        cells += [""] * empty + [text] * repeats
        empty = 0
    return cells


def _cell_value(cell: ET.Element) -> str:
    kind = cell.get(f"{_OFFICE}value-type", "string")
    if kind in ("float", "currency", "percentage"):
        written = cell.get(f"{_OFFICE}value", "")
        try:
            return cell_text(float(written))
        except (ValueError, OverflowError):
            return written
    if kind == "date":
        day, _, clock = cell.get(f"{_OFFICE}date-value", "").partition("T")
        return day if not clock or clock.startswith("00:00:00") else f"{day} {clock[:5] if clock[5:8] in ('', ':00') else clock[:8]}"
    if kind == "boolean":
        return "1" if cell.get(f"{_OFFICE}boolean-value") == "true" else "0"
    return "\n".join(_paragraph(part) for part in cell if part.tag == f"{_TEXT}p") or cell.get(f"{_OFFICE}string-value", "")


def _paragraph(element: ET.Element) -> str:
    parts = [_BLANKS.sub(" ", element.text or "")]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(int(child.get(f"{_TEXT}c", "1")), _MOST_REPEATS))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif not child.tag.startswith(_OFFICE):
            parts.append(_paragraph(child))
        parts.append(_BLANKS.sub(" ", child.tail or ""))
    return "".join(parts)


# --- Out --------------------------------------------------------------------------------------------------------

_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_STYLES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2">'
    "<office:styles/></office:document-styles>"
)
_START = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="{name}"><table:table-column table:number-columns-repeated="{columns}"/>'
)
_END = "</table:table></office:spreadsheet></office:body></office:document-content>"
_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DELICATE = re.compile("^ | $|  |[\t\n]")
_SPACES = re.compile("^ | $|(?<= ) | (?= )")


def write_ods(stream: IO[bytes], name: str, heading: Sequence[str], rows: Iterable[Sequence[str | int]]) -> int:
    """Writes one table; gives the number of rows. Whole numbers are numbers, all else is text and never a formula."""
    count = 0
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), MIME, zipfile.ZIP_STORED)
        archive.writestr(zipfile.ZipInfo("META-INF/manifest.xml"), _MANIFEST, zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("styles.xml"), _STYLES, zipfile.ZIP_DEFLATED)
        content = zipfile.ZipInfo("content.xml")
        content.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(content, "w", force_zip64=True) as file:
            file.write(_START.format(name=name.translate(_XML), columns=len(heading)).encode())
            block = [_row(heading)]
            for row in rows:
                block.append(_row(row))
                count += 1
                if len(block) >= 500:
                    file.write("".join(block).encode())
                    block.clear()
            file.write("".join(block).encode())
            file.write(_END.encode())
    return count


def _row(cells: Sequence[str | int]) -> str:
    return f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>"


def _cell(value: str | int) -> str:
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    text = _NOT_XML.sub("\ufffd", value).translate(_XML)
    if _DELICATE.search(text):
        text = "</text:p><text:p>".join(_delicate(paragraph) for paragraph in text.split("\n"))
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def _delicate(paragraph: str) -> str:
    """Spaces that XML readers would merge, and tabs, as elements of their own."""
    return _SPACES.sub("<text:s/>", paragraph).replace("\t", "<text:tab/>")
