"""How often a door without account is knocked at. Counted in the cache under a keyed hash, two hours at most; no address is kept."""

from __future__ import annotations

import datetime as dt

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from tissage.core.addresses import home_of

WINDOW = dt.timedelta(hours=1)


def may_ask(what: str, most: int, now: dt.datetime) -> bool:
    """Whether this was asked less than `most` times in the hour; counts it."""
    window = int(now.timestamp() // WINDOW.total_seconds())
    key = f"agenda-door:{salted_hmac('tissage.agenda', what).hexdigest()[:32]}:{window}"
    asked = int(cache.get(key, 0))
    if asked >= most:
        return False
    cache.set(key, asked + 1, timeout=2 * WINDOW.total_seconds())
    return True


def where_from(request: HttpRequest) -> str:
    """The network an address is of, several persons may stand behind it."""
    return home_of(str(get_adapter().get_client_ip(request)))
