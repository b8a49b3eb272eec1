"""Writes on collectives: what they are for, which organisations sit there for which period, and who speaks for them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tissage.network.models import Collective, CollectiveMembership, Organization, Person, Representative
from tissage.people.models import Territory, User
from tissage.people.operations import record


class CollectiveRefused(ValueError):
    """What was asked does not fit who sits there and since when. The message says why and what to do."""


@transaction.atomic
def create_collective(
    *, territory: Territory, name: str, kind: str = Collective.Kind.COLLECTIVE, by: User, now: dt.datetime, **details: Any
) -> Collective:
    """A new collective. `details`: columns of the table; `missions` and `objectives` are lists of sentences."""
    made = Collective.objects.create(territory=territory, name=name, kind=kind, **details)
    record(verb="network.create_collective", by=by, territory=territory, on=made, now=now)
    return made


@transaction.atomic
def change_collective(*, collective: Collective, by: User, now: dt.datetime, **details: Any) -> list[str]:
    """Changes what is known of a collective; gives the names of what changed."""
    changed = sorted(name for name, value in details.items() if getattr(collective, name) != value)
    for name in changed:
        setattr(collective, name, details[name])
    if changed:
        collective.save(update_fields=changed)
        record(verb="network.change_collective", by=by, territory=collective.territory, on=collective, fields=changed, now=now)
    return changed


@transaction.atomic
def join_collective(
    *, collective: Collective, organization: Organization, since: dt.date, by: User, now: dt.datetime, **details: Any
) -> CollectiveMembership:
    """An organisation sits from this day on. Its former periods stay. Raises `CollectiveRefused` when it sits already that day."""
    Collective.objects.select_for_update(of=("self",)).order_by("pk").get(pk=collective.pk)
    for other in CollectiveMembership.objects.filter(collective=collective, organization=organization).order_by("since", "pk"):
        if other.until is None:
            raise CollectiveRefused(
                _("« %(name)s » siège déjà depuis le %(date)s.") % {"name": organization.name, "date": date_format(other.since, "j F Y")}
            )
        if other.until >= since:
            raise CollectiveRefused(
                _("« %(name)s » siégeait encore le %(date)s : une nouvelle période commence après ce jour.")
                % {"name": organization.name, "date": date_format(other.until, "j F Y")}
            )
    made = CollectiveMembership.objects.create(collective=collective, organization=organization, since=since, **details)
    _record("network.join_collective", collective, by, now)
    return made


@transaction.atomic
def change_membership(*, membership: CollectiveMembership, by: User, now: dt.datetime, **details: Any) -> list[str]:
    """Changes the role, the state or the commitments of one period; leaving is `leave_collective`."""
    if membership.until is not None:
        raise CollectiveRefused(_("Cette période est close : elle ne change plus."))
    changed = sorted(name for name, value in details.items() if getattr(membership, name) != value)
    for name in changed:
        setattr(membership, name, details[name])
    if changed:
        membership.save(update_fields=changed)
        _record("network.change_membership", membership.collective, by, now, changed)
    return changed


@transaction.atomic
def leave_collective(*, membership: CollectiveMembership, on: dt.date, by: User, now: dt.datetime) -> None:
    """Closes a period on its last day, and the seats held with it. The history stays."""
    if membership.until is not None:
        raise CollectiveRefused(_("Cette période est déjà close."))
    if on < membership.since:
        raise CollectiveRefused(
            _("Elle siège depuis le %(date)s : elle ne peut pas partir avant.") % {"date": date_format(membership.since, "j F Y")}
        )
    membership.status, membership.until = CollectiveMembership.Status.LEFT, on
    membership.save(update_fields=["status", "until"])
    Representative.objects.filter(membership=membership, until__isnull=True).update(until=Greatest(F("since"), Value(on)))
    _record("network.leave_collective", membership.collective, by, now)


@transaction.atomic
def take_seat(*, membership: CollectiveMembership, person: Person, kind: str, since: dt.date, by: User, now: dt.datetime) -> Representative:
    """A person sits for a member, titular or substitute. Raises `CollectiveRefused` when that person sits already."""
    if membership.until is not None:
        raise CollectiveRefused(_("Cette organisation ne siège plus : personne ne peut y siéger pour elle."))
    if since < membership.since:
        raise CollectiveRefused(
            _("L’organisation siège depuis le %(date)s : le siège ne peut pas commencer avant.")
            % {"date": date_format(membership.since, "j F Y")}
        )
    if Representative.objects.filter(membership=membership, person=person, until__isnull=True).exists():
        raise CollectiveRefused(_("Cette personne siège déjà pour cette organisation."))
    made = Representative.objects.create(membership=membership, person=person, kind=kind, since=since)
    _record("network.take_seat", membership.collective, by, now)
    return made


@transaction.atomic
def leave_seat(*, seat: Representative, on: dt.date, by: User, now: dt.datetime) -> None:
    if seat.until is not None:
        raise CollectiveRefused(_("Ce siège est déjà rendu."))
    if on < seat.since:
        raise CollectiveRefused(_("Ce siège est tenu depuis le %(date)s.") % {"date": date_format(seat.since, "j F Y")})
    seat.until = on
    seat.save(update_fields=["until"])
    _record("network.leave_seat", seat.membership.collective, by, now)


def _record(verb: str, collective: Collective, by: User, now: dt.datetime, fields: list[str] | None = None) -> None:
    record(verb=verb, by=by, territory=collective.territory, on=collective, fields=fields or [], now=now)
