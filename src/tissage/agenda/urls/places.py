"""Asking for a place at a date, and what the private link of a registration or a booking opens."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.agenda.views import places

app_name = "bookings"
urlpatterns: list[URLPattern] = [
    path("<uuid:occurrence>/", places.register, name="register"),
    path("place/<str:token>/", places.place, name="place"),
    path("place/<str:token>/geste/", places.act, name="act"),
    path("place/<str:token>/effacer/", places.erase, name="erase"),
]
