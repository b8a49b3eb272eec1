"""The balance of a campaign, and the year of an organisation."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
