"""Dates of an activity: added, moved, put off, cancelled, with what else that day is for the same people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from tissage.agenda.forms.occurrences import DetailsForm, MoveForm, OccurrenceForm, StatusNoteForm, TimeForm
from tissage.agenda.models import Activity, Occurrence
from tissage.agenda.operations import occurrences as operations
from tissage.agenda.queries.activities import AUDIENCE, Beside, same_day, terms_of
from tissage.network.models import Organization

from .doors import activity_for, occurrence_for, person

WRITE = "agenda.write_activity"


def add_occurrence(request: HttpRequest, territory: str, activity: int) -> HttpResponse:
    found = activity_for(request, territory, activity, WRITE)
    first = {"begins": "18:00", "ends": "20:00"}
    form = OccurrenceForm(request.POST or None, activity=found, only_of=_whose_places(request, found), initial=first)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        every, times = given.pop("every"), given.pop("times")
        did: dict[str, Any] = {"activity": found, "by": person(request), "now": timezone.now(), **given}
        try:
            made = operations.repeat_occurrence(every=every, times=times, **did) if every else [operations.add_occurrence(**did)]
        except operations.OccurrenceRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext("%(count)s date est notée.", "%(count)s dates sont notées.", len(made)) % {"count": len(made)}
            messages.success(request, words)
            return redirect("agenda:activity", territory, found.pk)
    context = {"territory": found.territory, "activity": found, "form": form, "beside": _beside_of(form, found) if form.is_bound else []}
    return render(request, "agenda/activities/date_form.html", {**context, "occurrence": None})


def _whose_places(request: HttpRequest, activity: Activity) -> Organization | None:
    """The coordination chooses among all places of its territory; staff of an association, among its own and those that everybody knows."""
    return None if person(request).has_perm("agenda.coordinate", activity) else activity.lead


@require_safe
def beside(request: HttpRequest, territory: str, activity: int) -> HttpResponse:
    """While a date is being chosen: what else that day is meant for the same people. A part of a page."""
    found = activity_for(request, territory, activity, WRITE)
    form = TimeForm(request.GET or None)
    others = _beside_of(form, found)
    asked = "starts_at" in getattr(form, "cleaned_data", {})
    return render(request, "agenda/activities/beside.html", {"territory": found.territory, "beside": others, "asked": asked})


def _beside_of(form: Any, activity: Activity) -> list[Beside]:
    form.full_clean()
    given = getattr(form, "cleaned_data", {})
    if "starts_at" not in given:
        return []
    audiences = terms_of([activity.pk])[activity.pk][AUDIENCE]
    return same_day((given["starts_at"], given["ends_at"]), audiences, activity.territory, but=activity.pk)


def change_occurrence(request: HttpRequest, territory: str, occurrence: Any) -> HttpResponse:
    found = occurrence_for(request, territory, occurrence, WRITE)
    form = DetailsForm(request.POST or None, activity=found.activity, occurrence=found, only_of=_whose_places(request, found.activity))
    if request.method == "POST" and form.is_valid():
        try:
            if operations.change_occurrence(occurrence=found, by=person(request), now=timezone.now(), **form.cleaned_data):
                messages.success(request, gettext("La date est à jour."))
        except operations.OccurrenceRefused as refusal:
            messages.error(request, str(refusal))
        return _back(found)
    return _part(request, found, form, gettext("Lieu et inscription"), gettext("Enregistrer"))


def move_occurrence(request: HttpRequest, territory: str, occurrence: Any) -> HttpResponse:
    found = occurrence_for(request, territory, occurrence, WRITE)
    form = MoveForm(request.POST or None, occurrence=found)
    if request.method == "POST" and form.is_valid():
        try:
            operations.move_occurrence(occurrence=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.OccurrenceRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("La date est déplacée ; les personnes inscrites sont prévenues."))
        return _back(found)
    return _part(request, found, form, gettext("Déplacer la date"), gettext("Déplacer"), chooses_a_day=True)


def cancel_occurrence(request: HttpRequest, territory: str, occurrence: Any) -> HttpResponse:
    found = occurrence_for(request, territory, occurrence, WRITE)
    words = {
        "title": gettext("Annuler cette date ?"),
        "consequence": gettext(
            "Elle reste dans les agendas, annulée. Les personnes inscrites qui ont donné une adresse reçoivent un message, une fois. "
            "Vous pourrez la rétablir."
        ),
        "submit": gettext("Annuler la date"),
    }
    return _with_a_note(request, found, operations.cancel_occurrence, gettext("La date est annulée."), words)


def postpone_occurrence(request: HttpRequest, territory: str, occurrence: Any) -> HttpResponse:
    found = occurrence_for(request, territory, occurrence, WRITE)
    words = {
        "title": gettext("Reporter sans nouvelle date ?"),
        "consequence": gettext(
            "Les personnes inscrites sont prévenues que la nouvelle date viendra. Vous la donnerez en déplaçant celle-ci."
        ),
        "submit": gettext("Reporter la date"),
    }
    return _with_a_note(request, found, operations.postpone_occurrence, gettext("La date est reportée."), words)


@require_POST
def occurrence_status(request: HttpRequest, territory: str, occurrence: Any) -> HttpResponse:
    """« Complète », and back; a draft's date taken away."""
    found = occurrence_for(request, territory, occurrence, WRITE)
    did: dict[str, Any] = {"occurrence": found, "by": person(request), "now": timezone.now()}
    act = request.POST.get("act", "")
    try:
        if act == "full":
            operations.set_status(status=Occurrence.Status.FULL, **did)
            messages.success(request, gettext("La date est complète : qui s’inscrit encore attend sur une liste."))
        elif act == "restore":
            operations.restore_occurrence(**did)
            messages.success(request, gettext("La date est de nouveau prévue."))
        elif act == "remove":
            operations.remove_occurrence(**did)
            messages.success(request, gettext("La date est retirée du brouillon."))
        else:
            raise Http404
    except operations.OccurrenceRefused as refusal:
        messages.error(request, str(refusal))
    return _back(found)


def _with_a_note(request: HttpRequest, found: Occurrence, operation: Any, said: str, words: dict[str, str]) -> HttpResponse:
    form = StatusNoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operation(occurrence=found, note=form.cleaned_data["note"], by=person(request), now=timezone.now())
        except operations.OccurrenceRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, said)
        return _back(found)
    back = reverse("agenda:activity", args=[found.territory.slug, found.activity_id])
    return render(request, "ui/confirm.html", {**words, "form": form, "cancel_url": back})


def _part(request: HttpRequest, found: Occurrence, form: Any, title: str, submit: str, *, chooses_a_day: bool = False) -> HttpResponse:
    context = {
        "territory": found.territory,
        "activity": found.activity,
        "occurrence": found,
        "form": form,
        "title": title,
        "submit": submit,
    }
    template = "date_form.html" if chooses_a_day else "part_form.html"
    beside = _beside_of(MoveForm(occurrence=found, data=request.POST), found.activity) if request.method == "POST" else []
    return render(request, f"agenda/activities/{template}", {**context, "beside": beside})


def _back(found: Occurrence) -> HttpResponse:
    return redirect("agenda:activity", found.territory.slug, found.activity_id)
