"""Registrations and school bookings, as the lead of a date sees them."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.agenda.views import registrations

urlpatterns: list[URLPattern] = [
    path("dates/<uuid:occurrence>/inscriptions/", registrations.registrations, name="registrations"),
    path("dates/<uuid:occurrence>/ecoles/<int:school_booking>/", registrations.answer_school, name="answer_school"),
]
