"""« Mon organisation » on the page of a territory, for association staff."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tissage.people.models import Territory


def territory(request: HttpRequest, territory: Territory) -> SafeString | None:
    """The way to one's own sheet and services. No query of its own."""
    if not request.user.has_perm("network.open_own_page", territory):
        return None
    return render_to_string("network/own/slot_territory.html", {"territory": territory}, request)
