"""The money of a year as a frozen year keeps it: asked of the plan's own queries, once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tissage.core.money import Money, Total
from tissage.core.plan_framework import FUNDING, PlanFramework
from tissage.core.plan_year import ActionOfYear, CheckOfYear, FunctionOfYear, FundingOfYear, MoneyOf
from tissage.plan.models import FundingAmount, FundingLine, Plan
from tissage.plan.queries import money as ledgers
from tissage.plan.queries.bookings import reconcile
from tissage.plan.queries.checks import run_checks


@dataclass(frozen=True, slots=True)
class MoneyOfYear:
    """What the money of a year says, before it is laid on actions."""

    ledger: ledgers.Ledger
    year: int
    total: Money
    unsplit: Money
    unsplit_bookings: int
    funded: Total
    help_total: Total
    by_axis: tuple[MoneyOf, ...]
    by_funder: tuple[MoneyOf, ...]
    by_partner: tuple[MoneyOf, ...]
    funding: tuple[FundingOfYear, ...]
    functions: tuple[FunctionOfYear, ...]
    checks: tuple[CheckOfYear, ...]

    def on(self, action: ActionOfYear) -> ActionOfYear:
        """The action with its money."""
        return replace(action, money=self.ledger.cell(action.key, self.year))


def money_of(plan: Plan, year: int, framework: PlanFramework) -> MoneyOfYear:
    """Everything about money in one value; a constant number of queries."""
    ledger = ledgers.gather(plan, year)
    totals = ledgers.totals(plan, year, ledger=ledger)
    return MoneyOfYear(
        ledger=ledger,
        year=year,
        total=totals.money,
        unsplit=totals.unsplit,
        unsplit_bookings=totals.unsplit_bookings,
        funded=totals.funded,
        help_total=totals.help_in_kind,
        by_axis=_by(plan, year, "axis", ledger),
        by_funder=_by(plan, year, "funder", ledger),
        by_partner=_by(plan, year, "partner", ledger),
        funding=_funding(plan, year, framework),
        functions=tuple(
            FunctionOfYear(one.function_code, str(one.kind), one.statement, one.imported, one.gap) for one in reconcile(plan, year)
        ),
        checks=tuple(
            CheckOfYear(one.code, str(one.label), one.passed, str(one.sentence), str(one.source)) for one in run_checks(plan, year)
        ),
    )


def _by(plan: Plan, year: int, by: ledgers.By, ledger: ledgers.Ledger) -> tuple[MoneyOf, ...]:
    lines = ledgers.money_by(plan, year, by, ledger=ledger)
    return tuple(MoneyOf(line.key, str(line.label), line.money, line.help_in_kind) for line in lines)


def _funding(plan: Plan, year: int, framework: PlanFramework) -> tuple[FundingOfYear, ...]:
    """Each line with the amount of the latest stage that says something of it. Two queries."""
    latest: dict[int, FundingAmount] = {}
    amounts = FundingAmount.objects.filter(line__plan=plan, line__year=year).select_related("stage")
    for row in amounts.order_by("line", "stage__number", "pk"):
        latest[row.line_id] = row
    lines = FundingLine.objects.filter(plan=plan, year=year).select_related("funder").order_by("basis", "label", "pk")
    return tuple(
        FundingOfYear(
            label=line.label,
            funder=line.funder.name,
            basis=framework.label_of(FUNDING, line.basis),
            function_code=line.function_code,
            stage=latest[line.pk].stage.label if line.pk in latest else "",
            amount=latest[line.pk].amount if line.pk in latest else None,
        )
        for line in lines
    )
