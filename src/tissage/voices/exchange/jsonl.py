"""JSON Lines in: one criterion a line, keys are the names of the fields."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tissage.core.columns import FIELDS, HeaderReading
from tissage.core.importing import Finding, Note, format_notes
from tissage.core.messages import gettext_noop, say
from tissage.people.exchange.encoding import encoding_of
from tissage.people.exchange.errors import BrokenLine, UnreadableFile
from tissage.people.exchange.tables import Line

from .sources import Source, encoding_notice


def open_jsonl(path: Path) -> Source:
    encoding = encoding_of(path)
    keys: dict[str, int] = {}
    for number, item in _items(path, encoding):
        if isinstance(item, dict):
            for key in item:
                keys.setdefault(key, number)
    header = tuple(name for name in FIELDS if name in keys)
    if not header:
        raise UnreadableFile(
            gettext_noop("Aucun critère dans ce fichier. Attendu : un objet JSON par ligne, avec au moins group, question et text.")
        )
    unknown = tuple(
        Finding(number, key, "", say(gettext_noop("La clé « %(key)s » n’est pas connue : elle est laissée de côté."), key=key))
        for key, number in keys.items()
        if key not in FIELDS
    )
    reading = HeaderReading(header, header, certain=True, is_wikispiral=False)
    return Source("jsonl", reading, header, lambda: _rows(path, encoding, header), notices=encoding_notice(encoding) + unknown)


def _items(path: Path, encoding: str) -> Iterator[tuple[int, Any]]:
    with path.open(encoding=encoding, newline="\n") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield (
                    number,
                    BrokenLine(
                        number,
                        line.strip()[:80],
                        say(gettext_noop("Cette ligne n’est pas du JSON. Attendu : un objet entre accolades par ligne.")),
                    ),
                )


def _rows(path: Path, encoding: str, header: tuple[str, ...]) -> Iterator[Line]:
    for number, item in _items(path, encoding):
        if isinstance(item, BrokenLine):
            yield item
            continue
        if not isinstance(item, dict):
            yield BrokenLine(
                number,
                str(item)[:80],
                say(gettext_noop('Cette ligne n’est pas un objet. Attendu : {"group": …, "question": …, "text": …}.')),
            )
            continue
        try:
            yield number, [_text(name, item.get(name)) for name in header]
        except TypeError as error:
            key = str(error)
            said = say(gettext_noop("La valeur de « %(key)s » n’est ni un texte ni un nombre entier."), key=key)
            yield BrokenLine(number, key, said, key)


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if name == "expressions" and isinstance(value, list):
        return format_notes(_note(entry) for entry in value)
    raise TypeError(name)


def _note(entry: Any) -> Note:
    if isinstance(entry, str):
        return Note(entry)
    if isinstance(entry, dict) and all(isinstance(value, str) for value in entry.values()) and "text" in entry:
        return Note(entry["text"], entry.get("language", ""), entry.get("french_text", ""))
    raise TypeError("expressions")
