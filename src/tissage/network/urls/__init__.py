"""Addresses of this app under a territory; one file a part of the work."""

from . import collectives, documents, organizations

app_name = "network"
urlpatterns = [
    *organizations.urlpatterns,
    *collectives.urlpatterns,
    *documents.urlpatterns,
]
