"""Reads on what anyone proposed to the directory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Min, QuerySet

from tissage.network.models import ChangeSuggestion, Service
from tissage.people.models import Territory, User


def suggestions_of(territory: Territory, *, decided: bool = False) -> QuerySet[ChangeSuggestion]:
    """Those to read, the oldest first; or those decided, the latest first."""
    found = ChangeSuggestion.objects.filter(territory=territory).select_related("service__organization", "organization", "decided_by")
    new = ChangeSuggestion.Status.NEW
    return found.exclude(status=new).order_by("-decided_at", "-pk") if decided else found.filter(status=new).order_by("received_at", "pk")


def waiting_suggestions(territories: Iterable[Territory]) -> list[tuple[int, int, dt.datetime]]:
    """(territory, how many wait, since when). One query."""
    new = ChangeSuggestion.objects.filter(territory__in=list(territories), status=ChangeSuggestion.Status.NEW).order_by()
    return list(new.values_list("territory").annotate(n=Count("pk"), since=Min("received_at")).order_by("territory"))


def taken_over(territory: Territory, service: Service | None, *, by: User, since: dt.datetime) -> list[ChangeSuggestion]:
    """What this person accepted since a moment: on a service, or of services that are missing."""
    accepted = ChangeSuggestion.objects.filter(territory=territory, service=service, status=ChangeSuggestion.Status.ACCEPTED)
    return list(accepted.filter(decided_by=by, decided_at__gte=since).order_by("-decided_at", "-pk"))
