"""Anonymous feedback, as the lead prepares and reads it."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.agenda.views import feedback

urlpatterns: list[URLPattern] = [
    path("activites/<int:activity>/avis/", feedback.feedback, name="feedback"),
    path("activites/<int:activity>/avis/affiche.pdf", feedback.poster, name="feedback_poster"),
    path("activites/<int:activity>/avis/billets.pdf", feedback.slips, name="feedback_slips"),
    path("activites/<int:activity>/avis/ouverture/", feedback.toggle, name="toggle_feedback"),
    path("activites/<int:activity>/avis/<uuid:opinion>/", feedback.comment, name="read_comment"),
]
