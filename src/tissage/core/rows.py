"""One row of a file as a value: what `row_reader` makes of cells, and what an import writes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .codes import Code
from .folding import fold
from .importing import Note


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One row of a file, read. `group` is the name to keep; `group_written` is the cell as it stood."""

    line: int
    source: str
    external_id: str
    group: str
    group_written: str
    question: str
    count: int
    text: str
    search: str
    sort_key: str
    language: str
    french_text: str
    code: Code | None
    facet: str
    coding_status: str
    coding_origin: str
    proposition: str
    proposition_corrected: str
    source_created: str
    source_modified: str
    said_on: dt.date | None
    expressions: tuple[Note, ...]
    nomenclature: str
    question_wording: str
    coder: str = ""
    """Who gave the code: what the file knows of them (identifier, address, name), one a line. Empty: nobody is named."""
    coded_at: dt.datetime | None = None
    memo: str = ""

    @property
    def expression_count(self) -> int:
        return self.count + len(self.expressions)


def local_group_name(written: str, platform: str) -> str:
    """The group's name without the prefix equal to its platform (`names.md`, point 4).

    >>> local_group_name("Mons : Pcs jeunes", "Mons")
    'Pcs jeunes'
    """
    head, colon, tail = written.partition(":")
    if colon and platform and tail.strip() and fold(head) == fold(platform):
        return tail.strip()
    return written.strip()
