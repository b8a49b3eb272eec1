"""What the link of a partner opens: proposing activities, reporting dates."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.agenda.views import link_reports, proposals

app_name = "proposals"
urlpatterns: list[URLPattern] = [
    path("<str:token>/", proposals.home, name="home"),
    path("<str:token>/nouvelle/", proposals.propose, name="propose"),
    path("<str:token>/renouveler/", proposals.renew, name="renew"),
    path("<str:token>/<int:activity>/", proposals.activity, name="activity"),
    path("<str:token>/<int:activity>/modifier/", proposals.change, name="change"),
    path("<str:token>/<int:activity>/dates/", proposals.add_date, name="add_date"),
    path("<str:token>/<int:activity>/geste/", proposals.act, name="act"),
    path("<str:token>/compte-rendu/<uuid:occurrence>/", link_reports.report, name="report"),
    path("<str:token>/production/<int:activity>/", link_reports.output_report, name="output_report"),
]
