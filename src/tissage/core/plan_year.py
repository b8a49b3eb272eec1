"""One year of a plan, whole, as plain values: what a frozen year keeps and every document is made from.

Amounts and figures are exact `Decimal`s; None says unknown, never zero. As JSON, decimals and dates are texts, so that what is
read back equals what was written; `canonical` gives one text for one value, whose SHA-256 is the checksum of a frozen year.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import types
import typing
from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from .money import Money, Total

FORMAT = 1
"""Grows when the shape changes; a year frozen under an older one is still read, absent fields taking their default."""

APPROVED, UNKNOWN, MISSING = "approved", "unknown", "missing"
"""States of a figure: known and approved; approved as not known by its author; not approved, or never handed in."""

NOT_KNOWN, NO_HELP = Money(), Total(Decimal("0.00"))

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Facts:
    """The plan itself. `threshold`: counts of persons below it are not shown as they are."""

    territory: str
    plan: str
    year: int
    framework: str
    carrier: str = ""
    carrier_kind: str = ""
    council: str = ""
    members: tuple[str, ...] = ()
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    threshold: int = 5
    is_demonstration: bool = False


@dataclass(frozen=True, slots=True)
class VersionInForce:
    """The version of the plan in force at the end of the year."""

    number: int
    reason: str
    council_on: dt.date | None = None
    sent_on: dt.date | None = None
    answer: str = ""
    effective_from: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AxisOfYear:
    code: str
    label: str
    status: str = "confirmed"


@dataclass(frozen=True, slots=True)
class MoneyOf:
    """Money of one axis, funder or partner; help in kind stands beside it."""

    key: str
    label: str
    money: Money
    help_in_kind: Total = NO_HELP


@dataclass(frozen=True, slots=True)
class FigureOfYear:
    """What an indicator says of the year. Only an `APPROVED` one has a value; `owed` says who owes one that is `MISSING`.

    `previous`: the approved figure of the year before. `months`: how many months of twelve stand behind a value counted by the month.
    """

    indicator: str
    unit: str
    state: str
    value: Decimal | None = None
    target: Decimal | None = None
    previous: Decimal | None = None
    baseline: Decimal | None = None
    baseline_year: int | None = None
    direction: str = ""
    level: str = ""
    how_counted: str = ""
    source: str = ""
    sentence: str = ""
    counted_by: str = ""
    owed: str = ""
    months: int | None = None


@dataclass(frozen=True, slots=True)
class AccountOfYear:
    """The approved account of an action by one organisation; `by` empty: the team."""

    by: str
    done: str = ""
    benefits: str = ""
    difficulties: str = ""
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class PartnerOfAction:
    name: str
    role: str
    role_label: str = ""


@dataclass(frozen=True, slots=True)
class ActionOfYear:
    """An action as it stood: planned (version in force), done, with whom, for which money. `late` says why it is, else empty."""

    key: int
    sequence: int
    title: str
    code: str = ""
    catalogue: str = ""
    axis: str = ""
    basis: str = ""
    description: str = ""
    state: str = ""
    state_label: str = ""
    health: str = ""
    health_label: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    stop_reason: str = ""
    lead_service: str = ""
    pst_reference: str = ""
    neighbourhoods: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    partners: tuple[PartnerOfAction, ...] = ()
    in_version: bool = True
    late: str = ""
    figures: tuple[FigureOfYear, ...] = ()
    accounts: tuple[AccountOfYear, ...] = ()
    money: Money = NOT_KNOWN


@dataclass(frozen=True, slots=True)
class FundingOfYear:
    """A funding line of the year, at its latest budget stage; amount None: not known yet."""

    label: str
    funder: str
    basis: str = ""
    function_code: str = ""
    stage: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FunctionOfYear:
    """A function code: what the accounts' statement says, what was imported, and the gap; None: not said."""

    function_code: str
    kind: str
    statement: Decimal | None = None
    imported: Decimal | None = None
    gap: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StaffOfYear:
    """Full-time equivalents of a function on an action, over the part of the period that falls in the year. Functions, never names."""

    action: int
    function: str
    fte: Decimal
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class HelpOfYear:
    """Help in kind stands beside money, never in a sum of it."""

    action: int
    organization: str
    description: str
    value: Decimal | None = None
    how_estimated: str = ""


