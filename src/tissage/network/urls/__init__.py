"""Addresses of this app under a territory; one file a part of the work."""

from . import collectives, documents, keeping, labels, organizations, register, services, trainings

app_name = "network"
urlpatterns = [
    *organizations.urlpatterns,
    *register.urlpatterns,
    *services.urlpatterns,
    *collectives.urlpatterns,
    *labels.urlpatterns,
    *trainings.urlpatterns,
    *documents.urlpatterns,
    *keeping.urlpatterns,
]
