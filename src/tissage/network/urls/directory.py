"""The public directory of a territory: browsing, searching, one sheet a service, suggestions."""

from django.urls import path

from tissage.network.views import directory, suggesting

app_name = "directory"
urlpatterns = [
    path("", directory.home, name="home"),
    path("recherche/", directory.results, name="results"),
    path("annuaire.pdf", directory.leaflet, name="leaflet"),
    path("lieux-labellises/", directory.labelled, name="labelled"),
    path("service-manquant/", suggesting.suggest_missing, name="suggest_missing"),
    path("organisations/<int:organization>/", directory.organization, name="organization"),
    path("services/<uuid:service>/", directory.service, name="service"),
    path("services/<uuid:service>/proposer/", suggesting.suggest, name="suggest"),
]
