"""Reads on places."""

from __future__ import annotations

from django.db.models import QuerySet

from tissage.network.models import Place
from tissage.people.models import Territory


def neighbourhoods_of(territory: Territory) -> QuerySet[Place]:
    """The neighbourhoods of the territory's list, those taken off it too, by name."""
    return Place.objects.filter(territory=territory, kind=Place.Kind.NEIGHBOURHOOD).order_by("name", "pk")
