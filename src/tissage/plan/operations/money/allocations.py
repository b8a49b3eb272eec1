"""The grid of a budget stage: the amount of each line, and what it gives to each action. Two people in it lose nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext

from tissage.core.money_grid import BLANK, Blank, Cell, Conflict, merge
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Action, Allocation, BudgetStage, FundingAmount, FundingLine

from .refusals import MoneyRefused

Key = tuple[int, int]
"""(line, action); 0 as an action is the amount of the line itself."""
LINE = 0


class GridChangedMeanwhile(Exception):
    """Somebody saved cells that were typed here too. Nothing is written; `conflicts` holds both values of each."""

    def __init__(self, conflicts: tuple[Conflict[Key], ...]) -> None:
        super().__init__(gettext("Quelqu’un a enregistré entre-temps : choisissez."))
        self.conflicts = conflicts


@transaction.atomic
def save_grid(
    *, stage: BudgetStage, was: Mapping[Key, Cell], cells: Mapping[Key, Cell], by: User, now: dt.datetime
) -> dict[Key, tuple[Cell, Cell]]:
    """Writes what was typed over what stood when the page was opened; gives what changed: before and after.

    `was` and `cells` speak of the cells on the page only; others are left alone. Raises `GridChangedMeanwhile` when a cell typed here was
    saved by somebody else meanwhile, `MoneyRefused` for a line or an action that is not of this plan and year.
    """
    stored = BudgetStage.objects.select_for_update(of=("self",)).select_related("plan__territory").order_by("pk").get(pk=stage.pk)
    lines = set(FundingLine.objects.filter(plan=stored.plan, year=stored.year).values_list("pk", flat=True))
    actions = set(Action.objects.filter(plan=stored.plan).values_list("pk", flat=True)) | {LINE}
    if any(line not in lines or action not in actions for line, action in cells):
        raise MoneyRefused(gettext("Une ligne ou une action de cette grille a été retirée : rouvrez la page."))
    stands = cells_of(stored)
    merged = merge(was, stands, cells)
    if merged.conflicts:
        raise GridChangedMeanwhile(merged.conflicts)
    for (line, action), cell in sorted(merged.changes.items()):
        _write(stored, line, action, cell)
    if merged.changes:
        numbers = {
            "lines": sum(action == LINE for _line, action in merged.changes),
            "allocations": sum(action != LINE for _line, action in merged.changes),
        }
        record(verb="plan.save_budget", by=by, territory=stored.plan.territory, on=stored, fields=["amount"], numbers=numbers, now=now)
    return {key: (stands.get(key, BLANK), cell) for key, cell in merged.changes.items()}


def cells_of(stage: BudgetStage) -> dict[Key, Cell]:
    """What a stage says, cell by cell; a blank one is absent. Two queries."""
    cells: dict[Key, Cell] = {(line, LINE): amount for line, amount in stage.amounts.values_list("line", "amount")}
    cells.update({(line, action): amount for line, action, amount in stage.allocations.values_list("line", "action", "amount")})
    return cells


def _write(stage: BudgetStage, line: int, action: int, cell: Cell) -> None:
    if action == LINE:
        if isinstance(cell, Blank):
            FundingAmount.objects.filter(stage=stage, line=line).delete()
        else:
            FundingAmount.objects.update_or_create(stage=stage, line_id=line, defaults={"amount": cell})
    elif isinstance(cell, Blank):
        Allocation.objects.filter(stage=stage, line=line, action=action).delete()
    else:
        Allocation.objects.update_or_create(stage=stage, line_id=line, action_id=action, defaults={"amount": cell})
