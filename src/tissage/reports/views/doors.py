"""What I may open of the documents: a year of a plan, an issued file, a Word form; 404 otherwise."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from tissage.plan.models import Plan
from tissage.plan.views.doors import person, plan_for, require, territory_for
from tissage.reports.models import FrozenYear, ReportFile, WordTemplate
from tissage.reports.queries.books import standing_freeze

__all__ = ["file_for", "frozen_for", "person", "plan_for", "plan_year_for", "require", "template_for", "territory_for"]

READS = "reports.read_reports"


def plan_year_for(request: HttpRequest, territory: str, plan: int, year: int, permission: str = READS) -> Plan:
    """The plan, when this year is one of its own."""
    found = plan_for(request, territory, plan, permission)
    if year not in found.years:
        raise Http404
    return found


def frozen_for(request: HttpRequest, territory: str, plan: int, year: int, permission: str) -> FrozenYear:
    """The version of this year that stands."""
    found = standing_freeze(plan_year_for(request, territory, plan, year, permission), year)
    if found is None:
        raise Http404
    return found


def file_for(request: HttpRequest, territory: str, uuid: UUID) -> ReportFile:
    """An issued file of this territory."""
    files = ReportFile.objects.select_related("report__territory", "report__frozen_year__plan__territory")
    found = get_object_or_404(files, uuid=uuid, report__territory__slug=territory)
    require(person(request), READS, found.report)
    return found


def template_for(request: HttpRequest, territory: str, uuid: UUID, permission: str) -> WordTemplate:
    found: WordTemplate = get_object_or_404(
        WordTemplate.objects.visible_to(request.user).select_related("territory"), uuid=uuid, territory__slug=territory
    )
    require(person(request), permission, found)
    return found
