"""A meeting from its date to its closing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from tissage.core.meetings import Lack
from tissage.network.forms.meetings import MeetingForm
from tissage.network.models import Meeting, Presence
from tissage.network.operations import meetings as operations
from tissage.network.queries.conflicts import conflicts_on_the_agenda
from tissage.network.queries.meetings import addressees_of, decisions_of, items_of, letter_of, presences_of

from .doors import collective_for, meeting_for, person

READ, WRITE = "network.read_network", "network.write_network"
MOST_HEADS = 10_000


@require_safe
def meeting(request: HttpRequest, territory: str, meeting: int) -> HttpResponse:
    found = meeting_for(request, territory, meeting, READ)
    now = timezone.now()
    is_planned = found.status == Meeting.Status.PLANNED
    context = {
        "territory": found.territory,
        "meeting": found,
        "collective": found.collective,
        "decisions": decisions_of(found),
        "items": [item for item in items_of(found) if item.decision_id is None],
        "attended": presences_of(found),
        "lacks": [lack_in_words(lack, found) for lack in operations.lacks_of(found, now=now)] if is_planned else [],
        "is_over": found.starts_at <= now,
        "now": now,
        "today": timezone.localdate(),
        "writes": person(request).has_perm(WRITE, found),
    }
    context["conflicts"] = conflicts_on_the_agenda(found) if context["writes"] else []
    context["edits"] = context["writes"] and is_planned
    context["adds"] = context["writes"] and found.status != Meeting.Status.CANCELLED and found.minutes_adopted_on is None
    return render(request, "network/meeting.html", context)


def lack_in_words(lack: Lack, meeting: Meeting) -> tuple[str, str]:
    """What is missing, and the page where it is done (empty for what time alone brings)."""
    place = [meeting.territory.slug, meeting.pk]
    return {
        Lack.TO_COME: (gettext("elle n’a pas encore eu lieu"), ""),
        Lack.MINUTES: (gettext("le procès-verbal"), reverse("network:minutes", args=place)),
        Lack.HEADS: (gettext("le nombre de personnes présentes"), reverse("network:presences", args=place)),
        Lack.PRESENCES: (gettext("la présence de chaque organisation membre"), reverse("network:presences", args=place)),
    }[lack]


def plan_meeting(request: HttpRequest, territory: str, collective: int) -> HttpResponse:
    found = collective_for(request, territory, collective, WRITE)
    form = MeetingForm(request.POST or None, initial={"begins": "14:00"})
    if request.method == "POST" and form.is_valid():
        made = operations.plan_meeting(collective=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("La réunion est prévue. Convoquez les membres quand l’ordre du jour est prêt."))
        return redirect("network:meeting", found.territory.slug, made.pk)
    context = {"territory": found.territory, "collective": found, "meeting": None, "form": form}
    return render(request, "network/meeting_form.html", context)


def change_meeting(request: HttpRequest, territory: str, meeting: int) -> HttpResponse:
    found = meeting_for(request, territory, meeting, WRITE)
    form = MeetingForm(request.POST or None, meeting=found)
    if request.method == "POST" and form.is_valid():
        try:
            changed = operations.change_meeting(meeting=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.MeetingRefused as refusal:
            messages.error(request, str(refusal))
        else:
            if found.invited_at and set(changed) & {"starts_at", "ends_at", "place"}:
                messages.warning(request, gettext("La réunion est à jour. Les membres étaient déjà convoqués : prévenez-les à nouveau."))
            elif changed:
                messages.success(request, gettext("La réunion est à jour."))
        return _back(found)
    context = {"territory": found.territory, "collective": found.collective, "meeting": found, "form": form}
    return render(request, "network/meeting_form.html", context)


def cancel_meeting(request: HttpRequest, territory: str, meeting: int) -> HttpResponse:
    found = meeting_for(request, territory, meeting, WRITE)
    if request.method == "POST":
        act = partial(operations.cancel_meeting, meeting=found, by=person(request), now=timezone.now())
        return _do(request, found, act, gettext("La réunion est annulée."))
    consequence = gettext("Elle reste dans la liste, annulée, avec ce qui était préparé. Vous pourrez la rétablir.")
    if found.invited_at:
        consequence += " " + gettext("Les membres étaient convoqués : prévenez-les vous-même.")
    context = {
        "title": gettext("Annuler cette réunion ?"),
        "consequence": consequence,
        "submit": gettext("Annuler la réunion"),
        "cancel_url": reverse("network:meeting", args=[territory, found.pk]),
    }
    return render(request, "ui/confirm.html", context)


@require_POST
def restore_meeting(request: HttpRequest, territory: str, meeting: int) -> HttpResponse:
    found = meeting_for(request, territory, meeting, WRITE)
    act = partial(operations.restore_meeting, meeting=found, by=person(request), now=timezone.now())
    return _do(request, found, act, gettext("La réunion est de nouveau prévue."))


def call_meeting(request: HttpRequest, territory: str, meeting: int) -> HttpResponse:
    """Shows who the convocation reaches and its very words; a button sends it."""
    found = meeting_for(request, territory, meeting, WRITE)
    if request.method == "POST":
        try:
            sent = operations.call_meeting(meeting=found, by=person(request), now=timezone.now())
        except operations.MeetingRefused as refusal:
            messages.error(request, str(refusal))
        else:
            words = ngettext("La convocation part à %(count)s personne.", "La convocation part à %(count)s personnes.", sent)
            messages.success(request, words % {"count": sent})
        return _back(found)
    letter = render_to_string("network/mail/convocation.txt", letter_of(found, person(request))).strip()
    subject, _newline, body = letter.partition("\n")
    context = {
        "territory": found.territory,
        "meeting": found,
        "collective": found.collective,
        "called": addressees_of(found),
        "letter": f"{subject.strip()}\n\n{body.strip()}",
        "can_send": found.status == Meeting.Status.PLANNED,
    }
    return render(request, "network/call_meeting.html", context)


def presences(request: HttpRequest, territory: str, meeting: int) -> HttpResponse:
    """One tap an organisation, and how many persons were there."""
    found = meeting_for(request, territory, meeting, WRITE)
    attended = presences_of(found)
    error, heads = "", "" if found.attendees_count is None else str(found.attendees_count)
    if request.method == "POST":
        heads = request.POST.get("heads", "").strip()
        states = {one.organization: request.POST.get(f"state-{one.organization.pk}", one.state) for one in attended}
        if set(states.values()) - set(Presence.State.values):
            error = gettext("Un état de présence n’est pas connu. Choisissez parmi ceux qui sont proposés.")
        elif heads and not (heads.isascii() and heads.isdigit() and int(heads) <= MOST_HEADS):
            error = gettext("Le nombre de personnes s’écrit en chiffres, par exemple 14.")
        else:
            count = int(heads) if heads else None
            by, now = person(request), timezone.now()
            act = partial(operations.note_presences, meeting=found, states=states, attendees_count=count, by=by, now=now)
            return _do(request, found, act, gettext("Les présences sont notées."))
    context = {
        "territory": found.territory,
        "meeting": found,
        "collective": found.collective,
        "attended": attended,
        "states": [one for one in Presence.State.choices if one[0] != Presence.State.UNKNOWN],
        "heads": heads,
        "error": error,
    }
    return render(request, "network/presences.html", context)


@require_POST
def close_meeting(request: HttpRequest, territory: str, meeting: int) -> HttpResponse:
    found = meeting_for(request, territory, meeting, WRITE)
    try:
        operations.close_meeting(meeting=found, by=person(request), now=timezone.now())
    except operations.CannotClose as refusal:
        missing = ", ".join(lack_in_words(lack, found)[0] for lack in refusal.lacks)
        messages.error(request, gettext("%(refusal)s Il manque : %(missing)s.") % {"refusal": refusal, "missing": missing})
    except operations.MeetingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("La réunion est close. Son procès-verbal s’imprime, et sera approuvé à la prochaine."))
    return _back(found)


@require_POST
def reopen_meeting(request: HttpRequest, territory: str, meeting: int) -> HttpResponse:
    found = meeting_for(request, territory, meeting, WRITE)
    act = partial(operations.reopen_meeting, meeting=found, by=person(request), now=timezone.now())
    return _do(request, found, act, gettext("La réunion est rouverte. Corrigez, puis closez-la de nouveau."))


def _do(request: HttpRequest, meeting: Meeting, act: Callable[[], None], done: str) -> HttpResponse:
    try:
        act()
    except operations.MeetingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return _back(meeting)


def _back(meeting: Meeting) -> HttpResponse:
    return redirect("network:meeting", meeting.territory.slug, meeting.pk)
