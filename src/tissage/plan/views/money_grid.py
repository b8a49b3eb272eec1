"""The grid of a budget stage: lines across, actions down, typed with the keyboard."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from tissage.core.money_grid import Cell
from tissage.plan.forms.money_grid import TypedGrid, cell_words
from tissage.plan.models import BudgetStage, Plan
from tissage.plan.operations import money as operations
from tissage.plan.queries.funding import Key, grid_of, stages_of

from .doors import person, plan_for
from .money_lines import GET_OR_POST, context_of, page_url, the_year

MOST_CELLS = 400
"""Cells on one page at most, so that it stays quick to open and to send."""
SHOWN_CHANGES = 8


@GET_OR_POST
def allocations(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """The stage asked, else the latest one. Saving says what changed; what somebody else saved meanwhile is shown beside, to choose."""
    found = plan_for(request, territory, plan, "plan.write_money" if request.method == "POST" else "plan.read_money")
    year = the_year(request, found)
    writes = person(request).has_perm("plan.write_money", found)
    stages = [one.stage for one in stages_of(found, year)]
    stage = stage_asked(request, stages)
    lines = found.funding_lines.filter(year=year).count()
    context = context_of(found, "allocations", year, stages=stages, stage=stage, has_lines=bool(lines), writes=writes)
    context |= {"funding_url": page_url("plan:funding", found, year), "stages_url": page_url("plan:stages", found, year)}
    if stage is None or not lines:
        return render(request, "plan/money/allocations.html", context)
    stage.plan = found
    per_page = max(10, MOST_CELLS // lines)
    pages = Paginator(range(found.actions.count()), per_page)
    page = pages.get_page(request.GET.get("page"))
    typed = TypedGrid(grid_of(stage, first=(page.number - 1) * per_page, most=per_page), request.POST if request.method == "POST" else None)
    if request.method == "POST" and not typed.errors:
        try:
            changed = operations.save_grid(stage=stage, was=typed.was, cells=typed.cells, by=person(request), now=timezone.now())
        except operations.GridChangedMeanwhile as clash:
            typed.meet(clash.conflicts)
        except operations.MoneyRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(here(found, stage, page.number))
        else:
            say_changes(request, typed, changed)
            return redirect(here(found, stage, page.number))
    context |= {"typed": typed, "page_obj": page, "count": pages.count, "given": list(zip(typed.grid.lines, typed.grid.given, strict=True))}
    return render(request, "plan/money/allocations.html", context)


def stage_asked(request: HttpRequest, stages: list[BudgetStage]) -> BudgetStage | None:
    """The stage whose number is in the address, else the latest."""
    asked = request.GET.get("etape", "")
    return next((one for one in stages if str(one.number) == asked), stages[0] if stages else None)


def here(plan: Plan, stage: BudgetStage, page: int) -> str:
    return page_url("plan:allocations", plan, stage.year) + f"&etape={stage.number}" + (f"&page={page}" if page > 1 else "")


def say_changes(request: HttpRequest, typed: TypedGrid, changed: dict[Key, tuple[Cell, Cell]]) -> None:
    """« 2 montants changés. Subvention, 7 · Épicerie : 600,00 € → 550,00 €. … »"""
    if not changed:
        messages.info(request, gettext("Rien n’a changé."))
        return
    names = {key: typed.labels[f"c{key[0]}-{key[1]}"] for key in changed}
    said = [
        gettext("%(label)s : %(before)s → %(after)s") % {"label": names[key], "before": cell_words(before), "after": cell_words(after)}
        for key, (before, after) in list(changed.items())[:SHOWN_CHANGES]
    ]
    more = len(changed) - len(said)
    if more:
        said.append(ngettext("et %(count)s autre", "et %(count)s autres", more) % {"count": more})
    head = ngettext("%(count)s montant changé.", "%(count)s montants changés.", len(changed)) % {"count": len(changed)}
    messages.success(request, f"{head} {' ; '.join(said)}.")
