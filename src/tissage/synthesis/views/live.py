"""What stands today, for the team: the overview, a dimension, a component, what has no code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tissage.synthesis import queries

from . import pages
from .doors import team_territory
from .kinds import KINDS
from .sources import live_source


def live(request: HttpRequest, territory: str) -> HttpResponse:
    place = team_territory(request, territory)
    source, form = live_source(request, place)
    context = pages.overview_context(source) | {
        "form": form,
        "may_freeze": request.user.has_perm("synthesis.freeze_synthesis", place),
        "freeze_url": reverse("synthesis:freeze", args=[place.slug]) + source.query,
        "loose": queries.loose_expressions(place),
        "under_way": queries.freezing_of(place),
        "downloads": [(kind, label, source.url("download", kind)) for kind, label in KINDS],
    }
    return render(request, "synthesis/live.html", context)


def live_picture(request: HttpRequest, territory: str, picture: str) -> HttpResponse:
    source, _form = live_source(request, team_territory(request, territory))
    return pages.overview_picture(source, picture)


def spread(request: HttpRequest, territory: str) -> HttpResponse:
    source, _form = live_source(request, team_territory(request, territory))
    return pages.spread_page(request, source)


def dimension(request: HttpRequest, territory: str, dimension: str) -> HttpResponse:
    source, _form = live_source(request, team_territory(request, territory))
    return pages.dimension_page(request, source, dimension)


def dimension_picture(request: HttpRequest, territory: str, dimension: str, picture: str) -> HttpResponse:
    source, _form = live_source(request, team_territory(request, territory))
    return pages.dimension_picture(source, dimension, picture)


def component(request: HttpRequest, territory: str, component: str) -> HttpResponse:
    source, _form = live_source(request, team_territory(request, territory))
    return pages.component_page(request, source, component)


def uncoded(request: HttpRequest, territory: str) -> HttpResponse:
    source, _form = live_source(request, team_territory(request, territory))
    return pages.component_page(request, source, "")
