"""What a review mail opens: one page of buttons for all services of an organisation."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "reviews"
urlpatterns: list[URLPattern] = []
