"""Reads on organisations: by name, as a list, with what stands around one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from tissage.core.enterprise_number import SCHEME, written
from tissage.core.folding import fold
from tissage.network.models import CollectiveMembership, Document, Identifier, Organization, Person, Place, Service
from tissage.people.models import Territory


def find_by_name(territory: Territory, name: str, but: Organization | None = None) -> Organization | None:
    """The organisation of a territory that goes by this name, or by this other name, accents and case apart. One query."""
    wanted = fold(name)
    if not wanted:
        return None
    others = Organization.objects.filter(territory=territory, search__contains=wanted).order_by("pk")
    near = [one for one in others if but is None or one.pk != but.pk]
    by_name = (one for one in near if fold(one.name) == wanted)
    return next(by_name, None) or next((one for one in near if fold(one.alternate_name) == wanted), None)


def register_of(territory: Territory, *, words: str = "", kind: str = "", closed: bool = False) -> QuerySet[Organization]:
    """Organisations of a territory by name, with `people_count` (of contact, in function); those that closed when asked."""
    found = Organization.objects.filter(territory=territory)
    for word in fold(words).split():
        found = found.filter(search__contains=word)
    if kind:
        found = found.filter(kind=kind)
    if not closed:
        found = found.filter(closed_on__isnull=True)
    counted: QuerySet[Organization] = found.annotate(people_count=Count("people", filter=Q(people__ended_on__isnull=True)))
    listed: QuerySet[Organization] = counted.select_related("parent").order_by("search", "pk")
    return listed


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around one organisation."""

    number: str
    other_numbers: list[Identifier]
    services: list[Service]
    parts: list[Organization]
    places: list[Place]
    former_places: list[Place]
    people: list[Person]
    former_people: list[Person]
    memberships: list[CollectiveMembership]
    documents: list[Document]


def around(organization: Organization) -> Around:
    """Seven queries, however much there is."""
    places = list(Place.objects.filter(organization=organization).order_by("name", "pk"))
    people = list(Person.objects.filter(organization=organization).select_related("user").order_by("display_name", "pk"))
    numbers = list(organization.identifiers.order_by("scheme", "pk"))
    number = next((one.value for one in numbers if one.scheme == SCHEME), "")
    return Around(
        number=written(number) if number else "",
        other_numbers=[one for one in numbers if one.scheme != SCHEME],
        services=list(Service.objects.filter(organization=organization).order_by("search", "pk")),
        parts=list(Organization.objects.filter(parent=organization).order_by("search", "pk")),
        places=[place for place in places if place.ended_on is None],
        former_places=[place for place in places if place.ended_on is not None],
        people=[person for person in people if person.ended_on is None],
        former_people=[person for person in people if person.ended_on is not None],
        memberships=list(
            CollectiveMembership.objects.filter(organization=organization).select_related("collective").order_by("-since", "-pk")
        ),
        documents=list(Document.objects.filter(organization=organization).order_by("-added_at", "-pk")),
    )
