"""The balance of a campaign, and the year of an organisation."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.agenda.views import balances

urlpatterns: list[URLPattern] = [
    path("<int:campaign>/bilan/", balances.balance, name="balance"),
    path("<int:campaign>/bilan/emettre/", balances.issue, name="issue_balance"),
    path(
        "<int:campaign>/bilan/<int:campaign_report>.pdf",
        balances.campaign_report_file,
        {"format": "pdf"},
        name="campaign_report_pdf",
    ),
    path(
        "<int:campaign>/bilan/<int:campaign_report>.docx",
        balances.campaign_report_file,
        {"format": "docx"},
        name="campaign_report_word",
    ),
    path("chiffres/<int:plan>/", balances.feed, name="feed_plan"),
    path("mon-annee/", balances.my_year, name="my_year"),
    path("mon-annee/fichier/", balances.my_year_file, name="my_year_file"),
]
