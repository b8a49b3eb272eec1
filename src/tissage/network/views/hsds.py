"""The doors of the open interface: anybody, read only, so many demands a minute and home. A list of safe places is also a list of targets."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from tissage.core.addresses import home_of
from tissage.network.exchange.hsds.answers import problem

View = Callable[..., HttpResponse]
MINUTE = 60


@cache
def _views() -> dict[str, View]:
    """The views of django-ninja by name; it is imported when somebody first asks."""
    from tissage.network.api import api

    return {str(one.name): one.callback for one in api.urls[0] if isinstance(one, URLPattern)}


def _in_measure(view: View) -> View:
    """In the language of the data; not more than so many demands; for programs of other sites too, which get no cookie here."""

    @csrf_exempt  # nothing is written: whatever is not a reading is refused by its method
    @login_not_required
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            if _too_many(request):
                response = problem(429, gettext("Trop de demandes : réessayez dans une minute."))
                response.headers["Retry-After"] = str(MINUTE)
            else:
                if request.method == "HEAD":
                    request.method = "GET"  # the server keeps the body back
                response = view(request, **named)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response._has_been_logged = True  # type: ignore[attr-defined]  # a log of who searched what is not kept
        return response

    return answer


def _too_many(request: HttpRequest) -> bool:
    """Counted by home in this process, for a minute; the address is kept as a keyed hash."""
    try:
        home = home_of(str(get_adapter().get_client_ip(request)))
    except PermissionDenied:  # whose address cannot be told is counted with the others of that kind
        home = ""
    minute = int(timezone.now().timestamp() // MINUTE)
    key = f"hsds:{salted_hmac('tissage.hsds', home).hexdigest()[:32]}:{minute}"
    counts = caches["process"]
    counts.add(key, 0, timeout=2 * MINUTE)
    return int(counts.incr(key)) > settings.TISSAGE_HSDS_PER_MINUTE


def door(name: str) -> View:
    """The view of this name of `network/api.py`."""

    def opened(request: HttpRequest, **named: Any) -> HttpResponse:
        return _views()[name](request, **named)

    return _in_measure(opened)


def _nothing(request: HttpRequest, elsewhere: str) -> HttpResponse:
    return problem(404, gettext("Rien à cette adresse."))


nothing_here = _in_measure(_nothing)
