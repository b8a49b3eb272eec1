"""The neighbourhoods of the territory's own list: added by lines, renamed, taken off the list on a day, put back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from tissage.network.forms.places import LeavingForm, NeighbourhoodForm, NeighbourhoodsForm
from tissage.network.models import Place
from tissage.network.operations import places as operations
from tissage.network.queries.places import neighbourhoods_of

from .doors import person, territory_for

READ, WRITE = "network.read_network", "network.write_network"


def places(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, WRITE if request.method == "POST" else READ)
    writes = person(request).has_perm(WRITE, place)
    form = NeighbourhoodsForm(request.POST or None) if writes else None
    if form is not None and request.method == "POST" and form.is_valid():
        made = operations.add_neighbourhoods(territory=place, names=form.cleaned_data["names"], by=person(request), now=timezone.now())
        words = ngettext("%(count)s quartier ajouté.", "%(count)s quartiers ajoutés.", len(made)) % {"count": len(made)}
        messages.success(request, words if made else gettext("Tous étaient déjà dans la liste : rien n’a changé."))
        return redirect("network:places", place.slug)
    found = list(neighbourhoods_of(place))
    context = {
        "territory": place,
        "form": form,
        "places": [one for one in found if one.ended_on is None],
        "former": [one for one in found if one.ended_on is not None],
        "writes": writes,
    }
    return render(request, "network/places.html", context)


def _place(request: HttpRequest, territory: str, pk: int) -> Place:
    found = territory_for(request, territory, WRITE)
    place: Place = get_object_or_404(neighbourhoods_of(found).select_related("territory"), pk=pk)
    return place


def rename_place(request: HttpRequest, territory: str, place: int) -> HttpResponse:
    found = _place(request, territory, place)
    form = NeighbourhoodForm(request.POST or None, territory=found.territory, place=found)
    if request.method == "POST" and form.is_valid():
        operations.rename_neighbourhood(place=found, name=form.cleaned_data["name"], by=person(request), now=timezone.now())
        messages.success(request, gettext("Le quartier est renommé partout."))
        return redirect("network:places", territory)
    return render(request, "network/place_form.html", {"territory": found.territory, "place": found, "form": form})


def end_place(request: HttpRequest, territory: str, place: int) -> HttpResponse:
    found = _place(request, territory, place)
    form = LeavingForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        operations.end_neighbourhood(place=found, on=form.cleaned_data["on"], by=person(request), now=timezone.now())
        messages.success(request, gettext("« %(name)s » n’est plus proposé.") % {"name": found.name})
        return redirect("network:places", territory)
    context = {
        "title": gettext("Retirer « %(name)s » de la liste ?") % {"name": found.name},
        "consequence": gettext(
            "Le quartier n’est plus proposé à partir de ce jour. Ce qui s’y rapporte déjà le garde, et vous pourrez le remettre."
        ),
        "submit": gettext("Retirer de la liste"),
        "cancel_url": reverse("network:places", args=[territory]),
        "form": form,
    }
    return render(request, "ui/confirm.html", context)


@require_POST
def restore_place(request: HttpRequest, territory: str, place: int) -> HttpResponse:
    found = _place(request, territory, place)
    operations.end_neighbourhood(place=found, on=None, by=person(request), now=timezone.now())
    messages.success(request, gettext("« %(name)s » est de nouveau dans la liste.") % {"name": found.name})
    return redirect("network:places", territory)
