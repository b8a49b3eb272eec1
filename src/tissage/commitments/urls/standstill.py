"""What was adopted and does not move."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.commitments.views import standstill as views

urlpatterns: list[URLPattern] = [
    path("a-l-arret/", views.standstill, name="standstill"),
]
