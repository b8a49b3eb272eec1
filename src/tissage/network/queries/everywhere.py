"""The directories of every public territory together: organisations by region and kind, as the page this came from does."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length

from tissage.network.models import Organization, Place
from tissage.people.models import Territory

from .directory import listed_services

RANGES = {
    "brussels": (("1000", "1299"),),
    "flanders": (("1500", "3999"), ("8000", "9999")),
    "wallonia": (("1300", "1499"), ("4000", "7999")),
}
"""Postal codes of each region, as `queries.postcodes.region_of` says them; compared as text of four characters."""


def listed_organizations(day: dt.date) -> QuerySet[Organization]:
    """Organisations with a listed service in a public territory, by name, with `services`, how many."""
    services = listed_services(None, day).order_by()
    mine = services.filter(organization=OuterRef("pk")).values("organization").annotate(n=Count("pk")).values("n")
    found = Organization.objects.filter(pk__in=services.values("organization")).select_related("territory")
    counted: QuerySet[Organization] = found.annotate(services_count=Coalesce(Subquery(mine), 0)).order_by("search", "pk")
    return counted


def in_region(organizations: QuerySet[Organization], region: str) -> QuerySet[Organization]:
    """Those with a place in a region. A place whose address is never given says nothing of it."""
    return organizations.filter(Exists(_places(region)))


def _places(region: str) -> QuerySet[Place]:
    ranges = Q()
    for first, last in RANGES[region]:
        ranges |= Q(postal_code__gte=first, postal_code__lte=last)
    places = Place.objects.filter(organization=OuterRef("pk"), ended_on__isnull=True).exclude(address_visibility=Place.Visibility.NEVER)
    here: QuerySet[Place] = places.alias(digits=Length("postal_code")).filter(ranges, digits=4).order_by()
    return here


@dataclass(frozen=True, slots=True)
class Overview:
    """How many organisations a region and a kind hold; every territory with a directory."""

    regions: dict[str, int]
    kinds: dict[str, int]
    total: int
    territories: list[Territory]


def overview(day: dt.date) -> Overview:
    """Four queries, and one a region: always as many."""
    organizations = Organization.objects.filter(pk__in=listed_services(None, day).order_by().values("organization")).order_by()
    kinds = dict(organizations.values_list("kind").annotate(n=Count("pk")).order_by("kind"))
    territories = Territory.objects.filter(pk__in=organizations.values("territory")).order_by("name", "pk")
    regions = {region: in_region(organizations, region).count() for region in RANGES}
    return Overview(regions, kinds, sum(kinds.values()), list(territories))
