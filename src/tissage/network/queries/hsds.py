"""What the open interface reads: listed services of every public territory, their organisations and places, filtered; a constant number of queries.

The widest filters are given by SQL; what a record says of each row is read from what was loaded with it.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, FloatField, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Cast

from tissage.core.folding import fold
from tissage.core.quality import quality_score
from tissage.core.shown_places import AREA_ONLY, PUBLIC
from tissage.network.models import Identifier, Organization, OrganizationMerge, Service, ServiceAtPlace, ServiceContact, ServiceTerm

from .directory import listed_services
from .postcodes import centroid
from .services import WITH_EVIDENCE, facts_of, shown_scope

METRES_A_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters, all of which hold at once. `terms`: groups of (kind, codes), one of the codes of each; `nothing`: a filter that names what does not exist."""

    search: str = ""
    terms: tuple[tuple[str, frozenset[str] | None], ...] = ()
    organization: UUID | None = None
    modified_after: dt.datetime | None = None
    nothing: bool = field(default=False)


def services(wanted: Wanted, day: dt.date) -> QuerySet[Service]:
    """Listed services that answer the filters, in a total order."""
    found = listed_services(None, day)
    if wanted.nothing:
        return found.none()
    for word in fold(wanted.search).split():
        found = found.filter(Q(search__contains=word) | Q(organization__search__contains=word))
    for kind, codes in wanted.terms:
        said = ServiceTerm.objects.filter(service=OuterRef("pk"), kind=kind)
        found = found.filter(Exists(said if codes is None else said.filter(code__in=codes)))
    if wanted.organization:
        found = found.filter(organization__uuid=kept(wanted.organization))
    if wanted.modified_after:
        found = found.filter(modified_at__gte=wanted.modified_after)
    return found


def services_by_key(keys: Iterable[int]) -> QuerySet[Service]:
    return loaded(Service.objects.filter(pk__in=list(keys)))


def loaded(found: QuerySet[Service]) -> QuerySet[Service]:
    """With everything a record says: organisation, contacts, words of the vocabulary, evidence of the scope, places."""
    return found.select_related("organization__parent", *WITH_EVIDENCE).prefetch_related(*_parts())


def _parts(of: str = "") -> list[Prefetch[Any]]:
    """What hangs on a service, in an order that needs no other table."""
    return [
        Prefetch(f"{of}organization__identifiers", Identifier.objects.order_by("pk")),
        Prefetch(f"{of}contacts", ServiceContact.objects.order_by("pk")),
        Prefetch(f"{of}terms", ServiceTerm.objects.order_by("kind", "code")),
        Prefetch(f"{of}at_places", ServiceAtPlace.objects.select_related("place").order_by("place__name", "pk")),
    ]


def minimal(found: QuerySet[Service]) -> QuerySet[Service]:
    return found.select_related(None).only("uuid", "modified_at")


def at_places(wanted: Wanted, day: dt.date, *, postcode: str = "", metres: float | None = None) -> QuerySet[ServiceAtPlace]:
    """Where listed services receive. By postal code: places that show theirs. Within a distance of the middle of one: public places only (`network.md` §6.6)."""
    listed = services(wanted, day).order_by().values("pk")
    standing = Q(place__ended_on__isnull=True) | Q(place__ended_on__gt=day)
    found = ServiceAtPlace.objects.filter(standing, service__in=listed).order_by("service__name", "pk")
    if metres is not None:
        return _within(found, postcode, metres)
    if postcode:
        found = found.filter(place__postal_code=postcode, place__address_visibility__in=(PUBLIC, AREA_ONLY))
    return found


def places_by_key(keys: Iterable[int]) -> QuerySet[ServiceAtPlace]:
    return with_services(ServiceAtPlace.objects.filter(pk__in=list(keys)))


def with_services(found: QuerySet[ServiceAtPlace]) -> QuerySet[ServiceAtPlace]:
    """With their service, as records of a list say it."""
    of = "service__"
    return found.select_related("place", *(of + one for one in ("organization__parent", *WITH_EVIDENCE))).prefetch_related(*_parts(of))


def _within(found: QuerySet[ServiceAtPlace], postcode: str, metres: float) -> QuerySet[ServiceAtPlace]:
    """Distance on a flat map around the centre: within Belgium it is right to a thousandth."""
    centre = centroid(postcode)
    if centre is None:
        return found.none()
    latitude, longitude = (float(one) for one in centre)
    north = (Cast(F("place__latitude"), FloatField()) - latitude) * METRES_A_DEGREE
    east = (Cast(F("place__longitude"), FloatField()) - longitude) * (METRES_A_DEGREE * math.cos(math.radians(latitude)))
    shown = found.filter(place__address_visibility=PUBLIC, place__latitude__isnull=False, place__longitude__isnull=False)
    return shown.annotate(square=north * north + east * east).filter(square__lte=metres * metres)


def organizations(day: dt.date, *, search: str = "") -> QuerySet[Organization]:
    """Organisations of listed services, and the structures these depend on."""
    listed = listed_services(None, day).order_by()
    found = Organization.objects.filter(
        Q(Exists(listed.filter(organization=OuterRef("pk"))))
        | Q(Exists(listed.filter(organization__parent=OuterRef("pk"))))
        | Q(Exists(listed.filter(organization__parent__parent=OuterRef("pk"))))
    )
    for word in fold(search).split():
        found = found.filter(search__contains=word)
    return found.select_related("parent").prefetch_related("identifiers").order_by("search", "pk")


def with_own_services(found: QuerySet[Organization], day: dt.date) -> QuerySet[Organization]:
    """With the listed services of each, on `own_services`."""
    return found.prefetch_related(Prefetch("services", queryset=loaded(listed_services(None, day)), to_attr="own_services"))


def kept(organization: UUID) -> UUID:
    """The identifier of an organisation, or of the one that absorbed its sheet, however often that one was absorbed in turn."""
    seen = {organization}
    while (
        row := OrganizationMerge.objects.filter(merged_uuid=organization).values_list("kept__uuid", flat=True).first()
    ) and row not in seen:
        organization = row
        seen.add(row)
    return organization


def scope_of(service: Service, day: dt.date) -> str:
    """The scope that may be said of a service on a day: `trained` only while its evidence is in force."""
    return shown_scope(service, day).code


def score_of(service: Service, day: dt.date) -> float:
    return quality_score(facts_of(service, day)).score
