"""Money to count in: two lines of 2026, two stages, bookings split or not. Small functions, one thing each."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal

from tissage.core.folding import fold
from tissage.core.money import split_amount
from tissage.network.models import Organization
from tissage.plan.models import Action, Allocation, Booking, BookingSplit, BudgetStage, FundingAmount, FundingLine, Plan

_KEYS = itertools.count(1)
D = Decimal


def line(plan: Plan, label: str, basis: str, amount=None, *, year=2026, funder="Région", code="", stage=None) -> FundingLine:
    organization, _ = Organization.objects.get_or_create(territory=plan.territory, name=funder, defaults={"kind": "funder"})
    made = FundingLine.objects.create(plan=plan, year=year, funder=organization, basis=basis, label=label, function_code=code)
    if stage is not False:
        FundingAmount.objects.create(line=made, stage=stage or initial(plan, year), amount=None if amount is None else D(amount))
    return made


def initial(plan: Plan, year=2026, number=0) -> BudgetStage:
    made, _ = BudgetStage.objects.get_or_create(plan=plan, year=year, number=number, defaults={"label": f"Étape {number}"})
    return made


def allocate(funding: FundingLine, action: Action, amount, number=0) -> Allocation:
    stage = initial(funding.plan, funding.year, number)
    return Allocation.objects.create(line=funding, action=action, stage=stage, amount=None if amount is None else D(amount))


def book(plan: Plan, amount, shares: dict[Action, int] | None = None, *, kind="expense", day=dt.date(2026, 3, 1), **more) -> Booking:
    shares = shares or {}
    made = Booking.objects.create(
        plan=plan,
        key=str(next(_KEYS)),
        year=more.pop("year", day.year),
        kind=kind,
        booked_on=day,
        amount=D(amount),
        is_split=bool(shares),
        supplier_search=fold(more.get("supplier", "")),
        **more,
    )
    parts = split_amount(made.amount, [D(share) for share in shares.values()]) if shares else ()
    for (action, share), part in zip(shares.items(), parts, strict=True):
        BookingSplit.objects.create(booking=made, action=action, percent=D(share), amount=part)
    return made
