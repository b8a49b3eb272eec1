"""One report per date, on a phone."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.agenda.views import reports

urlpatterns: list[URLPattern] = [
    path("<int:campaign>/comptes-rendus/", reports.reports, name="reports"),
    path("<int:campaign>/evaluer/", reports.evaluate, name="begin_evaluation"),
    path("<int:campaign>/clore/", reports.close, name="close_campaign"),
    path("dates/<uuid:occurrence>/compte-rendu/", reports.report, name="report"),
    path("dates/<uuid:occurrence>/compte-rendu/commenter/", reports.comment, name="comment_report"),
    path("activites/<int:activity>/compte-rendu/", reports.output_report, name="output_report"),
]
