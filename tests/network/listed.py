"""Listed services of a public territory, for tests of what leaves the house."""

from __future__ import annotations

import itertools
from typing import Any

from django.utils import timezone

from tests.conftest import NOW
from tissage.network.models import Organization, Place, Service, ServiceAtPlace, ServiceContact, ServiceTerm
from tissage.people.models import Territory

_numbers = itertools.count(1)


def public_territory(slug: str = "mons", name: str = "Mons") -> Territory:
    return Territory.objects.create(slug=slug, name=name, visibility=Territory.Visibility.PUBLIC)


def organization_of(territory: Territory, **given: Any) -> Organization:
    return Organization.objects.create(territory=territory, **{"name": f"Organisation {next(_numbers)}", **given})


def listed_service(organization: Organization, *, terms: dict[str, list[str]] | None = None, **given: Any) -> Service:
    """A service that passed its checks today."""
    said = {
        "name": f"Service {next(_numbers)}",
        "publication": "published",
        "assured_on": timezone.localdate(),
        "created_at": NOW,
        "modified_at": NOW,
        **given,
    }
    service = Service.objects.create(territory=organization.territory, organization=organization, **said)
    for kind, codes in (terms or {"audience": ["tous-publics"]}).items():
        ServiceTerm.objects.bulk_create(ServiceTerm(service=service, kind=kind, code=code) for code in codes)
    return service


def received_at(service: Service, level: str = "public", **given: Any) -> ServiceAtPlace:
    hours = {name: given.pop(name) for name in ("opening_hours", "valid_from", "valid_to", "note") if name in given}
    said = {
        "name": f"Lieu {next(_numbers)}",
        "street": "rue Haute 1",
        "postal_code": "7000",
        "nis_code": "53053",
        "latitude": "50.45420",
        "longitude": "3.95670",
        "public_area_label": "centre de Mons",
        **given,
    }
    place = Place.objects.create(territory=service.territory, organization=service.organization, address_visibility=level, **said)
    return ServiceAtPlace.objects.create(service=service, place=place, **hours)


def whole_service(organization: Organization, **given: Any) -> Service:
    """A service that says everything it can."""
    said = {
        "description": "Écoute et orientation. " * 12,
        "area": "Mons et environs",
        "audience_note": "sur rendez-vous",
        "min_age": 16,
        "max_age": 99,
        "who_may_use": "both",
        "contact_link": "https://exemple.be/rendez-vous",
        "application_process": "Téléphoner d’abord.",
        "required_documents": "Aucun.",
        "fee": "conditional",
        "fee_note": "selon les revenus",
        "interpretation": "on_request",
        "alert": "Fermé le 2 janvier",
        "capacity": "waiting_list",
        "lgbtqi_scope": "dedicated",
    }
    terms = {
        "audience": ["tous-publics"],
        "concerned_group": ["lgbtqia"],
        "theme": ["sante"],
        "contact_mode": ["telephoner"],
        "reception": ["en-presentiel"],
        "language": ["fr", "nl"],
    }
    service = listed_service(organization, terms=terms, **{**said, **given})
    ServiceContact.objects.create(service=service, label="Accueil", phone="065 00 00 00", email="accueil@exemple.be", languages=["fr"])
    received_at(
        service, opening_hours="Mo-Fr 09:00-12:00,13:30-17:00; Sa 10:00-12:00; PH off", note="Sonnette du bas", accessibility="Rampe"
    )
    return service
