"""Collectives, who sits there, their meetings, what was decided and who owes what."""

from django.urls import path

from tissage.network.views import collectives

urlpatterns = [
    path("collectifs/", collectives.collectives, name="collectives"),
]
