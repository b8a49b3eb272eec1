"""No page of a territory that asks for a second factor opens to a member who has none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from .queries import has_second_factor, territories_requiring_second_factor


class SecondFactorMiddleware:
    """Sends such a member to the page that says why and how, before any view whose address names the territory."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        slug = kwargs.get("territory")
        if not slug or not request.user.is_authenticated:
            return None
        if not territories_requiring_second_factor(request.user).filter(slug=slug).exists() or has_second_factor(request.user):
            return None
        back = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
        return redirect(reverse("people:second_factor") + back)
