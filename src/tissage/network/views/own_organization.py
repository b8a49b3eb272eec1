"""« Mon organisation »: what the staff of an association keep themselves, and nothing of others."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tissage.network.forms.own_organization import OwnOrganizationForm
from tissage.network.forms.places import AddressForm
from tissage.network.models import Organization, Place, Service
from tissage.network.models.organizations import organizations_of
from tissage.network.operations import organizations as operations
from tissage.network.operations import places
from tissage.network.queries.directory import with_freshness
from tissage.people.models import Territory
from tissage.people.rules import is_partner

from .doors import own_organization_for, person

EDIT = "network.edit_organization"


@require_safe
def own_organization(request: HttpRequest, territory: str) -> HttpResponse:
    """The organisations this person speaks for here, usually one. A partner whose account is linked to none is told whom to ask."""
    place = get_object_or_404(Territory.objects.visible_to(request.user), slug=territory)
    user = person(request)
    services = with_freshness(Service.objects.all(), timezone.localdate()).order_by("search", "pk")
    standing = Place.objects.filter(ended_on__isnull=True).order_by("name", "pk")
    found = organizations_of(user, place).prefetch_related(Prefetch("services", services), Prefetch("places", standing))
    mine = list(found)
    if not mine and not is_partner(user, place):
        raise Http404
    return render(request, "network/own/organization.html", {"territory": place, "organizations": mine})


def change_own_organization(request: HttpRequest, territory: str, organization: int) -> HttpResponse:
    found = own_organization_for(request, territory, organization, EDIT)
    form = OwnOrganizationForm(request.POST or None, organization=found)
    if request.method == "POST" and form.is_valid():
        if operations.change_organization(organization=found, by=person(request), now=timezone.now(), **form.cleaned_data):
            messages.success(request, gettext("La fiche est à jour."))
        return redirect(_home(request, found))
    return _form(request, found, form, gettext("Modifier la fiche"), gettext("Enregistrer"), note=_kept_by_the_team())


def add_own_place(request: HttpRequest, territory: str, organization: int) -> HttpResponse:
    """`?service=`: the sheet one comes from, and goes back to."""
    found = own_organization_for(request, territory, organization, EDIT)
    form = AddressForm(request.POST or None, initial={"address_visibility": Place.Visibility.ON_REQUEST})
    if request.method == "POST" and form.is_valid():
        places.add_place(organization=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("Le lieu est noté."))
        service = _service_asked(request, found)
        return redirect("network:place_service", territory, service.uuid) if service else redirect(_home(request, found))
    return _form(request, found, form, gettext("Ajouter un lieu"), gettext("Ajouter le lieu"))


def change_own_place(request: HttpRequest, territory: str, organization: int, address: int) -> HttpResponse:
    found = own_organization_for(request, territory, organization, EDIT)
    place = get_object_or_404(Place.objects.select_related("organization", "territory"), pk=address, organization=found)
    form = AddressForm(request.POST or None, place=place)
    if request.method == "POST" and form.is_valid():
        if places.change_place(place=place, by=person(request), now=timezone.now(), **form.cleaned_data):
            messages.success(request, gettext("Le lieu est à jour."))
        return redirect(_home(request, found))
    return _form(request, found, form, place.name, gettext("Enregistrer"))


def _service_asked(request: HttpRequest, organization: Organization) -> Service | None:
    try:
        uuid = UUID(request.GET.get("service", ""))
    except ValueError:
        return None
    return Service.objects.filter(uuid=uuid, organization=organization).first()


def _kept_by_the_team() -> str:
    return gettext("Le nom, le genre et le numéro d’entreprise restent à l’équipe : des conventions et des actions s’appuient sur eux.")


def _home(request: HttpRequest, organization: Organization) -> str:
    """Where one came from: one's own page, or the register for whoever reads it."""
    slug = organization.territory.slug
    if person(request).has_perm("network.read_network", organization):
        return reverse("network:organization", args=[slug, organization.pk])
    return reverse("network:own_organization", args=[slug])


def _form(request: HttpRequest, organization: Organization, form: forms.Form, title: str, submit: str, **more: Any) -> HttpResponse:
    context = {"territory": organization.territory, "organization": organization, "form": form, "title": title, "submit": submit}
    return render(request, "network/own/part.html", {**context, "cancel_url": _home(request, organization), **more})
