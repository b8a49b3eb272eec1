"""What is worth mending in the codings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .doors import territory_for


def quality(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, "voices.write_voices")
    return render(request, "voices/desk/desk.html", {"territory": place})
