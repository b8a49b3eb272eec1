"""Labels and charters, who holds them, reports of a breach."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
