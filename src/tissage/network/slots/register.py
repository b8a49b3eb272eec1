"""The register of organisations, in the menu of a territory and in the search box."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tissage.core.folding import fold
from tissage.network.models import Organization
from tissage.people.models import Territory
from tissage.people.search import MOST_HITS, SearchHit


def territory_network(request: HttpRequest, territory: Territory) -> SafeString | None:
    """Its part of « Plus », for those who read the register."""
    if not request.user.has_perm("network.read_network", territory):
        return None
    pages = (
        ("network:organizations", _("Organisations"), "group"),
        ("network:collectives", _("Collectifs et réunions"), "people"),
        ("network:places", _("Quartiers"), "home"),
    )
    urls = [reverse(name, args=[territory.slug]) for name, _label, _icon in pages]
    register, collectives = urls[:2]
    meetings = f"{register}reunions/"
    here = max((url for url in (*urls, meetings) if request.path.startswith(url)), key=len, default="")
    here = collectives if here == meetings else here
    links = [
        render_to_string("ui/nav_link.html", {"url": url, "label": label, "icon": icon, "current": url == here})
        for url, (_page, label, icon) in zip(urls, pages, strict=True)
    ]
    return SafeString("".join(links))


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
