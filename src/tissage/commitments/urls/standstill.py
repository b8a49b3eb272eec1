"""What was adopted and does not move."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
