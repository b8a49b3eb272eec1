"""What the open interface of the directory asks in its addresses: identifiers of the standard, none of which a closed territory shows."""

from __future__ import annotations


def open_interface(territory) -> dict[str, object]:
    from tissage.network.exchange.hsds.identities import taxonomy_id, term_id
    from tissage.network.models import Organization, Service, ServiceAtPlace

    service = Service.objects.filter(territory=territory).first()
    at = ServiceAtPlace.objects.filter(service__territory=territory).first()
    nobody = "00000000-0000-4000-8000-000000000000"
    return {
        "service_id": service.uuid if service else nobody,
        "organization_id": Organization.objects.filter(territory=territory).first().uuid,
        "service_at_location_id": at.uuid if at else nobody,
        "taxonomy_id": taxonomy_id("theme"),
        "taxonomy_term_id": term_id("theme", "sante"),
        "elsewhere": "rien/du/tout",
    }


def every_identifier() -> dict[str, set[object]]:
    """Everything there is, of every territory, for the crawl."""
    from tissage.network.exchange.hsds.identities import taxonomy_id, term_id
    from tissage.network.models import Organization, Service, ServiceAtPlace

    nobody = {"00000000-0000-4000-8000-000000000000"}
    return {
        "service_id": set(Service.objects.values_list("uuid", flat=True)) or nobody,
        "organization_id": set(Organization.objects.values_list("uuid", flat=True)) or nobody,
        "service_at_location_id": set(ServiceAtPlace.objects.values_list("uuid", flat=True)) or nobody,
        "taxonomy_id": {taxonomy_id("theme")},
        "taxonomy_term_id": {term_id("theme", "sante")},
        "elsewhere": {"rien/du/tout"},
    }
