"""Reads on registrations: who is expected at a date, for the people of its lead; what a private link opens; what is left for a report."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Sum

from tissage.agenda.models import Occurrence, Registration, SchoolBooking
from tissage.core.tokens import hash_token

from .sealed import unseal

State = Registration.State


@dataclass(frozen=True, slots=True)
class Expected:
    """Who is expected. `lines`: (registration, its needs in clear); `heads` of those confirmed, `waiting` of those on the list."""

    lines: tuple[tuple[Registration, str], ...]
    schools: tuple[tuple[SchoolBooking, str], ...]
    heads: int
    waiting: int
    pupils: int
    left: int | None


def expected(occurrence: Occurrence) -> Expected:
    """Two queries. The addresses of registrants stay sealed: nobody writes to them by hand."""
    rows = list(occurrence.registrations.exclude(state__in=(State.CANCELLED, State.PENDING)).order_by("state", "made_at", "pk"))
    schools = list(occurrence.school_bookings.select_related("school").order_by("made_at", "pk"))
    heads = sum(one.headcount for one in rows if one.state == State.CONFIRMED)
    return Expected(
        lines=tuple((one, unseal(one, one.needs)) for one in rows),
        schools=tuple((one, unseal(one, one.contact_email)) for one in schools),
        heads=heads,
        waiting=sum(one.headcount for one in rows if one.state == State.WAITLIST),
        pupils=sum(one.pupils_count for one in schools if one.state == SchoolBooking.State.CONFIRMED),
        left=None if occurrence.capacity is None else max(0, occurrence.capacity - heads),
    )


def find_place(token: str) -> Registration | SchoolBooking | None:
    """What a private link is of."""
    held = hash_token(token)
    around = "occurrence__activity__territory", "occurrence__activity__lead", "occurrence__place"
    found = Registration.objects.select_related(*around).filter(token_hash=held).first()
    return found or SchoolBooking.objects.select_related(*around).filter(token_hash=held).first()


def registered_heads(occurrence: Occurrence) -> int | None:
    """How many persons had a place, even once their rows are gone; None where nobody could register. For the report of the lead."""
    now_there = occurrence.registrations.filter(state=State.CONFIRMED).aggregate(heads=Sum("headcount"))["heads"]
    if now_there is None and occurrence.registered_count is None:
        return None
    return int(now_there or 0) + (occurrence.registered_count or 0)


def pupils_by_level(occurrence: Occurrence) -> dict[str, int]:
    """Pupils of confirmed classes by level: these figures stay when the contact of the school is gone."""
    found: dict[str, int] = defaultdict(int)
    for level, pupils in (
        occurrence.school_bookings.filter(state=SchoolBooking.State.CONFIRMED).order_by("level").values_list("level", "pupils_count")
    ):
        found[level] += pupils
    return dict(found)
