"""Trainings: the list, one with its sessions, who came by head count, and the qualifications that follow."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from tissage.network.forms.trainings import AttendanceForm, SessionForm, TrainingForm
from tissage.network.models import Training, TrainingAttendance, TrainingSession
from tissage.network.operations import trainings as operations
from tissage.network.queries.trainings import attendances_of, labels_that_ask, qualifications_of, sessions_of, trainings_of
from tissage.network.rules import organization_ids_of
from tissage.people.models import Territory

from .doors import person, territory_for

READ, READ_ALL, WRITE = "network.read_labels", "network.read_network", "network.write_network"
PAGE = 50


def training_for(request: HttpRequest, territory: str, pk: int, permission: str) -> Training:
    place = territory_for(request, territory, permission)
    found: Training = get_object_or_404(Training.objects.select_related("territory", "provider"), pk=pk, territory=place)
    return found


def session_for(request: HttpRequest, territory: str, pk: int, permission: str) -> TrainingSession:
    place = territory_for(request, territory, permission)
    rows = TrainingSession.objects.select_related("training__territory", "training__provider")
    return get_object_or_404(rows, pk=pk, training__territory=place)


@require_safe
def trainings(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, READ)
    page = Paginator(trainings_of(place, timezone.localdate()), PAGE).get_page(request.GET.get("page"))
    who = person(request)
    mine = [] if who.has_perm(READ_ALL, place) else qualifications_of(timezone.localdate(), organizations=organization_ids_of(who))
    context = {"territory": place, "page": page, "mine": mine, "writes": who.has_perm(WRITE, place)}
    return render(request, "network/trainings/trainings.html", context)


@require_safe
def training(request: HttpRequest, territory: str, training: int) -> HttpResponse:
    """The team sees who followed; an organisation sees its own."""
    found = training_for(request, territory, training, READ)
    who, today = person(request), timezone.localdate()
    only = None if who.has_perm(READ_ALL, found.territory) else organization_ids_of(who)
    context = {
        "territory": found.territory,
        "training": found,
        "page": Paginator(sessions_of(found, only), PAGE).get_page(request.GET.get("page")),
        "qualifications": qualifications_of(today, training=found, organizations=only),
        "labels": labels_that_ask(found),
        "sees_all": only is None,
        "today": today,
        "writes": who.has_perm(WRITE, found),
    }
    return render(request, "network/trainings/training.html", context)


def create_training(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, WRITE)
    form = TrainingForm(request.POST or None, territory=place)
    if request.method == "POST" and form.is_valid():
        made = operations.create_training(territory=place, by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("La formation est créée. Notez sa première séance."))
        return redirect("network:training", place.slug, made.pk)
    return _form(request, place, None, form, gettext("Créer une formation"), gettext("Créer la formation"))


def change_training(request: HttpRequest, territory: str, training: int) -> HttpResponse:
    found = training_for(request, territory, training, WRITE)
    form = TrainingForm(request.POST or None, territory=found.territory, training=found)
    if request.method == "POST" and form.is_valid():
        if operations.change_training(training=found, by=person(request), now=timezone.now(), **form.cleaned_data):
            messages.success(request, gettext("La fiche est à jour."))
        return redirect("network:training", found.territory.slug, found.pk)
    return _form(request, found.territory, found, form, gettext("Modifier la fiche"), gettext("Enregistrer"))


def plan_session(request: HttpRequest, territory: str, training: int) -> HttpResponse:
    found = training_for(request, territory, training, WRITE)
    form = SessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = operations.plan_session(training=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        return redirect("network:training_session", found.territory.slug, made.pk)
    return _form(request, found.territory, found, form, gettext("Noter une séance"), gettext("Noter la séance"))


@require_safe
def training_session(request: HttpRequest, territory: str, training_session: int) -> HttpResponse:
    found = session_for(request, territory, training_session, READ_ALL)
    writes = person(request).has_perm(WRITE, found.training)
    attendances = list(attendances_of(found))
    context = {
        "territory": found.training.territory,
        "training": found.training,
        "session": found,
        "attendances": attendances,
        "persons": sum(one.headcount for one in attendances),
        "writes": writes,
        "notes": writes and found.cancelled_on is None and found.held_on <= timezone.localdate(),
    }
    return render(request, "network/trainings/session.html", context)


def note_attendance(request: HttpRequest, territory: str, training_session: int) -> HttpResponse:
    found = session_for(request, territory, training_session, WRITE)
    form = AttendanceForm(request.POST or None, session=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.note_attendance(session=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.TrainingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = ngettext("%(count)s personne notée pour « %(name)s ».", "%(count)s personnes notées pour « %(name)s ».", made.headcount)
            messages.success(request, said % {"count": made.headcount, "name": made.organization.name})
            return redirect("network:training_session", found.training.territory.slug, found.pk)
    return _form(request, found.training.territory, found.training, form, gettext("Noter qui est venu"), gettext("Noter"), session=found)


def cancel_session(request: HttpRequest, territory: str, training_session: int) -> HttpResponse:
    found = session_for(request, territory, training_session, WRITE)
    if request.method == "POST":
        try:
            operations.cancel_session(session=found, by=person(request), now=timezone.now())
        except operations.TrainingRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("La séance est annulée. Prévenez les personnes attendues."))
        return redirect("network:training", found.training.territory.slug, found.training_id)
    context = {
        "title": gettext("Annuler cette séance ?"),
        "consequence": gettext("Elle reste dans la liste, annulée."),
        "submit": gettext("Annuler la séance"),
        "cancel_url": reverse("network:training_session", args=[found.training.territory.slug, found.pk]),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@require_POST
def remove_attendance(request: HttpRequest, territory: str, training_session: int) -> HttpResponse:
    found = session_for(request, territory, training_session, WRITE)
    wanted = request.POST.get("attendance", "")
    if not wanted.isdecimal():
        raise Http404
    rows = TrainingAttendance.objects.select_related("session__training__territory")
    held = get_object_or_404(rows, pk=int(wanted), session=found)
    operations.remove_attendance(attendance=held, by=person(request), now=timezone.now())
    messages.success(request, gettext("La présence est retirée, avec ce qui en venait. Un label déjà attribué reste."))
    return redirect("network:training_session", found.training.territory.slug, found.pk)


def _form(
    request: HttpRequest,
    territory: Territory,
    training: Training | None,
    form: forms.Form,
    title: str,
    submit: str,
    *,
    session: TrainingSession | None = None,
) -> HttpResponse:
    if session is not None:
        cancel_url = reverse("network:training_session", args=[territory.slug, session.pk])
    elif training is not None:
        cancel_url = reverse("network:training", args=[territory.slug, training.pk])
    else:
        cancel_url = reverse("network:trainings", args=[territory.slug])
    context = {"territory": territory, "training": training, "session": session, "form": form, "title": title, "submit": submit}
    return render(request, "network/trainings/form.html", {**context, "cancel_url": cancel_url})
