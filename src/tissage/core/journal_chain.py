"""The chain of the journal: each seal hashes the seal before it and the hash of each of its lines.

A line is hashed by itself, so that a file may show some lines whole and the others by their hash alone, and still be checked from end
to end: a territory takes its own lines away and nobody else's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

BEGINNING = "0" * 64


def line_hash(row: Mapping[str, Any]) -> str:
    """The hash of one line: its values as JSON, keys sorted."""
    return hashlib.sha256(json.dumps(dict(row), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def seal_hash(previous: str, lines: Iterable[str]) -> str:
    """The hash of a run of lines after the seal `previous`.

    >>> seal_hash(BEGINNING, []) == hashlib.sha256(BEGINNING.encode()).hexdigest()
    True
    """
    return hashlib.sha256("\n".join([previous, *lines]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What a file taken from the journal shows. `faults`: numbers of the lines of the file that do not fit the chain, first first.

    `shown` lines stand whole, `hidden` by their hash; `last_seal` is what to compare with the site's own.
    """

    shown: int
    hidden: int
    seals: int
    last_seal: str
    faults: tuple[int, ...]


class NotAJournalFile(ValueError):
    """The text is no file of the journal. `line` says where."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def check_file(text: Iterable[str]) -> CheckedFile:
    """Checks a file of the journal, one JSON object a line: `{"line": {…}}` or `{"hash": "…"}` for each line of a run, then `{"seal": {"previous", "hash"}}`.

    Lines after the last seal are not sealed yet and count as shown only. Raises `NotAJournalFile`.
    """
    leaves: list[str] = []
    faults: list[int] = []
    shown = hidden = seals = 0
    before: str | None = None
    for number, row in _rows(text):
        if "line" in row:
            leaves.append(line_hash(row["line"]))
            shown += 1
        elif "hash" in row:
            leaves.append(str(row["hash"]))
            hidden += 1
        elif "seal" in row:
            seal = row["seal"]
            if (before is not None and seal["previous"] != before) or seal_hash(seal["previous"], leaves) != seal["hash"]:
                faults.append(number)
            before, leaves, seals = seal["hash"], [], seals + 1
    return CheckedFile(shown, hidden, seals, before or "", tuple(faults))


def _rows(text: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            known = isinstance(row, dict) and (
                isinstance(row.get("line"), dict)
                or isinstance(row.get("hash"), str)
                or isinstance(row.get("journal"), str)
                or (isinstance(row.get("seal"), dict) and {"previous", "hash"} <= set(row["seal"]))
            )
        except ValueError:
            known = False
        if not known:
            raise NotAJournalFile(number)
        yield number, row
