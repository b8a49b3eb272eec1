"""The conductor's screen: the code, the questions, how many answered, the phones, the wall. Never what anybody wrote."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from tissage.core.hall import spell_code
from tissage.voices.models import Hall
from tissage.voices.operations import halls as operations
from tissage.voices.operations.workshops import WorkshopClosed
from tissage.voices.queries.halls import hall_state, state_etag
from tissage.voices.views.doors import workshop_for

from .doors import hall_for, person, phone_for, round_for

LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}


def conduct(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    found = workshop_for(request, territory, workshop, "voices.write_voices")
    if not Hall.objects.filter(workshop=found).exists():
        return redirect("voices:open_hall", territory, found.pk)
    hall = hall_for(request, territory, workshop, "voices.write_voices")
    address = phone_address(request, hall)
    context = {
        **_state_context(request, hall),
        "territory": found.territory,
        "group": hall.workshop.group,
        "address": address,
        "short_address": phone_address(request, None).split("://", 1)[-1].rstrip("/"),
        "unreachable": request.get_host().rsplit(":", 1)[0] in LOOPBACK,
        "takes_phones": hall.mode != Hall.Mode.FACILITATOR,
        "writes_cards": hall.mode != Hall.Mode.PHONES,
    }
    return render(request, "voices/hall/conduct.html", context)


def phone_address(request: HttpRequest, hall: Hall | None) -> str:
    """Where phones go: the page of a hall, or the door where a code is typed."""
    path = reverse("phones:welcome", args=[hall.code]) if hall is not None else reverse("phones:door")
    return settings.TISSAGE_ORIGIN.rstrip("/") + path if settings.PRODUCTION else request.build_absolute_uri(path)


def conduct_state(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    """The living part of the screen, asked again every two seconds; 304 while nothing moved."""
    hall = hall_for(request, territory, workshop, "voices.write_voices")
    etag = _etag(request, hall)
    same = get_conditional_response(request, etag=etag)
    return same or _state_part(request, hall)


def _state_part(request: HttpRequest, hall: Hall, trouble: str = "") -> HttpResponse:
    response = render(request, "voices/hall/conduct_state.html", {**_state_context(request, hall), "trouble": trouble})
    response.headers["ETag"] = _etag(request, hall)
    return response


def _etag(request: HttpRequest, hall: Hall) -> str:
    """The part holds forms: it is another for another sign-in or language."""
    seen = f"{state_etag(hall)} {request.session.session_key} {get_language()} {hall.workshop.closed_at}"
    return f'"{hashlib.sha256(seen.encode()).hexdigest()[:24]}"'


def _state_context(request: HttpRequest, hall: Hall) -> dict[str, Any]:
    return {
        "territory": hall.workshop.territory,
        "workshop": hall.workshop,
        "hall": hall,
        "code": spell_code(hall.code),
        "state": hall_state(hall),
        "etag": _etag(request, hall),
    }


# --- Acts -------------------------------------------------------------------------------------------------------

RIGHT = "voices.write_voices"
REFUSALS = (WorkshopClosed, operations.RoundNotClosed, operations.HallRefused)


def _done(request: HttpRequest, hall: Hall, act: Callable[[], object]) -> HttpResponse:
    """Does it, then shows the same part as the page: swapped in place, or the whole page again without JavaScript."""
    trouble = ""
    try:
        act()
    except REFUSALS as error:
        trouble = str(error)
    if getattr(request, "htmx", False):
        fresh = hall_for(request, hall.workshop.territory.slug, hall.workshop_id, RIGHT)
        return _state_part(request, fresh, trouble)
    if trouble:
        messages.error(request, trouble)
    return redirect("voices:conduct", hall.workshop.territory.slug, hall.workshop_id)


@require_POST
def open_round(request: HttpRequest, territory: str, workshop: int, round: int) -> HttpResponse:
    hall, found = round_for(request, territory, workshop, round, RIGHT)
    return _done(request, hall, lambda: operations.open_round(round=found, by=person(request), now=timezone.now()))


@require_POST
def close_round(request: HttpRequest, territory: str, workshop: int, round: int) -> HttpResponse:
    hall, found = round_for(request, territory, workshop, round, RIGHT)
    return _done(request, hall, lambda: operations.close_round(round=found, by=person(request), now=timezone.now()))


@require_POST
def show_round(request: HttpRequest, territory: str, workshop: int, round: int) -> HttpResponse:
    hall, found = round_for(request, territory, workshop, round, RIGHT)
    return _done(request, hall, lambda: operations.show_round(round=found, by=person(request), now=timezone.now()))


@require_POST
def hide_wall(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    hall = hall_for(request, territory, workshop, RIGHT)
    return _done(request, hall, lambda: operations.hide_wall(hall=hall, by=person(request), now=timezone.now()))


@require_POST
def toggle_door(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    """`door` says what is wanted, so that two clicks do not undo each other: `open` or `closed`."""
    hall = hall_for(request, territory, workshop, RIGHT)
    turn = operations.open_door if request.POST.get("door") == "open" else operations.close_door
    return _done(request, hall, lambda: turn(hall=hall, by=person(request), now=timezone.now()))


@require_POST
def set_phone_aside(request: HttpRequest, territory: str, workshop: int, phone: int) -> HttpResponse:
    hall, found = phone_for(request, territory, workshop, phone, RIGHT)
    return _done(request, hall, lambda: operations.set_phone_aside(phone=found, by=person(request), now=timezone.now()))


@require_POST
def take_phone_back(request: HttpRequest, territory: str, workshop: int, phone: int) -> HttpResponse:
    hall, found = phone_for(request, territory, workshop, phone, RIGHT)
    return _done(request, hall, lambda: operations.take_phone_back(phone=found, by=person(request), now=timezone.now()))
