"""Where the money stands: the overview, its file, and the checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tissage.core.money import Money
from tissage.core.plan_framework import CHECK
from tissage.frameworks.queries_plan import plan_framework
from tissage.plan.forms.money import ALL_YEARS, WAY_WORDS, MoneyFilter, year_asked
from tissage.plan.models import Plan
from tissage.plan.money_charts import money_pictures
from tissage.plan.money_words import checks_words, money_rows, other_years_words, period_words, unknown_notes, unnamed_notes
from tissage.plan.queries.checks import run_checks
from tissage.plan.queries.money import By, MoneyLine, Totals, gather, money_by, totals
from tissage.synthesis.views.answers import rows_as_csv
from tissage.ui.templatetags.tissage import euros

from .doors import person, plan_for
from .money_lines import context_of

NONE = "–"
PAGES = {"action": "plan:action", "partner": "plan:partner_sheet"}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row in words, ready to lay out: two hundred of them are worded once here rather than cell by cell in the template."""

    label: str
    url: str
    cells: list[tuple[str, str]]
    is_total: bool = False


@require_safe
def money(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.read_money")
    form = MoneyFilter(request.GET, plan=found, this_year=timezone.localdate().year)
    lines, whole = counted(found, form)
    address = f"?annee={form.year or ALL_YEARS}&par={form.way}"
    context: dict[str, Any] = {
        "territory": found.territory,
        "plan": found,
        "tab": "money",
        "part": "money",
        "form": form,
        "year": str(form.year or ""),
        "period": period_words(form.year),
        "heading": WAY_WORDS[form.way],
        "rows": shown_rows(found, form, lines, whole),
        "totals": whole,
        "notes": unknown_notes(whole, year=form.year, by=form.by) + unnamed_notes(lines, by=form.by),
        "nothing": whole.funded.known == 0 and not whole.funded.unknown and whole.money.spent is None and not whole.money.committed,
        "csv_url": reverse("plan:money_csv", args=[found.territory.slug, found.pk]) + address,
        "funding_url": reverse("plan:funding", args=[found.territory.slug, found.pk]) + (f"?annee={form.year}" if form.year else ""),
        "writes": person(request).has_perm("plan.write_money", found),
    }
    context |= money_pictures(lines, heading=str(WAY_WORDS[form.way]), period=context["period"])
    return render(request, "plan/money/money.html", context)


@require_safe
def money_csv(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.read_money")
    form = MoneyFilter(request.GET, plan=found, this_year=timezone.localdate().year)
    lines, whole = counted(found, form)
    name = "-".join(slugify(part) for part in (found.territory.name, "argent", form.way, str(form.year or ALL_YEARS)))
    return rows_as_csv(money_rows(lines, whole, heading=str(WAY_WORDS[form.way])), name)


@require_safe
def checks(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.read_money")
    year = year_asked(request.GET.get("annee"), found, timezone.localdate().year)
    results = run_checks(found, year)
    listed = len(plan_framework(found.framework).of_kind(CHECK))
    context = context_of(found, "checks", year) | {
        "results": [
            (one, reverse(one.url_name, args=[found.territory.slug, found.pk]) + f"?annee={year}" if one.url_name else "")
            for one in results
        ],
        "count": checks_words(results),
        "other_years": other_years_words(listed - len(results), year),
    }
    return render(request, "plan/money/checks.html", context)


def counted(plan: Plan, form: MoneyFilter) -> tuple[list[MoneyLine], Totals]:
    ledger = gather(plan, form.year)
    return money_by(plan, form.year, form.by, ledger=ledger), totals(plan, form.year, ledger=ledger)


def shown_rows(plan: Plan, form: MoneyFilter, lines: list[MoneyLine], whole: Totals) -> list[ShownRow]:
    """The rows, what is on no action yet, and the total. A dash where a column does not apply."""
    by_funder = form.by == "funder"
    has_help = not by_funder and bool(whole.help_in_kind.known or whole.help_in_kind.unknown)
    heads = [
        gettext("Apporté") if by_funder else gettext("Budgété"),
        gettext("Engagé"),
        gettext("Dépensé"),
        gettext("Reçu"),
        gettext("Reste"),
    ]
    heads += [gettext("Aide en nature")] if has_help else []

    def cells(money: Money, budget: object, left: object, help_in_kind: object) -> list[tuple[str, str]]:
        amounts = (budget, money.committed, money.spent, money.received, left, help_in_kind)
        return [(head, one if isinstance(one, str) else euros(one)) for head, one in zip(heads, amounts, strict=False)]

    # A funder's rest is not known while bookings name no funder: some of them are its own.
    unnamed = by_funder and any(not line.key for line in lines)
    rows = []
    for line in lines:
        budget = NONE if by_funder and not line.key else line.money.budget
        left = NONE if unnamed else line.money.remaining
        rows.append(ShownRow(line.label, page_of(plan, form.by, line), cells(line.money, budget, left, line.help_in_kind)))
    if form.by not in ("year", "funder") and (whole.unsplit_bookings or whole.unsplit.committed):
        rows.append(ShownRow(gettext("Sur aucune action encore"), "", cells(whole.unsplit, NONE, NONE, NONE)))
    total = cells(
        whole.money, whole.funded if by_funder else whole.money.budget, NONE if by_funder else whole.money.remaining, whole.help_in_kind
    )
    rows.append(ShownRow(gettext("Total du plan"), "", total, is_total=True))
    return rows


def page_of(plan: Plan, by: By, line: MoneyLine) -> str:
    """The page of what a row is about: the action, the partner, or the year itself."""
    if by == "year":
        return f"?annee={line.key}&par=axe"
    name = PAGES.get(by)
    return reverse(name, args=[plan.territory.slug, plan.pk, int(line.key)]) if name and line.key else ""
