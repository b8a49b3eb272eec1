"""What members of collectives did in the last year: meetings, activities, items, trainings, gathered for `core.engagement` (`network.md` §4.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from tissage.agenda.models import ActivityPartner, OccurrenceReport
from tissage.core.engagement import Facts, Level, Signals, level, signals, window
from tissage.network.models import ActionItem, Collective, CollectiveMembership, Meeting, Presence, TrainingAttendance

SITTING = (CollectiveMembership.Status.ACTIVE, CollectiveMembership.Status.SUSPENDED)
HELD = (OccurrenceReport.Held.YES, OccurrenceReport.Held.CHANGED)
CAME = (Presence.State.PRESENT, Presence.State.EXCUSED)
"""An excuse is a contact too: somebody wrote."""


@dataclass(frozen=True, slots=True)
class Engaged:
    """One member of one collective: what happened, what it says, and the last meeting the collective held, whoever came."""

    membership: CollectiveMembership
    facts: Facts
    signals: Signals
    level: Level
    last_held: dt.date | None
    collective_met: bool


@dataclass(slots=True)
class _Deeds:
    """What an organisation did outside meetings, wherever it sits: (activity, day) of reports, days of trainings."""

    reports: set[tuple[int, dt.date]] = field(default_factory=set)
    trainings: list[dt.date] = field(default_factory=list)


def engagement_of_members(collective: Collective, day: dt.date) -> list[Engaged]:
    """Every member that sits, by name and in no other order: this is no ranking. Seven queries."""
    rows = CollectiveMembership.objects.filter(collective=collective, until__isnull=True, status__in=SITTING)
    return _engaged(rows.select_related("organization", "collective").order_by("organization__search", "pk"), day)


def engagement_of_organizations(organizations: Iterable[int], day: dt.date, collective: Collective | None = None) -> list[Engaged]:
    """These organisations where they sit, by collective; in one of them when it is given. Seven queries."""
    rows = CollectiveMembership.objects.filter(organization__in=list(organizations), until__isnull=True, status__in=SITTING)
    if collective is not None:
        rows = rows.filter(collective=collective)
    return _engaged(rows.select_related("organization", "collective").order_by("collective__name", "organization__search", "pk"), day)


def _engaged(rows: Iterable[CollectiveMembership], day: dt.date) -> list[Engaged]:
    memberships = list(rows)
    collectives = {one.collective_id for one in memberships}
    organizations = {one.organization_id for one in memberships}
    meetings: dict[int, dict[int, dt.date]] = {}
    for pk, of, starts_at in (
        Meeting.objects.held().filter(collective__in=collectives).order_by("starts_at", "pk").values_list("pk", "collective", "starts_at")
    ):
        if (held_on := timezone.localdate(starts_at)) <= day:
            meetings.setdefault(of, {})[pk] = held_on
    states = {
        (meeting, organization): state
        for meeting, organization, state in Presence.objects.filter(
            meeting__collective__in=collectives, meeting__status=Meeting.Status.HELD, organization__in=organizations
        )
        .order_by("pk")
        .values_list("meeting", "organization", "state")
    }
    items: dict[tuple[int, int], list[tuple[dt.date, str, dt.date | None]]] = {}
    for of, owner, due_on, status, closed_on in (
        ActionItem.objects.filter(meeting__collective__in=collectives, owner__in=organizations)
        .exclude(status=ActionItem.Status.DROPPED)
        .order_by("pk")
        .values_list("meeting__collective", "owner", "due_on", "status", "closed_on")
    ):
        items.setdefault((of, owner), []).append((due_on, status, closed_on))
    deeds = _deeds(organizations)
    return [
        _one(
            one,
            meetings.get(one.collective_id, {}),
            states,
            items.get((one.collective_id, one.organization_id), []),
            deeds.get(one.organization_id, _Deeds()),
            day,
        )
        for one in memberships
    ]


def _deeds(organizations: set[int]) -> dict[int, _Deeds]:
    found: dict[int, _Deeds] = {}
    reports = OccurrenceReport.objects.filter(held__in=HELD).order_by("pk")
    led = reports.filter(activity__lead__in=organizations).values_list("activity__lead", "activity", "occurrence__starts_at", "filled_at")
    partners = ActivityPartner.objects.filter(organization__in=organizations, activity__reports__held__in=HELD).order_by("pk")
    helped = partners.values_list("organization", "activity", "activity__reports__occurrence__starts_at", "activity__reports__filled_at")
    for organization, activity, starts_at, filled_at in (*led, *helped):
        held_on = timezone.localdate(starts_at or filled_at)
        found.setdefault(organization, _Deeds()).reports.add((activity, held_on))
    for organization, held_on in (
        TrainingAttendance.objects.filter(organization__in=organizations, session__cancelled_on__isnull=True)
        .order_by("pk")
        .values_list("organization", "session__held_on")
    ):
        found.setdefault(organization, _Deeds()).trainings.append(held_on)
    return found


def _one(
    membership: CollectiveMembership,
    meetings: dict[int, dt.date],
    states: dict[tuple[int, int], str],
    items: list[tuple[dt.date, str, dt.date | None]],
    deeds: _Deeds,
    day: dt.date,
) -> Engaged:
    first, last = window(day, membership.since)
    seen = [(held_on, states.get((pk, membership.organization_id), "")) for pk, held_on in meetings.items()]
    inside = [state for held_on, state in seen if first <= held_on <= last]
    due = [(due_on, status, closed_on) for due_on, status, closed_on in items if first <= due_on <= last]
    facts = Facts(
        since=membership.since,
        meetings=len(inside),
        present=inside.count(Presence.State.PRESENT),
        excused=inside.count(Presence.State.EXCUSED),
        activities=len({activity for activity, held_on in deeds.reports if first <= held_on <= last}),
        items_due=len(due),
        items_on_time=sum(status == "done" and closed_on is not None and closed_on <= due_on for due_on, status, closed_on in due),
        trainings=sum(first <= held_on <= last for held_on in deeds.trainings),
        contacts=(
            *(held_on for held_on, state in seen if state in CAME),
            *(held_on for _activity, held_on in deeds.reports),
            *(closed_on for _due, status, closed_on in items if status == "done" and closed_on is not None),
            *deeds.trainings,
        ),
    )
    told = signals(facts, day)
    met = any(window(day, dt.date.min)[0] <= held_on for held_on in meetings.values())
    return Engaged(membership, facts, told, level(told), max(meetings.values(), default=None), met)
