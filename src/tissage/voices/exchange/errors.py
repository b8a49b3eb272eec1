"""What a reader says when a file cannot be read at all, and when one line of it cannot."""

from __future__ import annotations

from dataclasses import dataclass


class UnreadableFile(Exception):
    """The file as a whole cannot be read: missing, of another format, without a table of criteria."""


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that does not even give cells."""

    line: int
    value: str
    message: str
    column: str = "ligne"
