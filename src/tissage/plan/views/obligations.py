"""The year's obligations: their calendar, one of them with its steps, and what is missing with who owes it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from tissage.core.plan_calendar import last_sitting
from tissage.plan.forms.obligations import MetForm, ReasonForm, SittingForm
from tissage.plan.models import ObligationYear, Plan
from tissage.plan.operations import obligations as operations
from tissage.plan.queries.deadlines import SITTING, Deadline, Step, deadlines_of, steps_of
from tissage.plan.queries.missing import missing_of

from .doors import person, plan_for
from .figures import asked_year, shared

READS, WRITES = "plan.read_plan", "plan.write_plan"


def _shared(plan: Plan, year: int) -> dict[str, Any]:
    return {**shared(plan, year), "tab": "obligations", "today": timezone.localdate()}


@require_safe
def obligations(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, READS)
    year, today = asked_year(request, found), timezone.localdate()
    deadlines = deadlines_of(found, year, today)
    dated = [one for one in deadlines if not one.is_standing]
    steps = sorted(
        ((step, one) for one in dated for step in one.steps if step.on is not None and one.state != "off"),
        key=lambda pair: (pair[0].on or today, pair[1].obligation.position),
    )
    waiting = [(step, one) for step, one in steps if one.is_active and step.is_open]
    context = {
        **_shared(found, year),
        "deadlines": deadlines,
        "standing": [one for one in deadlines if one.is_standing],
        "off": [one for one in dated if one.state == "off"],
        "steps": steps,
        "late": [(step, one) for step, one in waiting if step.is_late(today)],
        "next": next(((step, one) for step, one in waiting if not step.is_late(today)), None),
        "to_choose": [one for one in dated if one.is_provisional and one.is_active],
        "writes": person(request).has_perm(WRITES, found),
    }
    return render(request, "plan/obligations/calendar.html", context)


def _deadline(plan: Plan, obligation: int, year: int) -> Deadline:
    """The obligation in that year; 404 when it is not of this plan, or not valid then."""
    if year not in plan.years:
        raise Http404
    wanted = get_object_or_404(plan.framework.obligations, pk=obligation)
    for one in deadlines_of(plan, year, timezone.localdate()):
        if one.obligation.pk == wanted.pk:
            return one
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def obligation(request: HttpRequest, territory: str, plan: int, obligation: int, year: int) -> HttpResponse:
    writing = request.method == "POST"
    found = plan_for(request, territory, plan, WRITES if writing else READS)
    deadline = _deadline(found, obligation, year)
    act = request.POST.get("act", "") if writing else ""
    forms = _forms(request, deadline, act)
    if writing and _acted(request, found, deadline, act, forms):
        return redirect("plan:obligation", territory, plan, obligation, year)
    tried = _tried(request, deadline)
    context = {
        **_shared(found, year),
        "deadline": deadline,
        "steps": tried[1] if tried else list(deadline.steps),
        "tried": tried[0] if tried else None,
        "sitting_code": SITTING,
        "missing": missing_of(found, year) if deadline.obligation.documents else None,
        "writes": person(request).has_perm(WRITES, found),
        **forms,
    }
    return render(request, "plan/obligations/obligation.html", context)


def _forms(request: HttpRequest, deadline: Deadline, act: str) -> dict[str, Form]:
    council = deadline.row.plan.competent_council
    due = deadline.due_on
    suggested = deadline.sitting_on or (last_sitting(due) if due else None)
    today = timezone.localdate()
    asked = parse_date_or_none(request.GET.get("sitting_on", ""))
    return {
        "sitting_form": SittingForm(
            request.POST if act == "sitting" else None, council=council, initial={"sitting_on": asked or suggested}
        ),
        "meet_form": MetForm(request.POST if act == "meet" else None, initial={"done_on": today}),
        "off_form": ReasonForm(request.POST if act == "off" else None),
    }


def parse_date_or_none(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _tried(request: HttpRequest, deadline: Deadline) -> tuple[dt.date, list[Step]] | None:
    """The steps another sitting would lead to, asked by the address and not kept."""
    day = parse_date_or_none(request.GET.get("sitting_on", ""))
    if day is None or day == deadline.row.sitting_on or not deadline.obligation.steps:
        return None
    row = deadline.row
    other = ObligationYear(plan=row.plan, obligation=row.obligation, year=row.year, sitting_on=day, steps_done=row.steps_done)
    return day, steps_of(other)


def _acted(request: HttpRequest, plan: Plan, deadline: Deadline, act: str, forms: dict[str, Form]) -> bool:
    """Does what was asked; False when something typed has to be seen again."""
    common: dict[str, Any] = {
        "plan": plan,
        "obligation": deadline.obligation,
        "year": deadline.row.year,
        "by": person(request),
        "now": timezone.now(),
    }
    form = forms.get({"sitting": "sitting_form", "meet": "meet_form", "off": "off_form"}.get(act, ""))
    if form is not None and not form.is_valid():
        return False
    try:
        if act == "sitting" and form is not None:
            operations.choose_sitting(**common, sitting_on=form.cleaned_data["sitting_on"])
        elif act == "no_sitting":
            operations.choose_sitting(**common, sitting_on=None)
        elif act == "meet" and form is not None:
            operations.meet_obligation(**common, met_on=form.cleaned_data["done_on"])
        elif act == "unmeet":
            operations.meet_obligation(**common, met_on=None)
        elif act == "off" and form is not None:
            operations.switch_off(**common, reason=form.cleaned_data["reason"])
        elif act == "on":
            operations.resume_obligation(**common)
        elif act in ("step", "unstep"):
            day = timezone.localdate() if act == "step" else None
            operations.note_step(**common, step=request.POST.get("step", ""), done_on=day)
        else:
            raise Http404
    except operations.ObligationRefused as refusal:
        if form is None:
            messages.error(request, str(refusal))
            return True
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _said(act))
    return True


def _said(act: str) -> str:
    words = {
        "sitting": gettext("La séance est choisie : les étapes se comptent à partir d’elle."),
        "no_sitting": gettext("La séance n’est plus choisie."),
        "step": gettext("L’étape est notée faite."),
        "unstep": gettext("L’étape est à nouveau à faire."),
        "meet": gettext("L’obligation est notée remplie."),
        "unmeet": gettext("L’obligation est à nouveau à remplir."),
        "off": gettext("L’obligation est écartée pour cette année."),
        "on": gettext("L’obligation est reprise."),
    }
    return words[act]


@require_safe
def missing(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, READS)
    year = asked_year(request, found)
    lines = sorted(missing_of(found, year), key=lambda line: line.owed_by)
    context = {**_shared(found, year), "lines": lines, "total": len(lines)}
    return render(request, "plan/obligations/missing.html", context)
