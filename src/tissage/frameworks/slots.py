"""What this app brings to the menu, to the search box and to a territory's own menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tissage.people.models import Territory
from tissage.people.rules import is_inside
from tissage.people.search import MOST_HITS, SearchHit

from .queries import find_components, latest_published
from .templatetags.nomenclature import key_of, label_of


def menu(request: HttpRequest) -> SafeString | None:
    if not request.user.is_authenticated:
        return None
    url = reverse("frameworks:versions")
    return render_to_string(
        "ui/nav_link.html", {"url": url, "label": _("Référentiels"), "icon": "list", "current": request.path.startswith(url)}
    )


def territory_more(request: HttpRequest, territory: Territory) -> SafeString | None:
    """The version a territory codes with, for its members."""
    if not is_inside(request.user, territory):
        return None
    url = reverse("frameworks:territory_choice", args=[territory.slug])
    return render_to_string(
        "ui/nav_link.html", {"url": url, "label": _("Nomenclature"), "icon": "list", "current": request.path.startswith(url)}
    )


def search_components(request: HttpRequest, query: str) -> list[SearchHit]:
    """Components of the latest published version. Reference data: the same for everybody signed in."""
    version = latest_published() if request.user.is_authenticated else None
    if version is None:
        return []
    return [
        SearchHit(
            f"{match.term.code} · {label_of(match.term)}",
            reverse("frameworks:component", args=[version.pk, match.term.code]),
            _("composante"),
            match.phrase or key_of(match.term),
        )
        for match in find_components(version, query, MOST_HITS)
        if match.matched == match.asked
    ]
