"""The kinds of words of the vocabulary, as the screen says them: what one is, and the title of the list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tissage.core.vocabulary import ACTIVITY_TYPE, AUDIENCE, CONCERNED_GROUP, CONTACT_MODE, RECEPTION, SERVICE_KIND, THEME

KIND_NAMES = {
    AUDIENCE: _("public"),
    CONCERNED_GROUP: _("groupe concerné"),
    THEME: _("thème"),
    SERVICE_KIND: _("genre de service"),
    RECEPTION: _("façon d’accueillir"),
    CONTACT_MODE: _("façon de joindre"),
    ACTIVITY_TYPE: _("genre d’activité"),
}
TITLES = {
    AUDIENCE: _("Publics : qui est accueilli"),
    CONCERNED_GROUP: _("Groupes concernés : de qui il s’agit"),
    THEME: _("Thèmes, par famille"),
    SERVICE_KIND: _("Genres de service"),
    RECEPTION: _("Façons d’accueillir"),
    CONTACT_MODE: _("Façons de joindre"),
    ACTIVITY_TYPE: _("Genres d’activité"),
}
FIXED = frozenset({RECEPTION, CONTACT_MODE})
"""Rules of the house read these codes one by one: their labels are corrected, none is added."""
