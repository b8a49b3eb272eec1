"""The directory of all public territories, by region and kind of organisation."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "directories"
urlpatterns: list[URLPattern] = []
