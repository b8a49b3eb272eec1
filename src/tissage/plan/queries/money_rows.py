"""Sums of a plan's money as the database makes them: allocations, bookings, amounts of lines, help in kind. Each one query, plain values out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from tissage.core.money import ZERO, Total, to_cents
from tissage.plan.models import Allocation, Booking, FundingAmount, HelpInKind, Plan


@dataclass(frozen=True, slots=True)
class Booked:
    """Bookings under one key, in euros. `committed`: commitments less what was paid of them."""

    committed: Decimal = ZERO
    spent: Decimal = ZERO
    received: Decimal = ZERO

    def __add__(self, other: Booked) -> Booked:
        return Booked(self.committed + other.committed, self.spent + other.spent, self.received + other.received)


def counted(plan: Plan) -> QuerySet[Booking]:
    """Bookings that are still in the accounts: what the last extract no longer holds is kept, and not counted."""
    return plan.bookings.filter(vanished_at__isnull=True)


def allocated_by_action(plan: Plan, years: Iterable[int]) -> dict[tuple[int, int], Total]:
    """(action, year) → what the latest stages give it."""
    rows = latest(Allocation.objects.filter(line__plan=plan, line__year__in=years), "line", "action")
    sums = rows.order_by().values_list("action", "line__year").annotate(**_known("amount"))
    return {(action, year): _total(known, unknown, count) for action, year, known, unknown, count in sums}


def allocated_by_line(plan: Plan, years: Iterable[int]) -> dict[int, Total]:
    """Line → what its latest stages give to actions."""
    rows = latest(Allocation.objects.filter(line__plan=plan, line__year__in=years), "line", "action")
    sums = rows.order_by().values_list("line").annotate(**_known("amount"))
    return {line: _total(known, unknown, count) for line, known, unknown, count in sums}


def amount_of_lines(plan: Plan, years: Iterable[int]) -> dict[int, Total]:
    """Line → its amount at the latest stage that says one. A line that no stage speaks of is absent."""
    rows = latest(FundingAmount.objects.filter(line__plan=plan, line__year__in=years), "line")
    return {line: Total(amount, int(amount is None)) for line, amount in rows.order_by().values_list("line", "amount")}


def latest(rows: QuerySet[Any], *same: str) -> QuerySet[Any]:
    """Of rows written at stages, those that no later stage overrides for the same line (and action)."""
    later = rows.model._default_manager.filter(stage__number__gt=OuterRef("stage__number"), **{name: OuterRef(name) for name in same})
    return rows.filter(~Exists(later))


def booked_by_action(plan: Plan, years: Iterable[int]) -> dict[tuple[int | None, int], Booked]:
    """(action, year) → what is booked on it; None for bookings that are on no action yet."""
    # One join from bookings to their parts, where two queries would read the same rows twice: a booking without parts bears itself.
    rows = counted(plan).filter(year__in=years).annotate(bearer=F("splits__action"))
    return {(action, year): one for (action, year), one in _booked(rows, Coalesce("splits__amount", "amount"), "bearer", "year")}


def booked_by_line(plan: Plan, years: Iterable[int]) -> dict[tuple[int | None, str, int], Booked]:
    """(line, function code, year) → whole bookings; None for those that name no line."""
    rows = counted(plan).filter(year__in=years).annotate(bearer=F("line"))
    booked = _booked(rows, F("amount"), "bearer", "function_code", "year")
    return {(line, code, year): one for (line, code, year), one in booked}


def _booked(bookings: QuerySet[Any], amount: Any, *keys: str) -> Iterator[tuple[tuple[Any, ...], Booked]]:
    """Adds by the keys, supplier and article, takes what was paid off each commitment, then adds by the keys.

    The outer sum is written around the query that Django makes: its own aggregates cannot follow a `GROUP BY`.
    """
    kinds = {"promised": Booking.Kind.COMMITMENT, "paid": Booking.Kind.EXPENSE, "taken": Booking.Kind.RECEIPT}
    sums = {name: Sum(amount, filter=Q(kind=kind)) for name, kind in kinds.items()}
    inner = bookings.order_by().values(*keys, "supplier_search", "article").annotate(**sums).values(*keys, *kinds)
    try:
        sql, params = inner.query.sql_with_params()
    except EmptyResultSet:
        return
    key = ", ".join(keys)
    left = "CASE WHEN promised > COALESCE(paid, 0) THEN promised - COALESCE(paid, 0) ELSE 0 END"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, SUM({left}), SUM(paid), SUM(taken) FROM ({sql}) AS booked GROUP BY {key}", params)
        for row in cursor.fetchall():
            yield row[: len(keys)], Booked(*(_cents(one) for one in row[len(keys) :]))


def help_by_action(plan: Plan, years: Iterable[int]) -> dict[tuple[int, int], Total]:
    """(action, year) → the estimated value of help in kind."""
    rows = HelpInKind.objects.filter(action__plan=plan, year__in=years)
    sums = rows.order_by().values_list("action", "year").annotate(**_known("value"))
    return {(action, year): _total(known, unknown, count) for action, year, known, unknown, count in sums}


def _known(amount: str) -> dict[str, Any]:
    """What is known, how many are not, how many there are."""
    return {"known": Sum(amount), "unknown": Count("pk", filter=Q(**{f"{amount}__isnull": True})), "count": Count("pk")}


def _total(known: Decimal | None, unknown: int, count: int) -> Total:
    return Total(None if unknown == count else _cents(known), unknown)


def _cents(amount: Any) -> Decimal:
    """SQLite adds in floating point: a sum below a hundred billion is right to the cent once rounded to it."""
    return to_cents(Decimal(str(amount or 0)))
