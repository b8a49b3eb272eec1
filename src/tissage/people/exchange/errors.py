"""What is said of a file that cannot be read or written at all, and of one line that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

from tissage.core.importing import WHOLE_LINE
from tissage.core.messages import Explained, Message


class UnreadableFile(Explained):
    """The file as a whole cannot be read: missing, of another format, without a table of criteria."""


class TooLong(Explained):
    """A spreadsheet of this format cannot hold it; the message says which format can."""


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that does not even give cells."""

    line: int
    value: str
    message: Message
    column: str = WHOLE_LINE
