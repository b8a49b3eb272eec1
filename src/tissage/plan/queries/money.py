"""Where the money of a plan stands: budgeted, committed, spent, received, by whatever one asks. Counted in SQL, in a constant number of queries.

- *Budgeted*: what the funding lines allocate to actions; for each line and action, the latest stage that says something.
- *Spent*, *received*: bookings that are still in the accounts, by the parts that go to actions; a booking not split stands apart.
- *Committed*: promised and not paid yet. A commitment of the accounts counts less the expenses of the same supplier on the same budget article
  in that year, never below zero. An instalment not paid of an agreement that is signed counts too, unless the accounts hold a commitment
  for the organisation that receives it in that year: then the accounts have it already (`docs/decisions/0014-rounding-of-money.md`).
- A year without any booking read says nothing: spent and received are unknown, not zero. So is the budget of a year without any allocation.
- Help in kind stands beside, never added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Literal

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from tissage.core.folding import fold
from tissage.core.money import ZERO, Money, Total
from tissage.core.plan_framework import AXIS
from tissage.frameworks.queries_plan import plan_framework
from tissage.plan.models import Action, ActionPartner, Plan

from .money_rows import (
    Booked,
    allocated_by_action,
    amount_of_lines,
    booked_by_action,
    booked_by_line,
    help_by_action,
)
from .promises import Promised, promised

By = Literal["action", "axis", "funder", "partner", "neighbourhood", "year"]
NOTHING = Booked()
GROUPINGS: tuple[By, ...] = ("action", "axis", "funder", "partner", "neighbourhood", "year")


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One row: `key` is the number of the action, organisation or place, the code of the axis, or the year; "" for what has none."""

    key: str
    label: str
    money: Money
    help_in_kind: Total


