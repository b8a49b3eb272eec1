"""Writes on places: addresses of organisations, and the neighbourhoods of the territory's own list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from tissage.core.folding import fold
from tissage.network.models import Organization, Place
from tissage.network.queries.places import neighbourhoods_of
from tissage.people.models import Territory, User
from tissage.people.operations import record


@transaction.atomic
def add_place(*, organization: Organization, by: User, now: dt.datetime, **details: Any) -> Place:
    """An address of an organisation. One whose address is never given keeps no street."""
    made = Place(territory=organization.territory, organization=organization, **details)
    _hide(made)
    made.save()
    record(verb="network.add_place", by=by, territory=organization.territory, on=organization, now=now)
    return made


@transaction.atomic
def change_place(*, place: Place, by: User, now: dt.datetime, **details: Any) -> list[str]:
    """Changes an address; gives the names of what changed. Choosing « never » takes the street and the point away."""
    before = {field.attname: getattr(place, field.attname) for field in Place._meta.concrete_fields}
    for name, value in details.items():
        setattr(place, name, value)
    _hide(place)
    changed = sorted(name for name, value in before.items() if getattr(place, name) != value)
    if changed:
        place.save()
        record(verb="network.change_place", by=by, territory=place.territory, on=place.organization, fields=changed, now=now)
    return changed


def _hide(place: Place) -> None:
    if place.address_visibility == Place.Visibility.NEVER:
        place.street, place.latitude, place.longitude = "", None, None


@transaction.atomic
def add_neighbourhoods(*, territory: Territory, names: Iterable[str], by: User | None, now: dt.datetime) -> list[Place]:
    """Puts neighbourhoods on the list of the territory, in the order given; names already there (accents apart) are left alone."""
    Territory.objects.select_for_update(of=("self",)).order_by("pk").get(pk=territory.pk)
    known = {fold(name) for name in neighbourhoods_of(territory).values_list("name", flat=True)}
    made = []
    for name in (" ".join(one.split()) for one in names):
        if name and fold(name) not in known:
            known.add(fold(name))
            place = Place(territory=territory, name=name, kind=Place.Kind.NEIGHBOURHOOD, address_visibility=Place.Visibility.PUBLIC)
            place.save()
            made.append(place)
    if made:
        record(verb="network.add_neighbourhoods", by=by, territory=territory, on=territory, numbers={"neighbourhoods": len(made)}, now=now)
    return made


@transaction.atomic
def rename_neighbourhood(*, place: Place, name: str, by: User, now: dt.datetime) -> None:
    if place.name != name:
        place.name = name
        place.save(update_fields=["name"])
        record(verb="network.rename_neighbourhood", by=by, territory=place.territory, on=place, now=now)


@transaction.atomic
def end_neighbourhood(*, place: Place, on: dt.date | None, by: User, now: dt.datetime) -> None:
    """Takes a neighbourhood off the list from a day, or puts it back (`on` None). What refers to it keeps it."""
    if place.ended_on != on:
        place.ended_on = on
        place.save(update_fields=["ended_on"])
        verb = "network.restore_neighbourhood" if on is None else "network.end_neighbourhood"
        record(verb=verb, by=by, territory=place.territory, on=place, now=now)
