"""What was adopted and does not move, for everybody who sits somewhere."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tissage.commitments.queries.standstill import standstill as still_lines
from tissage.core.movement import NO_STEP_DAYS, STANDSTILL_DAYS

from .doors import READ, WRITE, person, territory_for

ON_A_PAGE = 50


@require_safe
def standstill(request: HttpRequest, territory: str) -> HttpResponse:
    found = territory_for(request, territory, "network.read_standstill")
    lines = still_lines(found, timezone.localdate())
    user = person(request)
    context = {
        "territory": found,
        "page": Paginator(lines, ON_A_PAGE).get_page(request.GET.get("page")),
        "total": len(lines),
        "stopped": sum(line.movement.is_still for line in lines),
        "still_days": STANDSTILL_DAYS,
        "step_days": NO_STEP_DAYS,
        "reads": user.has_perm(READ, found),
        "writes": user.has_perm(WRITE, found),
        "reads_register": user.has_perm("network.read_network", found),
    }
    return render(request, "commitments/standstill.html", context)
