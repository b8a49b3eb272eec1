"""Commitments, their milestones and actions."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.commitments.views import promises as views

urlpatterns: list[URLPattern] = [
    path("", views.commitments, name="commitments"),
    path("nouveau/", views.create_commitment, name="create_commitment"),
    path("<int:commitment>/", views.commitment, name="commitment"),
    path("<int:commitment>/modifier/", views.change_commitment, name="change_commitment"),
    path("<int:commitment>/publier/", views.publish_commitment, name="publish_commitment"),
    path("<int:commitment>/retirer/", views.withdraw_commitment, name="withdraw_commitment"),
    path("<int:commitment>/retablir/", views.restore_commitment, name="restore_commitment"),
    path("<int:commitment>/etapes/nouvelle/", views.add_milestone, name="add_milestone"),
    path("<int:commitment>/etapes/<int:milestone>/deplacer/", views.move_milestone, name="move_milestone"),
    path("<int:commitment>/etapes/<int:milestone>/atteinte/", views.reach_milestone, name="reach_milestone"),
    path("<int:commitment>/etapes/<int:milestone>/rouvrir/", views.reopen_milestone, name="reopen_milestone"),
    path("<int:commitment>/decisions/nouvelle/", views.note_later_decision, name="note_later_decision"),
    path("<int:commitment>/decisions/<int:later>/delier/", views.forget_later_decision, name="forget_later_decision"),
]
