"""The coding desk."""

from django.urls import path

from tissage.voices.views import desk

urlpatterns = [
    path("codage/", desk.desk, name="desk"),
    path("codage/annuler/", desk.desk_undo, name="desk_undo"),
    path("codage/<int:criterion>/enregistrer/", desk.desk_save, name="desk_save"),
    path("codage/<int:criterion>/garder/", desk.desk_keep, name="desk_keep"),
    path("codage/<int:criterion>/passer/", desk.desk_skip, name="desk_skip"),
]
