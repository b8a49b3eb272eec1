"""Activities, co-organisers, dates, moderation."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.agenda.views import activities, occurrences

urlpatterns: list[URLPattern] = [
    path("activites/miennes/", activities.my_activities, name="my_activities"),
    path("activites/nouvelle/", activities.create_activity, name="create_activity"),
    path("activites/a-moderer/", activities.moderation, name="moderation"),
    path("activites/<int:activity>/", activities.activity, name="activity"),
    path("activites/<int:activity>/modifier/", activities.change_activity, name="change_activity"),
    path("activites/<int:activity>/etat/", activities.moderate, name="moderate"),
    path("activites/<int:activity>/refuser/", activities.refuse_activity, name="refuse_activity"),
    path("activites/<int:activity>/demander/", activities.ask_change, name="ask_change"),
    path("activites/<int:activity>/co-organisations/", activities.co_organizers, name="co_organizers"),
    path("activites/<int:activity>/actions/", activities.served_actions, name="served_actions"),
    path("activites/<int:activity>/dates/ajouter/", occurrences.add_occurrence, name="add_occurrence"),
    path("activites/<int:activity>/dates/autour/", occurrences.beside, name="beside"),
    path("dates/<uuid:occurrence>/modifier/", occurrences.change_occurrence, name="change_occurrence"),
    path("dates/<uuid:occurrence>/deplacer/", occurrences.move_occurrence, name="move_occurrence"),
    path("dates/<uuid:occurrence>/annuler/", occurrences.cancel_occurrence, name="cancel_occurrence"),
    path("dates/<uuid:occurrence>/reporter/", occurrences.postpone_occurrence, name="postpone_occurrence"),
    path("dates/<uuid:occurrence>/etat/", occurrences.occurrence_status, name="occurrence_status"),
]
