"""Funding lines: who gives, under which legal basis, in which year; carried over from one year to the next."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext

from tissage.core.money_grid import Blank, Cell
from tissage.core.plan_framework import FUNDING
from tissage.frameworks.queries_plan import plan_framework
from tissage.network.models import Organization
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Allocation, Booking, FundingAmount, FundingLine, Plan
from tissage.plan.queries.money_rows import latest

from .refusals import MoneyRefused, year_of_plan
from .stages import stage_to_write

COLUMNS = ("funder", "basis", "label", "function_code", "note")


@transaction.atomic
def create_funding(
    *,
    plan: Plan,
    year: int,
    funder: Organization,
    basis: str,
    label: str,
    by: User,
    now: dt.datetime,
    amount: Cell = None,
    function_code: str = "",
    note: str = "",
) -> FundingLine:
    """A new line, with its amount at the latest stage of the year (None: unknown; blank: the stage says nothing).

    Raises `MoneyRefused` when the year is outside the plan, the label taken that year, or the basis unknown to the framework.
    """
    year_of_plan(plan, year)
    line = FundingLine(
        plan=plan, year=year, funder=funder, basis=basis, label=label.strip(), function_code=function_code.strip(), note=note.strip()
    )
    _check(line)
    line.save()
    if not isinstance(amount, Blank):
        FundingAmount.objects.create(line=line, stage=stage_to_write(plan, year, by=by, now=now), amount=amount)
    record(verb="plan.create_funding", by=by, territory=plan.territory, on=line, now=now)
    return line


@transaction.atomic
def change_funding(*, line: FundingLine, by: User, now: dt.datetime, **details: object) -> list[str]:
    """Changes any of `COLUMNS`; gives the names of those that changed. Raises `MoneyRefused`. The year stays: lines are carried over."""
    stored = _locked(line)
    cleaned = {name: value.strip() if isinstance(value, str) else value for name, value in details.items()}
    if unknown := set(cleaned) - set(COLUMNS):
        raise TypeError(f"Not columns of a funding line: {sorted(unknown)}")
    changed = [name for name, value in cleaned.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, cleaned[name])
    if changed:
        _check(stored)
        stored.save(update_fields=changed)
        record(verb="plan.change_funding", by=by, territory=stored.plan.territory, on=stored, fields=changed, now=now)
    return changed


@transaction.atomic
def remove_funding(*, line: FundingLine, by: User, now: dt.datetime) -> None:
    """Takes away a line that gives nothing to any action and bears no booking. Raises `MoneyRefused`."""
    stored = _locked(line)
    given, booked = stored.allocations.count(), Booking.objects.filter(line=stored).count()
    if given or booked:
        raise MoneyRefused(
            gettext(
                "Cette ligne sert : %(allocations)s affectations, %(bookings)s écritures. Videz ses affectations et reliez ses écritures ailleurs."
            )
            % {"allocations": given, "bookings": booked}
        )
    record(verb="plan.remove_funding", by=by, territory=stored.plan.territory, on=stored, now=now)
    stored.delete()


@transaction.atomic
def copy_funding(*, plan: Plan, year: int, by: User, now: dt.datetime, with_amounts: bool = False) -> int:
    """Carries the lines of the year before over to this one; gives how many are new. A label that is there already stays as it is.

    Their amounts are unknown until somebody says them; `with_amounts` takes the latest amounts and allocations of the year before
    as a first proposal.
    """
    year_of_plan(plan, year)
    Plan.objects.select_for_update(of=("self",)).order_by("pk").get(pk=plan.pk)
    there = set(FundingLine.objects.filter(plan=plan, year=year).values_list("label", flat=True))
    old = [one for one in FundingLine.objects.filter(plan=plan, year=year - 1).order_by("pk") if one.label not in there]
    if not old:
        return 0
    stage = stage_to_write(plan, year, by=by, now=now)
    values = ("funder_id", "basis", "label", "function_code", "note")
    made = [FundingLine.objects.create(plan=plan, year=year, **{name: getattr(one, name) for name in values}) for one in old]
    new = {before.pk: after for before, after in zip(old, made, strict=True)}
    amounts: dict[int, Decimal | None] = {}
    allocations: list[tuple[int, int, Decimal | None]] = []
    if with_amounts:
        amounts = dict(latest(FundingAmount.objects.filter(line__in=old), "line").values_list("line", "amount"))
        given = latest(Allocation.objects.filter(line__in=old), "line", "action").order_by("pk")
        allocations = list(given.values_list("line", "action", "amount"))
    FundingAmount.objects.bulk_create(FundingAmount(line=after, stage=stage, amount=amounts.get(before)) for before, after in new.items())
    Allocation.objects.bulk_create(
        Allocation(line=new[line], stage=stage, action_id=action, amount=amount) for line, action, amount in allocations
    )
    record(
        verb="plan.copy_funding",
        by=by,
        territory=plan.territory,
        on=stage,
        numbers={"lines": len(made), "allocations": len(allocations)},
        now=now,
    )
    return len(made)


def _locked(line: FundingLine) -> FundingLine:
    return (
        FundingLine.objects.select_for_update(of=("self",))
        .select_related("plan__territory", "plan__framework")
        .order_by("pk")
        .get(pk=line.pk)
    )


def _check(line: FundingLine) -> None:
    if line.funder.territory_id != line.plan.territory_id:
        raise MoneyRefused(gettext("Ce pouvoir subsidiant n’est pas de ce territoire."), "funder")
    if plan_framework(line.plan.framework).entry(FUNDING, line.basis) is None:
        raise MoneyRefused(gettext("Le référentiel du plan ne connaît pas cette base légale."), "basis")
    same = FundingLine.objects.filter(plan=line.plan, year=line.year, label=line.label).exclude(pk=line.pk)
    if same.exists():
        raise MoneyRefused(gettext("Une ligne de %(year)s porte déjà ce libellé : distinguez-les.") % {"year": line.year}, "label")
