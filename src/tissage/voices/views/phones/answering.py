"""The answering page: the open question alone, and what this person wrote.

With JavaScript it is a shell that knows nobody: the device holds the token and the answers, and keeps the page to open it without a
network. Without JavaScript the same page is drawn here, for the phone whose cookie this is.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tissage.core.answer_screen import REFERENCE
from tissage.core.hall import MOST_CHARACTERS
from tissage.ui.release import release, stamp
from tissage.voices.models import Expression, Hall, Phone
from tissage.voices.operations.halls import Answer, Receipt, write_answers
from tissage.voices.operations.workshops import WorkshopClosed
from tissage.voices.queries.halls import hall_by_code, phone_answers
from tissage.voices.queries.phones import Moment, asked_now, moment_of, wordings_in

from .door import answer_page
from .holding import comes_from_here, forget_token, held_phone, held_token
from .screens import chosen_language, count_wrong_code, draw, languages_of, too_many_codes

# What a receipt says to the person who wrote.
SENTENCES = {
    "too_long": "error_long",
    "empty": "error_empty",
    "closed": "error_closed",
    "unknown_question": "error_closed",
    "too_many": "error_many",
    "later": "error_fast",
    "not_yours": "error_lost",
    "unreadable": "error_lost",
}
DONE = {"ajout": "said_added", "change": "said_changed", "retrait": "said_withdrawn", "pret": "next_person_ready"}


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponse:
    hall = hall_by_code(code)
    phone = held_phone(request, hall) if hall is not None else None
    if phone is None and (refusal := too_many_codes(request)) is not None:
        return refusal
    if hall is None:
        return _over(request, code)
    if hall.code != code:
        return redirect(answer_page(hall, request.GET.get("langue", "")[:10]))
    if phone is None:
        return _without_a_cookie(request, hall)
    if request.method == "POST" and comes_from_here(request):
        return _write(request, hall, phone)
    return _page(request, hall, phone)


def _over(request: HttpRequest, code: str) -> HttpResponse:
    """The end, politely; a device may still hold answers that did not leave, and shows them. A wrong code meets the same words."""
    count_wrong_code(request, code)
    return forget_token(draw(request, "over", None, code=code, status=410), code)


def _without_a_cookie(request: HttpRequest, hall: Hall) -> HttpResponse:
    """The shell for devices that hold their own token. A form sent with a lost cookie goes back to the welcome."""
    if request.method == "POST" or held_token(request):
        return forget_token(redirect("phones:welcome", hall.code), hall.code)
    address = {"state": "state", "send": "send", "join": "join", "welcome": "welcome", "page": "answer"}
    data: dict[str, Any] = {name: reverse(f"phones:{view}", args=[hall.code]) for name, view in address.items()}
    data |= {
        "code": hall.code,
        "worker": reverse("phones:service_worker"),
        "release": release(),
        "most": MOST_CHARACTERS,
        "recording": reverse("phones:recording", args=[hall.code, uuid.UUID(int=0)]),
        "sentences": SENTENCES,
    }
    return stamp(draw(request, "device", hall, data=data, most=MOST_CHARACTERS))


def _write(request: HttpRequest, hall: Hall, phone: Phone) -> HttpResponse:
    """Add, change or withdraw one answer. The same form sent twice writes once: its uuid and revision are in it."""
    act = request.POST.get("geste", "")
    language = chosen_language(request, languages_of(hall), phone.language).code
    wanted = _read(request)
    if wanted is None or act not in ("ajouter", "changer", "retirer"):
        return redirect(answer_page(hall, language))
    try:
        receipt = write_answers(phone=phone, answers=[wanted], now=timezone.now())[0]
    except WorkshopClosed:
        return _over(request, hall.code)
    if receipt.is_kept:
        said = {"ajouter": "ajout", "changer": "change", "retirer": "retrait"}[act]
        return redirect(answer_page(hall, language, fait=said))
    return _page(request, hall, phone, refused=(wanted, receipt))


def _read(request: HttpRequest) -> Answer | None:
    try:
        return Answer(
            uuid=uuid.UUID(request.POST.get("uuid", "")),
            question_id=_whole(request.POST.get("question", "")),
            text=request.POST.get("texte", "").replace("\0", "")[:2000],
            language=request.POST.get("langue_reponse", "")[:10],
            revision=_whole(request.POST.get("revision", "1")),
            withdrawn=request.POST.get("geste") == "retirer",
        )
    except ValueError:
        return None


def _whole(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit()) or len(typed) > 9:
        raise ValueError(typed)
    return int(typed)


def _page(request: HttpRequest, hall: Hall, phone: Phone, refused: tuple[Answer, Receipt] | None = None) -> HttpResponse:
    """The page without JavaScript: one thing at a time, as the address says (`?modifier=`, `?retirer=`, `?suivante=`)."""
    language = chosen_language(request, languages_of(hall), phone.language).code
    moment = moment_of(hall.code)
    wordings = wordings_in(hall, language)
    mine = phone_answers(phone)
    question = moment.question if moment else None
    by_uuid = {str(item.uuid): item for item in mine}
    typed, receipt = refused if refused else (None, None)
    changed = by_uuid.get(request.GET.get("modifier", "") or (str(typed.uuid) if typed else ""))
    context: dict[str, Any] = {
        "number": phone.number,
        "asked": wordings.get(question) if question is not None else None,
        "here": [item for item in mine if item.question_id == question],
        "elsewhere": _by_question([item for item in mine if item.question_id != question], wordings),
        "changed": changed,
        "withdrawn": by_uuid.get(request.GET.get("retirer", "")),
        "asks_next": "suivante" in request.GET,
        "typed": typed.text if typed else (changed.text if changed else ""),
        "new_uuid": typed.uuid if typed and changed is None else uuid.uuid4(),
        "error": SENTENCES.get(receipt.status, "error_lost") if receipt else "",
        "done": DONE.get(request.GET.get("fait", "")) or (DONE["pret"] if "pret" in request.GET else ""),
        "most": MOST_CHARACTERS,
        "recording": _recording(hall, moment, language),
    }
    response = draw(request, "answer", hall, usual=phone.language, **context)
    response.headers["Cache-Control"] = "private, no-store"  # the next person on this device goes back to nothing
    return response


def _recording(hall: Hall, moment: Moment | None, language: str) -> str:
    """The address of the open question read aloud in this language, or in French; empty when nobody recorded it."""
    asked = asked_now(moment) if moment else None
    found = asked["recordings"] if asked else {}
    chosen = found.get(language) or found.get(REFERENCE)
    return reverse("phones:recording", args=[hall.code, chosen]) if chosen else ""


def _by_question(items: list[Expression], wordings: dict[int, Any]) -> list[tuple[Any, list[Expression]]]:
    """Answers under the question they answer, in the order of the workshop."""
    found: dict[int, list[Expression]] = {}
    for item in items:
        found.setdefault(item.question_id, []).append(item)
    return [(wording, found[question]) for question, wording in wordings.items() if question in found]
