"""Importing a published plan."""

from django.urls import path

from tissage.plan.views import page_import

urlpatterns = [path("importer/", page_import.import_page, name="import_page")]
