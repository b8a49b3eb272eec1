"""Where the candidate phase is off, no page of it exists: not even a door (`commitments.md` §3, §9.10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import page_not_found

SPACES = "spaces"
"""Every address of this name space is of the candidate phase."""


def of_the_candidate_phase(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a page of the candidate phase that stands in another name space: what the link of a list opens."""
    view.of_the_candidate_phase = True  # type: ignore[attr-defined]
    return view


class CandidatePhaseMiddleware:
    """Before the door: a stranger meets 404 there, as at an address that never was, and not a sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        concerned = (match is not None and SPACES in match.namespaces) or getattr(view, "of_the_candidate_phase", False)
        if settings.TISSAGE_CANDIDATE_PHASE or not concerned:
            return None
        response = page_not_found(request, Http404())
        response._has_been_logged = True  # type: ignore[attr-defined]  # the address of a list is its secret
        return response
