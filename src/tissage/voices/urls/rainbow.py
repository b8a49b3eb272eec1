"""Rainbow groups and their workshops."""

from django.urls import URLPattern, path

from tissage.voices.views import rainbow

_WORKSHOP = "arc-en-ciel/ateliers/<int:rainbow_workshop>/"

urlpatterns: list[URLPattern] = [
    path("arc-en-ciel/", rainbow.rainbows, name="rainbows"),
    path("arc-en-ciel/nouveau/", rainbow.create_rainbow, name="create_rainbow"),
    path("arc-en-ciel/<int:rainbow>/modifier/", rainbow.edit_rainbow, name="edit_rainbow"),
    path("arc-en-ciel/<int:rainbow>/ateliers/nouveau/", rainbow.create_rainbow_workshop, name="create_rainbow_workshop"),
    path(_WORKSHOP, rainbow.rainbow_workshop, name="rainbow_workshop"),
    path(f"{_WORKSHOP}modifier/", rainbow.edit_rainbow_workshop, name="edit_rainbow_workshop"),
    path(f"{_WORKSHOP}resultat/", rainbow.rainbow_result, name="rainbow_result"),
    path(f"{_WORKSHOP}clore/", rainbow.close_rainbow_workshop, name="close_rainbow_workshop"),
    path(f"{_WORKSHOP}rouvrir/", rainbow.reopen_rainbow_workshop, name="reopen_rainbow_workshop"),
    path(f"{_WORKSHOP}criteres/<int:criterion>/marquer/", rainbow.mark_criterion, name="mark_criterion"),
    path(f"{_WORKSHOP}formulations/<str:component>/", rainbow.agree_wording, name="agree_wording"),
    path("arc-en-ciel/formulations/<int:wording>/modifier/", rainbow.edit_wording, name="edit_wording"),
    path("arc-en-ciel/formulations/<int:wording>/retirer/", rainbow.remove_wording, name="remove_wording"),
]
