"""The indicators of an action and their targets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.plan.forms.indicators import IndicatorForm
from tissage.plan.models import Action, Indicator
from tissage.plan.operations import indicators as operations
from tissage.plan.queries.actions import targets_of

from .doors import action_for, person


@require_safe
def indicators(request: HttpRequest, territory: str, plan: int, action: int) -> HttpResponse:
    found = action_for(request, territory, plan, action, "plan.read_plan")
    context = {**_around(found), "table": targets_of(found), "writes": person(request).has_perm("plan.write_plan", found)}
    return render(request, "plan/register/indicators.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create_indicator(request: HttpRequest, territory: str, plan: int, action: int) -> HttpResponse:
    found = action_for(request, territory, plan, action, "plan.write_plan")
    form = IndicatorForm(request.POST or None, action=found)
    if request.method == "POST" and form.is_valid():
        did: dict[str, Any] = {"by": person(request), "now": timezone.now()}
        try:
            with transaction.atomic():
                made = operations.create_indicator(action=found, **form.details, **did)
                operations.set_targets(indicator=made, targets=form.targets, **did)
        except operations.IndicatorRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("L’indicateur est créé."))
            return redirect("plan:indicators", territory, plan, found.pk)
    return render(request, "plan/register/indicator_form.html", {**_around(found), "form": form, "indicator": None})


@require_http_methods(["GET", "HEAD", "POST"])
def change_indicator(request: HttpRequest, territory: str, plan: int, action: int, indicator: int) -> HttpResponse:
    found = action_for(request, territory, plan, action, "plan.write_plan")
    stored = get_object_or_404(_of(found), pk=indicator)
    form = IndicatorForm(request.POST or None, action=found, indicator=stored)
    if request.method == "POST" and form.is_valid():
        did: dict[str, Any] = {"by": person(request), "now": timezone.now()}
        try:
            with transaction.atomic():
                operations.change_indicator(indicator=stored, **form.details, **did)
                operations.set_targets(indicator=stored, targets=form.targets, **did)
        except operations.IndicatorRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("L’indicateur est à jour."))
            return redirect("plan:indicators", territory, plan, found.pk)
    counted = stored.observations.exists()
    return render(request, "plan/register/indicator_form.html", {**_around(found), "form": form, "indicator": stored, "counted": counted})


@require_POST
def end_indicator(request: HttpRequest, territory: str, plan: int, action: int, indicator: int) -> HttpResponse:
    """Counting stops today, or starts again: one button says which."""
    found = action_for(request, territory, plan, action, "plan.write_plan")
    stored = get_object_or_404(_of(found), pk=indicator)
    ended_on = None if stored.ended_on else timezone.localdate()
    operations.change_indicator(indicator=stored, ended_on=ended_on, by=person(request), now=timezone.now())
    words = gettext("« %(name)s » n’est plus compté.") if ended_on else gettext("« %(name)s » est compté de nouveau.")
    messages.success(request, words % {"name": stored.name})
    return redirect("plan:indicators", territory, plan, found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_indicator(request: HttpRequest, territory: str, plan: int, action: int, indicator: int) -> HttpResponse:
    found = action_for(request, territory, plan, action, "plan.write_plan")
    stored = get_object_or_404(_of(found), pk=indicator)
    back = reverse("plan:indicators", args=[territory, plan, found.pk])
    if request.method == "POST":
        try:
            operations.remove_indicator(indicator=stored, by=person(request), now=timezone.now())
        except operations.IndicatorRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("L’indicateur est retiré."))
        return redirect(back)
    context = {
        "title": gettext("Retirer l’indicateur « %(name)s »") % {"name": stored.name},
        "consequence": gettext("Personne n’a encore compté dans cet indicateur. Il part avec ses cibles."),
        "submit": gettext("Retirer l’indicateur"),
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


def _of(action: Action) -> QuerySet[Indicator]:
    return Indicator.objects.filter(action=action).select_related("action__plan__territory", "organization")


def _around(action: Action) -> dict[str, object]:
    return {"territory": action.plan.territory, "plan": action.plan, "tab": "board", "action": action}
