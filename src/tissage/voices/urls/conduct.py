"""Opening a hall, conducting it, its walls, its events."""

from django.urls import URLPattern, path

from tissage.voices.views.hall import conduct, events, opening

urlpatterns: list[URLPattern] = [
    path("ateliers/<int:workshop>/formulations/", opening.wordings, name="wordings"),
    path("ateliers/<int:workshop>/salle/ouvrir/", opening.open_hall, name="open_hall"),
    path("ateliers/<int:workshop>/salle/", conduct.conduct, name="conduct"),
    path("ateliers/<int:workshop>/salle/etat/", conduct.conduct_state, name="conduct_state"),
    path("ateliers/<int:workshop>/salle/modifier/", opening.change_hall, name="change_hall"),
    path("ateliers/<int:workshop>/salle/clore/", opening.close_hall, name="close_hall"),
    path("ateliers/<int:workshop>/salle/porte/", conduct.toggle_door, name="toggle_door"),
    path("ateliers/<int:workshop>/salle/questions/<int:round>/ouvrir/", conduct.open_round, name="open_round"),
    path("ateliers/<int:workshop>/salle/questions/<int:round>/fermer/", conduct.close_round, name="close_round"),
    path("ateliers/<int:workshop>/salle/questions/<int:round>/montrer/", conduct.show_round, name="show_round"),
    path("ateliers/<int:workshop>/salle/mur/eteindre/", conduct.hide_wall, name="hide_wall"),
    path("ateliers/<int:workshop>/salle/telephones/<int:phone>/ecarter/", conduct.set_phone_aside, name="set_phone_aside"),
    path("ateliers/<int:workshop>/salle/telephones/<int:phone>/reprendre/", conduct.take_phone_back, name="take_phone_back"),
    path("evenements/", events.events, name="events"),
    path("evenements/<int:event>/", events.event, name="event"),
    path("evenements/<int:event>/questions/<int:question>/ouvrir/", events.open_everywhere, name="open_everywhere"),
    path("evenements/<int:event>/questions/fermer/", events.close_everywhere, name="close_everywhere"),
    path("evenements/<int:event>/mur/", events.event_wall, name="event_wall"),
]
