"""The door of a list that stands: a secret link, no account. Opening it does nothing; its buttons act.

No cookie gives any right here, the secret in the address is all of it: these forms need no other token, and no address is told elsewhere.
A coordinator's pause of public forms does not reach these pages: a municipality stops no answer given to an association.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.commitments.forms.replies import ReplyForm, reply_forms
from tissage.commitments.middleware import of_the_candidate_phase
from tissage.commitments.models import Sending
from tissage.commitments.operations import answers as acts
from tissage.commitments.queries.replies import answers_of, asks_of, find_sending
from tissage.plan.views.partners import quiet

View = Callable[..., HttpResponse]


def behind_the_link(view: View) -> View:
    """Gives the view the sending of the link; one that was handed in only reads, one whose time is past says so."""

    @wraps(view)
    def open_it(request: HttpRequest, token: str) -> HttpResponse:
        sending = find_sending(token)
        if sending is None:
            raise Http404
        if not acts.takes_replies(sending, timezone.localdate()):
            return _closed(request, sending, token)
        return view(request, sending, token)

    return open_it


@of_the_candidate_phase
@login_not_required
@require_safe
@quiet
@behind_the_link
def answer(request: HttpRequest, sending: Sending, token: str) -> HttpResponse:
    asks, said = asks_of(sending.ask_set), answers_of(sending.ask_set, sending.contestant)
    return _sheet(request, sending, token, reply_forms(asks, said), saved=request.GET.get("garde") == "1")


@csrf_exempt  # no ambient authority: the secret stands in the address, and no cookie is read
@of_the_candidate_phase
@login_not_required
@require_POST
@quiet
@behind_the_link
def save(request: HttpRequest, sending: Sending, token: str) -> HttpResponse:
    """Keeps every answer that can be read; the others come back with what was typed."""
    asks, said = asks_of(sending.ask_set), answers_of(sending.ask_set, sending.contestant)
    forms = reply_forms(asks, said, request.POST)
    wrong = [form for form in forms if not form.is_valid()]
    replies = {form.ask.pk: form.reply for form in forms if form not in wrong}
    try:
        acts.answer_by_link(sending=sending, replies=replies, now=timezone.now())
    except acts.AnswerRefused:
        return _closed(request, sending, token)
    if wrong:
        return _sheet(request, sending, token, forms, wrong=wrong, status=422)
    if "review" in request.POST:
        return redirect("replies:hand_in", token)
    response = redirect("replies:answer", token)
    response["Location"] += "?garde=1"
    return response


@csrf_exempt
@of_the_candidate_phase
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@quiet
@behind_the_link
def hand_in(request: HttpRequest, sending: Sending, token: str) -> HttpResponse:
    """What will be handed in, read again; then one button."""
    refused = ""
    if request.method == "POST":
        try:
            acts.hand_in(sending=sending, now=timezone.now())
            return redirect("replies:answer", token)
        except acts.AnswerRefused as refusal:
            refused = str(refusal)
    return render(
        request, "commitments/replies/review.html", {**_context(sending, token), "refused": refused}, status=422 if refused else 200
    )


def _sheet(
    request: HttpRequest, sending: Sending, token: str, forms: list[ReplyForm], *, wrong: Any = (), saved: bool = False, status: int = 200
) -> HttpResponse:
    context = {**_context(sending, token), "forms": forms, "wrong": wrong, "saved": saved}
    return render(request, "commitments/replies/answer.html", context, status=status)


def _closed(request: HttpRequest, sending: Sending, token: str) -> HttpResponse:
    """Handed in: what was said, to read. Past its time without being handed in: the page says so, and shows nothing that was typed."""
    sending.refresh_from_db(fields=["submitted_at", "revoked_at"])
    if sending.submitted_at is not None and sending.revoked_at is None:
        return render(request, "commitments/replies/handed_in.html", _context(sending, token))
    return render(request, "commitments/replies/closed.html", {"sending": sending, "ask_set": sending.ask_set}, status=410)


def _context(sending: Sending, token: str) -> dict[str, Any]:
    said = answers_of(sending.ask_set, sending.contestant)
    rows = [(ask, said.get(ask.pk)) for ask in asks_of(sending.ask_set)]
    return {
        "sending": sending,
        "ask_set": sending.ask_set,
        "contestant": sending.contestant,
        "token": token,
        "rows": rows,
        "answered": len(said),
    }
