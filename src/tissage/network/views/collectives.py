"""Collectives: list, page of one, form, who sits there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tissage.network.queries.collectives import collectives_of

from .doors import person, territory_for

READ, WRITE = "network.read_network", "network.write_network"


@require_safe
def collectives(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, READ)
    context = {"territory": place, "collectives": collectives_of(place), "writes": person(request).has_perm(WRITE, place)}
    return render(request, "network/collectives.html", context)
