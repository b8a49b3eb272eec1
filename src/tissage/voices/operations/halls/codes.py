"""Who may try a code, and how a new one is drawn."""

from __future__ import annotations

import datetime as dt
import secrets

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from tissage.core.addresses import home_of
from tissage.core.hall import WRONG_CODES, WRONG_CODES_MINUTES, draw_code
from tissage.voices.models import Hall

_WINDOW = dt.timedelta(minutes=WRONG_CODES_MINUTES)


def new_code() -> str:
    """A code that no hall has."""
    while True:
        code = draw_code(secrets.choice)
        if not Hall.objects.filter(code=code).exists():
            return code


def may_try_code(address: str, now: dt.datetime) -> bool:
    """Whether this address did not type too many wrong codes: 300 in ten minutes, for a whole hall may stand behind one address."""
    return int(cache.get(_key(address, now), 0)) < WRONG_CODES


def note_wrong_code(address: str, now: dt.datetime) -> None:
    """Counts a wrong code. The address is kept as a keyed hash, and for ten minutes at most twice over."""
    key = _key(address, now)
    cache.set(key, int(cache.get(key, 0)) + 1, timeout=2 * _WINDOW.total_seconds())


def _key(address: str, now: dt.datetime) -> str:
    window = int(now.timestamp() // _WINDOW.total_seconds())
    return f"hall-code:{salted_hmac('tissage.hall', home_of(address)).hexdigest()[:32]}:{window}"
