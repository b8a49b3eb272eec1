"""Trainings, sessions, qualifications, conflicts of interest, and the collectives as their members read them."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.network.views import conflicts, seats, trainings

_SESSION = "formations/seances/<int:training_session>/"
_CONFLICTS = "collectifs/<int:collective>/conflits/"
_MINE = "mes-collectifs/<int:collective>/"

urlpatterns: list[URLPattern] = [
    path("formations/", trainings.trainings, name="trainings"),
    path("formations/nouvelle/", trainings.create_training, name="create_training"),
    path("formations/<int:training>/", trainings.training, name="training"),
    path("formations/<int:training>/modifier/", trainings.change_training, name="change_training"),
    path("formations/<int:training>/seances/nouvelle/", trainings.plan_session, name="plan_training_session"),
    path(_SESSION, trainings.training_session, name="training_session"),
    path(f"{_SESSION}presences/", trainings.note_attendance, name="note_training_attendance"),
    path(f"{_SESSION}presences/retirer/", trainings.remove_attendance, name="remove_training_attendance"),
    path(f"{_SESSION}annuler/", trainings.cancel_session, name="cancel_training_session"),
    path(_CONFLICTS, conflicts.conflicts, name="conflicts"),
    path(f"{_CONFLICTS}nouveau/", conflicts.declare_conflict, name="declare_conflict"),
    path(f"{_CONFLICTS}<int:conflict>/fin/", conflicts.end_conflict, name="end_conflict"),
    path("mes-collectifs/", seats.my_collectives, name="my_collectives"),
    path(_MINE, seats.my_collective, name="my_collective"),
    path(f"{_MINE}reunions/<int:meeting>/", seats.my_meeting, name="my_meeting"),
    path(f"{_MINE}suites/<int:item>/faite/", seats.finish_my_item, name="finish_my_item"),
    path(f"{_MINE}conflits/nouveau/", seats.declare_my_conflict, name="declare_my_conflict"),
    path(f"{_MINE}conflits/<int:conflict>/fin/", seats.end_my_conflict, name="end_my_conflict"),
]
