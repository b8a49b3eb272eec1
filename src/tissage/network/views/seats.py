"""« Mes collectifs »: what association staff read of the collectives where their organisation sits, and what they do there for it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tissage.network.forms.meetings import FinishForm
from tissage.network.forms.trainings import ConflictForm, EndForm
from tissage.network.models import ActionItem, Collective, ConflictDeclaration, Meeting
from tissage.network.operations import conflicts, decisions
from tissage.network.queries.conflicts import conflicts_of
from tissage.network.queries.meetings import decisions_of
from tissage.network.queries.seats import (
    collectives_of_mine,
    items_owed_by,
    may_read_minutes,
    meetings_for_members,
    members_of,
    memberships_of,
)
from tissage.network.rules import organization_ids_of

from .doors import person, require, territory_for

READ = "network.read_own_collectives"
PAGE = 20


def my_collective_for(request: HttpRequest, territory: str, pk: int) -> Collective:
    place = territory_for(request, territory, READ)
    found: Collective = get_object_or_404(Collective.objects.select_related("territory", "coordinator"), pk=pk, territory=place)
    require(person(request), "network.sit", found)
    return found


@require_safe
def my_collectives(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, READ)
    rows = collectives_of_mine(place, organization_ids_of(request.user))
    return render(request, "network/seats/collectives.html", {"territory": place, "rows": rows})


@require_safe
def my_collective(request: HttpRequest, territory: str, collective: int) -> HttpResponse:
    """Composition, meetings, what one's own organisation owes and declared. Nothing of what another member owes or declared."""
    found = my_collective_for(request, territory, collective)
    mine = organization_ids_of(request.user)
    today = timezone.localdate()
    context = {
        "territory": found.territory,
        "collective": found,
        "members": members_of(found),
        "page": Paginator(meetings_for_members(found), PAGE).get_page(request.GET.get("page")),
        "items": list(items_owed_by(mine, found)),
        "conflicts": list(conflicts_of(found, mine)),
        "now": timezone.now(),
        "today": today,
    }
    return render(request, "network/seats/collective.html", context)


@require_safe
def my_meeting(request: HttpRequest, territory: str, collective: int, meeting: int) -> HttpResponse:
    """A meeting as a member reads it: decisions once it is closed, minutes when they are for members."""
    found = my_collective_for(request, territory, collective)
    held = get_object_or_404(Meeting.objects.exclude(status=Meeting.Status.CANCELLED), pk=meeting, collective=found)
    context = {
        "territory": found.territory,
        "collective": found,
        "meeting": held,
        "decisions": decisions_of(held) if held.status == Meeting.Status.HELD else [],
        "reads_minutes": may_read_minutes(held),
        "now": timezone.now(),
        "today": timezone.localdate(),
    }
    return render(request, "network/seats/meeting.html", context)


def finish_my_item(request: HttpRequest, territory: str, collective: int, item: int) -> HttpResponse:
    """One's own organisation did what it owed, and says what shows it."""
    found = my_collective_for(request, territory, collective)
    rows = ActionItem.objects.select_related("meeting__collective__territory", "owner")
    mine = organization_ids_of(request.user)
    held = get_object_or_404(rows, pk=item, meeting__collective=found, owner__in=mine, status=ActionItem.Status.OPEN)
    form = FinishForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            decisions.finish_action_item(item=held, by=person(request), now=timezone.now(), **form.cleaned_data)
        except decisions.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("C’est noté comme fait."))
            return _back(found, "#suites")
    return _form(request, found, form, gettext("C’est fait"), gettext("Noter comme fait"), quoted=held.text)


def declare_my_conflict(request: HttpRequest, territory: str, collective: int) -> HttpResponse:
    found = my_collective_for(request, territory, collective)
    members = memberships_of(found.territory, organization_ids_of(request.user)).filter(collective=found)
    form = ConflictForm(request.POST or None, members=members, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        conflicts.declare_conflict(by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("Votre déclaration est notée. La présidence la voit quand le sujet vient à l’ordre du jour."))
        return _back(found, "#conflits")
    return _form(request, found, form, gettext("Déclarer un conflit d’intérêts"), gettext("Déclarer"))


def end_my_conflict(request: HttpRequest, territory: str, collective: int, conflict: int) -> HttpResponse:
    found = my_collective_for(request, territory, collective)
    rows = ConflictDeclaration.objects.select_related("membership__collective__territory")
    mine = organization_ids_of(request.user)
    held = get_object_or_404(rows, pk=conflict, membership__collective=found, membership__organization__in=mine, until__isnull=True)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            conflicts.end_conflict(conflict=held, on=form.cleaned_data["on"], by=person(request), now=timezone.now())
        except conflicts.ConflictRefused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, gettext("La fin est notée."))
            return _back(found, "#conflits")
    return _form(request, found, form, gettext("Noter la fin du conflit d’intérêts"), gettext("Noter la fin"), quoted=held.subject)


def _back(collective: Collective, anchor: str = "") -> HttpResponse:
    return redirect(reverse("network:my_collective", args=[collective.territory.slug, collective.pk]) + anchor)


def _form(request: HttpRequest, collective: Collective, form: object, title: str, submit: str, *, quoted: str = "") -> HttpResponse:
    context = {"territory": collective.territory, "collective": collective, "form": form, "title": title, "submit": submit}
    return render(request, "network/seats/form.html", {**context, "quoted": quoted})
