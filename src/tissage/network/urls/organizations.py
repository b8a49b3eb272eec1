"""Organisations, their people and places, and the neighbourhoods of the territory."""

from django.urls import path

from tissage.network.views import neighbourhoods, organizations, people_and_places

urlpatterns = [
    path("", organizations.organizations, name="organizations"),
    path("nouvelle/", organizations.create_organization, name="create_organization"),
    path("<int:organization>/", organizations.organization, name="organization"),
    path("<int:organization>/modifier/", organizations.change_organization, name="change_organization"),
    path("<int:organization>/pieces/nouvelle/", organizations.add_document, name="add_document"),
    path("<int:organization>/personnes/nouvelle/", people_and_places.add_person, name="add_person"),
    path("<int:organization>/personnes/<int:contact>/", people_and_places.change_person, name="change_person"),
    path("<int:organization>/personnes/<int:contact>/effacer/", people_and_places.delete_person, name="delete_person"),
    path("<int:organization>/lieux/nouveau/", people_and_places.add_place, name="add_place"),
    path("<int:organization>/lieux/<int:address>/", people_and_places.change_place, name="change_place"),
    path("quartiers/", neighbourhoods.places, name="places"),
    path("quartiers/<int:place>/renommer/", neighbourhoods.rename_place, name="rename_place"),
    path("quartiers/<int:place>/retirer/", neighbourhoods.end_place, name="end_place"),
    path("quartiers/<int:place>/remettre/", neighbourhoods.restore_place, name="restore_place"),
]
