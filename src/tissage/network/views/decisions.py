"""What a meeting decided, and what follows: written, moved, done, dropped."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tissage.network.forms.meetings import ChangedDecisionForm, DecisionForm, DropForm, FinishForm, MoveForm, OwedForm
from tissage.network.models import ActionItem, Decision, Meeting
from tissage.network.operations import decisions as operations

from .doors import meeting_for, person

WRITE = "network.write_network"


def write_decision(request: HttpRequest, territory: str, meeting: int) -> HttpResponse:
    found = meeting_for(request, territory, meeting, WRITE)
    form = DecisionForm(request.POST or None, territory=found.territory)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        words = {name: given[name] for name in ("text", "kind", "vote", "subjects", "no_action_reason")}
        try:
            made = operations.write_decision(meeting=found, owed=form.owed, by=person(request), now=timezone.now(), **words)
        except operations.NothingFollows as refusal:
            form.add_error("owed_text", str(refusal))
        except operations.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("Le point %(number)s est noté.") % {"number": made.number})
            return _back(found, f"#decision-{made.pk}")
    return _form(request, found, form, gettext("Noter une décision"), gettext("Noter la décision"))


def change_decision(request: HttpRequest, territory: str, meeting: int, decision: int) -> HttpResponse:
    found = meeting_for(request, territory, meeting, WRITE)
    held = _decision(found, decision)
    form = ChangedDecisionForm(request.POST or None, decision=held)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_decision(decision=held, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.NothingFollows as refusal:
            form.add_error("no_action_reason", str(refusal))
        except operations.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("La décision est corrigée."))
            return _back(found, f"#decision-{held.pk}")
    title = gettext("Corriger le point %(number)s") % {"number": held.number}
    remove = reverse("network:remove_decision", args=[found.territory.slug, found.pk, held.pk])
    return _form(request, found, form, title, gettext("Enregistrer"), remove_url=remove)


def remove_decision(request: HttpRequest, territory: str, meeting: int, decision: int) -> HttpResponse:
    found = meeting_for(request, territory, meeting, WRITE)
    held = _decision(found, decision)
    if request.method == "POST":
        try:
            operations.remove_decision(decision=held, by=person(request), now=timezone.now())
        except operations.DecisionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("Le point est retiré ; les suivants remontent."))
        return _back(found)
    context = {
        "title": gettext("Retirer le point %(number)s ?") % {"number": held.number},
        "consequence": gettext("Le point disparaît avec ce qui en découlait, et les points suivants remontent d’un numéro."),
        "items": [held.text],
        "submit": gettext("Retirer le point"),
        "cancel_url": reverse("network:change_decision", args=[found.territory.slug, found.pk, held.pk]),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


def add_action_item(request: HttpRequest, territory: str, meeting: int) -> HttpResponse:
    """Under a decision when the address names one (`?decision=`), else from the talk."""
    found = meeting_for(request, territory, meeting, WRITE)
    wanted = request.GET.get("decision", "")
    decision = _decision(found, int(wanted)) if wanted.isdecimal() else None
    form = OwedForm(request.POST or None, territory=found.territory)
    if request.method == "POST" and form.is_valid() and (owed := form.owed) is not None:
        try:
            operations.add_action_item(meeting=found, decision=decision, owed=owed, by=person(request), now=timezone.now())
        except operations.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("La suite est notée."))
            return _back(found, f"#decision-{decision.pk}" if decision else "#suites")
    title = gettext("Noter une suite au point %(number)s") % {"number": decision.number} if decision else gettext("Noter une suite")
    return _form(request, found, form, title, gettext("Noter la suite"), quoted=decision.text if decision else "")


def move_due_date(request: HttpRequest, territory: str, meeting: int, item: int) -> HttpResponse:
    found, held = _item(request, territory, meeting, item)
    form = MoveForm(request.POST or None, initial={"due_on": held.due_on})
    if request.method == "POST" and form.is_valid():
        try:
            operations.move_due_date(item=held, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.DecisionRefused as refusal:
            form.add_error("due_on", str(refusal))
        else:
            messages.success(request, gettext("L’échéance est déplacée ; l’ancienne reste notée."))
            return _back(found, "#suites")
    return _form(request, found, form, gettext("Reporter l’échéance"), gettext("Reporter"), quoted=held.text)


def finish_action_item(request: HttpRequest, territory: str, meeting: int, item: int) -> HttpResponse:
    found, held = _item(request, territory, meeting, item)
    form = FinishForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            operations.finish_action_item(item=held, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("C’est noté comme fait."))
            return _back(found, "#suites")
    return _form(request, found, form, gettext("Noter comme fait"), gettext("C’est fait"), quoted=held.text)


def drop_action_item(request: HttpRequest, territory: str, meeting: int, item: int) -> HttpResponse:
    found, held = _item(request, territory, meeting, item)
    form = DropForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            operations.drop_action_item(item=held, on=given["on"], why=given["evidence"], by=person(request), now=timezone.now())
        except operations.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("La suite est abandonnée, avec sa raison."))
            return _back(found, "#suites")
    return _form(request, found, form, gettext("Abandonner cette suite"), gettext("Abandonner"), quoted=held.text)


@require_POST
def reopen_action_item(request: HttpRequest, territory: str, meeting: int, item: int) -> HttpResponse:
    found, held = _item(request, territory, meeting, item)
    try:
        operations.reopen_action_item(item=held, by=person(request), now=timezone.now())
    except operations.DecisionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("La suite est de nouveau à faire."))
    return _back(found, "#suites")


def _decision(meeting: Meeting, pk: int) -> Decision:
    return get_object_or_404(Decision.objects.select_related("meeting__collective__territory"), pk=pk, meeting=meeting)


def _item(request: HttpRequest, territory: str, meeting: int, pk: int) -> tuple[Meeting, ActionItem]:
    found = meeting_for(request, territory, meeting, WRITE)
    if found.status == Meeting.Status.CANCELLED:
        raise Http404
    return found, get_object_or_404(ActionItem.objects.select_related("meeting__collective__territory"), pk=pk, meeting=found)


def _back(meeting: Meeting, anchor: str = "") -> HttpResponse:
    return redirect(reverse("network:meeting", args=[meeting.territory.slug, meeting.pk]) + anchor)


def _form(
    request: HttpRequest, meeting: Meeting, form: forms.Form, title: str, submit: str, *, quoted: str = "", remove_url: str = ""
) -> HttpResponse:
    context = {
        "territory": meeting.territory,
        "meeting": meeting,
        "collective": meeting.collective,
        "form": form,
        "title": title,
        "submit": submit,
        "quoted": quoted,
        "remove_url": remove_url,
    }
    return render(request, "network/meeting_part_form.html", context)
