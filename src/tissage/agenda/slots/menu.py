"""Campaigns in the menu of a territory."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tissage.people.models import Territory


def territory_network(request: HttpRequest, territory: Territory) -> SafeString | None:
    """« Campagnes », for those who read them. No query."""
    if not request.user.has_perm("agenda.read_agenda", territory):
        return None
    url = reverse("agenda:campaigns", args=[territory.slug])
    context = {"url": url, "label": _("Campagnes"), "icon": "calendar", "current": request.path.startswith(url)}
    return render_to_string("ui/nav_link.html", context)
