"""Two states of a plan put side by side: which actions came, which went, and what changed in each, field by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class PartnerSaid:
    """An organisation in an action: its name of that day and its role. `organization`, its key, says who it is, not what was said."""

    name: str
    role: str
    organization: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class TargetSaid:
    """What an indicator should reach in a year."""

    indicator: str
    year: int
    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class AmountSaid:
    """What a line of funding gives an action in a year, in euros; None says unknown, never zero."""

    line: str
    year: int
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class ActionSaid:
    """One action as a version of the plan says it, or as the team works with it today. `action` is its key, the same in every state;
    `node` the key of its code."""

    action: int
    sequence: int
    title: str
    code: str = ""
    description: str = ""
    basis: str = ""
    lead_service: str = ""
    objectives: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    neighbourhoods: tuple[str, ...] = ()
    partners: tuple[PartnerSaid, ...] = ()
    targets: tuple[TargetSaid, ...] = ()
    amounts: tuple[AmountSaid, ...] = ()
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    state: str = ""
    stop_reason: str = ""
    node: int | None = None


ENDED = frozenset({"stopped", "terminated"})
COMPARED = tuple(one.name for one in fields(ActionSaid) if one.name not in ("action", "node"))


@dataclass(frozen=True, slots=True)
class FieldMoved:
    """A field that is not the same. For lists, `gone` and `came` hold what left and what arrived, in their own order."""

    field: str
    before: Any
    after: Any
    gone: tuple[Any, ...] = ()
    came: tuple[Any, ...] = ()

    @property
    def is_list(self) -> bool:
        return isinstance(self.before, tuple)


@dataclass(frozen=True, slots=True)
class ActionMoved:
    before: ActionSaid
    after: ActionSaid
    fields: tuple[FieldMoved, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`added` and `removed` by number, `changed` by the number the newer state gives; `same` counts what did not move."""

    added: tuple[ActionSaid, ...]
    removed: tuple[ActionSaid, ...]
    changed: tuple[ActionMoved, ...]
    same: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed)

    @property
    def count(self) -> int:
        return len(self.added) + len(self.removed) + len(self.changed)


def compare_actions(before: ActionSaid, after: ActionSaid) -> tuple[FieldMoved, ...]:
    """The fields that differ, in the order of the sheet. A list that only changed its order did not move."""
    return tuple(moved for name in COMPARED if (moved := _moved(name, getattr(before, name), getattr(after, name))) is not None)


def compare_plans(older: Iterable[ActionSaid], newer: Iterable[ActionSaid]) -> Comparison:
    """What happened between two states of the same plan. Actions are the same by their key, whatever number or title they bear."""
    then, now = {one.action: one for one in older}, {one.action: one for one in newer}
    both = [(then[key], now[key]) for key in now if key in then]
    moved = [ActionMoved(before, after, found) for before, after in both if (found := compare_actions(before, after))]
    return Comparison(
        added=_by_number(one for key, one in now.items() if key not in then),
        removed=_by_number(one for key, one in then.items() if key not in now),
        changed=tuple(sorted(moved, key=lambda one: (one.after.sequence, one.after.action))),
        same=len(both) - len(moved),
    )


def _by_number(actions: Iterable[ActionSaid]) -> tuple[ActionSaid, ...]:
    return tuple(sorted(actions, key=lambda one: (one.sequence, one.action)))


def _moved(name: str, before: Any, after: Any) -> FieldMoved | None:
    if name == "state" and not {before, after} & ENDED:
        return None  # the work going on is no change of the plan; ending, or taking up again, is
    if not isinstance(before, tuple):
        return None if before == after else FieldMoved(name, before, after)
    gone, came = (tuple(one for one in these if one not in those) for these, those in ((before, after), (after, before)))
    return FieldMoved(name, before, after, gone, came) if gone or came else None
