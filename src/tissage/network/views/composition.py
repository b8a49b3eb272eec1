"""Who sits in a collective: organisations by period, and the people who represent them."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from tissage.network.forms.collectives import JoinForm, MembershipForm, SeatForm
from tissage.network.forms.places import LeavingForm
from tissage.network.models import Collective, CollectiveMembership, Representative
from tissage.network.operations import collectives as operations
from tissage.network.operations.organizations import add_person

from .doors import collective_for, person

WRITE = "network.write_network"


def join_collective(request: HttpRequest, territory: str, collective: int) -> HttpResponse:
    found = collective_for(request, territory, collective, WRITE)
    form = JoinForm(request.POST or None, collective=found, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            operations.join_collective(collective=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.CollectiveRefused as refusal:
            form.add_error("since", str(refusal))
        else:
            messages.success(request, gettext("L’organisation siège. Dites qui la représente, pour que la convocation lui parvienne."))
            return _back(found)
    return _form(request, found, form, gettext("Faire entrer une organisation"), gettext("Faire entrer"), joins=True)


def change_membership(request: HttpRequest, territory: str, collective: int, membership: int) -> HttpResponse:
    member = _membership(request, territory, collective, membership)
    form = MembershipForm(request.POST or None, membership=member)
    if request.method == "POST" and form.is_valid():
        if operations.change_membership(membership=member, by=person(request), now=timezone.now(), **form.cleaned_data):
            messages.success(request, gettext("L’adhésion est à jour."))
        return _back(member.collective)
    return _form(request, member.collective, form, member.organization.name, gettext("Enregistrer"))


def leave_collective(request: HttpRequest, territory: str, collective: int, membership: int) -> HttpResponse:
    member = _membership(request, territory, collective, membership)
    form = LeavingForm(request.POST or None, today=timezone.localdate())
    form.fields["on"].label = gettext("Dernier jour")
    if request.method == "POST" and form.is_valid():
        try:
            operations.leave_collective(membership=member, on=form.cleaned_data["on"], by=person(request), now=timezone.now())
        except operations.CollectiveRefused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, gettext("Le départ de « %(name)s » est noté.") % {"name": member.organization.name})
            return _back(member.collective)
    title = gettext("Noter le départ de « %(name)s »") % {"name": member.organization.name}
    note = gettext("Sa période se clôt ce jour-là, et ses représentant·es rendent leur siège. L’histoire reste ; elle pourra revenir.")
    return _form(request, member.collective, form, title, gettext("Noter le départ"), note=note)


def take_seat(request: HttpRequest, territory: str, collective: int, membership: int) -> HttpResponse:
    member = _membership(request, territory, collective, membership)
    form = SeatForm(request.POST or None, membership=member, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        given, by, now = form.cleaned_data, person(request), timezone.now()
        try:
            with transaction.atomic():
                who = given["person"] or add_person(
                    organization=member.organization, display_name=given["display_name"], email=given["email"], by=by, now=now
                )
                operations.take_seat(membership=member, person=who, kind=given["kind"], since=given["since"], by=by, now=now)
        except operations.CollectiveRefused as refusal:
            form.add_error("since", str(refusal))
        else:
            messages.success(request, gettext("Le siège est donné."))
            return _back(member.collective)
    title = gettext("Qui représente « %(name)s » ?") % {"name": member.organization.name}
    return _form(request, member.collective, form, title, gettext("Donner le siège"))


def leave_seat(request: HttpRequest, territory: str, collective: int, membership: int, seat: int) -> HttpResponse:
    member = _membership(request, territory, collective, membership)
    held = get_object_or_404(
        Representative.objects.select_related("person", "membership__collective__territory"), pk=seat, membership=member
    )
    form = LeavingForm(request.POST or None, today=timezone.localdate())
    form.fields["on"].label = gettext("Dernier jour")
    if request.method == "POST" and form.is_valid():
        try:
            operations.leave_seat(seat=held, on=form.cleaned_data["on"], by=person(request), now=timezone.now())
        except operations.CollectiveRefused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, gettext("Le siège est rendu."))
            return _back(member.collective)
    title = gettext("%(name)s ne siège plus") % {"name": held.person.display_name}
    return _form(request, member.collective, form, title, gettext("Rendre le siège"))


def _membership(request: HttpRequest, territory: str, collective: int, pk: int) -> CollectiveMembership:
    """A period that is open, of this collective."""
    found = collective_for(request, territory, collective, WRITE)
    rows = CollectiveMembership.objects.select_related("organization__territory", "collective__territory")
    return get_object_or_404(rows, pk=pk, collective=found, until__isnull=True)


def _back(collective: Collective) -> HttpResponse:
    return redirect("network:collective", collective.territory.slug, collective.pk)


def _form(
    request: HttpRequest, collective: Collective, form: forms.Form, title: str, submit: str, *, note: str = "", joins: bool = False
) -> HttpResponse:
    context = {"territory": collective.territory, "collective": collective, "form": form, "title": title, "submit": submit, "note": note}
    return render(request, "network/collective_part_form.html", {**context, "joins": joins})
