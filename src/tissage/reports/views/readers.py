"""The door of a reader without account: a personal, revocable link. Opening it only reads; its buttons act.

No cookie gives any right here, the secret in the address is all of it: these forms need no other token, and no address is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from tissage.plan.views.partners import quiet
from tissage.reports.models import ReaderLink
from tissage.reports.queries.readers import LinkState, find_link, state_of

from . import reading
from .reading import Reader

PAGES = ("home", "version", "report", "file", "minutes", "comment")
View = Callable[..., HttpResponse]


def behind_the_link(view: View) -> View:
    """Gives the view its reader; a link that is closed says so, and nothing else."""

    @wraps(view)
    def open_it(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        link = find_link(token)
        if link is None:
            raise Http404
        state = state_of(link, timezone.localdate())
        if state is not LinkState.OPEN:
            return render(request, "reports/readers/closed.html", {"state": state.value, "plan": link.plan}, status=410)
        return view(request, _reader(link, token), **kwargs)

    return open_it


def _reader(link: ReaderLink, token: str) -> Reader:
    return Reader(
        plan=link.plan,
        user=None,
        link=link,
        with_minutes=link.role == ReaderLink.Role.COMMISSION,
        comments=True,
        layout="reports/readers/by_link.html",
        names={page: f"readers:{page}" for page in PAGES},
        args=(token,),
        context={"link": link, "opens_syntheses": link.plan.territory.is_public},
    )


@login_not_required
@require_safe
@quiet
@behind_the_link
def home(request: HttpRequest, reader: Reader) -> HttpResponse:
    return reading.show_home(request, reader)


@login_not_required
@require_safe
@quiet
@behind_the_link
def version(request: HttpRequest, reader: Reader, plan_version: int) -> HttpResponse:
    return reading.show_version(request, reader, plan_version)


@login_not_required
@require_safe
@quiet
@behind_the_link
def report(request: HttpRequest, reader: Reader, report: int) -> HttpResponse:
    return reading.show_report(request, reader, report)


@login_not_required
@require_safe
@quiet
@behind_the_link
def minutes(request: HttpRequest, reader: Reader, meeting: int) -> HttpResponse:
    return reading.show_minutes(request, reader, meeting)


@login_not_required
@require_safe
@quiet
@behind_the_link
def file(request: HttpRequest, reader: Reader, report_file: UUID) -> HttpResponse:
    """An issued file, as it was."""
    return reading.send_file(reader, report_file)


@csrf_exempt
@login_not_required
@require_POST
@quiet
@behind_the_link
def comment(request: HttpRequest, reader: Reader, subject: str, about: int) -> HttpResponse:
    return reading.comment(request, reader, subject, about)
