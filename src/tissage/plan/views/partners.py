"""The door of a partner: a secret link, no password. Opening it does nothing; its buttons act.

No cookie gives any right here, the secret in the address is all of it: these forms need no other token, and no address is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.defaults import page_not_found

from tissage.plan.models import PartnerLink
from tissage.plan.operations.partner_links import renew_partner_link
from tissage.plan.queries.filling import sheet_of
from tissage.plan.queries.partner_links import LinkState, find_link, open_until, state_of

from . import filling
from .filling import Desk

NAMES = {name: f"partners:{view}" for name, view in {"sheet": "answer", "save": "save", "submit": "submit", "proof": "proof"}.items()}
View = Callable[..., HttpResponse]


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
    """Gives the view the sheet of the link; a link that is closed says so instead."""

    @wraps(view)
    def open_it(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        found = find_link(token)
        if found is None:
            raise Http404
        link, is_latest = found
        state = state_of(link, is_latest=is_latest, today=timezone.localdate())
        if state not in (LinkState.OPEN, LinkState.RETURNED):
            return _closed(request, link, token, state)
        return view(request, desk_of(link, token, state), **kwargs)

    return open_it


def desk_of(link: PartnerLink, token: str, state: LinkState) -> Desk:
    until, today = open_until(link), timezone.localdate()
    returned, handed_in = state == LinkState.RETURNED, link.submitted_at is not None
    sheet = sheet_of(link.plan, link.year, link.organization, today=today, only_returned=returned, handed_in=handed_in)
    context = {"link": link, "until": until, "is_late": today > link.deadline}
    return Desk(sheet, None, link, "plan/fill/by_link.html", NAMES, (token,), context)


def _closed(request: HttpRequest, link: PartnerLink, token: str, state: LinkState) -> HttpResponse:
    """Says that it is closed, and why; a new one is asked by a button. Names the plan and the year, nothing that was written."""
    context = {"link": link, "plan": link.plan, "token": token, "state": state.value, "renews": state != LinkState.REVOKED}
    return render(request, "plan/fill/closed.html", context, status=410)


@login_not_required
@require_safe
@quiet
@behind_the_link
def answer(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All the actions of the organisation, one after another."""
    return filling.show(request, desk)


@csrf_exempt  # no ambient authority: the secret stands in the address, and no cookie is read
@login_not_required
@require_POST
@quiet
@behind_the_link
def save(request: HttpRequest, desk: Desk) -> HttpResponse:
    return filling.save(request, desk)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@quiet
@behind_the_link
def submit(request: HttpRequest, desk: Desk) -> HttpResponse:
    return filling.submit(request, desk)


@login_not_required
@require_safe
@quiet
@behind_the_link
def proof(request: HttpRequest, desk: Desk, document: UUID) -> HttpResponse:
    return filling.proof(request, desk, document)


@csrf_exempt
@login_not_required
@require_POST
@quiet
def renew(request: HttpRequest, token: str) -> HttpResponse:
    """The same answer whatever happened: sent, unknown, closed for good, asked too often."""
    renew_partner_link(token=token, address=str(get_adapter().get_client_ip(request)), now=timezone.now())
    return render(request, "plan/fill/asked.html")
