"""The space of an association: its roles, sets, contestants, sendings, answers."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "spaces"
urlpatterns: list[URLPattern] = []
