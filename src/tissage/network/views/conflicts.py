"""Declarations of conflict of interest of a collective, as its chair reads and notes them."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tissage.network.forms.trainings import ConflictForm, EndForm
from tissage.network.models import CollectiveMembership, ConflictDeclaration
from tissage.network.operations import conflicts as operations
from tissage.network.queries.conflicts import conflicts_of

from .doors import collective_for, person

WRITE = "network.write_network"


@require_safe
def conflicts(request: HttpRequest, territory: str, collective: int) -> HttpResponse:
    found = collective_for(request, territory, collective, WRITE)
    today = timezone.localdate()
    rows = list(conflicts_of(found))
    ended = {one.pk for one in rows if _is_over(one, today)}
    context = {
        "territory": found.territory,
        "collective": found,
        "running": [one for one in rows if one.pk not in ended],
        "ended": [one for one in rows if one.pk in ended],
    }
    return render(request, "network/conflicts.html", context)


def declare_conflict(request: HttpRequest, territory: str, collective: int) -> HttpResponse:
    found = collective_for(request, territory, collective, WRITE)
    members = CollectiveMembership.objects.filter(collective=found, until__isnull=True).select_related("organization")
    form = ConflictForm(request.POST or None, members=members.order_by("organization__search", "pk"), today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        operations.declare_conflict(by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("La déclaration est notée. Elle se montre quand son sujet vient à l’ordre du jour."))
        return redirect("network:conflicts", found.territory.slug, found.pk)
    title, submit = gettext("Noter un conflit d’intérêts"), gettext("Noter la déclaration")
    context = {"territory": found.territory, "collective": found, "form": form, "title": title, "submit": submit}
    return render(request, "network/collective_part_form.html", {**context, "note": "", "joins": False})


def end_conflict(request: HttpRequest, territory: str, collective: int, conflict: int) -> HttpResponse:
    found = collective_for(request, territory, collective, WRITE)
    rows = ConflictDeclaration.objects.select_related("membership__collective__territory", "membership__organization")
    held = get_object_or_404(rows, pk=conflict, membership__collective=found, until__isnull=True)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            operations.end_conflict(conflict=held, on=form.cleaned_data["on"], by=person(request), now=timezone.now())
        except operations.ConflictRefused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, gettext("La fin est notée. La déclaration reste dans l’histoire."))
            return redirect("network:conflicts", found.territory.slug, found.pk)
    title, submit = gettext("Noter la fin du conflit d’intérêts"), gettext("Noter la fin")
    context = {"territory": found.territory, "collective": found, "form": form, "title": title, "submit": submit}
    return render(request, "network/collective_part_form.html", {**context, "note": f"{held.membership.organization} : {held.subject}"})


def _is_over(conflict: ConflictDeclaration, today: dt.date) -> bool:
    return (conflict.until is not None and conflict.until < today) or conflict.membership.until is not None
