"""Sums of a plan's money as the database makes them: allocations, bookings, amounts of lines, help in kind. Each one query, plain values out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

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
    source = "plan_booking b LEFT JOIN plan_bookingsplit s ON s.booking_id = b.id"
    rows = _booked(plan, years, source, "COALESCE(s.amount, b.amount)", "s.action_id", "b.year")
    return {(action, year): one for (action, year), one in rows}


def booked_by_line(plan: Plan, years: Iterable[int]) -> dict[tuple[int | None, str, int], Booked]:
    """(line, function code, year) → whole bookings; None for those that name no line."""
    rows = _booked(plan, years, "plan_booking b", "b.amount", "b.line_id", "b.function_code", "b.year")
    return {(line, code, year): one for (line, code, year), one in rows}


def _booked(plan: Plan, years: Iterable[int], source: str, amount: str, *keys: str) -> Iterator[tuple[tuple[Any, ...], Booked]]:
    """Adds by the keys, supplier and article, takes what was paid off each commitment, then adds by the keys.

    Written in SQL: aggregates of the ORM cannot follow a `GROUP BY`, and the casts it lays around each amount on SQLite double the time.
    `source`, `amount` and `keys` are ours, never what somebody typed.
    """
    over = list(years)
    kinds = (("promised", Booking.Kind.COMMITMENT), ("paid", Booking.Kind.EXPENSE), ("taken", Booking.Kind.RECEIPT))
    sums = ", ".join(f"SUM(CASE WHEN b.kind = %s THEN {amount} END) AS {name}" for name, _kind in kinds)
    named = [f"k{rank}" for rank in range(len(keys))]
    shown = ", ".join(f"{key} AS {name}" for key, name in zip(keys, named, strict=True))
    inner = (
        f"SELECT {shown}, {sums} FROM {source} WHERE b.plan_id = %s AND b.vanished_at IS NULL "
        f"AND b.year IN ({', '.join(['%s'] * len(over))}) GROUP BY {', '.join(keys)}, b.supplier_search, b.article"
    )
    left = "SUM(CASE WHEN promised > COALESCE(paid, 0) THEN promised - COALESCE(paid, 0) ELSE 0 END)"
    by = ", ".join(named)
    params: list[str | int] = [*(kind.value for _name, kind in kinds), plan.pk, *over]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {by}, {left}, SUM(paid), SUM(taken) FROM ({inner}) AS booked GROUP BY {by}", params)
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
