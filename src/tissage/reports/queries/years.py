"""Reads of the pages of documents: the years of a plan, their frozen versions, what was issued, what came of the vote."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count

from tissage.plan.models import Plan
from tissage.reports.models import Deliberation, FrozenYear, Report


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year as the list shows it. `standing`: the frozen version that stands; `begun` false: the year is to come."""

    year: int
    standing: FrozenYear | None
    versions: int
    issued: int
    vote: Deliberation | None
    begun: bool


def years_of(plan: Plan, *, today: dt.date) -> list[YearLine]:
    """The years of a plan, latest first. Three queries."""
    frozen: dict[int, list[FrozenYear]] = {}
    for one in FrozenYear.objects.filter(plan=plan).defer("data", "difference").order_by("-year", "-number"):
        frozen.setdefault(one.year, []).append(one)
    issued = dict(
        Report.objects.filter(frozen_year__plan=plan)
        .order_by("frozen_year__year")
        .values_list("frozen_year__year")
        .annotate(count=Count("pk"))
    )
    votes = {one.frozen_year_id: one for one in Deliberation.objects.filter(frozen_year__plan=plan)}
    lines = []
    for year in reversed(plan.years):
        versions = frozen.get(year, [])
        standing = next((one for one in versions if one.reopened_at is None), None)
        vote = votes.get(standing.pk) if standing else None
        lines.append(YearLine(year, standing, len(versions), issued.get(year, 0), vote, year <= today.year))
    return lines


def issued_of(plan: Plan, year: int | None = None) -> list[Report]:
    """Issued documents with their files, latest first. Two queries."""
    found = Report.objects.filter(frozen_year__plan=plan).select_related("frozen_year", "issued_by").defer("frozen_year__data")
    if year is not None:
        found = found.filter(frozen_year__year=year)
    return list(found.prefetch_related("files").order_by("-number"))


def versions_of(plan: Plan, year: int) -> list[FrozenYear]:
    """Frozen versions of a year, latest first, with who froze and who reopened."""
    found = FrozenYear.objects.filter(plan=plan, year=year).select_related("frozen_by", "reopened_by").defer("data")
    return list(found.order_by("-number"))


def vote_of(frozen: FrozenYear | None) -> Deliberation | None:
    if frozen is None:
        return None
    return Deliberation.objects.filter(frozen_year=frozen).select_related("document").first()
