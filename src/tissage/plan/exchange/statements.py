"""A statement as a small table: function code, total, and perhaps the kind."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from tissage.core.extracts import read_kind, read_ledger_amount
from tissage.core.importing import Findings, UnreadableValue
from tissage.core.messages import gettext_noop

from .extracts import BrokenLine, UnreadableFile, every_row

_CODE = re.compile(r"\d{3,8}")


def read_statement(blocks: Iterable[bytes], format: str, kind: str) -> tuple[dict[tuple[str, str], Decimal], Findings]:
    """(function code, kind) → total, and what could not be read. Rows whose first cell is no code (titles, totals) are passed over.

    Raises `UnreadableFile` when the file cannot be read, or holds no total.
    """
    totals: dict[tuple[str, str], Decimal] = {}
    problems = Findings(50)
    with tempfile.NamedTemporaryFile(suffix=f".{format}") as kept:
        for block in blocks:
            kept.write(block)
        kept.flush()
        rows, _notices = every_row(Path(kept.name), format)
        for line in rows():
            if isinstance(line, BrokenLine):
                problems.add(line.line, line.column, line.value, line.message)
                continue
            number, cells = line[0], [cell.strip() for cell in line[1]]
            code = cells[0].removesuffix(".0") if cells else ""
            if not _CODE.fullmatch(code):
                continue
            try:
                said = read_kind(cells[2], gettext_noop("genre")) if len(cells) > 2 and cells[2] else kind
                amount = read_ledger_amount(cells[1] if len(cells) > 1 else "", gettext_noop("total"), typed=format != "csv")
            except UnreadableValue as error:
                problems.add(number, error.column, error.value, error.message)
                continue
            totals[code, said] = totals.get((code, said), Decimal(0)) + amount
    if not totals and not problems.total:
        raise UnreadableFile(gettext_noop("Aucun total n’a été trouvé. Attendu : le code fonctionnel, puis le total, une ligne chacun."))
    return totals, problems
