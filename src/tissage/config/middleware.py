"""A GET never writes to domain tables; pages are private to browsers and crawlers unless said otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
EXEMPT_TABLES = ("django_session", "cache", "mfa_authenticator")  # recovery codes are marked as seen when they are shown
_WRITE = re.compile(r'^\s*(INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+["`]?(\w+)', re.IGNORECASE)


class GetWroteToDatabase(RuntimeError):
    """A view tried to change a domain table while answering a GET: a bug of ours."""


def refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    write = _WRITE.match(sql)
    if write and write.group(2) not in EXEMPT_TABLES:
        raise GetWroteToDatabase(f"A GET may not write to {write.group(2)}.")
    return execute(sql, params, many, context)


class GetNeverWritesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        with connection.execute_wrapper(refuse_writes):
            return self.get_response(request)


class PrivateByDefaultMiddleware:
    """`noindex` on every page, and no shared cache keeps one (`spiral.md` §16.6)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
