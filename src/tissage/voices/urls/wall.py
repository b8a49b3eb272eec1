"""The wall of a hall."""

from django.urls import path

from tissage.voices.views import wall

urlpatterns = [
    path("ateliers/<int:workshop>/mur/", wall.wall, name="wall"),
    path("ateliers/<int:workshop>/mur/cartes/", wall.wall_cards_part, name="wall_cards"),
    path("ateliers/<int:workshop>/mur/cartes/<int:expression>/masquer/", wall.hide_card, name="hide_card"),
    path("ateliers/<int:workshop>/mur/cartes/<int:expression>/remettre/", wall.show_card, name="show_card"),
]
