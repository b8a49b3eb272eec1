"""iCalendar feeds: public ones, and an organisation's own behind a secret."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.agenda.views import feeds

app_name = "agendas"
urlpatterns: list[URLPattern] = [
    path("territoire/<slug:territory>.ics", feeds.of_territory, name="territory"),
    path("public/<slug:territory>/<slug:audience>.ics", feeds.of_audience, name="audience"),
    path("campagne/<uuid:campaign_uuid>.ics", feeds.of_campaign, name="campaign"),
    path("organisation/<uuid:organization_uuid>.ics", feeds.of_organization, name="organization"),
    path("lieu/<int:place>.ics", feeds.of_place, name="place"),
    path("prive/<str:token>.ics", feeds.private, name="private"),
]
