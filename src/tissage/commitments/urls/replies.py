"""What the link of a list opens: its answers, until the deadline; and the reply of a party assessed."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "replies"
urlpatterns: list[URLPattern] = []
