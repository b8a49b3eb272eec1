"""What the link of a partner opens: proposing activities, reporting dates."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "proposals"
urlpatterns: list[URLPattern] = []
