"""Fast entry: what each typed or pasted line says, before anything is recorded (`spiral.md` §12.4).

A line is either `NB;criterion;component` or a statement alone; each line is read for itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .importing import EntryLine, UnreadableValue, parse_entry_line, parse_statement
from .messages import Message

_COUNT_LIKE = re.compile(r"\s*[-+]?[0-9]*(?:[.,][0-9]*)?\s*")
_CODE_LIKE = re.compile(r"\s*[A-Za-z][0-9?]{1,3}(?:[-/].*)?\s*")


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line that is not empty, numbered from 1 as it was typed. `entry` is None when `refusal` says why it cannot be read."""

    number: int
    raw: str
    entry: EntryLine | None
    refusal: Message | None = None

    @property
    def error(self) -> str:
        """Why it cannot be read, in French."""
        return str(self.refusal or "")


def read_line(line: str) -> EntryLine:
    """What one line says; a statement alone counts for one note and has no code.

    >>> read_line("être entouré ; aimé").count
    1

    A line is taken for `NB;criterion;component` when what stands before its first semicolon looks like a number, or what
    stands after its last one looks like a code. Raises `UnreadableValue`.
    """
    head, first, rest = line.partition(";")
    _, second, tail = rest.rpartition(";")
    if first and (_COUNT_LIKE.fullmatch(head) or (second and _CODE_LIKE.fullmatch(tail))):
        return parse_entry_line(line)
    return EntryLine(1, parse_statement(line.strip()), None)


def read_note(line: str) -> EntryLine:
    """A raw note: the words of one person, whatever they look like. Raises `UnreadableValue`."""
    return EntryLine(1, parse_statement(line.strip()), None)


def check_lines(text: str, read: Callable[[str], EntryLine] = read_line) -> list[CheckedLine]:
    """Every line that holds something, read or refused. Nothing is dropped but empty lines."""
    checked = []
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if not raw.strip():
            continue
        try:
            checked.append(CheckedLine(number, raw, read(raw)))
        except UnreadableValue as error:
            checked.append(CheckedLine(number, raw, None, error.message))
    return checked
