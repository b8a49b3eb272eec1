"""The prose and the tables of a saved web page, taken from a stream: only the row being read is in memory."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_SPACES = re.compile(r"[ \t\n\r\f]+")
_LINE_ENDS = re.compile(r"[ ]*[\t\n\r\f]+[ \t\n\r\f]*")  # a note keeps its double spaces; line ends of the markup are none of its own
_SKIPPED = {"script", "style", "nav", "head", "noscript", "select", "button", "template", "svg"}
_BLOCKS = {
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "li",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "ul",
    "ol",
    "dl",
    "dd",
    "dt",
    "hr",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A block of prose (`cells` is None) or a row of a table; `first` marks the first row of its table."""

    line: int
    text: str
    cells: tuple[str, ...] | None = None
    first: bool = False


class HtmlPage(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[Part] = []
        self._skipping: list[str] = []
        self._tables: list[list[str] | None] = []
        self._fresh: list[bool] = []
        self._cell: list[str] | None = None
        self._row_line = 0
        self._prose: list[str] = []
        self._prose_line = 1

    def taken(self) -> list[Part]:
        """What was completed since the last call."""
        found, self._found = self._found, []
        return found

    def close(self) -> None:
        super().close()
        self._end_row()
        self._end_prose()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping.append(tag)
        elif self._skipping:
            return
        elif tag == "table":
            self._end_prose()
            self._cell = None
            self._tables.append(None)
            self._fresh.append(True)
        elif tag == "tr" and self._tables:
            self._end_row()
            self._tables[-1] = []
            self._row_line = self.getpos()[0]
        elif tag in ("td", "th") and self._tables:
            self._end_cell()
            if self._tables[-1] is None:
                self._tables[-1] = []
                self._row_line = self.getpos()[0]
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\x00")
        elif tag in _BLOCKS or tag == "br":
            self._boundary()

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            if tag == self._skipping[-1]:
                self._skipping.pop()
        elif tag == "table" and self._tables:
            self._end_row()
            self._tables.pop()
            self._fresh.pop()
        elif tag == "tr":
            self._end_row()
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in _BLOCKS:
            self._boundary()

    def handle_data(self, data: str) -> None:
        if self._skipping:
            return
        if self._cell is not None:
            self._cell.append(data)
        elif not self._tables or self._tables[-1] is None:
            if not self._prose:
                self._prose_line = self.getpos()[0]
            self._prose.append(data)

    def _boundary(self) -> None:
        if self._cell is not None:
            self._cell.append(" ")
        else:
            self._end_prose()

    def _end_prose(self) -> None:
        text = _SPACES.sub(" ", "".join(self._prose)).strip()
        self._prose.clear()
        if text:
            self._found.append(Part(self._prose_line, text))

    def _end_cell(self) -> None:
        if self._cell is not None and self._tables and self._tables[-1] is not None:
            lines = _LINE_ENDS.sub(" ", "".join(self._cell)).split("\x00")
            self._tables[-1].append("\n".join(line.strip() for line in lines).strip())
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._tables and self._tables[-1] is not None:
            cells = tuple(self._tables[-1])
            self._tables[-1] = None
            if cells:
                self._found.append(Part(self._row_line, "", cells, self._fresh[-1]))
                self._fresh[-1] = False
