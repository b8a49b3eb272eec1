"""Sets of asks that a territory received as a file."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.commitments.views import sets

urlpatterns: list[URLPattern] = [
    path("ensembles/", sets.received, name="received_sets"),
    path("ensembles/recevoir/", sets.receive, name="receive_set"),
    path("ensembles/<slug:ask_set>/emporter/", sets.take, name="take_set"),
]
