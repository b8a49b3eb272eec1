"""The public page of a set of asks."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.commitments.views import public as views

app_name = "asks"
urlpatterns: list[URLPattern] = [
    path("<slug:ask_set>/", views.ask_set, name="ask_set"),
    path("<slug:ask_set>/reponses/", views.answers, name="answers"),
    path("<slug:ask_set>/image.png", views.picture, name="picture"),
    path("<slug:ask_set>/preuves/<uuid:evidence>/copie/", views.evidence_copy, name="evidence_copy"),
]
