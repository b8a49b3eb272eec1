"""Searching the listed services: by need, audience, concerned group, language, kind of organisation and place, in plain SQL."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When

from tissage.core.folding import fold
from tissage.core.vocabulary import AUDIENCE, CONCERNED_GROUP, SERVICE_KIND, THEME, Vocabulary
from tissage.network.models import Place, Service, ServiceAtPlace, ServiceTerm
from tissage.network.models.services import ServiceQuerySet
from tissage.people.models import Territory

from .postcodes import postcodes

LANGUAGE = "language"
KM_PER_DEGREE = 111.2
SMALL_WORDS = frozenset(
    [
        "au",
        "aux",
        "avec",
        "chez",
        "dans",
        "de",
        "des",
        "du",
        "en",
        "et",
        "je",
        "la",
        "le",
        "les",
        "ma",
        "mes",
        "mon",
        "ou",
        "par",
        "pas",
        "pour",
        "que",
        "qui",
        "sans",
        "se",
        "son",
        "sur",
        "un",
        "une",
        "vos",
        "votre",
    ]
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. Codes of the vocabulary, an ISO language, four digits; `km`: how far from the middle of that postal code, 0 for in it."""

    words: str = ""
    theme: str = ""
    audience: str = ""
    concerned_group: str = ""
    language: str = ""
    organization_kind: str = ""
    postal_code: str = ""
    km: int = 0

    @property
    def is_anything(self) -> bool:
        return self != Wanted()


def search(services: ServiceQuerySet, wanted: Wanted, vocabulary: Vocabulary) -> ServiceQuerySet:
    """Of these services, those that meet all that is wanted."""
    for word in need_words(wanted.words):
        services = services.filter(_says(word, vocabulary))
    for kind, code in (
        (THEME, wanted.theme),
        (AUDIENCE, wanted.audience),
        (CONCERNED_GROUP, wanted.concerned_group),
        (LANGUAGE, wanted.language),
    ):
        if code:
            codes = vocabulary.with_children(kind, code) if kind == THEME else {code}
            services = services.filter(Exists(_terms().filter(kind=kind, code__in=codes)))
    if wanted.organization_kind:
        services = services.filter(organization__kind=wanted.organization_kind)
    if wanted.postal_code:
        services = services.filter(Exists(_near(wanted.postal_code, wanted.km)))
    return services


def need_words(words: str) -> list[str]:
    """The words that count of a need, folded, without their plural: « des formations gratuites » gives « formation » and « gratuite ».

    >>> need_words("Des formations pour l’été")
    ['formation', 'ete']
    """
    typed = fold(words).replace("’", " ").replace("'", " ").split()
    return [word[:-1] if len(word) > 4 and word[-1] in "sx" else word for word in typed if len(word) > 1 and word not in SMALL_WORDS]


def _says(word: str, vocabulary: Vocabulary) -> Q:
    """The service says the word, or its organisation, or a term it bears."""
    told = Q(search__contains=word) | Q(organization__search__contains=word)
    codes = {
        term.code for term in vocabulary.terms if term.kind in (THEME, AUDIENCE, CONCERNED_GROUP, SERVICE_KIND) and word in fold(term.label)
    }
    for code in [term.code for term in vocabulary.of_kind(THEME) if term.code in codes]:
        codes |= vocabulary.with_children(THEME, code)
    return told | Q(Exists(_terms().filter(code__in=codes))) if codes else told


def _terms() -> QuerySet[ServiceTerm]:
    return ServiceTerm.objects.filter(service=OuterRef("pk")).order_by()


def _near(postal_code: str, km: int) -> QuerySet[ServiceAtPlace]:
    """Places of a service in a postal code, or around it. One whose address is never given answers to neither, one that is not public to no distance:
    asking often enough would tell where it is (`network.md` §6.6)."""
    here = ServiceAtPlace.objects.filter(service=OuterRef("pk"), place__ended_on__isnull=True).order_by()
    if km:
        return here.filter(place__address_visibility=Place.Visibility.PUBLIC, place__postal_code__in=codes_within(postal_code, km))
    return here.exclude(place__address_visibility=Place.Visibility.NEVER).filter(place__postal_code=postal_code)


@lru_cache(maxsize=512)
def codes_within(postal_code: str, km: int) -> frozenset[str]:
    """Postal codes whose middle is at most so many kilometres from the middle of this one, itself included."""
    every = postcodes()
    middle = every.get(postal_code)
    if middle is None:
        return frozenset({postal_code})
    latitude, longitude = float(middle.latitude), float(middle.longitude)
    shrink = math.cos(math.radians(latitude))
    return frozenset(
        one.code
        for one in every.values()
        if math.hypot(float(one.latitude) - latitude, (float(one.longitude) - longitude) * shrink) * KM_PER_DEGREE <= km
    )


@dataclass(frozen=True, slots=True)
class InUse:
    """How many of these services bear each term, by kind then code; how many each family of themes holds, and each kind of organisation."""

    terms: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    families: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)

    def of(self, kind: str) -> Mapping[str, int]:
        return self.terms.get(kind, {})


def in_use(services: ServiceQuerySet, vocabulary: Vocabulary) -> InUse:
    """What one can browse by. Three queries."""
    rows = _rows(services)
    terms: dict[str, dict[str, int]] = {}
    for kind, code, number in rows.values_list("kind", "code").annotate(n=Count("pk")).order_by("kind", "code"):
        terms.setdefault(kind, {})[code] = number
    family = Case(
        *(When(code__in=vocabulary.with_children(THEME, top.code), then=Value(top.code)) for top, _under in vocabulary.families()),
        output_field=CharField(),
    )
    themes = rows.filter(kind=THEME).annotate(family=family).exclude(family=None)
    families = dict(themes.values_list("family").annotate(n=Count("service", distinct=True)).order_by("family"))
    kinds = dict(services.values_list("organization__kind").annotate(n=Count("pk")).order_by("organization__kind"))
    return InUse(terms, families, kinds)


def offered(territory: Territory) -> dict[str, set[str]]:
    """What a filter can offer: the codes that published services of a territory bear, by kind, and under `genre` their organisations' kinds. Two queries.

    A service that nobody checked for long counts too: asking day by day, as a search does, would cost more than the search.
    """
    services = Service.objects.published().filter(territory=territory).order_by()
    found: dict[str, set[str]] = {"genre": set(services.values_list("organization__kind", flat=True).distinct())}
    rows = ServiceTerm.objects.filter(service__territory=territory, service__publication=Service.Publication.PUBLISHED)
    for kind, code in rows.order_by().values_list("kind", "code").distinct():
        found.setdefault(kind, set()).add(code)
    return found


def _rows(services: ServiceQuerySet) -> QuerySet[ServiceTerm]:
    return ServiceTerm.objects.filter(service__in=services.order_by().values("pk")).order_by()
