"""The plans of a territory, and the page of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from tissage.plan.forms.plans import PlanForm
from tissage.plan.operations import plans as operations
from tissage.plan.queries.plans import plan_at_a_glance, plans_of

from .doors import person, plan_for, territory_for


@require_safe
def plans(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, "plan.read_plan")
    context = {
        "territory": place,
        "plans": plans_of(place, timezone.localdate()),
        "writes": person(request).has_perm("plan.write_plan", place),
    }
    return render(request, "plan/register/plans.html", context)


@require_safe
def plan(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.read_plan")
    writes = person(request).has_perm("plan.write_plan", found)
    context = {
        "territory": found.territory,
        "plan": found,
        "tab": "plan",
        "glance": plan_at_a_glance(found, timezone.localdate()),
        "members": list(found.members.order_by("search", "pk")),
        "writes": writes,
    }
    return render(request, "plan/register/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create_plan(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, "plan.write_plan")
    form = PlanForm(request.POST or None, territory=place)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_plan(territory=place, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.PlanRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("Le plan « %(name)s » est créé.") % {"name": made.name})
            return redirect("plan:plan", place.slug, made.pk)
    return render(request, "plan/register/plan_form.html", {"territory": place, "form": form, "plan": None})


@require_http_methods(["GET", "HEAD", "POST"])
def change_plan(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.write_plan")
    form = PlanForm(request.POST or None, territory=found.territory, plan=found)
    if request.method == "POST" and form.is_valid():
        try:
            changed = operations.change_plan(plan=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.PlanRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            if changed:
                messages.success(request, gettext("Le plan est à jour."))
            return redirect("plan:plan", found.territory.slug, found.pk)
    return render(request, "plan/register/plan_form.html", {"territory": found.territory, "form": form, "plan": found, "tab": "plan"})