@dataclass(frozen=True, slots=True)
class AgreementOfYear:
    """An agreement that runs in the year; amounts of its proofs, None when there is none."""

    title: str
    kind: str
    status: str
    parties: tuple[str, ...] = ()
    receiver: str = ""
    actions: tuple[int, ...] = ()
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    council_on: dt.date | None = None
    amount: Decimal | None = None
    paid: Decimal | None = None
    submitted: Decimal | None = None
    accepted: Decimal | None = None
    waiting: int = 0
    claimed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CheckOfYear:
    """`passed` None: it cannot be told."""

    code: str
    label: str
    passed: bool | None
    sentence: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class DecisionOfYear:
    number: int
    kind: str
    text: str
    vote: str = ""


@dataclass(frozen=True, slots=True)
class ToDoOfYear:
    text: str
    owner: str
    due_on: dt.date | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class MeetingOfYear:
    body: str
    held_on: dt.date
    status: str = ""
    attendees: int | None = None
    minutes_adopted_on: dt.date | None = None
    decisions: tuple[DecisionOfYear, ...] = ()
    to_do: tuple[ToDoOfYear, ...] = ()
    is_public: bool = True
    """Its minutes were adopted and are for everybody. Years frozen before this was kept say so of every meeting."""
    kept_back: int = 0
    """How many decisions a public document does not tell."""


@dataclass(frozen=True, slots=True)
class ObligationOfYear:
    code: str
    label: str
    towards: str = ""
    due_on: dt.date | None = None
    sitting_on: dt.date | None = None
    met_on: dt.date | None = None
    switched_off_on: dt.date | None = None
    reason: str = ""
    status: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class YearData:
    """Everything a document of the year may say. `total` holds everything once, split to actions or not; `unsplit` is the part on no action."""

    facts: Facts
    version: VersionInForce | None = None
    axes: tuple[AxisOfYear, ...] = ()
    actions: tuple[ActionOfYear, ...] = ()
    total: Money = NOT_KNOWN
    unsplit: Money = NOT_KNOWN
    unsplit_bookings: int = 0
    funded: Total = NO_HELP
    help_total: Total = NO_HELP
    by_axis: tuple[MoneyOf, ...] = ()
    by_funder: tuple[MoneyOf, ...] = ()
    by_partner: tuple[MoneyOf, ...] = ()
    funding: tuple[FundingOfYear, ...] = ()
    functions: tuple[FunctionOfYear, ...] = ()
    staff: tuple[StaffOfYear, ...] = ()
    help_in_kind: tuple[HelpOfYear, ...] = ()
    agreements: tuple[AgreementOfYear, ...] = ()
    checks: tuple[CheckOfYear, ...] = ()
    meetings: tuple[MeetingOfYear, ...] = ()
    obligations: tuple[ObligationOfYear, ...] = ()
    format: int = FORMAT

    def of_axis(self, code: str) -> tuple[ActionOfYear, ...]:
        return tuple(action for action in self.actions if action.axis == code)

    @property
    def figures(self) -> tuple[FigureOfYear, ...]:
        return tuple(figure for action in self.actions for figure in action.figures)


# --- JSON -----------------------------------------------------------------------------------------------------------
def as_json(value: Any) -> Any:
    """Plain JSON values: a decimal is its text, a date its ISO text, a tuple a list, a dataclass a dictionary."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: as_json(getattr(value, name)) for name in (field.name for field in dataclasses.fields(value))}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [as_json(one) for one in value]
    return value


def from_json(kind: type[Value], data: Any) -> Value:
    """The dataclass `kind` back from its JSON. A field that was not written takes its default; one no longer known is left."""
    hints = _hints(typing.cast(Hashable, kind))
    known = {name: _read(hint, data[name]) for name, hint in hints.items() if name in data}
    return kind(**known)


def canonical(data: Any) -> str:
    """One text for one JSON value, whatever the order of its keys."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def checksum(data: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read(hint: Any, data: Any) -> Any:
    if data is None:
        return None
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        hint = next(one for one in typing.get_args(hint) if one is not type(None))
    if typing.get_origin(hint) is tuple:
        return tuple(_read(typing.get_args(hint)[0], one) for one in data)
    if hint is Decimal:
        return Decimal(data)
    if hint is dt.date:
        return dt.date.fromisoformat(data)
    return from_json(hint, data) if isinstance(hint, type) and dataclasses.is_dataclass(hint) else data
