"""The public agenda of a territory: what is to come, one page an activity, paper to hang and to give."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.agenda.views import diary

app_name = "diary"
urlpatterns: list[URLPattern] = [
    path("", diary.diary, name="home"),
    path("affiche.pdf", diary.poster, name="poster"),
    path("depliant.pdf", diary.leaflet, name="leaflet"),
    path("<uuid:activity_uuid>/", diary.activity, name="activity"),
]
