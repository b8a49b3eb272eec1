"""What a phone asks and sends by itself: where the hall stands, its answers, the voice of a question. JSON, without any cookie."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from tissage.voices.operations.halls import Answer, may_try_code, write_answers
from tissage.voices.operations.workshops import WorkshopClosed
from tissage.voices.queries.halls import hall_by_code, phone_at
from tissage.voices.queries.phones import asked_now, followed_before, moment_of, open_recording, recording_file

from .holding import address_of
from .screens import count_wrong_code

MOST_BYTES = 64 * 1024
MOST_ANSWERS_AT_ONCE = 100
LONGEST_TEXT = 2000  # what is longer is not an answer; between the limit of an answer and this, its refusal says why
_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})", re.ASCII)


@login_not_required
@require_safe
def state(request: HttpRequest, code: str) -> HttpResponse:
    """The open question, or none; 304 when nothing changed (one query), 410 when no workshop is open under this code.

    A phone that follows this hall shows the mark it was given: it goes on while somebody behind the same address guesses codes.
    """
    seen = request.headers.get("If-None-Match", "").removeprefix("W/")  # weak, once a proxy packed the answer
    if not followed_before(code, seen) and not _may_try(request):
        return _slow()
    moment = moment_of(code)
    if moment is None:
        return _nothing_here(request, code)
    if seen == moment.etag:
        return HttpResponse(status=304, headers={"ETag": moment.etag})
    return JsonResponse({"question": asked_now(moment)}, headers={"ETag": moment.etag})


@csrf_exempt  # no ambient authority: the token stands in the body, and no cookie is read
@login_not_required
@require_POST
def send(request: HttpRequest, code: str) -> HttpResponse:
    """`{token, answers: [{uuid, question, text, language, revision, withdrawn}]}` → a receipt for each, in the same order.

    400 what cannot be read · 403 an unknown phone (it comes in again, then sends again) · 410 the workshop is over · 413 too long · 429 too many codes tried.
    """
    try:
        token, answers = read_delivery(request)
    except UnreadableDelivery as problem:
        return JsonResponse({"reason": problem.reason, "message": str(problem)}, status=problem.status)
    phone = phone_at(code, token)
    if phone is None and not _may_try(request):
        return _slow()
    if phone is None and hall_by_code(code) is None:
        return _nothing_here(request, code)
    if phone is None:
        return JsonResponse({"reason": "unknown", "message": gettext("Ce téléphone n’est pas entré dans cet atelier.")}, status=403)
    try:
        receipts = write_answers(phone=phone, answers=answers, now=timezone.now())
    except WorkshopClosed:
        return _over()
    said = [
        {"uuid": str(one.uuid), "status": one.status, "revision": one.revision, "kept": one.is_kept, "later": one.is_for_later}
        for one in receipts
    ]
    return JsonResponse({"receipts": said})


def _nothing_here(request: HttpRequest, code: str) -> HttpResponse:
    count_wrong_code(request, code)
    return _over() if _may_try(request) else _slow()


def _may_try(request: HttpRequest) -> bool:
    return may_try_code(address_of(request), timezone.now())


def _slow() -> HttpResponse:
    return JsonResponse(
        {"reason": "slow", "message": gettext("Trop de codes faux ont été essayés ici. Attendez quelques minutes.")}, status=429
    )


def _over() -> HttpResponse:
    return JsonResponse({"reason": "over", "message": gettext("L’atelier est fini.")}, status=410)


class UnreadableDelivery(ValueError):
    """What a device sent cannot be read; `reason` for the device, the message for whoever looks."""

    def __init__(self, reason: str, status: int) -> None:
        self.reason, self.status = reason, status
        messages = {
            "too_long": gettext("Cet envoi est trop long : 64 ko et cent réponses au plus."),
            "unreadable": gettext("Cet envoi ne peut pas être lu. Rechargez la page."),
        }
        super().__init__(messages[reason])


def read_delivery(request: HttpRequest) -> tuple[str, list[Answer]]:
    """The token and the answers of a delivery. Raises `UnreadableDelivery`."""
    length = request.headers.get("Content-Length") or "0"
    if not length.isdigit() or int(length) > MOST_BYTES or len(request.body) > MOST_BYTES:
        raise UnreadableDelivery("too_long", 413)
    try:
        sent = json.loads(request.body)
        token, answers = _text(sent["token"]), sent["answers"]
        if not isinstance(answers, list):
            raise UnreadableDelivery("unreadable", 400)
        if len(answers) > MOST_ANSWERS_AT_ONCE:
            raise UnreadableDelivery("too_long", 413)
        return token, [_answer(one) for one in answers]
    except UnreadableDelivery:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise UnreadableDelivery("unreadable", 400) from problem


def _answer(sent: Any) -> Answer:
    return Answer(
        uuid=UUID(_text(sent["uuid"])),
        question_id=_whole(sent["question"]),
        text=_text(sent["text"])[:LONGEST_TEXT],
        language=_text(sent.get("language", ""))[:10],
        revision=_whole(sent["revision"]),
        withdrawn=sent["withdrawn"] is True,
    )


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise ValueError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or any("\ud800" <= sign <= "\udfff" or sign == "\x00" for sign in value):
        raise ValueError
    return value


@login_not_required
@require_safe
def recording(request: HttpRequest, code: str, recording: UUID) -> HttpResponse:
    """A question read aloud, whole or in part: some phones play nothing from a server that gives no parts."""
    found = open_recording(code, recording)
    file = recording_file(found) if found else None
    if found is None or file is None or not file.is_file():
        raise Http404
    return in_part(request, file, found.content_type)


def in_part(request: HttpRequest, file: Path, content_type: str) -> HttpResponse:
    """The bytes asked by `Range`, or all of them. The files are small: a few minutes of voice at most."""
    content = file.read_bytes()
    headers = {"Accept-Ranges": "bytes", "X-Content-Type-Options": "nosniff"}
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()):
        return HttpResponse(content, content_type=content_type, headers=headers)
    first, last = asked.groups()
    start = int(first) if first else max(0, len(content) - int(last))
    end = min(int(last), len(content) - 1) if first and last else len(content) - 1
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    headers["Content-Range"] = f"bytes {start}-{end}/{len(content)}"
    return HttpResponse(content[start : end + 1], status=206, content_type=content_type, headers=headers)
