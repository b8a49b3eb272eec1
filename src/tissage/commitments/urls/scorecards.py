"""Scorecards, and the asks they are made of."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.commitments.views import scorecards as views

urlpatterns: list[URLPattern] = [
    path("scores/", views.scorecards, name="scorecards"),
    path("scores/<slug:ask_set>/", views.scorecard, name="scorecard"),
    path("scores/<slug:ask_set>/figer/", views.freeze_scorecard, name="freeze_scorecard"),
    path("scores/<slug:ask_set>/versions/<int:scorecard>/", views.scorecard_version, name="scorecard_version"),
    path("scores/<slug:ask_set>/<int:asked>/", views.ask, name="ask"),
]
