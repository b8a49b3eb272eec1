"""Collectives: list, page of one, form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tissage.core.meetings import years_of_meetings
from tissage.network.forms.collectives import CollectiveForm
from tissage.network.operations import collectives as operations
from tissage.network.queries.collectives import body_models, collectives_of, composition_of
from tissage.network.queries.conflicts import conflicts_of, in_force
from tissage.network.queries.meetings import meetings_of, open_items

from .doors import collective_for, person, territory_for

READ, WRITE = "network.read_network", "network.write_network"
PAGE = 20


@require_safe
def collectives(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, READ)
    context = {"territory": place, "collectives": collectives_of(place), "writes": person(request).has_perm(WRITE, place)}
    return render(request, "network/collectives.html", context)


@require_safe
def collective(request: HttpRequest, territory: str, collective: int) -> HttpResponse:
    found = collective_for(request, territory, collective, READ)
    meetings = meetings_of(found)
    held = [timezone.localdate(moment) for moment in found.meetings.filter(status="held").values_list("starts_at", flat=True)]
    today = timezone.localdate()
    writes = person(request).has_perm(WRITE, found)
    context = {
        "territory": found.territory,
        "collective": found,
        "conflict_count": in_force(conflicts_of(found), today).count() if writes else 0,
        "composition": composition_of(found),
        "page": Paginator(meetings, PAGE).get_page(request.GET.get("page")),
        "years": years_of_meetings(held, found.minimum_meetings, found.founded_on if found.minimum_meetings else None, today),
        "items": list(open_items(found)),
        "now": timezone.now(),
        "today": today,
        "writes": writes,
    }
    return render(request, "network/collective.html", context)


def create_collective(request: HttpRequest, territory: str) -> HttpResponse:
    """Empty, or filled from a body that a plan framework describes (`?modele=`)."""
    place = territory_for(request, territory, WRITE)
    models = body_models()
    chosen = next((one for one in models if one.key == request.GET.get("modele")), None)
    initial: dict[str, Any] = {"kind": "commission"}
    if chosen is not None:
        initial = {"name": chosen.label, "kind": chosen.kind, "missions": chosen.missions}
        initial["minimum_meetings"] = chosen.minimum_meetings or None
    form = CollectiveForm(request.POST or None, territory=place, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = operations.create_collective(territory=place, by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("« %(name)s » est créé. Dites maintenant qui y siège.") % {"name": made.name})
        return redirect("network:collective", place.slug, made.pk)
    context = {"territory": place, "form": form, "collective": None, "models": models, "chosen": chosen}
    return render(request, "network/collective_form.html", context)


def change_collective(request: HttpRequest, territory: str, collective: int) -> HttpResponse:
    found = collective_for(request, territory, collective, WRITE)
    form = CollectiveForm(request.POST or None, territory=found.territory, collective=found)
    if request.method == "POST" and form.is_valid():
        if operations.change_collective(collective=found, by=person(request), now=timezone.now(), **form.cleaned_data):
            messages.success(request, gettext("La fiche est à jour."))
        return redirect("network:collective", found.territory.slug, found.pk)
    return render(request, "network/collective_form.html", {"territory": found.territory, "form": form, "collective": found})
