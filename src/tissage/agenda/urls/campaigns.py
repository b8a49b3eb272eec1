"""Campaigns, their partners, copying, opening, publishing, closing."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
