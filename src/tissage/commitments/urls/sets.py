"""Sets of asks that a territory received as a file."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
