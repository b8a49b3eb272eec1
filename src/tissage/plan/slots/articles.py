"""Pilot actions on the page of a territory: their latest articles, for everybody when it is public."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tissage.people.models import Territory
from tissage.plan.queries.articles import published_articles, reads_articles

SHOWN = 3


def territory(request: HttpRequest, territory: Territory) -> SafeString | None:
    """Nothing when nothing is published."""
    if not reads_articles(request.user, territory):
        return None
    found = list(published_articles(territory)[:SHOWN])
    return render_to_string("plan/articles/slot_territory.html", {"territory": territory, "articles": found}, request) if found else None
