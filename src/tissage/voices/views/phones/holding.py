"""What a phone holds without JavaScript, and where a request comes from.

With JavaScript the token stays in the device's own storage and travels in the body of a POST. Without it, a signed cookie carries it: out
of reach of scripts, sent to the pages of this workshop only, never from another site, and gone with the browser or after half a day.
"""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tissage.voices.models import Hall, Phone
from tissage.voices.queries.halls import phone_by_token

COOKIE = "tissage-phone"
_SALT = "tissage.phones"
_HOURS = 12


def new_token() -> str:
    """A token for a device that cannot make one."""
    return secrets.token_urlsafe(24)


def held_token(request: HttpRequest) -> str:
    """The token of the cookie, or nothing."""
    try:
        return str(request.get_signed_cookie(COOKIE, "", salt=_SALT, max_age=_HOURS * 3600))
    except BadSignature:
        return ""


def held_phone(request: HttpRequest, hall: Hall) -> Phone | None:
    """The phone whose cookie this is, in this hall."""
    token = held_token(request)
    return phone_by_token(hall, token) if token else None


def give_token(response: HttpResponse, request: HttpRequest, code: str, token: str) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=_SALT,
        max_age=_HOURS * 3600,
        path=reverse("phones:welcome", args=[code]),
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return response


def forget_token(response: HttpResponse, code: str) -> HttpResponse:
    response.delete_cookie(COOKIE, path=reverse("phones:welcome", args=[code]), samesite="Strict")
    return response


def address_of(request: HttpRequest) -> str:
    """The network address that tries a code; behind a proxy, as the settings of allauth say."""
    return str(get_adapter().get_client_ip(request))


def comes_from_here(request: HttpRequest) -> bool:
    """Whether a form comes from our own page. There is no CSRF cookie: it would outlive the workshop on the participant's device.

    Every browser that is still sold says `Sec-Fetch-Site` or `Origin` with a POST; the cookie itself never comes from another site.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin", "")
    return not origin or urlsplit(origin).netloc == request.get_host()
