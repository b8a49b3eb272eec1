"""How to reach a service, where and when it receives. Each change is kept in the history of the sheet, without the way back of a field."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from tissage.network.exchange.opening_hours import check_hours
from tissage.network.models import FieldChange, Place, Service, ServiceAtPlace, ServiceContact
from tissage.people.models import User
from tissage.people.operations import record

CONTACT, PLACE = "contact", "place"
"""How the history names these parts."""
_REACHED = ("label", "phone", "email")


@transaction.atomic
def add_contact(
    *, service: Service, by: User | None, now: dt.datetime, origin: str = FieldChange.Origin.TEAM, **details: Any
) -> ServiceContact:
    """A way to reach a service: a function, never a person. `details`: label, phone, email, languages, visibility."""
    made = ServiceContact.objects.create(service=service, **details)
    _keep(service, CONTACT, "", _reached(made), origin=origin, by=by, now=now)
    record(verb="network.add_service_contact", by=by, territory=service.territory, on=service, now=now)
    return made


@transaction.atomic
def change_contact(
    *, contact: ServiceContact, by: User | None, now: dt.datetime, origin: str = FieldChange.Origin.TEAM, **details: Any
) -> list[str]:
    """Changes a way to reach; gives the names of what changed."""
    before = _reached(contact)
    changed = sorted(name for name, value in details.items() if getattr(contact, name) != value)
    for name in changed:
        setattr(contact, name, details[name])
    if changed:
        contact.save(update_fields=changed)
        _keep(contact.service, CONTACT, before, _reached(contact), origin=origin, by=by, now=now)
        record(
            verb="network.change_service_contact", by=by, territory=contact.service.territory, on=contact.service, fields=changed, now=now
        )
    return changed


@transaction.atomic
def remove_contact(*, contact: ServiceContact, by: User | None, now: dt.datetime, origin: str = FieldChange.Origin.TEAM) -> None:
    service, before = contact.service, _reached(contact)
    contact.delete()
    _keep(service, CONTACT, before, "", origin=origin, by=by, now=now)
    record(verb="network.remove_service_contact", by=by, territory=service.territory, on=service, now=now)


@transaction.atomic
def place_service(
    *,
    service: Service,
    place: Place,
    by: User | None,
    now: dt.datetime,
    opening_hours: str = "",
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    note: str = "",
    origin: str = FieldChange.Origin.TEAM,
) -> ServiceAtPlace:
    """Says where a service receives and when; said again for the same place, it changes what was said.

    `opening_hours`: the OpenStreetMap syntax, or « Lu-Ve 9h-12h ». `valid_to`: the day to ask again. Raises `WrongHours`.
    """
    if place.territory_id != service.territory_id:
        raise ValueError("a service receives in its own territory")
    said = {"opening_hours": check_hours(opening_hours), "valid_from": valid_from, "valid_to": valid_to, "note": note}
    standing = ServiceAtPlace.objects.filter(service=service, place=place).first()
    if standing is not None and all(getattr(standing, name) == value for name, value in said.items()):
        return standing
    before = _received(standing) if standing else ""
    made, _new = ServiceAtPlace.objects.update_or_create(service=service, place=place, defaults=said)
    _keep(service, PLACE, before, _received(made), origin=origin, by=by, now=now)
    record(verb="network.place_service", by=by, territory=service.territory, on=service, now=now)
    return made


@transaction.atomic
def take_from_place(*, at_place: ServiceAtPlace, by: User | None, now: dt.datetime, origin: str = FieldChange.Origin.TEAM) -> None:
    """The service no longer receives there; the place itself stays."""
    service, before = at_place.service, _received(at_place)
    at_place.delete()
    _keep(service, PLACE, before, "", origin=origin, by=by, now=now)
    record(verb="network.take_service_from_place", by=by, territory=service.territory, on=service, now=now)


def _keep(service: Service, field: str, old: str, new: str, *, origin: str, by: User | None, now: dt.datetime) -> None:
    if old != new:
        FieldChange.objects.create(service=service, field=field, old=old, new=new, origin=origin, by=by, at=now)
    Service.objects.filter(pk=service.pk).update(modified_at=now)
    service.modified_at = now


def _reached(contact: ServiceContact) -> str:
    said = [getattr(contact, name) for name in _REACHED if getattr(contact, name)]
    return " · ".join([*said, str(contact.get_visibility_display())])


def _received(at_place: ServiceAtPlace) -> str:
    """The name of the place and the hours: never its street, which is the place's to show."""
    return " · ".join(part for part in (at_place.place.name, at_place.opening_hours, at_place.note) if part)
