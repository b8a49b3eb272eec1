"""Territories and the roles people hold in them. A territory never loses its last coordinator."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from tissage.people.models import Membership, Territory, User
from tissage.people.todo import providers

from .journal import record

SETTINGS = ("name", "description", "visibility", "suppression_threshold", "two_factor_required")


class LastCoordinator(Exception):
    def __init__(self) -> None:
        super().__init__(_("Ce territoire perdrait sa dernière personne à la coordination. Donnez d’abord ce rôle à quelqu’un d’autre."))


@transaction.atomic
def create_territory(*, slug: str, name: str, now: dt.datetime, by: User | None = None, **details: Any) -> Territory:
    territory = Territory(slug=slug, name=name, **details)
    territory.full_clean()
    territory.save()
    record(verb="people.create_territory", by=by, territory=territory, on=territory, now=now)
    return territory


@transaction.atomic
def change_settings(*, territory: Territory, by: User, now: dt.datetime, **values: Any) -> set[str]:
    """Changes name, description, visibility, suppression_threshold or two_factor_required. Gives the names of what changed."""
    stored = Territory.objects.select_for_update().get(pk=territory.pk)
    if unknown := set(values) - set(SETTINGS):
        raise ValueError(f"Not a setting of a territory: {sorted(unknown)}")
    changed = {name for name, value in values.items() if getattr(stored, name) != value}
    for name in values:
        setattr(territory, name, values[name])
    if changed:
        territory.full_clean()
        territory.save(update_fields=sorted(changed))
        record(verb="people.change_settings", by=by, territory=territory, on=territory, fields=changed, now=now)
    return changed


@transaction.atomic
def grant_role(*, user: User, territory: Territory, role: str, now: dt.datetime, by: User | None = None) -> Membership:
    """Gives a role; a role already open in that territory is closed, so that history stays."""
    if role != Membership.Role.COORDINATOR:
        _keep_a_coordinator(territory, leaving=user)
    Membership.objects.open().filter(user=user, territory=territory).exclude(role=role).update(ended_at=_end(now))
    membership, created = Membership.objects.open().get_or_create(
        user=user, territory=territory, ended_at=None, defaults={"role": role, "since": now}
    )
    if created:
        user.__dict__.pop("_roles", None)
        record(verb="people.grant_role", by=by, territory=territory, on=user, fields=[role], now=now)
        for told in providers("joined"):
            told(membership, now=now)
    return membership


@transaction.atomic
def end_role(*, membership: Membership, by: User | None, now: dt.datetime) -> None:
    """Closes a role: from now on the person is no member of the territory. What they did stays in their name."""
    _keep_a_coordinator(membership.territory, leaving=membership.user)
    if Membership.objects.open().filter(pk=membership.pk).update(ended_at=_end(now)):
        membership.refresh_from_db(fields=["ended_at"])
        membership.user.__dict__.pop("_roles", None)
        record(verb="people.end_role", by=by, territory=membership.territory, on=membership.user, fields=[membership.role], now=now)


def _keep_a_coordinator(territory: Territory, *, leaving: User) -> None:
    """Refuses when this person is the only coordinator. Two who leave at the same time wait for each other on the territory's row."""
    Territory.objects.select_for_update().get(pk=territory.pk)
    coordinators = set(Membership.objects.coordinators().filter(territory=territory).values_list("user", flat=True))
    if coordinators == {leaving.pk}:
        raise LastCoordinator


def _end(now: dt.datetime) -> Greatest:
    """A role given by a machine whose clock runs ahead ends when it begins, not before."""
    return Greatest(F("since"), Value(now))
