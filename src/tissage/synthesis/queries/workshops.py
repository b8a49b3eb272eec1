"""Workshops held, for the statistics page of the team."""

from __future__ import annotations

from django.db.models import Count

from tissage.people.models import Territory
from tissage.voices.models import Workshop


def workshops_by_year(territory: Territory) -> list[tuple[int, int]]:
    """(year, workshops held), oldest first. Years without a workshop are left out."""
    rows = Workshop.objects.filter(territory=territory).order_by("held_on__year").values_list("held_on__year").annotate(count=Count("pk"))
    return [(year, count) for year, count in rows]
