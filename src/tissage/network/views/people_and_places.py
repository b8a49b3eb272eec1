"""The people of contact of an organisation, and its addresses."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from tissage.network.forms.organizations import PersonForm
from tissage.network.forms.places import AddressForm
from tissage.network.models import Organization, Person, Place
from tissage.network.operations import organizations as operations
from tissage.network.operations import places

from .doors import organization_for, person

WRITE = "network.write_network"


def add_person(request: HttpRequest, territory: str, organization: int) -> HttpResponse:
    found = organization_for(request, territory, organization, WRITE)
    form = PersonForm(request.POST or None, territory=found.territory)
    if request.method == "POST" and form.is_valid():
        operations.add_person(organization=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("La personne de contact est notée."))
        return _back(found)
    title, submit = gettext("Ajouter une personne de contact"), gettext("Ajouter la personne")
    return _form(request, found, form, title, submit, note=_never_public())


def change_person(request: HttpRequest, territory: str, organization: int, contact: int) -> HttpResponse:
    found = organization_for(request, territory, organization, WRITE)
    who = get_object_or_404(Person, pk=contact, organization=found)
    form = PersonForm(request.POST or None, territory=found.territory, person=who)
    if request.method == "POST" and form.is_valid():
        if operations.change_person(person=who, by=person(request), now=timezone.now(), **form.cleaned_data):
            messages.success(request, gettext("La personne de contact est à jour."))
        return _back(found)
    delete = reverse("network:delete_person", args=[found.territory.slug, found.pk, who.pk])
    return _form(request, found, form, who.display_name, gettext("Enregistrer"), note=_never_public(), delete_url=delete)


def delete_person(request: HttpRequest, territory: str, organization: int, contact: int) -> HttpResponse:
    """Asks, then takes the person out of the register."""
    found = organization_for(request, territory, organization, WRITE)
    who = get_object_or_404(Person, pk=contact, organization=found)
    if request.method == "POST":
        operations.delete_person(person=who, by=person(request), now=timezone.now())
        messages.success(request, gettext("La personne est effacée du registre."))
        return _back(found)
    context = {
        "title": gettext("Effacer « %(name)s » du registre ?") % {"name": who.display_name},
        "consequence": gettext(
            "Son nom, ses coordonnées et ses sièges disparaissent. Pour une personne qui part, notez plutôt la fin de sa fonction : l’histoire reste."
        ),
        "submit": gettext("Effacer la personne"),
        "cancel_url": reverse("network:change_person", args=[found.territory.slug, found.pk, who.pk]),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


def add_place(request: HttpRequest, territory: str, organization: int) -> HttpResponse:
    found = organization_for(request, territory, organization, WRITE)
    form = AddressForm(request.POST or None, initial={"name": gettext("Siège"), "address_visibility": Place.Visibility.ON_REQUEST})
    if request.method == "POST" and form.is_valid():
        places.add_place(organization=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("Le lieu est noté."))
        return _back(found)
    return _form(request, found, form, gettext("Ajouter un lieu"), gettext("Ajouter le lieu"))


def change_place(request: HttpRequest, territory: str, organization: int, address: int) -> HttpResponse:
    found = organization_for(request, territory, organization, WRITE)
    place = get_object_or_404(Place, pk=address, organization=found)
    form = AddressForm(request.POST or None, place=place)
    if request.method == "POST" and form.is_valid():
        if places.change_place(place=place, by=person(request), now=timezone.now(), **form.cleaned_data):
            messages.success(request, gettext("Le lieu est à jour."))
        return _back(found)
    return _form(request, found, form, place.name, gettext("Enregistrer"))


def _never_public() -> str:
    return gettext("Ces coordonnées servent à l’équipe du plan. Elles ne sont jamais publiées.")


def _back(organization: Organization) -> HttpResponse:
    return redirect("network:organization", organization.territory.slug, organization.pk)


def _form(request: HttpRequest, organization: Organization, form: forms.Form, title: str, submit: str, **more: str) -> HttpResponse:
    context = {"territory": organization.territory, "organization": organization, "form": form, "title": title, "submit": submit, **more}
    return render(request, "network/organization_part_form.html", context)
