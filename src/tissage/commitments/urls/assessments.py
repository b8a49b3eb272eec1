"""Assessments: proposed, answered, validated."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.commitments.views import assessment_sheet
from tissage.commitments.views import assessments as views

urlpatterns: list[URLPattern] = [
    path("evaluations/", views.proposals, name="proposals"),
    path("evaluations/tableau.csv", assessment_sheet.assessments_out, name="assessments_out"),
    path("evaluations/reprendre/", assessment_sheet.assessments_in, name="assessments_in"),
    path("evaluations/<int:proposal>/", views.proposal, name="proposal"),
    path("evaluations/<int:proposal>/prevenir/", views.tell_assessed, name="tell_assessed"),
    path("evaluations/<int:proposal>/repondre/", views.reply_to_assessment, name="reply_to_assessment"),
    path("evaluations/<int:proposal>/valider/", views.validate_assessment, name="validate_assessment"),
    path("evaluations/<int:proposal>/refuser/", views.refuse_proposal, name="refuse_proposal"),
    path("evaluations/<int:proposal>/retirer/", views.withdraw_proposal, name="withdraw_proposal"),
    path("<int:commitment>/evaluer/", views.assess_commitment, name="assess_commitment"),
    path("scores/<slug:ask_set>/<int:asked>/evaluer/", views.assess_ask, name="assess_ask"),
]
