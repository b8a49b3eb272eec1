"""Organisations from a table, and sheets that look alike."""

from django.urls import path

from tissage.network.views import register, service_import

urlpatterns = [
    path("importer/", register.import_organizations, name="import_organizations"),
    path("importer/services/", service_import.import_services, name="import_services"),
    path("doublons/", register.duplicates, name="duplicates"),
    path("doublons/<int:merge>/separer/", register.split_organizations, name="split_organizations"),
    path("<int:organization>/reunir/", register.merge_organizations, name="merge_organizations"),
    path("<int:organization>/distinguer/", register.keep_apart, name="keep_apart"),
]
