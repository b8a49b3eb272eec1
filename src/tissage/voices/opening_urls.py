"""Opening a territory: the one address of this app that stands under no territory."""

from django.urls import path

from .views import territory

app_name = "opening"
urlpatterns = [path("territoires/ouvrir/", territory.open_territory, name="open_territory")]
