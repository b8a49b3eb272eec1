"""Funding lines, stages and the grid of a stage, as pages show them. Plain values, a constant number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from tissage.core.money import ZERO, Total
from tissage.core.money_grid import BLANK, Cell
from tissage.core.plan_framework import FUNDING
from tissage.core.staffing import Period, periods_by_function
from tissage.frameworks.queries_plan import plan_framework
from tissage.plan.models import Allocation, BudgetStage, FundingAmount, FundingLine, HelpInKind, Plan, StaffShare

from .money_rows import allocated_by_line, amount_of_lines

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ShownFunding:
    """A line: its amount at the latest stage, what it gives to actions, and what is left to give (None when one of them is unknown)."""

    line: FundingLine
    basis: str
    amount: Total
    allocated: Total

    @property
    def left(self) -> Decimal | None:
        if self.amount.exact is None or self.allocated.exact is None:
            return None
        return self.amount.exact - self.allocated.exact


def lines_of(plan: Plan, year: int) -> list[FundingLine]:
    """The lines of a year in the order of the framework's legal bases. One query."""
    order = {entry.code: rank for rank, entry in enumerate(plan_framework(plan.framework).of_kind(FUNDING))}
    lines = plan.funding_lines.filter(year=year).select_related("funder")
    return sorted(lines, key=lambda one: (order.get(one.basis, len(order)), one.label, one.pk))


def funding_of(plan: Plan, year: int) -> list[ShownFunding]:
    """The lines of a year with their amounts and what they give. Three queries."""
    reference = plan_framework(plan.framework)
    amounts, given = amount_of_lines(plan, [year]), allocated_by_line(plan, [year])
    return [
        ShownFunding(one, reference.label_of(FUNDING, one.basis), amounts.get(one.pk, Total(None, 1)), given.get(one.pk, Total(ZERO)))
        for one in lines_of(plan, year)
    ]


@dataclass(frozen=True, slots=True)
class ShownStage:
    stage: BudgetStage
    amounts: int
    allocations: int
    is_last: bool


def stages_of(plan: Plan, year: int) -> list[ShownStage]:
    """The stages of a year, latest first, with how much each says. One query."""
    found = list(
        BudgetStage.objects.filter(plan=plan, year=year)
        .annotate(says=Count("amounts", distinct=True), gives=Count("allocations", distinct=True))
        .order_by("-number")
    )
    return [ShownStage(one, one.says, one.gives, rank == 0) for rank, one in enumerate(found)]


@dataclass(frozen=True, slots=True)
class GridCell:
    """`cell`: what this stage says. `before`: what earlier stages said, that counts while this one says nothing."""

    key: Key
    cell: Cell
    before: Cell

    @property
    def name(self) -> str:
        return f"c{self.key[0]}-{self.key[1]}"

    @property
    def counts(self) -> Cell:
        return self.before if self.cell is BLANK else self.cell


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a year across, the actions of the plan down, at one stage. `given`: what each line gives to all actions, known and unknown."""

    lines: list[FundingLine]
    amounts: list[GridCell]
    rows: list[tuple[int, str, list[GridCell]]]
    given: list[Total]
    actions: int


def grid_of(stage: BudgetStage, *, first: int = 0, most: int | None = None) -> Grid:
    """The grid of a stage, `most` actions from the `first`-th on. Four queries."""
    plan = stage.plan
    lines = lines_of(plan, stage.year)
    now, before = stage_cells(stage)
    listed = list(plan.actions.order_by("sequence").values_list("pk", "sequence", "title"))
    page = listed[first:] if most is None else listed[first : first + most]

    def cell(line: int, action: int) -> GridCell:
        return GridCell((line, action), now.get((line, action), BLANK), before.get((line, action), BLANK))

    rows = [(pk, f"{sequence} · {title}", [cell(line.pk, pk) for line in lines]) for pk, sequence, title in page]
    given = []
    for line in lines:
        counts = [cell(line.pk, pk).counts for pk, _sequence, _title in listed]
        known = [one for one in counts if isinstance(one, Decimal)]
        unknown = sum(one is None for one in counts)
        given.append(Total(sum(known, ZERO) if known or not unknown else None, unknown))
    return Grid(lines, [cell(line.pk, 0) for line in lines], rows, given, len(listed))


def stage_cells(stage: BudgetStage) -> tuple[Mapping[Key, Cell], Mapping[Key, Cell]]:
    """What this stage says, and what the latest of the earlier ones said, by (line, action); 0 for the line itself. Two queries."""
    now: dict[Key, Cell] = {}
    before: dict[Key, Cell] = {}
    until = Q(stage__number__lte=stage.number, line__plan=stage.plan_id, line__year=stage.year)
    amounts = FundingAmount.objects.filter(until).order_by("stage__number").values_list("line", "stage", "amount")
    given = Allocation.objects.filter(until).order_by("stage__number").values_list("line", "action", "stage", "amount")
    rows = [(line, 0, at, amount) for line, at, amount in amounts] + list(given)
    for line, action, at, amount in rows:
        (now if at == stage.pk else before)[line, action] = amount
    return now, before


def help_of_year(plan: Plan, year: int) -> list[HelpInKind]:
    rows = HelpInKind.objects.filter(action__plan=plan, year=year).select_related("action", "organization")
    return list(rows.order_by("action__sequence", "pk"))


def staff_of_year(plan: Plan, year: int) -> tuple[list[StaffShare], dict[str, list[Period]]]:
    """Who works on what in a year, and the total of each function period by period. One query."""
    rows = plan.staff.filter(starts_on__year__lte=year, ends_on__year__gte=year).select_related("action")
    listed = list(rows.order_by("function", "action__sequence", "starts_on", "pk"))
    return listed, periods_by_function((one.function, one.starts_on, one.ends_on, one.fte) for one in listed)
