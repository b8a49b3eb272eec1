"""Evidence: proposed, validated, contested."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.commitments.views import evidence as views

urlpatterns: list[URLPattern] = [
    path("preuves/", views.evidence_queue, name="evidence_queue"),
    path("preuves/lire/", views.propose_evidence, name="propose_evidence"),
    path("preuves/<uuid:evidence>/", views.evidence, name="evidence"),
    path("preuves/<uuid:evidence>/copie/", views.evidence_copy, name="evidence_copy"),
    path("preuves/<uuid:evidence>/valider/", views.validate_evidence, name="validate_evidence"),
    path("preuves/<uuid:evidence>/ecarter/", views.refuse_evidence, name="refuse_evidence"),
    path("preuves/<uuid:evidence>/reprendre/", views.reopen_evidence, name="reopen_evidence"),
    path("preuves/<uuid:evidence>/montrer/", views.show_evidence, name="show_evidence"),
    path("preuves/<uuid:evidence>/contester/", views.contest_evidence, name="contest_evidence"),
    path("preuves/<uuid:evidence>/apaiser/", views.settle_evidence, name="settle_evidence"),
    path("<int:commitment>/preuves/nouvelle/", views.add_evidence, name="add_evidence"),
    path("scores/<slug:ask_set>/<int:asked>/preuves/nouvelle/", views.add_evidence_of_ask, name="add_evidence_of_ask"),
]
