"""Reads of a space: who is in it, its journal, what was sent and answered. Values for its pages, in ballot order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from tissage.commitments.models import Answer, Ask, AskSet, Contestant, Sending, Space, SpaceMembership
from tissage.core.same_for_all import Sent, Unequal, unequal
from tissage.people.models import Entry, User

from .replies import asks_of


def my_roles(user: User) -> QuerySet[SpaceMembership]:
    """The spaces of a person, with the role held in each."""
    roles = SpaceMembership.objects.filter(user=user, ended_at__isnull=True).select_related("space__organization")
    return roles.order_by("space__name", "pk")


def people_of(space: Space) -> QuerySet[SpaceMembership]:
    return space.memberships.filter(ended_at__isnull=True).select_related("user").order_by("user__name", "pk")


def journal_of_space(space: Space) -> QuerySet[Entry]:
    """What was done in a space, latest first: lines of no territory whose object is the space."""
    lines = Entry.objects.filter(territory__isnull=True, object_type=Space._meta.label_lower, object_id=str(space.pk))
    return lines.select_related("actor").order_by("-pk")


def sets_of(space: Space) -> QuerySet[AskSet]:
    sets = AskSet.objects.filter(space=space).select_related("election").annotate(asked=Count("asks"))
    return sets.order_by("-created_at", "-pk")


@dataclass(frozen=True, slots=True)
class Line:
    """A list in ballot order: what was sent to it, and how many asks it answers (received ones only)."""

    contestant: Contestant
    sending: Sending | None
    received: int
    published: int
    typing: bool


def lines_of(ask_set: AskSet) -> list[Line]:
    """Every list of the election. Three queries, however many lists."""
    if ask_set.election_id is None:
        return []
    contestants = list(Contestant.objects.filter(election=ask_set.election_id))
    sendings = {one.contestant_id: one for one in Sending.objects.filter(ask_set=ask_set).select_related("proof")}
    counted = Answer.objects.filter(ask__ask_set=ask_set).order_by().values("contestant")
    counts: dict[int, Any] = {
        row["contestant"]: row
        for row in counted.annotate(
            received=Count("pk", filter=Q(received_on__isnull=False)),
            published=Count("pk", filter=Q(published_on__isnull=False)),
            typing=Count("pk", filter=Q(received_on__isnull=True)),
        )
    }
    nothing = {"received": 0, "published": 0, "typing": 0}
    return [
        Line(one, sendings.get(one.pk), said["received"], said["published"], said["typing"] > 0)
        for one in contestants
        for said in (counts.get(one.pk, nothing),)
    ]


def alerts_of(lines: list[Line]) -> list[Unequal]:
    """What was not the same for all lists of a set (`commitments.md` §9.7)."""
    sent = [
        Sent(line.contestant.name, line.sending.text_sha256, line.sending.sent_on, line.sending.channel, tuple(line.sending.reminders))
        for line in lines
        if line.sending is not None
    ]
    return unequal(sent, [line.contestant.name for line in lines])


@dataclass(frozen=True, slots=True)
class Compared:
    """An ask and what each list said to it, in ballot order; None is « pas de réponse »."""

    ask: Ask
    said: list[tuple[Contestant, Answer | None]]


@dataclass(frozen=True, slots=True)
class Comparison:
    lists: list[Contestant]
    rows: list[Compared]
    answered: int
    """How many lists said something that is published."""


def comparison_of(ask_set: AskSet) -> Comparison:
    """What is published, list beside list in ballot order: nothing is ranked, silence is no answer and never a no. Three queries."""
    lists = list(Contestant.objects.filter(election=ask_set.election_id)) if ask_set.election_id else []
    published = Answer.objects.filter(ask__ask_set=ask_set, published_on__isnull=False).select_related("proof")
    held = {(one.ask_id, one.contestant_id): one for one in published}
    rows = [Compared(ask, [(one, held.get((ask.pk, one.pk))) for one in lists]) for ask in asks_of(ask_set)]
    return Comparison(lists, rows, len({contestant for _ask, contestant in held}))
