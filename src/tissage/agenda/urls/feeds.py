"""iCalendar feeds."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "agendas"
urlpatterns: list[URLPattern] = []
