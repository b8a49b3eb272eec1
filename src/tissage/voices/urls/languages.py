"""Languages of the answering screen."""

from django.urls import path

from tissage.voices.views import languages

urlpatterns = [
    path("langues/", languages.languages, name="languages"),
    path("langues/<slug:language>/feuille.csv", languages.language_csv, name="language_csv"),
    path("langues/<slug:language>/remplir/", languages.fill_language, name="fill_language"),
    path("langues/<slug:language>/retirer/", languages.remove_language, name="remove_language"),
]
