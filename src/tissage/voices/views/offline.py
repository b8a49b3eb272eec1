"""The hall without a network: the page that a device keeps, and the door where its cards arrive."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language_bidi, gettext
from django.views.decorators.http import require_http_methods, require_safe

from tissage.core.hall import spell_code
from tissage.ui.release import files_of, release, stamp
from tissage.voices.models import Hall
from tissage.voices.operations.halls import Answer, write_cards
from tissage.voices.operations.workshops import WorkshopClosed
from tissage.voices.queries.offline import hall_on_a_device
from tissage.voices.words_offline import offline_words

from .doors import person, workshop_for

MOST_AT_ONCE = 100
LONGEST_FRENCH = 600
OWN_FILES = ("voices/hall.css", "voices/offline.css", "voices/js/offline/page.js")
LOOK = (
    "ui/fonts.css",
    "ui/tokens.css",
    "ui/base.css",
    "ui/components.css",
    "ui/pieces.css",
    "ui/print.css",
    "ui/favicon.svg",
    "ui/favicon.png",
)


def kept_files(*own: str) -> tuple[str, ...]:
    """Every file that a page with the look of the house asks for, and its own."""
    bootstrap = "vendor/bootstrap/bootstrap.rtl.min.css" if get_language_bidi() else "vendor/bootstrap/bootstrap.min.css"
    return files_of(bootstrap, *LOOK, *own)


@require_safe
def offline_hall(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    found = workshop_for(request, territory, workshop, "voices.write_voices")
    hall = Hall.objects.select_related("workshop__group", "workshop__territory").filter(workshop=found).first()
    page = reverse("voices:offline_hall", args=[territory, found.pk])
    context: dict[str, Any] = {"workshop": found, "hall": hall, "signin_url": f"{reverse('account_login')}?{urlencode({'next': page})}"}
    if hall is not None:
        context["code"] = spell_code(hall.code)
        context["data"] = {
            **hall_on_a_device(hall),
            "words": offline_words(),
            "page": page,
            "scope": page,
            "worker": reverse("phones:service_worker"),
            "send": reverse("voices:offline_send", args=[territory, found.pk]),
            "files": kept_files(*OWN_FILES),
            "release": release(),
        }
    return stamp(render(request, "voices/hall/offline.html", context))


@require_http_methods(["GET", "POST"])
def offline_send(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    """GET: is the workshop open, and a fresh token for what follows. POST: cards as JSON, a receipt for each, in the same order.

    Whoever is no longer signed in is sent to the door like everywhere: the page reads the redirection as « sign in again ».
    409 when the workshop was closed meanwhile, 400 when the message cannot be read.
    """
    found = workshop_for(request, territory, workshop, "voices.write_voices")
    if request.method == "GET":
        return JsonResponse({"token": get_token(request), "closed": found.closed_at is not None})
    hall = Hall.objects.filter(workshop=found).first()
    if hall is None:
        return JsonResponse({"error": "no_hall", "message": gettext("Cet atelier n’est pas ouvert en salle.")}, status=400)
    try:
        cards = read_cards(request.body)
    except UnreadableCards as problem:
        return JsonResponse({"error": "unreadable", "message": str(problem)}, status=400)
    try:
        receipts = write_cards(hall=hall, cards=cards, by=person(request), now=timezone.now())
    except WorkshopClosed as refusal:
        return JsonResponse({"error": "closed", "message": str(refusal)}, status=409)
    said = [{"uuid": str(one.uuid), "status": one.status, "kept": one.is_kept, "later": one.is_for_later} for one in receipts]
    return JsonResponse({"receipts": said})


class UnreadableCards(ValueError):
    def __init__(self) -> None:
        super().__init__(gettext("Ce message ne peut pas être lu. Rouvrez la page de la salle avec du réseau."))


def read_cards(body: bytes) -> list[Answer]:
    """`{"cards": [{uuid, question, text, language, french, revision, withdrawn}, …]}`, at most a hundred. Raises `UnreadableCards`."""
    try:
        cards = json.loads(body)["cards"]
        if not isinstance(cards, list) or len(cards) > MOST_AT_ONCE:
            raise UnreadableCards
        return [
            Answer(
                uuid=UUID(card["uuid"]),
                question_id=_whole(card["question"]),
                text=_text(card["text"]),
                language=_text(card["language"]),
                revision=_whole(card["revision"]),
                withdrawn=card["withdrawn"] is True,
                french_text=_text(card["french"])[:LONGEST_FRENCH],
            )
            for card in cards
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise UnreadableCards from problem


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise ValueError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError(value)
    return value