@dataclass(frozen=True, slots=True)
class Ledger:
    """All the money of a plan over some years, by action and year. None as an action: not on any action yet."""

    plan: Plan
    years: tuple[int, ...]
    actions: Mapping[int, tuple[int, str, str]]
    """Action → its number, its title, its catalogue code."""
    allocated: Mapping[tuple[int, int], Total]
    booked: Mapping[tuple[int | None, int], Booked]
    promised: Promised
    kind: Mapping[tuple[int, int], Total]
    budget_years: frozenset[int]
    booked_years: frozenset[int]

    def cell(self, action: int | None, year: int) -> Money:
        """The money of one action in one year; of what is on no action for None."""
        budget = Total(ZERO) if year in self.budget_years else Total(None)
        if action is not None:
            budget = self.allocated.get((action, year), budget)
        promise = self.promised.by_action.get((action, year))
        if year not in self.booked_years:
            return Money(budget.known, promise, None, None, budget.unknown)
        one = self.booked.get((action, year), NOTHING)
        return Money(budget.known, one.committed + (promise or ZERO), one.spent, one.received, budget.unknown)

    def of(self, actions: Iterable[int | None], years: Iterable[int] | None = None) -> Money:
        """The money of several actions, each counted once."""
        over = self.years if years is None else tuple(years)
        return reduce(add, (self.cell(action, year) for action in dict.fromkeys(actions) for year in over), Money())

    def help_of(self, actions: Iterable[int], years: Iterable[int] | None = None) -> Total:
        over = self.years if years is None else tuple(years)
        return sum_totals(self.kind[action, year] for action in dict.fromkeys(actions) for year in over if (action, year) in self.kind)


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole plan over the years asked. `money` holds everything once, split to actions or not.

    `unsplit`: bookings and promises that are on no action yet, part of `money`; `unsplit_bookings` how many bookings. `funded`: what the lines
    bring, of which `money.budgeted` is allocated. `silent_years`: years of which no booking was read.
    """

    money: Money
    help_in_kind: Total
    unsplit: Money
    unsplit_bookings: int
    vanished_bookings: int
    funded: Total
    silent_years: tuple[int, ...]


def gather(plan: Plan, year: int | None = None) -> Ledger:
    """The money of a plan, of one year or of all of its years. Eight queries whatever there is."""
    years = (year,) if year is not None else tuple(plan.years)
    allocated = allocated_by_action(plan, years)
    booked = booked_by_action(plan, years)
    return Ledger(
        plan=plan,
        years=years,
        actions={
            pk: (sequence, title, code or "")
            for pk, sequence, title, code in plan.actions.order_by("sequence").values_list("pk", "sequence", "title", "node__code")
        },
        allocated=allocated,
        booked=booked,
        promised=promised(plan, years),
        kind=help_by_action(plan, years),
        budget_years=frozenset(year for _action, year in allocated),
        booked_years=frozenset(year for _action, year in booked),
    )


def money_by(plan: Plan, year: int | None, by: By, *, ledger: Ledger | None = None) -> list[MoneyLine]:
    """Rows of money by action, axis, funder, partner, neighbourhood or year. `year` None: all the years of the plan.

    An action with two partners or in two neighbourhoods stands under both: rows are not to be added, `totals` counts it once. By funder, the
    budget is what the lines of that funder bring, and bookings are those that name the line or its function code.
    """
    book = ledger or gather(plan, year)
    if by == "funder":
        return _by_funder(book)
    if by == "year":
        return [
            MoneyLine(str(one), str(one), book.of([*book.actions, None], [one]), book.help_of(book.actions, [one])) for one in book.years
        ]
    return [MoneyLine(key, label, book.of(actions), book.help_of(actions)) for key, label, actions in _groups(book, by)]


def totals(plan: Plan, year: int | None, *, ledger: Ledger | None = None) -> Totals:
    """The whole plan, each thing once."""
    book = ledger or gather(plan, year)
    bookings = plan.bookings.filter(year__in=book.years)
    counts = bookings.aggregate(
        unsplit=Count("pk", filter=Q(is_split=False, vanished_at__isnull=True)), vanished=Count("pk", filter=Q(vanished_at__isnull=False))
    )
    return Totals(
        money=book.of([*book.actions, None]),
        help_in_kind=book.help_of(book.actions),
        unsplit=book.of([None]),
        unsplit_bookings=counts["unsplit"],
        vanished_bookings=counts["vanished"],
        funded=sum_totals(amount_of_lines(plan, book.years).values()),
        silent_years=tuple(one for one in book.years if one not in book.booked_years),
    )


def sum_totals(parts: Iterable[Total]) -> Total:
    """Adds totals; nothing at all makes zero."""
    listed = list(parts)
    return reduce(add, listed) if listed else Total(ZERO)


def _groups(book: Ledger, by: By) -> Iterator[tuple[str, str, list[int]]]:
    """(key, label, actions) in the order of the page; what has none stands last."""
    if by == "action":
        yield from ((str(pk), f"{sequence} · {title}", [pk]) for pk, (sequence, title, _code) in book.actions.items())
        return
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    order: dict[str, int] = {}
    if by == "axis":
        reference = plan_framework(book.plan.framework)
        order = {axis.code: rank for rank, axis in enumerate(reference.of_kind(AXIS))}
        for action, (_sequence, _title, code) in book.actions.items():
            if (axis := reference.axis_of(code)) is not None:
                found[axis.code, f"{axis.code} · {axis.label}"].append(action)
    else:
        pairs = _partners(book) if by == "partner" else _neighbourhoods(book)
        for action, number, name in pairs:
            found[str(number), name].append(action)
    for (key, label), actions in sorted(found.items(), key=lambda one: (order.get(one[0][0], 0), fold(one[0][1]), one[0][0])):
        yield key, label, actions
    placed = {action for actions in found.values() for action in actions}
    if rest := [action for action in book.actions if action not in placed]:
        words = {"axis": _("Sans code du catalogue"), "partner": _("Sans partenaire"), "neighbourhood": _("Sans quartier")}
        yield "", words[by], rest


def _partners(book: Ledger) -> Iterable[tuple[int, int, str]]:
    """Who operates or takes part in each action in one of these years."""
    meanwhile = Q(until__isnull=True) | Q(until__year__gte=min(book.years))
    begun = Q(since__isnull=True) | Q(since__year__lte=max(book.years))
    partners = ActionPartner.objects.filter(begun, meanwhile, action__plan=book.plan)
    return partners.order_by("organization__search", "pk").values_list("action", "organization", "organization__name")


def _neighbourhoods(book: Ledger) -> Iterable[tuple[int, int, str]]:
    links = Action.neighbourhoods.through._default_manager.filter(action__plan=book.plan)
    return links.order_by("place__name", "pk").values_list("action", "place", "place__name")


def _by_funder(book: Ledger) -> list[MoneyLine]:
    """What each funder brings, and the bookings on its lines."""
    plan, years = book.plan, book.years
    lines = {
        pk: (year, code, str(funder), name)
        for pk, year, code, funder, name in plan.funding_lines.filter(year__in=years).values_list(
            "pk", "year", "function_code", "funder", "funder__name"
        )
    }
    by_code: dict[tuple[int, str], set[int]] = defaultdict(set)
    for pk, (year, code, _funder, _name) in lines.items():
        by_code[year, code].add(pk)
    booked: dict[int | None, Booked] = defaultdict(Booked)
    for (line, code, year), one in booked_by_line(plan, years).items():
        alike = by_code.get((year, code), set()) if code and line is None else set()
        booked[line if line in lines else min(alike) if len(alike) == 1 else None] += one
    amounts = amount_of_lines(plan, years)
    money: dict[tuple[str, str], Money] = defaultdict(Money)
    for pk, (year, _code, funder, name) in lines.items():
        money[funder, name] += _of_line(amounts.get(pk, Total(None, 1)), booked.get(pk, NOTHING), heard=year in book.booked_years)
    rows = [MoneyLine(key, label, one, Total(ZERO)) for (key, label), one in sorted(money.items(), key=lambda row: fold(row[0][1]))]
    owed = sum(book.promised.by_action.values(), ZERO)
    if None in booked or owed:
        rest = booked[None]
        rows.append(MoneyLine("", _("Sans financement dit"), Money(None, rest.committed + owed, rest.spent, rest.received), Total(ZERO)))
    return rows


def _of_line(amount: Total, booked: Booked, *, heard: bool) -> Money:
    """The money of a line; what is booked is unknown in a year of which no booking was read."""
    if not heard:
        return Money(amount.known, None, None, None, amount.unknown)
    return Money(amount.known, booked.committed, booked.spent, booked.received, amount.unknown)
