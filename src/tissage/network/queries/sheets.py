"""What a sheet of the directory says of a service, for whoever reads it: addresses and contacts are let out here, and only by their level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from tissage.core.freshness import Freshness
from tissage.core.shown_places import ShownPlace, shown_place
from tissage.core.vocabulary import AUDIENCE, CONCERNED_GROUP, CONTACT_MODE, EVERYBODY, RECEPTION, SERVICE_KIND, THEME, Vocabulary
from tissage.network.exchange.opening_hours import weekly
from tissage.network.languages import in_order, language_words
from tissage.network.models import LabelAward, Place, Service, ServiceAtPlace, ServiceContact
from tissage.network.models.services import ServiceQuerySet
from tissage.people.models import Territory

from .directory import freshness_of
from .directory_search import LANGUAGE
from .postcodes import postcodes
from .services import ShownScope, shown_scope


@dataclass(frozen=True, slots=True)
class Where:
    """A place as it may be said. `lines`: street and town, or the area; `hours`: (days, spans) in words."""

    shown: ShownPlace
    lines: tuple[str, ...]
    hours: tuple[tuple[str, str], ...] = ()
    note: str = ""
    accessibility: str = ""
    ask_again_after: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A service in a list. `where`: « 7000 Mons », never more than its level lets out."""

    service: Service
    where: tuple[str, ...]
    themes: tuple[str, ...]
    freshness: Freshness


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about one service, in words of the screen."""

    service: Service
    where: tuple[Where, ...]
    contacts: tuple[ServiceContact, ...]
    kinds: tuple[str, ...]
    themes: tuple[str, ...]
    audiences: tuple[str, ...]
    concerned_groups: tuple[str, ...]
    contact_modes: tuple[str, ...]
    receptions: tuple[str, ...]
    languages: tuple[str, ...]
    scope: ShownScope
    freshness: Freshness
    alert: str

    @property
    def is_for_everybody(self) -> bool:
        return not self.audiences


def with_parts(services: ServiceQuerySet) -> ServiceQuerySet:
    """Services with what a card or a sheet reads: three more queries, however many they are."""
    places = ServiceAtPlace.objects.select_related("place").order_by("place__name", "pk")
    contacts = ServiceContact.objects.order_by("pk")
    return services.prefetch_related("terms", Prefetch("at_places", places), Prefetch("contacts", contacts))


def card_of(service: Service, vocabulary: Vocabulary, day: dt.date) -> Card:
    """A prefetched service in a list."""
    towns = {_town(_shown(at.place)): None for at in service.at_places.all() if _stands(at, day)}
    return Card(service, tuple(town for town in towns if town), _words(service, vocabulary, THEME)[:4], freshness_of(service, day))


def sheet_of(service: Service, vocabulary: Vocabulary, day: dt.date, *, levels: Iterable[str]) -> Sheet:
    """A prefetched service. `levels`: the visibilities of contacts that the reader may see."""
    wanted = set(levels)
    audiences = tuple(term for term in _codes(service, AUDIENCE) if term != EVERYBODY)
    return Sheet(
        service=service,
        where=tuple(_where(at) for at in service.at_places.all() if _stands(at, day)),
        contacts=tuple(one for one in service.contacts.all() if one.visibility in wanted),
        kinds=_words(service, vocabulary, SERVICE_KIND),
        themes=_words(service, vocabulary, THEME),
        audiences=tuple(vocabulary.labels(AUDIENCE, audiences)),
        concerned_groups=_words(service, vocabulary, CONCERNED_GROUP),
        contact_modes=_words(service, vocabulary, CONTACT_MODE),
        receptions=_words(service, vocabulary, RECEPTION),
        languages=tuple(language_words(code) for code in in_order(_codes(service, LANGUAGE))),
        scope=shown_scope(service, day),
        freshness=freshness_of(service, day),
        alert=service.alert if service.alert_until is None or service.alert_until >= day else "",
    )


PUBLIC_LEVELS = (ServiceContact.Visibility.PUBLIC,)
MEMBER_LEVELS = (ServiceContact.Visibility.PUBLIC, ServiceContact.Visibility.PROFESSIONALS)


def shown(place: Place) -> ShownPlace:
    """What of a place may leave the house."""
    return _shown(place)


def place_lines(found: ShownPlace) -> tuple[str, ...]:
    """How a shown place is written: its name, its street, its town; or its area."""
    return tuple(line for line in (found.name, found.street, _town(found)) if line)


def awards_listed(territory: Territory, day: dt.date) -> list[LabelAward]:
    """Labels in force whose holder accepted to be listed, by label then name."""
    awards = LabelAward.objects.filter(
        organization__territory=territory, status=LabelAward.Status.ACTIVE, list_publicly=True, valid_until__gte=day, granted_on__lte=day
    )
    rows = awards.select_related("version__scheme__owner", "organization", "place")
    return list(rows.order_by("version__scheme__name", "version__scheme", "organization__search", "pk"))


def _stands(at: ServiceAtPlace, day: dt.date) -> bool:
    return (at.place.ended_on is None or at.place.ended_on > day) and (at.valid_from is None or at.valid_from <= day)


def _shown(place: Place) -> ShownPlace:
    return shown_place(
        place.address_visibility,
        name=place.name,
        street=place.street,
        postal_code=place.postal_code,
        area=place.public_area_label,
        latitude=place.latitude,
        longitude=place.longitude,
    )


def _town(found: ShownPlace) -> str:
    known = postcodes().get(found.postal_code)
    town = f"{found.postal_code} {known.municipality}" if known else found.postal_code
    return " · ".join(part for part in (town, found.area if found.is_withheld else "") if part)


def _where(at: ServiceAtPlace) -> Where:
    found = _shown(at.place)
    return Where(
        shown=found,
        lines=place_lines(found),
        hours=tuple((days, spans) for days, spans in weekly(at.opening_hours)) if at.opening_hours else (),
        note="" if found.is_withheld else at.note,
        accessibility="" if found.is_withheld else at.place.accessibility,
        ask_again_after=at.valid_to,
    )


def _codes(service: Service, kind: str) -> list[str]:
    return [term.code for term in service.terms.all() if term.kind == kind]


def _words(service: Service, vocabulary: Vocabulary, kind: str) -> tuple[str, ...]:
    return tuple(vocabulary.labels(kind, _codes(service, kind)))
