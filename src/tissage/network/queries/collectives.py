"""Reads on collectives: the list, who sits there on a day, how many meetings were held, what is still owed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q

from tissage.network.models import ActionItem, Collective, CollectiveMembership, Meeting
from tissage.people.models import Territory


@dataclass(frozen=True, slots=True)
class Listed:
    """A collective in the list: how many organisations sit there today, the last meeting held and the next one."""

    collective: Collective
    members: int
    last_held: dt.datetime | None
    next_planned: dt.datetime | None
    owed: int


def collectives_of(territory: Territory) -> list[Listed]:
    """Every collective of a territory by name, those that ended last. Four queries."""
    collectives = sorted(Collective.objects.filter(territory=territory).order_by("name", "pk"), key=lambda one: one.ended_on is not None)
    members = dict(
        CollectiveMembership.objects.filter(collective__territory=territory, until__isnull=True)
        .order_by()
        .values_list("collective")
        .annotate(Count("pk"))
    )
    meetings = {
        pk: (last, following)
        for pk, last, following in Meeting.objects.filter(collective__territory=territory)
        .order_by()
        .values_list("collective")
        .annotate(Max("starts_at", filter=Q(status="held")), Min("starts_at", filter=Q(status="planned")))
    }
    owed = dict(
        ActionItem.objects.filter(meeting__collective__territory=territory, status="open")
        .order_by()
        .values_list("meeting__collective")
        .annotate(Count("pk"))
    )
    return [Listed(one, members.get(one.pk, 0), *meetings.get(one.pk, (None, None)), owed.get(one.pk, 0)) for one in collectives]
