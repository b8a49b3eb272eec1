"""What the link of a partner opens: proposing activities, reporting dates."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.agenda.views import link_reports

app_name = "proposals"
urlpatterns: list[URLPattern] = [
    path("<str:token>/compte-rendu/<uuid:occurrence>/", link_reports.report, name="report"),
    path("<str:token>/production/<int:activity>/", link_reports.output_report, name="output_report"),
]
