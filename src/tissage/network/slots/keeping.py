"""The directory on pages upstream: the page of a territory, the home page, « À faire »."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.network.queries.directory import listed_services, reads_directory
from tissage.network.queries.reviews import count_forgotten
from tissage.network.queries.suggestions import waiting_suggestions
from tissage.people.models import Territory, User
from tissage.people.todo import TodoLine

from .todo import kept_by

READ_WITHIN = dt.timedelta(days=7)


def territory(request: HttpRequest, territory: Territory) -> SafeString | None:
    """A door to the directory, once something is in it."""
    if not reads_directory(request.user, territory):
        return None
    if not listed_services(territory, timezone.localdate(), of_members=True).exists():
        return None
    return render_to_string("network/directory/slot_territory.html", {"territory": territory}, request)


def home(request: HttpRequest, territories: Iterable[Territory]) -> SafeString | None:
    """On the home page of strangers: where one finds help, once a public territory says so."""
    if not listed_services(None, timezone.localdate()).exists():
        return None
    return render_to_string("network/directory/slot_home.html", {}, request)


def todo_to_check(request: HttpRequest) -> list[TodoLine]:
    """Services that nobody checked for long, or that the pages no longer show: one line a territory."""
    if not isinstance(request.user, User):
        return []
    places = {place.pk: place for place in kept_by(request.user)}
    lines = []
    for pk, (stale, hidden) in count_forgotten(places.values(), timezone.localdate()).items() if places else ():
        count = stale + hidden
        text = ngettext("Vérifier %(n)s service que personne ne confirme", "Vérifier %(n)s services que personne ne confirme", count)
        shown = ngettext(" (%(n)s n’est plus montré)", " (%(n)s ne sont plus montrés)", hidden) if hidden else ""
        lines.append(
            TodoLine(
                text=text % {"n": count} + (shown % {"n": hidden} if shown else ""),
                url=reverse("network:to_check", args=[places[pk].slug]),
                territory=places[pk],
                kind=_("Annuaire"),
            )
        )
    return lines


def todo_suggestions(request: HttpRequest) -> list[TodoLine]:
    """What anyone proposed and nobody read yet: one line a territory, due a week after the oldest."""
    if not isinstance(request.user, User):
        return []
    places = {place.pk: place for place in kept_by(request.user)}
    return [
        TodoLine(
            text=ngettext("Lire %(n)s proposition pour l’annuaire", "Lire %(n)s propositions pour l’annuaire", count) % {"n": count},
            url=reverse("network:suggestions", args=[places[pk].slug]),
            due_on=timezone.localdate(since) + READ_WITHIN,
            territory=places[pk],
            kind=_("Annuaire"),
        )
        for pk, count, since in (waiting_suggestions(places.values()) if places else ())
    ]
