"""The table of what is assessed, out and in: the same columns both ways. CSV in UTF-8 with a mark, semicolons, no cell that could be a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tissage.people.exchange.tables import delimiter_of, unprotected

COLUMNS = 6
MOST_LINES = 1000


class UnreadableSheet(ValueError):
    """The file is no table of ours. The message says what was expected."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line as typed. `number` is that of the file, the heading being 1."""

    number: int
    reference: str
    completion: str
    justification: str


def headings() -> list[str]:
    return [
        _("Référence"),
        _("Engagement ou demande"),
        _("Avancement aujourd’hui"),
        _("Preuves validées"),
        _("Avancement proposé"),
        _("Justification"),
    ]


def write_sheet(rows: Iterable[tuple[str, str, str, int]]) -> str:
    """`rows`: (reference, words, completion in words, number of validated pieces); the last two columns are left to fill in."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    writer.writerow(headings())
    for reference, words, completion, pieces in rows:
        writer.writerow([_plain(cell) for cell in (reference, " ".join(words.split()), completion, str(pieces), "", "")])
    return "\ufeff" + stream.getvalue()


def read_sheet(content: bytes) -> list[SheetLine]:
    """Lines whose two last columns say something. Raises `UnreadableSheet`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableSheet(_("Ce fichier n’est pas en UTF-8. Enregistrez-le en « CSV UTF-8 ».")) from None
    first, _newline, _rest = text.partition("\n")
    try:
        table = list(csv.reader(io.StringIO(text), delimiter=delimiter_of(first), strict=True))
    except csv.Error:
        raise UnreadableSheet(_("Ce fichier n’est pas un tableau CSV : un guillemet n’est pas fermé.")) from None
    if not table or len(table[0]) != COLUMNS:
        raise UnreadableSheet(_("Attendu : les %(count)s colonnes du tableau téléchargé d’ici, dans le même ordre.") % {"count": COLUMNS})
    if len(table) > MOST_LINES:
        raise UnreadableSheet(_("Ce tableau a plus de %(count)s lignes.") % {"count": MOST_LINES})
    lines = []
    for number, cells in enumerate(table[1:], 2):
        cells = [unprotected(cell).strip() for cell in cells] + [""] * COLUMNS
        if cells[4] or cells[5]:
            lines.append(SheetLine(number, cells[0], cells[4], cells[5]))
    return lines


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
