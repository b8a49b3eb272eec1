"""What was adopted, for members with an account: commission, council, and the team."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tissage.plan.models import Plan
from tissage.plan.views.doors import person, territory_for
from tissage.reports.queries.readers import reads_minutes

from . import reading
from .reading import Reader

NAMES = {
    "home": "reports:adopted_plan",
    "version": "reports:adopted_version",
    "report": "reports:adopted_report",
    "file": "reports:adopted_file",
    "minutes": "reports:adopted_minutes",
    "comment": "reports:comment_adopted",
}


@require_safe
def adopted(request: HttpRequest, territory: str) -> HttpResponse:
    """The plans of a territory; straight to the only one."""
    place = territory_for(request, territory, "reports.read_adopted")
    plans = list(Plan.objects.filter(territory=place).select_related("framework__framework").order_by("-starts_on", "name", "pk"))
    if len(plans) == 1:
        return redirect("reports:adopted_plan", place.slug, plans[0].pk)
    return render(request, "reports/readers/plans.html", {"territory": place, "plans": plans})


def _reader(request: HttpRequest, territory: str, plan: int, permission: str = "reports.read_adopted") -> Reader:
    place = territory_for(request, territory, permission)
    found = get_object_or_404(Plan.objects.select_related("territory", "framework__framework"), pk=plan, territory=place)
    user = person(request)
    return Reader(
        plan=found,
        user=user,
        link=None,
        with_minutes=reads_minutes(user, place),
        comments=user.has_perm("reports.comment", place),
        layout="reports/readers/by_account.html",
        names=NAMES,
        args=(place.slug, found.pk),
        context={"opens_syntheses": place.is_public or user.has_perm("synthesis.read_synthesis", place)},
    )


@require_safe
def adopted_plan(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    return reading.show_home(request, _reader(request, territory, plan))


@require_safe
def adopted_version(request: HttpRequest, territory: str, plan: int, plan_version: int) -> HttpResponse:
    return reading.show_version(request, _reader(request, territory, plan), plan_version)


@require_safe
def adopted_report(request: HttpRequest, territory: str, plan: int, report: int) -> HttpResponse:
    return reading.show_report(request, _reader(request, territory, plan), report)


@require_safe
def adopted_minutes(request: HttpRequest, territory: str, plan: int, meeting: int) -> HttpResponse:
    return reading.show_minutes(request, _reader(request, territory, plan), meeting)


@require_safe
def adopted_file(request: HttpRequest, territory: str, plan: int, report_file: UUID) -> HttpResponse:
    return reading.send_file(_reader(request, territory, plan), report_file)


@require_POST
def comment_adopted(request: HttpRequest, territory: str, plan: int, subject: str, about: int) -> HttpResponse:
    return reading.comment(request, _reader(request, territory, plan, "reports.comment"), subject, about)
