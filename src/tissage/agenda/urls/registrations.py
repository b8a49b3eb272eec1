"""Registrations and school bookings, as the lead of a date sees them."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
