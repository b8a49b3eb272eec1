"""Addresses of this app under a territory; one file a part of the work."""

from . import readers_team, reports

app_name = "reports"
urlpatterns = [
    *reports.urlpatterns,
    *readers_team.urlpatterns,
]
