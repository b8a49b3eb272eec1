"""Reads on collectives: the list, who sits there on a day, how many meetings were held, what is still owed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q

from tissage.core.plan_framework import BODY
from tissage.frameworks.models import FrameworkVersion, Status
from tissage.frameworks.queries_plan import plan_framework, plan_versions
from tissage.network.models import ActionItem, Collective, CollectiveMembership, Meeting, Representative
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
        .values("collective")
        .annotate(last=Max("starts_at", filter=Q(status="held")), following=Min("starts_at", filter=Q(status="planned")))
        .values_list("collective", "last", "following")
    }
    owed = dict(
        ActionItem.objects.filter(meeting__collective__territory=territory, status="open")
        .order_by()
        .values_list("meeting__collective")
        .annotate(Count("pk"))
    )
    return [Listed(one, members.get(one.pk, 0), *meetings.get(one.pk, (None, None)), owed.get(one.pk, 0)) for one in collectives]


@dataclass(frozen=True, slots=True)
class Sitting:
    """A member of today with its seats."""

    membership: CollectiveMembership
    seats: list[Representative]
    former_seats: list[Representative]


@dataclass(frozen=True, slots=True)
class Composition:
    sitting: list[Sitting]
    former: list[CollectiveMembership]

    @property
    def members(self) -> int:
        """Who is of it: without those who observe, coordinate from outside or are partners of a time."""
        aside = (CollectiveMembership.Role.EXTERNAL_PARTNER, CollectiveMembership.Role.OBSERVER, CollectiveMembership.Role.COORDINATOR)
        return sum(one.membership.role not in aside for one in self.sitting)


def composition_of(collective: Collective) -> Composition:
    """Who sits in a collective with its representatives, and the periods that are over. Two queries."""
    rows = list(
        CollectiveMembership.objects.filter(collective=collective)
        .select_related("organization")
        .order_by("organization__search", "-since", "pk")
    )
    seats: dict[int, list[Representative]] = {}
    for seat in (
        Representative.objects.filter(membership__collective=collective)
        .select_related("person")
        .order_by("-kind", "person__display_name", "-since", "pk")
    ):
        seats.setdefault(seat.membership_id, []).append(seat)
    sitting = [
        Sitting(
            row,
            [seat for seat in seats.get(row.pk, []) if seat.until is None],
            [seat for seat in seats.get(row.pk, []) if seat.until is not None],
        )
        for row in rows
        if row.until is None
    ]
    return Composition(sitting, [row for row in rows if row.until is not None])


@dataclass(frozen=True, slots=True)
class BodyModel:
    """A body that a plan framework describes: what it is for and who sits there, offered when a collective is made."""

    key: str
    framework: str
    label: str
    kind: str
    missions: list[str]
    members: list[str]
    minimum_meetings: int | None
    optional: bool
    status: Status
    source: str


def body_models() -> list[BodyModel]:
    """The bodies of the published plan frameworks, the latest version of each."""
    latest: dict[int, FrameworkVersion] = {}
    for version in plan_versions():
        latest.setdefault(version.framework_id, version)
    kinds = set(Collective.Kind.values)
    return [
        BodyModel(
            key=f"{version.pk}-{entry.code}",
            framework=str(version),
            label=entry.label,
            kind=str(entry.extra.get("kind")) if entry.extra.get("kind") in kinds else Collective.Kind.STEERING,
            missions=[str(one) for one in entry.extra.get("missions", [])],
            members=[str(one) for one in entry.extra.get("members", [])],
            minimum_meetings=entry.extra.get("minimum_meetings"),
            optional=bool(entry.extra.get("optional")),
            status=Status(entry.status),
            source=entry.source,
        )
        for version in latest.values()
        for entry in plan_framework(version).of_kind(BODY)
    ]
