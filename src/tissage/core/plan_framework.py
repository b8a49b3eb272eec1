"""A version of a plan framework as a plain value: axes, rights, catalogue, legal bases, delays, checks, models of documents.

Nothing regulatory is code: a rule that changes is another version, read here the same way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

OBJECTIVE, AXIS, RIGHT, THEME, ACTION = "objective", "axis", "right", "theme", "action"
FUNDING, CHECK, DELAY, BODY, TEMPLATE = "funding", "check", "delay", "body", "template"
CLAWBACK, PROOF_KIND, CARRIER, ROLE, PLAN_NAME = "clawback", "proof_kind", "carrier", "role", "plan_name"
PLAN_KINDS = (OBJECTIVE, AXIS, RIGHT, THEME, ACTION, FUNDING, CARRIER, ROLE, BODY, DELAY, CHECK, CLAWBACK, PROOF_KIND, TEMPLATE, PLAN_NAME)
PARENT_KINDS: Mapping[str, tuple[str, ...]] = {RIGHT: (AXIS,), THEME: (AXIS,), ACTION: (THEME, AXIS)}
"""Where the parent of a kind is looked for: a catalogue action stands under a theme, or straight under an axis."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A code of the version. `label` is in the language asked; `status` is confirmed, partial or unverified; `source` says where it was read.

    `parent` is the code of what it stands under ("" at the top); `extra` holds what a rule says: role and function codes of a legal
    basis, days of a delay, rate of a check, fields of a model.
    """

    kind: str
    code: str
    label: str
    parent: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    status: str = "unverified"
    source: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def valid_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class PlanFramework:
    """One version, in the order its data give. `ends_on` is the end as first decreed, `extended_to` what it became."""

    name: str
    entries: tuple[Entry, ...]
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    extended_to: dt.date | None = None
    _index: Mapping[tuple[str, str], Entry] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        name: str,
        entries: Iterable[Entry],
        *,
        starts_on: dt.date | None = None,
        ends_on: dt.date | None = None,
        extended_to: dt.date | None = None,
    ) -> PlanFramework:
        ordered = tuple(entries)
        return cls(name, ordered, starts_on, ends_on, extended_to, {(one.kind, one.code): one for one in ordered})

    @property
    def last_day(self) -> dt.date | None:
        """The day the programme ends, its extension counted; None when no source says."""
        return self.extended_to or self.ends_on

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        return tuple(one for one in self.entries if one.kind == kind)

    def entry(self, kind: str, code: str) -> Entry | None:
        return self._index.get((kind, code))

    def label_of(self, kind: str, code: str) -> str:
        """The words of a code; the code itself when this version does not list it."""
        found = self.entry(kind, code)
        return found.label if found else code

    def parent_of(self, entry: Entry) -> Entry | None:
        return next((found for kind in PARENT_KINDS.get(entry.kind, ()) if (found := self.entry(kind, entry.parent))), None)

    def axis_of(self, code: str) -> Entry | None:
        """The axis that a catalogue action, a theme or a right stands under; an axis is its own. None for a code not listed."""
        here = next((found for kind in (ACTION, THEME, RIGHT, AXIS) if (found := self.entry(kind, code))), None)
        while here is not None and here.kind != AXIS:
            here = self.parent_of(here)
        return here

    def rights_of_axis(self, code: str) -> tuple[Entry, ...]:
        return tuple(one for one in self.of_kind(RIGHT) if one.parent == code)

    def actions_of_axis(self, code: str) -> tuple[Entry, ...]:
        """The catalogue codes under an axis, through their themes or straight."""
        return tuple(one for one in self.of_kind(ACTION) if (axis := self.axis_of(one.code)) is not None and axis.code == code)

    def bases_of_role(self, role: str) -> tuple[Entry, ...]:
        """Legal bases of a role: `subsidy`, `passed_on`, `own_share` or `other`."""
        return tuple(one for one in self.of_kind(FUNDING) if one.extra.get("role") == role)

    def marks(self) -> dict[str, str]:
        """How a published plan marks a legal basis: mark as written → code of the basis, e.g. {"ART 20": "art20"}."""
        return {mark: basis.code for basis in self.of_kind(FUNDING) for mark in basis.extra.get("marks", ())}

    @property
    def plan_name(self) -> str:
        """What a plan under this version is called until somebody says otherwise; the name of the version when its data do not say."""
        return next((one.label for one in self.of_kind(PLAN_NAME)), self.name)

    def delays_of(self, codes: Iterable[str]) -> tuple[Entry, ...]:
        """The delays an obligation names, in its order; a code this version does not list is left out."""
        return tuple(found for code in codes if (found := self.entry(DELAY, code)))
