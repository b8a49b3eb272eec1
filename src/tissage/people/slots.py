"""What this app brings to the menu, to the account corner, to « À faire », to the search box and to a territory's own menu."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tissage.core.folding import fold

from .models import Membership, Territory, User
from .queries import closed_for_want_of_second_factor, invitations_expiring
from .rules import is_coordinator, is_inside
from .search import MOST_HITS, SearchHit
from .todo import TodoLine

SOON = dt.timedelta(days=4)


def _link(request: HttpRequest, name: str, label: str, icon: str, *args: str) -> SafeString:
    url = reverse(name, args=args)
    return render_to_string("ui/nav_link.html", {"url": url, "label": label, "icon": icon, "current": request.path == url})


def menu(request: HttpRequest) -> SafeString | None:
    if not request.user.is_authenticated:
        return None
    return SafeString(
        _link(request, "people:todo", _("À faire"), "home")
        + _link(request, "people:territories", _("Territoires"), "globe")
        + _link(request, "people:search", _("Rechercher"), "search")
    )


def account(request: HttpRequest) -> SafeString:
    if not isinstance(request.user, User):
        return _link(request, "account_login", _("Se connecter"), "lock")
    return SafeString(
        _link(request, "people:profile", request.user.name, "people") + render_to_string("people/sign_out.html", request=request)
    )


def territory_more(request: HttpRequest, territory: Territory) -> SafeString | None:
    """People for every member; settings and journal for those who coordinate."""
    if not is_inside(request.user, territory):
        return None
    links = _link(request, "people:members", _("Personnes"), "people", territory.slug)
    if is_coordinator(request.user, territory):
        links += _link(request, "people:settings", _("Réglages"), "edit", territory.slug)
        links += _link(request, "people:journal", _("Journal"), "book", territory.slug)
    return SafeString(links)


def todo_second_factor(request: HttpRequest) -> list[TodoLine]:
    """Territories that stay closed until this person sets up a second factor."""
    closed = closed_for_want_of_second_factor(request.user)
    if not closed:
        return []
    names = ", ".join(Territory.objects.filter(pk__in=closed).values_list("name", flat=True))
    return [
        TodoLine(
            text=_("Régler votre deuxième facteur pour ouvrir %(territories)s") % {"territories": names},
            url=reverse("people:second_factor"),
            due_on=timezone.localdate(),
            kind=_("Connexion"),
        )
    ]


def todo_invitations(request: HttpRequest) -> list[TodoLine]:
    """Invitations that nobody answered and that end soon, for those who coordinate."""
    if not isinstance(request.user, User):
        return []
    return [
        TodoLine(
            text=_("Renvoyer ou retirer l’invitation à %(email)s") % {"email": invitation.email},
            url=reverse("people:members", args=[invitation.territory.slug]) + "#invitations",
            due_on=timezone.localdate(invitation.expires_at),
            territory=invitation.territory,
            kind=_("Invitation"),
        )
        for invitation in invitations_expiring(request.user, now=timezone.now(), within=SOON)
        if invitation.territory
    ]


def search_territories(request: HttpRequest, query: str) -> list[SearchHit]:
    wanted = fold(query)
    return [
        SearchHit(territory.name, territory.get_absolute_url(), _("territoire"), territory.description[:160], territory)
        for territory in Territory.objects.visible_to(request.user)
        if wanted in fold(f"{territory.name} {territory.description}")
    ][:MOST_HITS]


def search_people(request: HttpRequest, query: str) -> list[SearchHit]:
    """Members of my territories, by the name they go by. Addresses are not searched."""
    wanted = fold(query)
    memberships = Membership.objects.visible_to(request.user).select_related("user", "territory").order_by("user__name", "pk")
    return [
        SearchHit(
            membership.user.name,
            reverse("people:members", args=[membership.territory.slug]),
            _("personne"),
            membership.get_role_display(),
            membership.territory,
        )
        for membership in memberships
        if wanted in fold(membership.user.name)
    ][:MOST_HITS]
