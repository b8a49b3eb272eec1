"""Reads of association staff on the collectives where their organisation sits: members, meetings, decisions, what they owe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, QuerySet

from tissage.network.models import ActionItem, Collective, CollectiveMembership, Meeting
from tissage.people.models import Territory

READ_BY_MEMBERS = (Meeting.MinutesVisibility.MEMBERS, Meeting.MinutesVisibility.PUBLIC)


@dataclass(frozen=True, slots=True)
class Mine:
    """A collective where one's organisation sits, with its last meeting, the next one, and what the organisation still owes."""

    membership: CollectiveMembership
    last_held: dt.datetime | None
    next_planned: dt.datetime | None
    owed: int


def memberships_of(territory: Territory, mine: Collection[int]) -> QuerySet[CollectiveMembership]:
    """Open memberships of these organisations in a territory, by collective."""
    rows = CollectiveMembership.objects.filter(collective__territory=territory, organization__in=mine, until__isnull=True)
    return rows.select_related("collective", "organization").order_by("collective__name", "organization__search", "pk")


def collectives_of_mine(territory: Territory, mine: Collection[int]) -> list[Mine]:
    """Three queries."""
    rows = list(memberships_of(territory, mine))
    meetings = {
        pk: (last, following)
        for pk, last, following in Meeting.objects.filter(collective__in=[one.collective_id for one in rows])
        .order_by()
        .values("collective")
        .annotate(last=Max("starts_at", filter=Q(status="held")), following=Min("starts_at", filter=Q(status="planned")))
        .values_list("collective", "last", "following")
    }
    owed = dict(
        ActionItem.objects.filter(owner__in=mine, status="open", meeting__collective__territory=territory)
        .order_by()
        .values_list("meeting__collective")
        .annotate(Count("pk"))
    )
    return [Mine(one, *meetings.get(one.collective_id, (None, None)), owed.get(one.collective_id, 0)) for one in rows]


def members_of(collective: Collective) -> list[CollectiveMembership]:
    """Who sits, by name: organisations and their role, no person. One query."""
    rows = CollectiveMembership.objects.filter(collective=collective, until__isnull=True, status=CollectiveMembership.Status.ACTIVE)
    return list(rows.select_related("organization").order_by("organization__search", "pk"))


def meetings_for_members(collective: Collective) -> QuerySet[Meeting]:
    """Meetings a member reads of: planned and held ones, the latest first, with `decision_count`."""
    rows = Meeting.objects.filter(collective=collective).exclude(status=Meeting.Status.CANCELLED)
    return rows.annotate(decision_count=Count("decisions")).order_by("-starts_at", "-pk")


def items_owed_by(organizations: Collection[int], collective: Collective) -> QuerySet[ActionItem]:
    """What these organisations owe after the meetings of a collective: open first by date, then what is closed, the latest first."""
    rows = ActionItem.objects.filter(owner__in=organizations, meeting__collective=collective)
    return rows.select_related("owner", "meeting", "decision").order_by("-status", "due_on", "pk")


def may_read_minutes(meeting: Meeting) -> bool:
    """Minutes that are for members, once the meeting is closed."""
    return meeting.status == Meeting.Status.HELD and meeting.minutes_visibility in READ_BY_MEMBERS
