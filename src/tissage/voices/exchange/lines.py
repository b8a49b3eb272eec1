"""Lines `NB;criterion;component` (`spiral.md` §12.4): group and question are chosen for the whole file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tissage.core.columns import HeaderReading
from tissage.core.importing import WHOLE_LINE, UnreadableValue, parse_entry_line
from tissage.people.exchange.encoding import encoding_of
from tissage.people.exchange.errors import BrokenLine
from tissage.people.exchange.tables import Line

from .sources import Source, encoding_notice

FIELDS = ("count", "text", "code")
LABELS = ("NB", "critère", "composante")


def open_lines(path: Path) -> Source:
    encoding = encoding_of(path)
    reading = HeaderReading(LABELS, FIELDS, certain=True, is_wikispiral=False)
    return Source("lines", reading, FIELDS, lambda: _rows(path, encoding), notices=encoding_notice(encoding))


def _rows(path: Path, encoding: str) -> Iterator[Line]:
    with path.open(encoding=encoding) as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                entry = parse_entry_line(line)
            except UnreadableValue as error:
                yield BrokenLine(
                    number, error.value, error.message, dict(zip(("line", *FIELDS), (WHOLE_LINE, *LABELS), strict=True))[error.column]
                )
                continue
            yield number, [str(entry.count), entry.text, str(entry.code or "")]
