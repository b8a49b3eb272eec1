"""Campaigns, their partners, copying, opening, publishing, closing."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.agenda.views import campaigns, partners

urlpatterns: list[URLPattern] = [
    path("", campaigns.campaigns, name="campaigns"),
    path("nouvelle/", campaigns.create_campaign, name="create_campaign"),
    path("<int:campaign>/", campaigns.campaign, name="campaign"),
    path("<int:campaign>/modifier/", campaigns.change_campaign, name="change_campaign"),
    path("<int:campaign>/copier/", campaigns.copy_campaign, name="copy_campaign"),
    path("<int:campaign>/etat/", campaigns.move_campaign, name="move_campaign"),
    path("<int:campaign>/partenaires/", partners.campaign_partners, name="campaign_partners"),
    path("<int:campaign>/partenaires/<int:organization>/", partners.partner_link, name="partner_link"),
]
