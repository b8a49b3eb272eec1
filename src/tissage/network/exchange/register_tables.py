"""A table of organisations or of services as it comes: CSV, XLSX, ODS, or one name a line. Lines, and nothing decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from tissage.core.messages import Message, gettext_noop
from tissage.people.exchange.archives import check_open_document
from tissage.people.exchange.encoding import encoding_of
from tissage.people.exchange.errors import BrokenLine, UnreadableFile
from tissage.people.exchange.tables import Line, cell_text, csv_rows, delimiter_of, padded_rows, xlsx_rows

FORMATS = (".csv", ".tsv", ".txt", ".xlsx", ".ods")
MOST_BYTES = 4 * 1024 * 1024
MOST_ROWS = 3000


def read_table(file_name: str, content: bytes) -> tuple[list[str], list[tuple[int, list[str]]], list[tuple[int, Message]]]:
    """Header, rows with their line in the file, and lines that give no cells. Raises `UnreadableFile`."""
    suffix = Path(file_name).suffix.lower()
    if suffix not in FORMATS:
        raise UnreadableFile(gettext_noop("« %(file)s » n’est ni un CSV, ni un classeur XLSX ou ODS, ni un texte."), file=file_name[:80])
    if len(content) > MOST_BYTES:
        raise UnreadableFile(gettext_noop("Le fichier dépasse 4 Mo. Partagez-le en plusieurs."))
    with NamedTemporaryFile(suffix=suffix) as kept:
        kept.write(content)
        kept.flush()
        lines = list(_lines(Path(kept.name), suffix))
    good = [line for line in lines if not isinstance(line, BrokenLine)]
    broken = [(line.line, line.message) for line in lines if isinstance(line, BrokenLine)]
    if len(good) > MOST_ROWS + 1:
        raise UnreadableFile(gettext_noop("Le fichier a plus de %(most)s lignes. Partagez-le en plusieurs."), most=MOST_ROWS)
    if not good:
        raise UnreadableFile(
            gettext_noop("Le fichier est vide. La première ligne donne le nom des colonnes : « Nom », « Genre », « Dépend de »…")
        )
    (_line, header), *rows = good
    return header, rows, broken


def _lines(path: Path, suffix: str) -> Iterator[Line]:
    if suffix == ".xlsx":
        yield from xlsx_rows(path)
    elif suffix == ".ods":
        yield from _ods_rows(path)
    elif suffix == ".txt":
        encoding = encoding_of(path)
        yield 0, ["Nom"]
        with path.open(encoding=encoding) as stream:
            yield from ((number, [text.strip()]) for number, text in enumerate(stream, 1) if text.strip())
    else:
        encoding = encoding_of(path)
        with path.open(encoding=encoding, newline="") as stream:
            first = next((line for line in stream if line.strip()), "")
        yield from csv_rows(path, encoding, delimiter_of(first), skip_header=False)


def _ods_rows(path: Path) -> Iterator[Line]:
    from python_calamine import CalamineError, CalamineWorkbook

    check_open_document(path)
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            sheet = workbook.get_sheet_by_index(0)
            yield from padded_rows((number, [cell_text(cell) for cell in row]) for number, row in enumerate(sheet.iter_rows(), 1))
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableFile(
            gettext_noop("Ce classeur ne peut pas être lu (%(reason)s). Enregistrez-le à nouveau, ou en CSV (UTF-8)."),
            reason=str(error)[:200],
        ) from None
