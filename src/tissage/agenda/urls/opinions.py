"""What the QR code of an activity opens: at most five anonymous questions."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "opinions"
urlpatterns: list[URLPattern] = []
