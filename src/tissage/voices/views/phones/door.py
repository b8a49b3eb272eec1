"""Coming in: the code, the welcome, « Commencer »; and the next person on a shared device."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from tissage.voices.models import Hall
from tissage.voices.operations.halls import DoorClosed, HallFull, JoinRefused, NoPhonesHere
from tissage.voices.operations.halls import join as join_hall
from tissage.voices.operations.workshops import WorkshopClosed
from tissage.voices.queries.halls import hall_by_code
from tissage.voices.queries.screens import screens_of

from .holding import comes_from_here, forget_token, give_token, held_phone, held_token, new_token
from .screens import chosen_language, draw, languages_of, too_many_codes, unknown_code

MOST_BYTES = 4096
# Why a phone does not come in: the name a device reads, and the sentence of its screen.
REASONS: dict[type[JoinRefused], tuple[str, str]] = {
    DoorClosed: ("door_closed", "door_closed"),
    HallFull: ("full", "door_full"),
    NoPhonesHere: ("no_phones", "door_no_phones"),
}


@login_not_required
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """One field: the code. A good one leads to the welcome of its workshop."""
    typed = request.GET.get("code", "").strip()[:40]
    if not typed:
        return draw(request, "door", None)
    if (refusal := too_many_codes(request)) is not None:
        return refusal
    hall = hall_by_code(typed)
    return redirect(_welcome_of(request, hall)) if hall else unknown_code(request, typed)


def _welcome_of(request: HttpRequest, hall: Hall) -> str:
    language = request.GET.get("langue", "")[:10]
    return reverse("phones:welcome", args=[hall.code]) + (f"?{urlencode({'langue': language})}" if language else "")


@login_not_required
@require_safe
def welcome(request: HttpRequest, code: str) -> HttpResponse:
    """What will happen, in easy words, and what the team says; a language; « Commencer »."""
    if (refusal := too_many_codes(request)) is not None:
        return refusal
    hall = hall_by_code(code)
    if hall is None:
        return unknown_code(request, code)
    if hall.code != code:
        return redirect(_welcome_of(request, hall))
    if (phone := held_phone(request, hall)) is not None:
        return redirect(answer_page(hall, request.GET.get("langue") or phone.language))
    if hall.mode == Hall.Mode.FACILITATOR:
        return draw(request, "refused", hall, reason="door_no_phones")
    if hall.door_closed_at is not None:
        return draw(request, "refused", hall, reason="door_closed")
    return draw(request, "welcome", hall)


def answer_page(hall: Hall, language: str, **more: str) -> str:
    return f"{reverse('phones:answer', args=[hall.code])}?{urlencode({'langue': language, **more})}"


@csrf_exempt  # nothing is at stake in being let in; what a form may do afterwards is held by `comes_from_here`
@login_not_required
@require_POST
def join(request: HttpRequest, code: str) -> HttpResponse:
    """« Commencer ». A device that makes its own token asks in JSON and is answered in JSON; a plain form gets a cookie."""
    if (refusal := too_many_codes(request)) is not None:
        return refusal
    hall = hall_by_code(code)
    by_device = request.content_type == "application/json"
    if hall is None:
        refused = unknown_code(request, code)
        return JsonResponse({"reason": "over"}, status=410) if by_device else refused
    return _join_by_device(request, hall) if by_device else _join_by_form(request, hall)


def _join_by_device(request: HttpRequest, hall: Hall) -> HttpResponse:
    asked = _asked(request)
    try:
        phone = join_hall(hall=hall, token=asked["token"], language=asked["language"], from_token=asked["from_token"], now=timezone.now())
    except WorkshopClosed:
        return JsonResponse({"reason": "over"}, status=410)
    except JoinRefused as refusal:
        reason, sentence = REASONS.get(type(refusal), ("refused", ""))
        words = screens_of(hall.workshop.territory).words(asked["language"])
        return JsonResponse({"reason": reason, "message": words[sentence] if sentence else str(refusal)}, status=403)
    return JsonResponse({"language": phone.language, "number": phone.number})


def _asked(request: HttpRequest) -> dict[str, str]:
    """The texts that a device sends to come in; whatever else it sends is not a text, and then empty."""
    try:
        sent: Any = json.loads(request.body) if len(request.body) <= MOST_BYTES else {}
    except (ValueError, RecursionError):
        sent = {}
    given = sent if isinstance(sent, dict) else {}
    return {name: given[name] if isinstance(given.get(name), str) else "" for name in ("token", "language", "from_token")}


def _join_by_form(request: HttpRequest, hall: Hall) -> HttpResponse:
    language = chosen_language(request, languages_of(hall)).code
    if held_phone(request, hall) is not None:
        return redirect(answer_page(hall, language))
    return _let_in(request, hall, language)


def _let_in(request: HttpRequest, hall: Hall, language: str, from_token: str = "", **more: str) -> HttpResponse:
    """A new person on a device that keeps a cookie."""
    token = new_token()
    try:
        join_hall(hall=hall, token=token, language=language, from_token=from_token, now=timezone.now())
    except WorkshopClosed:
        return forget_token(draw(request, "over", hall), hall.code)
    except JoinRefused as refusal:
        return draw(request, "refused", hall, reason=REASONS.get(type(refusal), ("", "door_unknown"))[1], status=403)
    return give_token(redirect(answer_page(hall, language, **more)), request, hall.code, token)


@csrf_exempt
@login_not_required
@require_POST
def next_person(request: HttpRequest, code: str) -> HttpResponse:
    """On a shared device without JavaScript: the screen is cleared and a new person begins."""
    hall = hall_by_code(code)
    phone = held_phone(request, hall) if hall is not None else None
    if phone is None and (refusal := too_many_codes(request)) is not None:
        return refusal
    if hall is None:
        return forget_token(unknown_code(request, code), code)
    if phone is None or not comes_from_here(request):
        return redirect("phones:welcome", hall.code)
    language = chosen_language(request, languages_of(hall), phone.language).code
    return _let_in(request, hall, language, held_token(request), pret="1")
