"""The directory of all public territories, by region and kind of organisation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tissage.network.models import Organization
from tissage.network.queries.everywhere import in_region, listed_organizations, overview

A_PAGE = 30
REGIONS = (("brussels", "bruxelles", _("Bruxelles")), ("flanders", "flandre", _("Flandre")), ("wallonia", "wallonie", _("Wallonie")))


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """A region, then a kind: who is there, and how many services each has."""
    today = timezone.localdate()
    seen = overview(today)
    region = next((code for code, word, _label in REGIONS if word == request.GET.get("region")), "")
    kind = request.GET.get("genre", "")
    kind = kind if kind in seen.kinds else ""
    found = listed_organizations(today)
    if region:
        found = in_region(found, region)
    if kind:
        found = found.filter(kind=kind)
    word = next((word for code, word, _label in REGIONS if code == region), "")
    context = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "total": seen.total,
        "territories": seen.territories,
        "everywhere": _address("", kind),
        "regions": [(label, seen.regions[code], _address(word, kind), code == region) for code, word, label in REGIONS],
        "kinds": [(label, _address(word, value), value == kind) for value, label in Organization.Kind.choices if value in seen.kinds],
        "any_kind": _address(word, ""),
        "region": region,
        "kind": kind,
    }
    response = render(request, "network/directory/everywhere.html", context)
    if seen.territories and not any(one.is_demonstration for one in seen.territories):
        response.headers["X-Robots-Tag"] = "all"
    return response


def _address(region: str, kind: str) -> str:
    asked = {name: value for name, value in (("region", region), ("genre", kind)) if value}
    return reverse("directories:home") + (f"?{urlencode(asked)}" if asked else "")
