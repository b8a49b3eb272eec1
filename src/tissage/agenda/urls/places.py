"""What the private link of a registration or a booking opens."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "bookings"
urlpatterns: list[URLPattern] = []
