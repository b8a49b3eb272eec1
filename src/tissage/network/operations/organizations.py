"""Writes on organisations, the numbers registers give them, and the people who speak for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from tissage.core.enterprise_number import SCHEME
from tissage.network.models import Identifier, Organization, Person, Representative
from tissage.network.queries.organizations import find_by_name
from tissage.people.models import Territory, User
from tissage.people.operations import record


class SameName(ValueError):
    """Another organisation of the territory goes by this name; `organization` is that one."""

    def __init__(self, organization: Organization) -> None:
        super().__init__(_("« %(name)s » est déjà dans le registre.") % {"name": organization.name})
        self.organization = organization


class SameNumber(ValueError):
    """Another organisation of the territory holds this enterprise number; `organization` is that one."""

    def __init__(self, organization: Organization) -> None:
        super().__init__(_("Ce numéro est déjà celui de « %(name)s ».") % {"name": organization.name})
        self.organization = organization


class Circle(ValueError):
    """An organisation would depend on itself."""

    def __init__(self) -> None:
        super().__init__(_("Une organisation ne peut pas dépendre d’elle-même, ni d’une de ses parties."))


@transaction.atomic
def create_organization(
    *,
    territory: Territory,
    name: str,
    kind: str = Organization.Kind.ASBL,
    by: User | None,
    now: dt.datetime,
    enterprise_number: str = "",
    other_numbers: Mapping[str, str] | None = None,
    **details: Any,
) -> Organization:
    """A new organisation. `enterprise_number`: ten digits, checked before; `other_numbers`: {register: number}; `details`: columns of the table.

    Raises `SameName` when another goes by this name (accents and case apart), `SameNumber` when another holds the number.
    """
    name = " ".join(name.split())
    if (same := find_by_name(territory, name)) is not None:
        raise SameName(same)
    made = Organization.objects.create(territory=territory, name=name, kind=kind, **details)
    _number(made, enterprise_number)
    _other_numbers(made, other_numbers or {})
    record(verb="network.create_organization", by=by, territory=territory, on=made, now=now)
    return made


@transaction.atomic
def find_or_create_organization(
    *, territory: Territory, name: str, kind: str = Organization.Kind.ASBL, by: User | None, now: dt.datetime
) -> Organization:
    """The organisation that goes by this name or other name (accents and case apart), made when there is none."""
    name = " ".join(name.split())
    if (found := find_by_name(territory, name)) is not None:
        return found
    try:
        with transaction.atomic():
            return create_organization(territory=territory, name=name, kind=kind, by=by, now=now)
    except IntegrityError:  # somebody made it meanwhile
        return Organization.objects.get(territory=territory, name=name)


@transaction.atomic
def change_organization(
    *,
    organization: Organization,
    by: User,
    now: dt.datetime,
    enterprise_number: str | None = None,
    other_numbers: Mapping[str, str] | None = None,
    **details: Any,
) -> list[str]:
    """Changes what is known of an organisation; gives the names of what changed. Raises `SameName`, `SameNumber`, `Circle`."""
    if "name" in details:
        details["name"] = " ".join(details["name"].split())
        same = find_by_name(organization.territory, details["name"], but=organization)
        if same is not None:
            raise SameName(same)
    if (parent := details.get("parent")) is not None:
        refuse_circle(organization, parent)
    changed = {name for name, value in details.items() if getattr(organization, name) != value}
    for name in changed:
        setattr(organization, name, details[name])
    if changed:
        organization.save()
    if enterprise_number is not None and _number(organization, enterprise_number):
        changed.add("enterprise_number")
    if other_numbers is not None and _other_numbers(organization, other_numbers):
        changed.add("other_numbers")
    if changed:
        record(
            verb="network.change_organization", by=by, territory=organization.territory, on=organization, fields=sorted(changed), now=now
        )
    return sorted(changed)


def refuse_circle(organization: Organization, parent: Organization) -> None:
    """Walks up from the parent: meeting the organisation again is a circle."""
    parents = dict(Organization.objects.filter(territory=organization.territory_id).values_list("pk", "parent"))
    above: int | None = parent.pk
    while above is not None:
        if above == organization.pk:
            raise Circle
        above = parents.pop(above, None)


def _number(organization: Organization, value: str) -> bool:
    """Keeps, replaces or takes away the enterprise number; says whether anything changed."""
    held = Identifier.objects.filter(organization=organization, scheme=SCHEME)
    before = held.values_list("value", flat=True).first() or ""
    if before == value:
        return False
    if value:
        other = Identifier.objects.filter(organization__territory=organization.territory_id, scheme=SCHEME, value=value)
        if (taken := other.exclude(organization=organization).select_related("organization").first()) is not None:
            raise SameNumber(taken.organization)
        Identifier.objects.update_or_create(organization=organization, scheme=SCHEME, defaults={"value": value})
    else:
        held.delete()
    return True


def _other_numbers(organization: Organization, wanted: Mapping[str, str]) -> bool:
    """Keeps these numbers of other registers, and no others; says whether anything changed."""
    held = organization.identifiers.exclude(scheme=SCHEME)
    standing = dict(held.values_list("scheme", "value"))
    if standing == dict(wanted):
        return False
    held.exclude(scheme__in=wanted).delete()
    for scheme, value in wanted.items():
        Identifier.objects.update_or_create(organization=organization, scheme=scheme, defaults={"value": value})
    return True


@transaction.atomic
def add_person(*, organization: Organization, display_name: str, by: User, now: dt.datetime, **details: Any) -> Person:
    """Somebody who speaks for an organisation. `details`: role, email, phone, user (an account of the territory)."""
    made = Person.objects.create(territory=organization.territory, organization=organization, display_name=display_name, **details)
    record(verb="network.add_person", by=by, territory=organization.territory, on=organization, now=now)
    return made


@transaction.atomic
def change_person(*, person: Person, by: User, now: dt.datetime, **details: Any) -> list[str]:
    """Changes what is known of a person; gives the names of what changed. The journal names the organisation, never the person.

    The day a function ends closes the seats still held, on that day (a seat taken later: on the day it was taken).
    """
    changed = {name for name, value in details.items() if getattr(person, name) != value}
    for name in changed:
        setattr(person, name, details[name])
    if not changed:
        return []
    person.save(update_fields=sorted(changed))
    if "ended_on" in changed and (ended := person.ended_on) is not None:
        seats = Representative.objects.filter(person=person, until__isnull=True)
        seats.update(until=Greatest(F("since"), Value(ended)))
    record(verb="network.change_person", by=by, territory=person.territory, on=person.organization, fields=sorted(changed), now=now)
    return sorted(changed)


@transaction.atomic
def delete_person(*, person: Person, by: User, now: dt.datetime) -> None:
    """Takes a person out of the register for good, with the seats held: nobody has to stay in a register for having sat somewhere."""
    record(verb="network.delete_person", by=by, territory=person.territory, on=person.organization, now=now)
    person.delete()
