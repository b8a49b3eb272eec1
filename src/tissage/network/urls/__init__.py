"""Addresses of this app under a territory; one file a part of the work."""

from . import collectives, documents, labels, organizations, services, trainings

app_name = "network"
urlpatterns = [
    *organizations.urlpatterns,
    *services.urlpatterns,
    *collectives.urlpatterns,
    *labels.urlpatterns,
    *trainings.urlpatterns,
    *documents.urlpatterns,
]
