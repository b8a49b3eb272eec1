"""How often one home may ask what is costly or leaves a trace, without an account. Counted under a keyed hash for a moment; no address is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from tissage.core.addresses import home_of

View = Callable[..., HttpResponse]
MINUTE, HOUR = 60, 3600
MOST_PAPERS = 30
"""Sheets set for one home in a minute: a press is a second of work."""


def too_often(request: HttpRequest, what: str, *, most: int, seconds: int, cache: str = "process") -> bool:
    """Whether this home asked for it `most` times already within the window; counts it. `cache`: that of the process for readings, which write nothing."""
    try:
        home = home_of(str(get_adapter().get_client_ip(request)))
    except PermissionDenied:  # whose address cannot be told is counted with the others of that kind
        home = ""
    window = int(timezone.now().timestamp() // seconds)
    key = f"measured:{salted_hmac('tissage.measured', f'{what}:{home}').hexdigest()[:32]}:{window}"
    asked = int(caches[cache].get(key, 0))
    if asked >= most:
        return True
    caches[cache].set(key, asked + 1, timeout=2 * seconds)
    return False


def few_papers(view: View) -> View:
    """A public sheet that the press sets on demand: so many a minute for a stranger, as many as they like for people with an account."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated and too_often(request, "paper", most=MOST_PAPERS, seconds=MINUTE):
            words = gettext("Trop de demandes : réessayez dans une minute.")
            return HttpResponse(words, status=429, content_type="text/plain; charset=utf-8", headers={"Retry-After": str(MINUTE)})
        return view(request, *args, **kwargs)

    return answer
