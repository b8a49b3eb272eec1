"""What is worth mending in the codings; propositions."""

from django.urls import path

from tissage.voices.views import quality

urlpatterns = [
    path("qualite/", quality.quality, name="quality"),
]
