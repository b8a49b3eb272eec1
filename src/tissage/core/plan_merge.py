"""Comparing a workbook with the plan, three ways: what the plan says now, what the row says, what the row said when it left.

A row that left with our mark carries the number of what it shows and a fingerprint of what it said. A row nobody touched asks for nothing, even
when the plan moved meanwhile; a row that was touched while the plan moved too is a conflict, and a person chooses. A row that is not in
the file is said and never deleted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .plan_cells import TOO_LONG
from .plan_workbook import ACTIONS, AMOUNTS, FIGURES, INDICATORS, PARTNERS

CREATED, CHANGED, CONFLICT = "created", "changed", "conflict"
Key = tuple[str, ...]
Values = Mapping[str, str]
SAME: Mapping[str, frozenset[str]] = {
    PARTNERS: frozenset({"number", "organization"}),
    INDICATORS: frozenset({"number"}),
    FIGURES: frozenset({"number", "name", "year", "month"}),
    AMOUNTS: frozenset({"number", "year", "label"}),
}
"""What tells a row from another: written with other capitals, it is still the same row."""
_MARK = re.compile(r"(\d{1,12})-r(\d{1,9})-([0-9a-f]{10})")


@dataclass(frozen=True, slots=True)
class Mark:
    """`pk` of what the row shows, `revision` of its action when it left, `print` of what the row said."""

    pk: int
    revision: int
    print: str

    def __str__(self) -> str:
        return f"{self.pk}-r{self.revision}-{self.print}"


def fingerprint(values: Values) -> str:
    """Of what a row says, empty cells apart.

    >>> fingerprint({"title": "Jardin", "note": ""}) == fingerprint({"title": "Jardin"})
    True
    """
    said = "\x1e".join(f"{name}\x1f{value}" for name, value in sorted(values.items()) if value)
    return hashlib.sha256(said.encode()).hexdigest()[:10]


def read_mark(text: str) -> Mark | None:
    """None for what is no mark of ours: such a row is known by its key."""
    match = _MARK.fullmatch(text.strip())
    return Mark(int(match[1]), int(match[2]), match[3]) if match else None


@dataclass(frozen=True, slots=True)
class Known:
    """A row as the plan has it now. `label` says it to a person."""

    kind: str
    pk: int
    key: Key
    values: Values
    revision: int
    label: str

    @property
    def mark(self) -> Mark:
        return Mark(self.pk, self.revision, fingerprint(self.values))


@dataclass(frozen=True, slots=True)
class Given:
    """A row of the file. `values` holds the columns that the file has; `defaults` what a new row gets beside."""

    kind: str
    sheet: str
    line: int
    key: Key
    values: Values
    label: str
    mark: Mark | None = None
    defaults: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldChange:
    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a row of the file would do. `pk` is None for a new row; `id` names it in a form."""

    status: str
    kind: str
    sheet: str
    line: int
    label: str
    key: Key
    pk: int | None
    revision: int
    fields: tuple[FieldChange, ...]

    @property
    def id(self) -> str:
        return f"{self.kind}-{self.pk or 0}-{self.line}"


@dataclass(frozen=True, slots=True)
class Difference:
    """All that a file would change. `untouched` rows say what the plan says, or what it said when they left; `absent` ones stay as they are.

    `twice`: rows that stand a second time in the file, with the line of the first.
    """

    changes: tuple[Change, ...]
    untouched: int
    older: int
    absent: tuple[Known, ...]
    twice: tuple[tuple[Given, int], ...]

    def of(self, status: str) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.status == status)

    @property
    def digest(self) -> str:
        """The same when applying would do the same."""
        return hashlib.sha256(repr([(one.status, one.kind, one.key, one.pk, one.fields) for one in self.changes]).encode()).hexdigest()[:16]


def merge(known: Sequence[Known], given: Sequence[Given], kinds: Iterable[str], unread: Collection[tuple[str, int]] = ()) -> Difference:
    """`kinds`: the sheets that the file holds; rows of another kind are not absent, they were not given. `unread`: in the file, with a problem."""
    by_key = {(one.kind, one.key): one for one in known}
    by_pk = {(one.kind, one.pk): one for one in known}
    keys = {(one.kind, one.key) for one in given}
    changes: list[Change] = []
    met: dict[tuple[str, int], int] = {}
    new: dict[tuple[str, Key], int] = {}
    twice: list[tuple[Given, int]] = []
    untouched = older = 0
    for row in given:
        found = _found(row, by_key, by_pk, keys)
        place = (row.kind, found.pk) if found else None
        first = met.get(place) if place else new.get((row.kind, row.key))
        if first is not None:
            twice.append((row, first))
            continue
        if found is None or place is None:
            new[row.kind, row.key] = row.line
            changes.append(_created(row))
            continue
        met[place] = row.line
        fields = tuple(
            FieldChange(name, found.values.get(name, ""), value)
            for name, value in row.values.items()
            if value not in (found.values.get(name, ""), TOO_LONG) and name not in SAME.get(row.kind, ())
        )
        if not fields:
            untouched += 1
        elif row.mark and row.mark.print == fingerprint(row.values):
            older += 1
        else:
            moved = row.mark is not None and row.mark.print != found.mark.print
            status = CONFLICT if moved else CHANGED
            changes.append(Change(status, row.kind, row.sheet, row.line, found.label, row.key, found.pk, found.revision, fields))
    looked_for = set(kinds)
    absent = tuple(one for one in known if one.kind in looked_for and (one.kind, one.pk) not in met and (one.kind, one.pk) not in unread)
    return Difference(tuple(changes), untouched, older, absent, tuple(twice))


def _found(
    row: Given, by_key: Mapping[tuple[str, Key], Known], by_pk: Mapping[tuple[str, int], Known], keys: set[tuple[str, Key]]
) -> Known | None:
    """The row of the plan that this one speaks of: by its key; else, for what may be renumbered or renamed, by its mark.

    A row copied in a spreadsheet brings the mark of another along: the mark counts only while no row bears the key it belonged to.
    """
    found = by_key.get((row.kind, row.key))
    if found is None and row.mark and row.kind in (ACTIONS, INDICATORS):
        marked = by_pk.get((row.kind, row.mark.pk))
        moved_away = row.kind == INDICATORS and marked is not None and marked.key[0] != row.key[0]
        if marked is not None and not moved_away and (row.kind, marked.key) not in keys:
            return marked
    return found


def _created(row: Given) -> Change:
    values = {**row.defaults, **{name: value for name, value in row.values.items() if value and value != TOO_LONG}}
    fields = tuple(FieldChange(name, "", value) for name, value in values.items())
    return Change(CREATED, row.kind, row.sheet, row.line, row.label, row.key, None, 0, fields)
