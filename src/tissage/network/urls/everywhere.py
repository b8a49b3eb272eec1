"""The directory of all public territories, by region and kind of organisation."""

from django.urls import path

from tissage.network.views import everywhere

app_name = "directories"
urlpatterns = [path("", everywhere.home, name="home")]
