"""From expressions to criteria, and reading them back to the group."""

from django.urls import URLPattern, path

from tissage.voices.views import gathering, validation

urlpatterns: list[URLPattern] = [
    path("ateliers/<int:workshop>/rassembler/", gathering.gather, name="gather"),
    path("ateliers/<int:workshop>/relire/", validation.read_back, name="read_back"),
    path("ateliers/<int:workshop>/relire/tout/", validation.read_back_all, name="read_back_all"),
]
