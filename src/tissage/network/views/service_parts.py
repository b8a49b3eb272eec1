"""Parts of a sheet: how to reach the service, where it receives and when, how it receives LGBTQIA+ people."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from tissage.network.forms.service_parts import AtPlaceForm, ContactForm, WelcomeForm
from tissage.network.models import Document, Service, ServiceAtPlace, ServiceContact
from tissage.network.operations import services as operations
from tissage.network.operations.documents import keep_document

from .doors import origin_of, person, service_for
from .services import EDIT, about


def add_service_contact(request: HttpRequest, territory: str, service: UUID) -> HttpResponse:
    found = service_for(request, territory, service, (EDIT,))
    user, owner = person(request), found.organization
    form = ContactForm(request.POST or None, initial={"phone": owner.phone, "email": owner.email})
    if request.method == "POST" and form.is_valid():
        operations.add_contact(service=found, by=user, now=timezone.now(), origin=origin_of(user, found), **form.cleaned_data)
        messages.success(request, gettext("Le contact est noté."))
        return _back(found, "contacts")
    return _form(request, found, form, gettext("Ajouter un contact"), gettext("Ajouter le contact"))


def change_service_contact(request: HttpRequest, territory: str, service: UUID, service_contact: int) -> HttpResponse:
    found = service_for(request, territory, service, (EDIT,))
    contact = get_object_or_404(ServiceContact.objects.select_related("service__territory"), pk=service_contact, service=found)
    user = person(request)
    form = ContactForm(request.POST or None, contact=contact)
    if request.method == "POST" and form.is_valid():
        if operations.change_contact(contact=contact, by=user, now=timezone.now(), origin=origin_of(user, found), **form.cleaned_data):
            messages.success(request, gettext("Le contact est à jour."))
        return _back(found, "contacts")
    remove = reverse("network:remove_service_contact", args=[found.territory.slug, found.uuid, contact.pk])
    return _form(request, found, form, gettext("Modifier un contact"), gettext("Enregistrer"), remove_url=remove)


def remove_service_contact(request: HttpRequest, territory: str, service: UUID, service_contact: int) -> HttpResponse:
    found = service_for(request, territory, service, (EDIT,))
    contact = get_object_or_404(ServiceContact.objects.select_related("service__territory"), pk=service_contact, service=found)
    user = person(request)
    if request.method == "POST":
        operations.remove_contact(contact=contact, by=user, now=timezone.now(), origin=origin_of(user, found))
        messages.success(request, gettext("Le contact est retiré de la fiche."))
        return _back(found, "contacts")
    return _ask(
        request,
        found,
        gettext("Retirer le contact « %(contact)s » ?") % {"contact": contact},
        gettext("Il quitte la fiche et l’annuaire. L’historique garde ce qu’il disait."),
        gettext("Retirer le contact"),
    )


def place_service(request: HttpRequest, territory: str, service: UUID) -> HttpResponse:
    found = service_for(request, territory, service, (EDIT,))
    user = person(request)
    form = AtPlaceForm(request.POST or None, service=found)
    if request.method == "POST" and form.is_valid():
        operations.place_service(service=found, by=user, now=timezone.now(), origin=origin_of(user, found), **form.cleaned_data)
        messages.success(request, gettext("Le lieu d’accueil est noté."))
        return _back(found, "places")
    return _form(
        request, found, form, gettext("Ajouter un lieu d’accueil"), gettext("Ajouter ce lieu"), new_place_url=_new_place(request, found)
    )


def change_at_place(request: HttpRequest, territory: str, service: UUID, at_place: UUID) -> HttpResponse:
    found = service_for(request, territory, service, (EDIT,))
    at = get_object_or_404(ServiceAtPlace.objects.select_related("place"), uuid=at_place, service=found)
    user = person(request)
    form = AtPlaceForm(request.POST or None, service=found, at_place=at)
    if request.method == "POST" and form.is_valid():
        operations.place_service(
            service=found, place=at.place, by=user, now=timezone.now(), origin=origin_of(user, found), **form.cleaned_data
        )
        messages.success(request, gettext("Le lieu d’accueil est à jour."))
        return _back(found, "places")
    remove = reverse("network:take_service_from_place", args=[found.territory.slug, found.uuid, at.uuid])
    return _form(request, found, form, at.place.name, gettext("Enregistrer"), remove_url=remove)


def take_service_from_place(request: HttpRequest, territory: str, service: UUID, at_place: UUID) -> HttpResponse:
    found = service_for(request, territory, service, (EDIT,))
    at = get_object_or_404(ServiceAtPlace.objects.select_related("place", "service__territory"), uuid=at_place, service=found)
    user = person(request)
    if request.method == "POST":
        operations.take_from_place(at_place=at, by=user, now=timezone.now(), origin=origin_of(user, found))
        messages.success(request, gettext("Le service n’est plus annoncé à cet endroit."))
        return _back(found, "places")
    return _ask(
        request,
        found,
        gettext("Ne plus annoncer ce service à « %(place)s » ?") % {"place": at.place.name},
        gettext("Le lieu reste sur la fiche de l’organisation ; ses heures pour ce service disparaissent de l’annuaire."),
        gettext("Retirer ce lieu"),
    )


def service_welcome(request: HttpRequest, territory: str, service: UUID) -> HttpResponse:
    """The claim and its proof, together: one is not saved without the other."""
    found = service_for(request, territory, service, (EDIT,))
    user, now = person(request), timezone.now()
    form = WelcomeForm(request.POST or None, request.FILES or None, service=found, day=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        if (file := given.pop("statement")) is not None:
            given["evidence_document"] = keep_document(
                territory=found.territory,
                title=gettext("Déclaration : %(service)s") % {"service": found.name},
                kind=gettext("déclaration"),
                upload_name=file[0],
                content=file[1],
                visibility=Document.Visibility.PRIVATE,
                organization=found.organization,
                by=user,
                now=now,
            )
        try:
            changed = operations.change_service(service=found, by=user, now=now, origin=origin_of(user, found), **given)
        except operations.ScopeWithoutEvidence as refusal:
            form.add_error("lgbtqi_scope", str(refusal))
        else:
            if changed:
                messages.success(request, gettext("La fiche est à jour."))
            return _back(found, "welcome")
    return _form(request, found, form, gettext("Accueil des personnes LGBTQIA+"), gettext("Enregistrer"))


def _new_place(request: HttpRequest, service: Service) -> str:
    owner = service.organization
    return reverse("network:add_own_place", args=[owner.territory.slug, owner.pk]) + f"?service={service.uuid}"


def _back(service: Service, part: str) -> HttpResponse:
    return redirect(reverse("network:service", args=[service.territory.slug, service.uuid]) + f"#{part}")


def _form(request: HttpRequest, service: Service, form: forms.Form, title: str, submit: str, **more: str) -> HttpResponse:
    return render(
        request, "network/services/part.html", {**about(request, service), "form": form, "title": title, "submit": submit, **more}
    )


def _ask(request: HttpRequest, service: Service, title: str, consequence: str, submit: str) -> HttpResponse:
    back = reverse("network:service", args=[service.territory.slug, service.uuid])
    return render(request, "ui/confirm.html", {"title": title, "consequence": consequence, "submit": submit, "cancel_url": back})
