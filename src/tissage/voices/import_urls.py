"""Addresses of imports and exports."""

from django.urls import URLPattern, path

from . import import_views as views

urlpatterns: list[URLPattern] = [
    path("imports/", views.imports, name="imports"),
    path("imports/nouveau/", views.import_upload, name="import_upload"),
    path("imports/<uuid:batch>/", views.import_batch, name="import_batch"),
    path("imports/<uuid:batch>/colonnes/", views.import_columns, name="import_columns"),
    path("imports/<uuid:batch>/progres/", views.import_progress, name="import_progress"),
    path("imports/<uuid:batch>/importer/", views.import_apply, name="import_apply"),
    path("imports/<uuid:batch>/abandonner/", views.import_cancel, name="import_cancel"),
    path("imports/<uuid:batch>/annuler/", views.import_undo, name="import_undo"),
    path("exports/", views.exports, name="exports"),
    path("exports/telecharger/", views.export_download, name="export_download"),
]
