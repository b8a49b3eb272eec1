"""A directory of N services, written in bulk: names, words of the vocabulary, contacts and places as a region has them."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from bench.base import settle
from tissage.core.folding import fold
from tissage.core.vocabulary import AUDIENCE, CONCERNED_GROUP, CONTACT_MODE, RECEPTION, SERVICE_KIND, THEME
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.models import Organization, Place, Service, ServiceAtPlace, ServiceContact, ServiceTerm
from tissage.network.queries.postcodes import postcodes
from tissage.people.models import Territory

NEEDS = (
    "Écoute",
    "Aide juridique",
    "Logement",
    "Dépistage",
    "Accompagnement social",
    "Insertion",
    "Soutien scolaire",
    "Consultation",
    "Colis alimentaires",
    "Médiation",
)
LEVELS = (Place.Visibility.PUBLIC, Place.Visibility.PUBLIC, Place.Visibility.AREA_ONLY, Place.Visibility.ON_REQUEST, Place.Visibility.NEVER)


def directory_of(count: int) -> Territory:
    """A public territory with this many listed services, ten to an organisation, one place each."""
    territory, made = Territory.objects.get_or_create(
        slug=f"annuaire-{count}", defaults={"name": f"Annuaire {count}", "visibility": Territory.Visibility.PUBLIC}
    )
    if not made:
        return territory
    now, today = timezone.now(), timezone.localdate()
    names = [f"Association {number}" for number in range(max(1, count // 10))]
    houses = Organization.objects.bulk_create(Organization(territory=territory, name=name, search=fold(name)) for name in names)
    words, codes = vocabulary(), list(postcodes().values())
    services = []
    for number in range(count):
        name = f"{NEEDS[number % 10]} {number}"
        said = f"{name} : un accueil sans rendez-vous, des personnes formées et un suivi. " * 4
        services.append(
            Service(
                territory=territory, organization=houses[number % len(houses)], name=name, short_description=name, description=said, area="Région",
                publication="published", assured_on=today - dt.timedelta(days=number % 200), fee="free", who_may_use="public",
                created_at=now, modified_at=now, search=fold(f"{name} {said}"),
            )
        )  # fmt: skip
    services = Service.objects.bulk_create(services, batch_size=1000)
    places, terms, contacts = [], [], []
    for number, service in enumerate(services):
        code = codes[number * 7 % len(codes)]
        places.append(
            Place(
                territory=territory, organization=service.organization, name=f"Lieu {number}", address_visibility=LEVELS[number % 5],
                street=f"rue de la Mesure {number}", postal_code=code.code, latitude=code.latitude, longitude=code.longitude,
                public_area_label=code.municipality,
            )
        )  # fmt: skip
        for kind in (AUDIENCE, CONCERNED_GROUP, THEME, SERVICE_KIND, RECEPTION, CONTACT_MODE):
            known = words.of_kind(kind)
            terms.append(ServiceTerm(service=service, kind=kind, code=known[number % len(known)].code))
        contacts.append(ServiceContact(service=service, label="Accueil", phone="065 00 00 00", email=f"accueil{number}@exemple.be"))
    Place.objects.bulk_create(places, batch_size=1000)
    ServiceTerm.objects.bulk_create(terms, batch_size=2000)
    ServiceContact.objects.bulk_create(contacts, batch_size=2000)
    ServiceAtPlace.objects.bulk_create(
        (ServiceAtPlace(service=service, place=place, opening_hours="Mo-Fr 09:00-12:00,13:30-17:00") for service, place in zip(services, places, strict=True)),
        batch_size=2000,
    )  # fmt: skip
    settle()
    return territory
