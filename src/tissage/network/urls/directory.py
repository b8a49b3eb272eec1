"""The public directory of a territory: browsing, searching, one sheet a service, suggestions."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "directory"
urlpatterns: list[URLPattern] = []
