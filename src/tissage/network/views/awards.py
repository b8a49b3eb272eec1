"""Who holds a label: asking, what is met, the confirmation by its owner, leaving the public list in one gesture."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tissage.network.forms.labels import AskForm, ConfirmForm, FulfilForm, ReasonForm
from tissage.network.models import LabelAward
from tissage.network.operations import awards as operations
from tissage.network.operations.labels import LabelRefused
from tissage.network.queries.labels import PENDING, asked_of, held_on, may_hold, place_shown, reports_told_to
from tissage.network.rules import organization_ids_of

from .doors import person, require, territory_for
from .labels import READ, label_for

CONFIRM = "network.confirm_award"


def award_for(request: HttpRequest, territory: str, uuid: UUID, permission: str) -> LabelAward:
    place = territory_for(request, territory, READ)
    rows = LabelAward.objects.select_related("version__scheme__owner", "version__scheme__territory", "organization__territory", "place")
    found = get_object_or_404(rows, uuid=uuid, version__scheme__territory=place)
    require(person(request), permission, found)
    return found


def ask_award(request: HttpRequest, territory: str, scheme: int) -> HttpResponse:
    """The team and the owner of the label open the request of anybody; an organisation asks for itself."""
    found = label_for(request, territory, scheme, READ)
    who = person(request)
    for_all = who.has_perm("network.write_label", found)
    if not for_all and not who.has_perm("network.read_own_collectives", found.territory):
        raise Http404
    holders = may_hold(found.territory, None if for_all else organization_ids_of(who))
    form = AskForm(request.POST or None, holders=holders)
    if not for_all and len(holders) == 1:
        form.fields["organization"].initial = holders[0].pk
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.ask_award(scheme=found, by=who, now=timezone.now(), **form.cleaned_data)
        except LabelRefused as refusal:
            form.add_error("organization", str(refusal))
        else:
            messages.success(request, gettext("La demande est ouverte. Voici ce que le label demande."))
            return _back(made)
    context = {
        "territory": found.territory,
        "scheme": found,
        "form": form,
        "cancel_url": reverse("network:label", args=[territory, found.pk]),
    }
    title = gettext("Ouvrir une demande") if for_all else gettext("Demander « %(name)s »") % {"name": found.name}
    return render(request, "network/labels/form.html", {**context, "title": title, "submit": gettext("Ouvrir la demande")})


@require_safe
def award(request: HttpRequest, territory: str, award: UUID) -> HttpResponse:
    found = award_for(request, territory, award, "network.read_award")
    who, today = person(request), timezone.localdate()
    asked = asked_of(found)
    context = {
        "territory": found.version.scheme.territory,
        "scheme": found.version.scheme,
        "award": found,
        "held": held_on([found], today)[0],
        "asked": asked,
        "missing": [one.requirement for one in asked if one.fulfilment is None and one.requirement.mandatory],
        "place": place_shown(found),
        "is_pending": found.status in PENDING,
        "is_in_force": found.is_in_force(today),
        "confirms": who.has_perm(CONFIRM, found),
        "lists": who.has_perm("network.list_award", found),
        "reports": reports_told_to(organization_ids_of(who), found),
    }
    return render(request, "network/labels/award.html", context)


def fulfil_requirement(request: HttpRequest, territory: str, award: UUID, requirement: int) -> HttpResponse:
    found = award_for(request, territory, award, CONFIRM)
    asked = next((one for one in asked_of(found) if one.requirement.pk == requirement), None)
    if asked is None:
        raise Http404
    form = FulfilForm(request.POST or None, initial={"met_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        act = partial(
            operations.fulfil_requirement,
            award=found,
            requirement=asked.requirement,
            by=person(request),
            now=timezone.now(),
            **form.cleaned_data,
        )
        if _done(request, form, act, gettext("L’exigence est notée comme remplie.")):
            return _back(found)
    return _form(request, found, form, gettext("Noter comme rempli"), gettext("C’est rempli"), quoted=asked.requirement.text)


@require_POST
def take_fulfilment_back(request: HttpRequest, territory: str, award: UUID, requirement: int) -> HttpResponse:
    found = award_for(request, territory, award, CONFIRM)
    held = get_object_or_404(found.fulfilments.select_related("award"), requirement=requirement)
    act = partial(operations.take_fulfilment_back, fulfilment=held, by=person(request), now=timezone.now())
    _done(request, None, act, gettext("L’exigence est de nouveau à remplir."))
    return _back(found)


def confirm_award(request: HttpRequest, territory: str, award: UUID) -> HttpResponse:
    found = award_for(request, territory, award, CONFIRM)
    form = ConfirmForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        act = partial(operations.confirm_award, award=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        if _done(request, form, act, gettext("Le label est attribué à « %(name)s ».") % {"name": found.organization.name}):
            return _back(found)
    return _form(request, found, form, gettext("Confirmer l’attribution"), gettext("Attribuer le label"))


@require_POST
def list_award(request: HttpRequest, territory: str, award: UUID) -> HttpResponse:
    """Off the list: one click, at once. Back on it: the same click."""
    found = award_for(request, territory, award, "network.list_award")
    publicly = request.POST.get("publicly") == "yes"
    act = partial(operations.list_award, award=found, publicly=publicly, by=person(request), now=timezone.now())
    said = (
        gettext("« %(name)s » figure dans la liste publique.")
        if publicly
        else gettext("« %(name)s » ne figure plus dans la liste publique.")
    )
    _done(request, None, act, said % {"name": found.organization.name})
    return _back(found)


def suspend_award(request: HttpRequest, territory: str, award: UUID) -> HttpResponse:
    found = award_for(request, territory, award, CONFIRM)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(operations.suspend_award, award=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        if _done(request, form, act, gettext("Le label est suspendu, et quitte la liste publique.")):
            return _back(found)
    note = gettext("Il quitte aussitôt la liste publique. Vous pourrez le rétablir ; sa date de fin ne bouge pas.")
    return _form(request, found, form, gettext("Suspendre le label"), gettext("Suspendre"), note=note)


@require_POST
def resume_award(request: HttpRequest, territory: str, award: UUID) -> HttpResponse:
    found = award_for(request, territory, award, CONFIRM)
    act = partial(operations.resume_award, award=found, by=person(request), now=timezone.now())
    _done(request, None, act, gettext("Le label est rétabli. Remettez-le dans la liste publique si l’organisation le veut."))
    return _back(found)


def withdraw_award(request: HttpRequest, territory: str, award: UUID) -> HttpResponse:
    found = award_for(request, territory, award, CONFIRM)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(operations.withdraw_award, award=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        if _done(request, form, act, gettext("C’est retiré. L’histoire reste.")):
            return _back(found)
    title = gettext("Clore la demande sans attribuer") if found.status in PENDING else gettext("Retirer le label")
    note = gettext("L’organisation lit la raison. Elle pourra redemander le label.")
    return _form(request, found, form, title, title, note=note)


def _done(request: HttpRequest, form: forms.Form | None, act: Callable[[], object], said: str) -> bool:
    try:
        act()
    except LabelRefused as refusal:
        if form is None:
            messages.error(request, str(refusal))
        else:
            form.add_error(None, str(refusal))
        return False
    messages.success(request, said)
    return True


def _back(award: LabelAward) -> HttpResponse:
    return redirect("network:award", award.version.scheme.territory.slug, award.uuid)


def _form(
    request: HttpRequest, award: LabelAward, form: forms.Form, title: str, submit: str, *, note: str = "", quoted: str = ""
) -> HttpResponse:
    territory = award.version.scheme.territory
    context = {
        "territory": territory,
        "scheme": award.version.scheme,
        "award": award,
        "form": form,
        "title": title,
        "submit": submit,
        "note": note,
        "quoted": quoted,
        "cancel_url": reverse("network:award", args=[territory.slug, award.uuid]),
    }
    return render(request, "network/labels/form.html", context)
