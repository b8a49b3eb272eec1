"""The directory as everybody reads it: which services are listed, searched by need, audience, language and place (`network.md` §6)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Case, CharField, Q, Value, When

from tissage.core.freshness import MOST_BOUNCES, REVIEW_EVERY, Freshness, State, first_assured, freshness
from tissage.network.models import Service
from tissage.network.models.services import ServiceQuerySet
from tissage.people.models import Territory
from tissage.people.rules import role_in


def listed_services(territory: Territory | None, day: dt.date, *, of_members: bool = False) -> ServiceQuerySet:
    """Services that may be read on a day: published, still there, of an open organisation, checked (`core.freshness`), in a public territory.

    `of_members`: the door was held by `network.read_directory` for somebody of the territory, which then need not be public. Annotated with
    `freshness_state` (`fresh`, `due`, `stale`), the organisation and its territory in the same query.
    """
    found = Service.objects.published().exclude(status=Service.Status.DEFUNCT)
    found = found.filter(Q(organization__closed_on__isnull=True) | Q(organization__closed_on__gt=day))
    if territory is not None:
        found = found.filter(territory=territory)
    if not of_members or territory is None:
        found = found.of_public_territories()
    # The same as not being `hidden` below, in words that a count or a sub-query carries cheaply.
    found = found.filter(Q(assured_on__isnull=True) | _assured_since(day, State.STALE), bounces__lt=MOST_BOUNCES)
    listed: ServiceQuerySet = with_freshness(found, day).select_related("organization", "territory").order_by("name", "pk")
    return listed


def reads_directory(user: Any, territory: Territory) -> bool:
    """Everybody reads that of a public territory, its members that of another (the permission `network.read_directory`, strangers included)."""
    return territory.is_public or role_in(user, territory) != ""


def _assured_since(day: dt.date, state: State) -> Q:
    """Checked recently enough to be at least in this state on a day."""
    every = Q()
    for months in REVIEW_EVERY:
        every |= Q(review_every=months, assured_on__gte=first_assured(months, day, state))
    return every


def with_freshness(services: ServiceQuerySet, day: dt.date) -> ServiceQuerySet:
    """Adds `freshness_state`: the rule of `core.freshness` said in SQL."""
    state = Case(
        When(bounces__gte=MOST_BOUNCES, then=Value(State.HIDDEN.value)),
        When(assured_on__isnull=True, then=Value(State.STALE.value)),
        When(_assured_since(day, State.FRESH), then=Value(State.FRESH.value)),
        When(_assured_since(day, State.DUE), then=Value(State.DUE.value)),
        When(_assured_since(day, State.STALE), then=Value(State.STALE.value)),
        default=Value(State.HIDDEN.value),
        output_field=CharField(),
    )
    annotated: ServiceQuerySet = services.annotate(freshness_state=state)
    return annotated


def freshness_of(service: Service, day: dt.date) -> Freshness:
    return freshness(service.assured_on, service.review_every, day, service.bounces)
