"""Registrations and bookings of a date, as the people of its lead see them. For anybody else this page does not exist."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tissage.agenda.models import SchoolBooking
from tissage.agenda.operations.registrations import RegistrationRefused
from tissage.agenda.operations.school_bookings import answer_booking
from tissage.agenda.queries.registrations import expected

from .doors import occurrence_for, person

SEE = "agenda.see_registrations"


@require_safe
def registrations(request: HttpRequest, territory: str, occurrence: Any) -> HttpResponse:
    found = occurrence_for(request, territory, occurrence, SEE)
    context = {"territory": found.territory, "activity": found.activity, "occurrence": found, "expected": expected(found)}
    response = render(request, "agenda/activities/registrations.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def answer_school(request: HttpRequest, territory: str, occurrence: Any, school_booking: int) -> HttpResponse:
    found = occurrence_for(request, territory, occurrence, SEE)
    bookings = SchoolBooking.objects.select_related("occurrence__activity__territory")
    booking = get_object_or_404(bookings, pk=school_booking, occurrence=found)
    if (act := request.POST.get("act", "")) not in ("confirm", "refuse"):
        raise Http404
    try:
        answer_booking(booking=booking, confirmed=act == "confirm", by=person(request), now=timezone.now())
    except RegistrationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = (
            gettext("L’école est confirmée, elle en est prévenue.")
            if act == "confirm"
            else gettext("L’école est refusée, elle en est prévenue.")
        )
        messages.success(request, said)
    return redirect("agenda:registrations", territory, found.uuid)
