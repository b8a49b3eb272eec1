"""The sheet of a group, for whoever holds its link."""

from django.urls import path

from . import views

app_name = "sheets"
urlpatterns = [
    path("<str:sheet>/", views.sheet, name="sheet"),
    path("<str:sheet>/imprimer/", views.sheet_pdf, name="sheet_pdf"),
]
