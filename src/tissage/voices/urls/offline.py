"""The hall without a network."""

from django.urls import path

from tissage.voices.views import offline

urlpatterns = [
    path("ateliers/<int:workshop>/hors-ligne/", offline.offline_hall, name="offline_hall"),
    path("ateliers/<int:workshop>/hors-ligne/envoyer/", offline.offline_send, name="offline_send"),
]
