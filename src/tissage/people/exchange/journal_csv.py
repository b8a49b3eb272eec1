"""The journal as CSV: UTF-8 with a mark for spreadsheets, semicolons, dates of Belgium, no cell that could be a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tissage.people.journal import in_words
from tissage.people.models import Entry

CHUNK = 500


def journal_csv(entries: QuerySet[Entry]) -> Iterator[str]:
    """The file in pieces, one heading line and one line an entry, in bounded memory."""
    yield "\ufeff" + _row([_("Date"), _("Personne"), _("Acte"), _("Phrase"), _("Champs"), _("Objet"), _("Numéro de l’objet"), _("Ligne")])
    rows = entries.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        yield "".join(
            _row(
                [
                    f"{localtime(line.entry.at):%Y-%m-%d %H:%M:%S}",
                    line.actor,
                    line.entry.verb,
                    line.sentence,
                    line.details,
                    line.entry.object_type,
                    line.entry.object_id,
                    str(line.entry.pk),
                ]
            )
            for line in in_words(chunk)
        )


def _row(cells: list[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerow([_plain(cell) for cell in cells])
    return stream.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
