"""Counting a standing service on a phone: what, which month, how many, how it was counted, one sentence. Under a minute."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tissage.plan.forms.figures import CountForm
from tissage.plan.models import Indicator, Plan
from tissage.plan.operations.figures import FiguresRefused, submit_month, write_figure
from tissage.plan.queries.counting import Months, countable, last_method, months_of

from .doors import person, plan_for
from .figures import shared

FILLS = "plan.fill_figures"


@require_http_methods(["GET", "HEAD", "POST"])
def count(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, FILLS)
    today = timezone.localdate()
    indicators = countable(found, today)
    chosen = _chosen(indicators, request.POST.get("indicator") or request.GET.get("compte", ""))
    if chosen is None:
        return render(request, "plan/figures/count_nothing.html", shared(found, today.year))
    year = _year(request, found, today)
    months = months_of(chosen, year, today)
    form = CountForm(
        request.POST or None,
        indicators=indicators,
        months=countable_months(found, today),
        initial=_initial(request, chosen, months, today),
    )
    if request.method == "POST" and form.is_valid() and _keep(request, found, form):
        return redirect(_here(found, form.cleaned_data["indicator"], form.cleaned_data["month"][0]))
    context = {
        **shared(found, year),
        "form": form,
        "chosen": chosen,
        "indicators": indicators,
        "months": months,
        "here": _here(found, chosen, year),
        "comments": [cell for cell in months.cells if cell.state == "returned" and cell.observation and cell.observation.comment],
        "before_year": str(today.year - 1),
    }
    return render(request, "plan/figures/count.html", context)


def countable_months(plan: Plan, today: dt.date) -> list[tuple[int, int]]:
    """This month and those before, back to January of last year, within the plan; latest first."""
    first = max(dt.date(today.year - 1, 1, 1), plan.starts_on)
    months = [(year, month) for year in (today.year, today.year - 1) for month in range(12, 0, -1)]
    return [(year, month) for year, month in months if (first.year, first.month) <= (year, month) <= (today.year, today.month)]


def _chosen(indicators: list[Indicator], asked: str) -> Indicator | None:
    return next((one for one in indicators if str(one.pk) == asked), indicators[0] if indicators else None)


def _year(request: HttpRequest, plan: Plan, today: dt.date) -> int:
    asked = request.GET.get("annee", "")
    return int(asked) if asked in (str(today.year), str(today.year - 1)) else today.year


def _here(plan: Plan, indicator: Indicator, year: int) -> str:
    return reverse("plan:count", args=[plan.territory.slug, plan.pk]) + f"?compte={indicator.pk}&annee={year}"


def _initial(request: HttpRequest, chosen: Indicator, months: Months, today: dt.date) -> dict[str, object]:
    """The month asked for, else the first one that is over and not counted, else this one; what was counted; the method used last."""
    asked = request.GET.get("mois", "")
    month = int(asked) if asked.isdecimal() and 1 <= int(asked[:2]) <= 12 else months.first_missing or min(today.month, 12)
    cell = months.cells[month - 1]
    return {
        "indicator": str(chosen.pk),
        "month": f"{months.year}-{month}",
        "value": cell.typed,
        "how_counted": cell.how_counted or last_method(chosen),
        "sentence": cell.sentence,
    }


def _keep(request: HttpRequest, plan: Plan, form: CountForm) -> bool:
    """Writes the month, and hands it in unless it is kept as a draft."""
    read, now, by = form.cleaned_data, timezone.now(), person(request)
    year, month = read["month"]
    try:
        kept = write_figure(
            indicator=read["indicator"],
            year=year,
            month=month,
            value=read["value"],
            how_counted=read["how_counted"],
            sentence=read["sentence"],
            by=by,
            now=now,
        )
        if request.POST.get("puis") != "brouillon":
            submit_month(figure=kept, by=by, now=now)
    except FiguresRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    told = {"month": str(MONTHS[month]).capitalize(), "name": read["indicator"].name}
    if request.POST.get("puis") == "brouillon":
        messages.success(request, gettext("%(month)s est gardé en brouillon : %(name)s.") % told)
    else:
        messages.success(request, gettext("%(month)s est compté et remis : %(name)s.") % told)
    return True
