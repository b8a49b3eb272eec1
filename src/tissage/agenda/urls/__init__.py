"""Addresses of this app under a territory, for those who carry campaigns; one file a part of the work."""

from . import activities, balances, campaigns, feedback, own_feeds, registrations, reports

app_name = "agenda"
urlpatterns = [
    *campaigns.urlpatterns,
    *activities.urlpatterns,
    *registrations.urlpatterns,
    *own_feeds.urlpatterns,
    *reports.urlpatterns,
    *feedback.urlpatterns,
    *balances.urlpatterns,
]
