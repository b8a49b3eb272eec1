"""Services as the team and their own organisation edit them, imports, and organisations to merge."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
