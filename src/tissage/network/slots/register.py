"""The register of organisations, in the menu of a territory and in the search box."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from tissage.core.folding import fold
from tissage.network.models import Organization
from tissage.people.models import Territory
from tissage.people.search import MOST_HITS, SearchHit

_PAGES = (
    ("network:own_organization", _lazy("Mon organisation"), "group", "network.open_own_page"),
    ("network:organizations", _lazy("Organisations"), "group", "network.read_network"),
    ("network:services", _lazy("Services"), "list", "network.read_network"),
    ("network:collectives", _lazy("Collectifs et réunions"), "people", "network.read_network"),
    ("network:my_collectives", _lazy("Mes collectifs"), "people", "network.read_own_collectives"),
    ("network:labels", _lazy("Labels et chartes"), "check", "network.read_labels"),
    ("network:trainings", _lazy("Formations"), "book", "network.read_labels"),
    ("network:places", _lazy("Quartiers"), "home", "network.read_network"),
)


def territory_network(request: HttpRequest, territory: Territory) -> SafeString | None:
    """Its part of « Plus », for those who read the register, and of it what association staff read. No query."""
    register = reverse("network:organizations", args=[territory.slug])
    urls = {name: reverse(name, args=[territory.slug]) for name, _label, _icon, _permission in _PAGES}
    meetings = f"{register}reunions/"
    here = max((url for url in (*urls.values(), meetings) if request.path.startswith(url)), key=len, default="")
    here = urls["network:collectives"] if here == meetings else here
    links = [
        render_to_string("ui/nav_link.html", {"url": urls[name], "label": label, "icon": icon, "current": urls[name] == here})
        for name, label, icon, permission in _PAGES
        if request.user.has_perm(permission, territory)
    ]
    return SafeString("".join(links)) if links else None


def search_organizations(request: HttpRequest, query: str) -> list[SearchHit]:
    """Organisations whose name or other name holds every word; those that closed come last."""
    found = Organization.objects.visible_to(request.user)
    for word in fold(query).split():
        found = found.filter(search__contains=word)
    near = found.select_related("territory").order_by("search", "pk")[: 2 * MOST_HITS]
    return [
        SearchHit(
            one.name,
            reverse("network:organization", args=[one.territory.slug, one.pk]),
            _("organisation"),
            " · ".join(part for part in (one.get_kind_display(), one.alternate_name, _("fermée") if one.closed_on else "") if part),
            one.territory,
        )
        for one in sorted(near, key=lambda each: each.closed_on is not None)
    ][:MOST_HITS]
