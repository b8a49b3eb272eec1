"""Reads on meetings: who sits on that day, who can be called by mail, what was noted, what is owed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from tissage.network.models import ActionItem, Collective, CollectiveMembership, Decision, Meeting, Organization, Presence, Representative
from tissage.people.models import Territory, User

AT_THE_TABLE = (CollectiveMembership.Status.ACTIVE, CollectiveMembership.Status.LEFT)
"""Those who are expected: invited and candidate ones do not sit yet, suspended ones not for now; who left sat until then."""


def members_on(collective: Collective, day: dt.date) -> list[CollectiveMembership]:
    """The organisations expected at a meeting of this day, by name, each once. One query."""
    rows = (
        CollectiveMembership.objects.filter(Q(until__isnull=True) | Q(until__gte=day), collective=collective, since__lte=day)
        .filter(status__in=AT_THE_TABLE)
        .select_related("organization")
        .order_by("organization__search", "-since", "pk")
    )
    return list({row.organization_id: row for row in rows}.values())


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who receives a convocation. `language` is the account's, or empty."""

    name: str
    email: str
    organization: str
    kind: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """Who a convocation reaches, who sits without an address, and which members have nobody at all."""

    reached: list[Addressee] = field(default_factory=list)
    without_address: list[Addressee] = field(default_factory=list)
    without_anybody: list[str] = field(default_factory=list)


def addressees_of(meeting: Meeting) -> Called:
    """Representatives in function on the day of the meeting. Two queries."""
    day = timezone.localdate(meeting.starts_at)
    members = members_on(meeting.collective, day)
    seats = (
        Representative.objects.filter(Q(until__isnull=True) | Q(until__gte=day), membership__in=[one.pk for one in members], since__lte=day)
        .filter(Q(person__ended_on__isnull=True) | Q(person__ended_on__gte=day))
        .select_related("person__user", "membership__organization")
        .order_by("membership__organization__search", "-kind", "person__display_name", "pk")
    )
    called, seated = Called(), set()
    for seat in seats:
        person, organization = seat.person, seat.membership.organization
        seated.add(organization.pk)
        language = person.user.language if person.user else ""
        one = Addressee(person.display_name, person.email, organization.name, seat.get_kind_display(), language)
        (called.reached if person.email else called.without_address).append(one)
    called.without_anybody.extend(one.organization.name for one in members if one.organization_id not in seated)
    return called


def letter_of(meeting: Meeting, by: User) -> dict[str, Any]:
    """What the letter of convocation says of a meeting."""
    return {"meeting": meeting, "collective": meeting.collective, "territory": meeting.territory, "sender": by}


@dataclass(frozen=True, slots=True)
class Attended:
    organization: Organization
    role: str
    state: str
    state_words: str


def presences_of(meeting: Meeting) -> list[Attended]:
    """Every organisation expected on that day with its state, and those noted besides. Two queries."""
    noted = {one.organization_id: one for one in Presence.objects.filter(meeting=meeting).select_related("organization")}
    attended = []
    for member in members_on(meeting.collective, timezone.localdate(meeting.starts_at)):
        held = noted.pop(member.organization_id, None)
        state = Presence.State(held.state) if held else Presence.State.UNKNOWN
        attended.append(Attended(member.organization, member.get_role_display(), state.value, str(state.label)))
    for one in sorted(noted.values(), key=lambda each: each.organization.search):
        attended.append(Attended(one.organization, "", one.state, one.get_state_display()))
    return attended


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with what follows from it."""

    decision: Decision
    items: list[ActionItem]


def decisions_of(meeting: Meeting) -> list[Decided]:
    """Decisions in order, each with what follows from it. Two queries."""
    by_decision: dict[int | None, list[ActionItem]] = {}
    for item in items_of(meeting):
        by_decision.setdefault(item.decision_id, []).append(item)
    decisions = Decision.objects.filter(meeting=meeting).order_by("number", "pk")
    return [Decided(one, by_decision.get(one.pk, [])) for one in decisions]


def items_of(meeting: Meeting) -> QuerySet[ActionItem]:
    return ActionItem.objects.filter(meeting=meeting).select_related("owner", "person").order_by("due_on", "pk")


def open_items(collective: Collective) -> QuerySet[ActionItem]:
    """What is still owed after the meetings of a collective, the earliest first."""
    return (
        ActionItem.objects.filter(meeting__collective=collective, status=ActionItem.Status.OPEN)
        .select_related("owner", "person", "meeting", "decision")
        .order_by("due_on", "pk")
    )


def meetings_of(collective: Collective) -> QuerySet[Meeting]:
    """Meetings, the latest first, with `decision_count` and `owed_count` (still open)."""
    return (
        Meeting.objects.filter(collective=collective)
        .annotate(
            decision_count=Count("decisions", distinct=True),
            owed_count=Count("action_items", filter=Q(action_items__status="open"), distinct=True),
        )
        .order_by("-starts_at", "-pk")
    )


def items_due(territories: Iterable[Territory], *, before: dt.date) -> list[ActionItem]:
    """What is owed before a day in these territories, the earliest first."""
    return list(
        ActionItem.objects.filter(meeting__collective__territory__in=list(territories), status="open", due_on__lt=before)
        .select_related("owner", "meeting__collective__territory")
        .order_by("due_on", "pk")
    )


def items_of_person(user: User, *, before: dt.date) -> list[ActionItem]:
    """What this person took on, when their account is linked to the register."""
    return list(
        ActionItem.objects.filter(person__user=user, status="open", due_on__lt=before)
        .select_related("owner", "meeting__collective__territory")
        .order_by("due_on", "pk")
    )


def items_of_organizations(organizations: Collection[int], *, before: dt.date) -> list[ActionItem]:
    """What these organisations owe in collectives where they sit, the earliest first."""
    rows = ActionItem.objects.filter(owner__in=organizations, status="open", due_on__lt=before)
    sitting = rows.filter(
        meeting__collective__memberships__organization=F("owner"),
        meeting__collective__memberships__until__isnull=True,
        meeting__collective__memberships__status=CollectiveMembership.Status.ACTIVE,
    )
    return list(sitting.select_related("owner", "person", "meeting__collective__territory").order_by("due_on", "pk"))


def meetings_to_close(territories: Iterable[Territory], *, now: dt.datetime) -> list[Meeting]:
    """Meetings whose hour has passed and that nobody closed nor cancelled, the oldest first."""
    return list(
        Meeting.objects.filter(collective__territory__in=list(territories), status=Meeting.Status.PLANNED, starts_at__lt=now)
        .select_related("collective__territory")
        .order_by("starts_at", "pk")
    )
