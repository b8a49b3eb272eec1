"""The wall of a hall, for the projector: its page, its cards asked again every two seconds, hiding one and putting it back."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from tissage.core.hall import spell_code
from tissage.voices.models import Expression, Hall
from tissage.voices.operations import halls as operations
from tissage.voices.queries.halls import Wall, hall_rounds, rounds_etag, wall_cards, wall_etag, wordings_of

from .doors import person, workshop_for

# Cards fit the screen: how large, by how many there are. The style sheet knows these words.
SIZES = ((8, "is-huge"), (20, "is-large"), (45, "is-medium"))


def hall_for(request: HttpRequest, territory: str, workshop: int, permission: str) -> Hall:
    found = workshop_for(request, territory, workshop, permission)
    return get_object_or_404(Hall.objects.select_related("workshop__group", "workshop__territory"), workshop=found)


@require_safe
def wall(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    hall = hall_for(request, territory, workshop, "voices.read_voices")
    return render(request, "voices/hall/wall.html", {**_context(request, hall), "writes": _writes(request, hall)})


@require_safe
def wall_cards_part(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    """The cards alone. A browser that has them already is answered 304, for the price of one query on the cards."""
    hall = hall_for(request, territory, workshop, "voices.read_voices")
    moderates = _moderates(request, hall)
    etag = _etag(hall, moderates)
    return get_conditional_response(request, etag=etag) or _part(request, hall, etag, moderates)


def _part(request: HttpRequest, hall: Hall, etag: str, moderates: bool) -> HttpResponse:
    response = render(request, "voices/hall/wall_part.html", _context(request, hall, moderates))
    response.headers["ETag"] = etag
    return response


@require_POST
def hide_card(request: HttpRequest, territory: str, workshop: int, expression: int) -> HttpResponse:
    hall, card = _card(request, territory, workshop, expression)
    try:
        operations.hide_card(expression=card, reason=request.POST.get("reason", ""), by=person(request), now=timezone.now())
    except operations.UnknownReason as refusal:
        return HttpResponseBadRequest(str(refusal), content_type="text/plain; charset=utf-8")
    return _back(request, hall)


@require_POST
def show_card(request: HttpRequest, territory: str, workshop: int, expression: int) -> HttpResponse:
    hall, card = _card(request, territory, workshop, expression)
    operations.show_card(expression=card, by=person(request), now=timezone.now())
    return _back(request, hall)


def _card(request: HttpRequest, territory: str, workshop: int, expression: int) -> tuple[Hall, Expression]:
    hall = hall_for(request, territory, workshop, "voices.write_voices")
    cards = Expression.objects.live().filter(workshop=hall.workshop_id).select_related("territory")
    return hall, get_object_or_404(cards, pk=expression)


def _back(request: HttpRequest, hall: Hall) -> HttpResponse:
    """To whoever moderates: the cards as they now stand, or the page again where htmx is not there."""
    if getattr(request, "htmx", False):
        return _part(request, hall, _etag(hall, moderates=True), moderates=True)
    return redirect(f"{reverse('voices:wall', args=[hall.workshop.territory.slug, hall.workshop_id])}?moderer=1")


def _writes(request: HttpRequest, hall: Hall) -> bool:
    return person(request).has_perm("voices.write_voices", hall.workshop)


def _moderates(request: HttpRequest, hall: Hall) -> bool:
    return request.GET.get("moderer") == "1" and _writes(request, hall)


def _context(request: HttpRequest, hall: Hall, moderates: bool | None = None) -> dict[str, Any]:
    shown = wall_cards(hall)
    return {
        "territory": hall.workshop.territory,
        "workshop": hall.workshop,
        "wall": shown,
        "size": size_of(shown),
        "moderates": _moderates(request, hall) if moderates is None else moderates,
        "reasons": operations.HidingReason.choices,
        "waiting": waiting(request, hall) if shown.is_dark else None,
    }


def size_of(shown: Wall) -> str:
    """How large the cards are drawn: « is-huge » for a few, nothing for a great many."""
    cards = len(shown.loose) + sum(len(group.cards) + 1 for group in shown.groups)
    return next((word for most, word in SIZES if cards <= most), "")


def waiting(request: HttpRequest, hall: Hall) -> dict[str, Any]:
    """What stands on a wall that shows no cards: the question being answered, and how to come in while the door is open."""
    asked = next((one for one in hall_rounds(hall) if one.is_open), None)
    wordings = wordings_of(hall).get(asked.question_id, []) if asked is not None else []
    by_phone = hall.mode != Hall.Mode.FACILITATOR and hall.door_closed_at is None and hall.workshop.closed_at is None
    context: dict[str, Any] = {"round": asked, "wordings": wordings, "closed": hall.workshop.closed_at is not None, "by_phone": by_phone}
    if by_phone:
        context["code"] = spell_code(hall.code)
        context["address"] = request.build_absolute_uri(reverse("phones:welcome", args=[hall.code]))
        context["short_address"] = request.build_absolute_uri(reverse("phones:door")).partition("://")[2]
    return context


def _etag(hall: Hall, moderates: bool) -> str:
    """Changes with everything that the part shows, the waiting screen included."""
    parts = [wall_etag(hall), moderates, get_language()]
    if hall.wall_round_id is None:
        parts += [rounds_etag(hall), hall.door_closed_at, hall.mode, hall.workshop.closed_at]
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'
