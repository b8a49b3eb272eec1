"""An extract beside the bookings that are there, in a scratch file: whatever the length of the extract, memory does not grow with it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from tissage.core.extracts import ExtractReader, ExtractRow, Had, mark_of, pair, split_key
from tissage.core.importing import WHOLE_LINE, Finding, Findings, UnreadableValue
from tissage.core.messages import gettext_noop, say
from tissage.plan.models import Plan
from tissage.plan.queries.bookings import there

NEW, KNOWN, CHANGED = 0, 1, 2
CHUNK = 1000
KEPT_FINDINGS = 500


class ExtractLike(Protocol):
    """What an import needs of a file; `exchange.extracts.Extract` is one."""

    @property
    def rows(self) -> Callable[[], Iterator[Any]]: ...
    @property
    def notices(self) -> tuple[Finding, ...]: ...


@dataclass
class Reading:
    """What was read of an extract, and what it would do."""

    rows: int = 0
    new: int = 0
    known: int = 0
    changed: int = 0
    back: int = 0
    vanished: int = 0
    derived: int = 0
    outside: int = 0
    totals_left_out: int = 0
    cents: Counter[str] = field(default_factory=Counter)
    problems: Findings = field(default_factory=lambda: Findings(KEPT_FINDINGS))
    notices: Findings = field(default_factory=lambda: Findings(KEPT_FINDINGS))

    @property
    def totals(self) -> dict[str, str]:
        """Kind → total of the extract, as text."""
        return {kind: str(Decimal(cents).scaleb(-2)) for kind, cents in sorted(self.cents.items())}


class Scratch:
    """The rows of an extract and the bookings of its year, side by side in a file of its own that goes with it."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="tissage-extract-", dir=folder)
        self.base = sqlite3.connect(Path(self._folder.name) / "scratch.sqlite3", isolation_level=None)
        self.base.executescript(
            """
            PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-8000;
            CREATE TABLE had (pk INTEGER PRIMARY KEY, grp TEXT, rank INTEGER, mark TEXT, vanished INTEGER, kind TEXT, seen INTEGER DEFAULT 0);
            CREATE TABLE row (line INTEGER PRIMARY KEY, grp TEXT, mark TEXT, status INTEGER, pk INTEGER, rank INTEGER, back INTEGER,
                kind TEXT, number TEXT, booked_on TEXT, article TEXT, function_code TEXT, supplier TEXT, label TEXT, cents INTEGER);
            """
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.base.close()
        self._folder.cleanup()

    def match(
        self,
        *,
        plan: Plan,
        year: int,
        extract: ExtractLike,
        reader: ExtractReader,
        vanish: bool,
        progress: Callable[[int], None] | None = None,
    ) -> Reading:
        """Reads the extract once and pairs it with the bookings of the year.

        `vanish`: the extract holds the whole year, so that what it no longer has is gone. Bookings of a kind the extract does not have at all
        are left alone, and so is everything when a row could not be read: it may be the one that is missed.
        """
        reading = Reading()
        reading.notices.extend(extract.notices)
        self._read(extract, reader, year, reading, progress)
        self._load(plan, year)
        self.base.executescript("CREATE INDEX row_grp ON row (grp, line); CREATE INDEX had_grp ON had (grp, rank);")
        self._pair(reading)
        kinds = sorted(reading.cents) if vanish and not reading.problems.total else []
        marks = ", ".join("?" * len(kinds))
        self.base.execute(f"UPDATE had SET seen = 1 WHERE vanished = 1 OR kind NOT IN ({marks})", kinds)
        reading.vanished = self._one("SELECT count(*) FROM had WHERE seen = 0")
        if reading.derived:
            said = say(gettext_noop("Code fonctionnel absent : pris devant la barre de l’article budgétaire (%(count)s lignes)."), count=reading.derived)  # fmt: skip
            reading.notices.add(1, WHOLE_LINE, "", said)
        if reading.outside:
            said = say(gettext_noop("%(count)s écritures ont une date hors de l’exercice %(year)s. Elles y sont comptées."), count=reading.outside, year=year)  # fmt: skip
            reading.notices.add(1, WHOLE_LINE, "", said)
        if reading.totals_left_out:
            said = say(gettext_noop("%(count)s lignes de total ont été laissées de côté."), count=reading.totals_left_out)
            reading.notices.add(1, WHOLE_LINE, "", said)
        return reading

    # --- In -------------------------------------------------------------------------------------------------------

    def _read(
        self, extract: ExtractLike, reader: ExtractReader, year: int, reading: Reading, progress: Callable[[int], None] | None
    ) -> None:
        waiting: list[tuple[Any, ...]] = []
        done = 0
        for line in extract.rows():
            done += 1
            if not isinstance(line, tuple):
                reading.problems.add(line.line, line.column, line.value, line.message)
                continue
            try:
                row = reader.read(line[0], line[1])
            except UnreadableValue as error:
                reading.problems.add(line[0], error.column, error.value, error.message)
                continue
            if row is None:
                reading.totals_left_out += 1
                continue
            reading.rows += 1
            reading.cents[row.kind] += row.cents
            reading.derived += row.derived
            reading.outside += row.booked_on.year != year
            waiting.append(_as_tuple(row, year))
            if len(waiting) == CHUNK:
                self._insert_rows(waiting)
                waiting.clear()
                if progress:
                    progress(done)
        self._insert_rows(waiting)
        if progress:
            progress(done)

    def _insert_rows(self, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            self._many(
                "INSERT INTO row (line, grp, mark, kind, number, booked_on, article, function_code, supplier, label, cents)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )

    def _load(self, plan: Plan, year: int) -> None:
        bookings = there(plan).filter(year=year).order_by("pk")
        waiting: list[tuple[Any, ...]] = []
        for pk, key, kind, day, supplier, label, amount, function, vanished in bookings.values_list(
            "pk", "key", "kind", "booked_on", "supplier_search", "label", "amount", "function_code", "vanished_at"
        ).iterator(chunk_size=CHUNK):
            group, rank = split_key(key)
            waiting.append(
                (pk, group, rank, mark_of(day, supplier, label, int(amount.scaleb(2)), function), int(vanished is not None), kind)
            )
            if len(waiting) == CHUNK:
                self._many("INSERT INTO had (pk, grp, rank, mark, vanished, kind) VALUES (?, ?, ?, ?, ?, ?)", waiting)
                waiting.clear()
        self._many("INSERT INTO had (pk, grp, rank, mark, vanished, kind) VALUES (?, ?, ?, ?, ?, ?)", waiting)

    def _many(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        self.base.execute("BEGIN")
        self.base.executemany(statement, rows)
        self.base.execute("COMMIT")

    def _one(self, statement: str) -> int:
        return int(self.base.execute(statement).fetchone()[0])

    # --- Side by side ---------------------------------------------------------------------------------------------

    def _pair(self, reading: Reading) -> None:
        found: list[tuple[Any, ...]] = []
        seen: list[tuple[int]] = []
        for _group, lines, had in self._groups():
            paired = pair(lines, had)
            for status, matched in ((KNOWN, paired.same), (CHANGED, paired.changed)):
                for line, booking in matched.items():
                    found.append((status, booking.pk, booking.rank, int(booking.vanished), line))
                    seen.append((booking.pk,))
                    reading.back += booking.vanished
                    if status == CHANGED:
                        reading.changed += 1
                    elif not booking.vanished:
                        reading.known += 1
            for line, rank in paired.new.items():
                found.append((NEW, None, rank, 0, line))
            reading.new += len(paired.new)
            if len(found) >= CHUNK:
                self._note(found, seen)
                found, seen = [], []
        self._note(found, seen)

    def _note(self, found: list[tuple[Any, ...]], seen: list[tuple[int]]) -> None:
        self._many("UPDATE row SET status = ?, pk = ?, rank = ?, back = ? WHERE line = ?", found)
        self._many("UPDATE had SET seen = 1 WHERE pk = ?", seen)

    def _groups(self) -> Iterator[tuple[str, list[tuple[int, str]], list[Had]]]:
        """Each group of the extract with the bookings of the same group; both are read in one order, side by side."""
        rows = groupby(self.base.execute("SELECT grp, line, mark FROM row ORDER BY grp, line"), key=lambda one: one[0])
        hads = groupby(self.base.execute("SELECT grp, pk, rank, mark, vanished FROM had ORDER BY grp, rank"), key=lambda one: one[0])
        nothing: tuple[str, list[Had]] = ("", [])
        ahead = _next(hads)
        for group, lines in rows:
            while ahead is not None and ahead[0] < group:
                ahead = _next(hads)
            known = ahead if ahead is not None and ahead[0] == group else nothing
            yield group, [(line, mark) for _group, line, mark in lines], known[1]

    # --- Out ------------------------------------------------------------------------------------------------------

    def new_rows(self) -> Iterator[list[dict[str, Any]]]:
        """Rows to add, in the order of the file, in chunks."""
        yield from self._chunks("SELECT * FROM row WHERE status = 0 AND line > ? ORDER BY line LIMIT ?", "line")

    def changed_rows(self, limit: int = CHUNK) -> Iterator[list[dict[str, Any]]]:
        """Rows that change a booking or bring it back."""
        yield from self._chunks("SELECT * FROM row WHERE (status = 2 OR back = 1) AND pk > ? ORDER BY pk LIMIT ?", "pk", limit)

    def seen_bookings(self) -> Iterator[list[int]]:
        """Primary keys of the bookings that the extract holds again."""
        for chunk in self._chunks("SELECT pk FROM row WHERE pk > ? ORDER BY pk LIMIT ?", "pk"):
            yield [one["pk"] for one in chunk]

    def vanished_bookings(self, limit: int = CHUNK) -> Iterator[list[int]]:
        for chunk in self._chunks("SELECT pk FROM had WHERE seen = 0 AND pk > ? ORDER BY pk LIMIT ?", "pk", limit):
            yield [one["pk"] for one in chunk]

    def _chunks(self, statement: str, by: str, limit: int = CHUNK) -> Iterator[list[dict[str, Any]]]:
        last = -1
        while True:
            cursor = self.base.execute(statement, (last, limit))
            names = [column[0] for column in cursor.description]
            found = [dict(zip(names, values, strict=True)) for values in cursor]
            if not found:
                return
            yield found
            last = found[-1][by]


def _next(groups: Any) -> tuple[str, list[Had]] | None:
    found = next(groups, None)
    if found is None:
        return None
    return found[0], [Had(pk, rank, mark, bool(vanished)) for _group, pk, rank, mark, vanished in found[1]]


def _as_tuple(row: ExtractRow, year: int) -> tuple[Any, ...]:
    return (
        row.line, row.group(year), row.mark, row.kind, row.number, row.booked_on.isoformat(), row.article, row.function_code,
        row.supplier, row.label, row.cents,
    )  # fmt: skip
