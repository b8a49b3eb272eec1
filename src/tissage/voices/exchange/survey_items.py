"""Survey statements as a CSV for whoever makes the questionnaire. It says what it is: never what a person said."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable
from typing import IO

from .writers import protected

HEADING = ["composante", "sens", "formulation d’enquête (ce n’est pas une parole)", "formulation d’origine", "critères", "expressions"]


def write_survey_items(stream: IO[bytes], rows: Iterable[tuple[str, str, str, str, int, int]]) -> int:
    """UTF-8 with a mark, semicolons, CR LF: what the spreadsheets of a French-speaking office open. Gives how many rows."""
    stream.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADING)
    count = 0
    for component, sense, wording, original, criteria, expressions in rows:
        writer.writerow([component, sense, protected(wording), protected(original), criteria, expressions])
        count += 1
    text.flush()
    text.detach()
    return count
