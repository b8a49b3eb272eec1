"""Checks of a plan's money: the rules a framework may list, applied to plain figures. Which rules, rates and dates are data.

A check that cannot be said says why; it never passes by default. Rules known here (`extra["rule"]` of a node of kind `check`):

- `share_at_least`: what the role `share` brings is at least `rate` × what the role `of` brings (`pcs.md` §5: the own share is at least 25 % of
  the subsidy, not of the total cost). `on` says where the figures are read: `budget` (default) or `accounts`.
- `passed_on_in_full`: what is received under the role `role` is paid on, all of it (`pcs.md` §5: article 20).
- `within_effective_dates`: no part of a booking falls on an action outside its dates (`pcs.md` §8).
- `at_most_whole`: no booking bears more than 100 % (`pcs.md` §5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from tissage.core.money import Total, to_cents
from tissage.core.plan_framework import CHECK, Entry, PlanFramework

NOTHING = Total(None)


class Reason(StrEnum):
    """Why a check cannot be said. Empty when it is said."""

    SAID = ""
    UNKNOWN_RULE = "unknown_rule"
    UNREADABLE_RATE = "unreadable_rate"
    NO_BASE = "no_base"
    UNKNOWN_BASE = "unknown_base"
    UNKNOWN_SHARE = "unknown_share"
    NO_RECEIPT = "no_receipt"
    NO_BOOKING = "no_booking"
    NO_SPLIT = "no_split"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the checks of one year look at. Roles are those of legal bases: `subsidy`, `passed_on`, `own_share`, `other`.

    `budget`: latest amount of the funding lines by role. `received`, `spent`: bookings by role, absent when none can be told.
    `bookings`, `parts`: how many bookings of the year, how many parts of them go to an action. `outside`: parts that fall on an action
    outside its dates; `over`: bookings that bear more than 100 %.
    """

    budget: Mapping[str, Total] = field(default_factory=dict)
    received: Mapping[str, Decimal] = field(default_factory=dict)
    spent: Mapping[str, Decimal] = field(default_factory=dict)
    bookings: int = 0
    parts: int = 0
    outside: int = 0
    over: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """`passed` None: cannot be said, for `reason`. `found` and `needed` are euros for rules on amounts, counts for the others."""

    rule: str
    passed: bool | None
    reason: Reason = Reason.SAID
    found: Decimal | int | None = None
    needed: Decimal | int | None = None
    base: Decimal | None = None
    rate: Decimal | None = None


def checks_of_year(framework: PlanFramework, year: int) -> tuple[Entry, ...]:
    """The checks whose validity meets this year, in the order of the version."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return tuple(
        one
        for one in framework.of_kind(CHECK)
        if (one.valid_from is None or one.valid_from <= last) and (one.valid_to is None or one.valid_to >= first)
    )


def check(entry: Entry, facts: Facts) -> Verdict:
    """One check against the figures of a year. A rule that this release does not know is said to be unknown."""
    rule = str(entry.extra.get("rule", ""))
    apply = RULES.get(rule)
    return apply(entry, facts) if apply else Verdict(rule, None, Reason.UNKNOWN_RULE)


def rate_of(entry: Entry) -> Decimal | None:
    """The rate of a check (0.25 for 25 %); None when its data hold none that can be read."""
    try:
        rate = Decimal(str(entry.extra.get("rate", "")))
    except InvalidOperation:
        return None
    return rate if rate.is_finite() and rate >= 0 else None


def _share_at_least(entry: Entry, facts: Facts) -> Verdict:
    rule, rate = "share_at_least", rate_of(entry)
    if rate is None:
        return Verdict(rule, None, Reason.UNREADABLE_RATE)
    of, share = str(entry.extra.get("of", "subsidy")), str(entry.extra.get("share", "own_share"))
    if entry.extra.get("on") == "accounts":
        base, brought = Total(facts.received.get(of)), Total(facts.spent.get(share))
    else:
        base, brought = facts.budget.get(of, NOTHING), facts.budget.get(share, NOTHING)
    if base.known is None and not base.unknown:
        return Verdict(rule, None, Reason.NO_BASE, rate=rate)
    if base.exact is None:
        return Verdict(rule, None, Reason.UNKNOWN_BASE, rate=rate)
    needed = to_cents(base.exact * rate)
    # An unknown share can only add to what is known: enough is already enough.
    if brought.known is not None and brought.known >= needed:
        return Verdict(rule, True, Reason.SAID, brought.known, needed, base.exact, rate)
    if brought.exact is None and (brought.unknown or entry.extra.get("on") == "accounts"):
        return Verdict(rule, None, Reason.UNKNOWN_SHARE, brought.known, needed, base.exact, rate)
    found = brought.known or Decimal("0.00")
    return Verdict(rule, found >= needed, Reason.SAID, found, needed, base.exact, rate)


def _passed_on_in_full(entry: Entry, facts: Facts) -> Verdict:
    role = str(entry.extra.get("role", "passed_on"))
    received = facts.received.get(role)
    if received is None:
        return Verdict("passed_on_in_full", None, Reason.NO_RECEIPT, facts.spent.get(role))
    paid = facts.spent.get(role, Decimal("0.00"))
    return Verdict("passed_on_in_full", paid >= received, Reason.SAID, paid, received)


def _within_effective_dates(entry: Entry, facts: Facts) -> Verdict:
    if not facts.bookings:
        return Verdict("within_effective_dates", None, Reason.NO_BOOKING)
    if not facts.parts:
        return Verdict("within_effective_dates", None, Reason.NO_SPLIT)
    return Verdict("within_effective_dates", not facts.outside, Reason.SAID, facts.outside, 0)


def _at_most_whole(entry: Entry, facts: Facts) -> Verdict:
    if not facts.bookings:
        return Verdict("at_most_whole", None, Reason.NO_BOOKING)
    return Verdict("at_most_whole", not facts.over, Reason.SAID, facts.over, 0)


RULES: Mapping[str, Callable[[Entry, Facts], Verdict]] = {
    "share_at_least": _share_at_least,
    "passed_on_in_full": _passed_on_in_full,
    "within_effective_dates": _within_effective_dates,
    "at_most_whole": _at_most_whole,
}
