"""The page that a review mail opens: all due services of an organisation, three buttons each. Opening it does nothing.

No cookie gives any right here, the secret in the address is all of it: these forms need no other token, and no address is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.defaults import page_not_found

from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.forms.reviews import CorrectionForm
from tissage.network.models import ReviewAnswer, ReviewRequest, ServiceContact
from tissage.network.operations import review_answers as operations
from tissage.network.queries.pauses import forms_paused
from tissage.network.queries.reviews import LinkState, answers_of, find_review, state_of
from tissage.network.queries.sheets import MEMBER_LEVELS, Sheet, sheet_of

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Desk:
    """What stands behind a link that lives."""

    review: ReviewRequest
    token: str
    answers: list[ReviewAnswer]
    state: LinkState


def quiet(view: View) -> View:
    """What such a page answers tells nobody where it was, is kept by no cache, and its address, which is the secret, by no log."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404 as absent:
            response = page_not_found(request, absent)
        response._has_been_logged = True  # type: ignore[attr-defined]  # Django writes refusals down with their address
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return answer


def behind_the_link(view: View) -> View:
    """Gives the view what the link opens. One that expired says so; one that nobody drew is not there."""

    @wraps(view)
    def open_it(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        review = find_review(token)
        if review is None:
            raise Http404
        answers = answers_of(review)
        state = state_of(review, answers, timezone.now())
        if state == LinkState.EXPIRED:
            return render(request, "network/reviews/closed.html", {"territory": review.organization.territory}, status=410)
        return view(request, Desk(review, token, answers, state), **kwargs)

    return open_it


def _page(request: HttpRequest, desk: Desk, *, refusal: str = "", status: int = 200) -> HttpResponse:
    words, today, now = vocabulary(), timezone.localdate(), timezone.now()
    rows: list[tuple[ReviewAnswer, Sheet]] = [
        (answer, sheet_of(answer.service, words, today, levels=MEMBER_LEVELS)) for answer in desk.answers
    ]
    context = {
        "review": desk.review,
        "organization": desk.review.organization,
        "territory": desk.review.organization.territory,
        "token": desk.token,
        "rows": rows,
        "is_done": desk.state == LinkState.ANSWERED,
        "refusal": refusal,
        "paused": forms_paused(desk.review.organization.territory, now),
    }
    return render(request, "network/reviews/review.html", context, status=status)


@login_not_required
@require_safe
@quiet
@behind_the_link
def review(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All that is asked, and what was answered."""
    return _page(request, desk)


def _act(request: HttpRequest, desk: Desk, service: UUID, act: Callable[..., ReviewAnswer]) -> HttpResponse:
    if forms_paused(desk.review.organization.territory, timezone.now()):
        return _page(request, desk, status=503)
    try:
        act(review=desk.review, service=service, now=timezone.now())
    except operations.AnswerRefused as refusal:
        return _page(request, desk, refusal=str(refusal), status=409)
    return HttpResponseRedirect(reverse("reviews:review", args=[desk.token]) + f"#s-{service}")


@csrf_exempt  # no ambient authority: the secret stands in the address, and no cookie is read
@login_not_required
@require_POST
@quiet
@behind_the_link
def confirm(request: HttpRequest, desk: Desk, service: UUID) -> HttpResponse:
    """« Toujours exact »."""
    return _act(request, desk, service, operations.confirm_service)


@csrf_exempt
@login_not_required
@require_POST
@quiet
@behind_the_link
def close(request: HttpRequest, desk: Desk, service: UUID) -> HttpResponse:
    """« N’existe plus »."""
    return _act(request, desk, service, operations.close_service)


@csrf_exempt
@login_not_required
@require_POST
@quiet
@behind_the_link
def take_back(request: HttpRequest, desk: Desk, service: UUID) -> HttpResponse:
    """« Reprendre ma réponse »."""
    return _act(request, desk, service, operations.take_back)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@quiet
@behind_the_link
def correct(request: HttpRequest, desk: Desk, service: UUID) -> HttpResponse:
    """« À corriger » : a short form."""
    answer = next((one for one in desk.answers if one.service.uuid == service), None)
    if answer is None or answer.outcome != ReviewAnswer.Outcome.WAITING:
        raise Http404
    shown = [one for one in answer.service.contacts.all() if one.visibility != ServiceContact.Visibility.HIDDEN]
    form = CorrectionForm(request.POST or None, service=answer.service, contacts=shown)
    paused = forms_paused(desk.review.organization.territory, timezone.now())
    if request.method == "POST" and not paused and form.is_valid():

        def act(**given: Any) -> ReviewAnswer:
            return operations.correct_service(details=form.details, contacts=form.reached, other=form.cleaned_data["other"], **given)

        return _act(request, desk, service, act)
    context = {
        "service": answer.service,
        "organization": desk.review.organization,
        "territory": desk.review.organization.territory,
        "token": desk.token,
        "form": form,
        "paused": paused,
    }
    return render(request, "network/reviews/correct.html", context, status=422 if form.errors else 200)
