"""Reads on services: what a sheet says as plain values, what its scope shows on a day, the list of the team."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tissage.core.folding import fold
from tissage.core.quality import ServiceFacts
from tissage.core.vocabulary import ON_SITE
from tissage.network.models import LabelAward, Organization, Place, Qualification, Service, ServiceAtPlace, ServiceContact, ServiceTerm
from tissage.people.models import Territory

from .directory import with_freshness

WITH_EVIDENCE = (
    "evidence_award__version__scheme",
    "evidence_award__organization",
    "evidence_qualification__training",
    "evidence_document",
)
"""What `shown_scope` reads: for `select_related`, so that a list asks nothing more."""


def facts_of(service: Service, day: dt.date) -> ServiceFacts:
    """What a sheet says. Reads `terms`, `contacts` and `at_places__place`: three queries, or none once they were prefetched.

    A contact of the team only counts for nobody. An address withheld on purpose counts as given: it is told to whoever asks.
    """
    codes = codes_of(service)
    contacts = [one for one in service.contacts.all() if one.visibility != ServiceContact.Visibility.HIDDEN]
    places = [one.place for one in service.at_places.all() if one.place.ended_on is None or one.place.ended_on > day]
    physical = [one for one in places if one.kind == Place.Kind.PHYSICAL]
    in_public = [one for one in physical if one.address_visibility == Place.Visibility.PUBLIC]
    return ServiceFacts(
        status=service.status,
        area=service.area,
        receptions=codes["reception"],
        contact_modes=codes["contact_mode"],
        who_may_use=service.who_may_use,
        audiences=codes["audience"],
        themes=codes["theme"],
        has_place=bool(physical),
        has_address=any(one.street or one.address_visibility != Place.Visibility.PUBLIC for one in physical),
        address_is_whole=all(one.street and one.postal_code for one in in_public),
        has_email=any(one.email for one in contacts),
        has_phone=any(one.phone for one in contacts),
        has_link=bool(service.contact_link),
        age_days=max((day - service.assured_on).days, 0) if service.assured_on else None,
        fee=service.fee,
        fee_note=service.fee_note,
        description_length=len(service.description),
    )


TERM_KINDS = ("audience", "concerned_group", "theme", "service_kind", "reception", "contact_mode", "language")


def codes_of(service: Service) -> dict[str, frozenset[str]]:
    """The words of a service by kind; kinds without any are there, empty."""
    found: dict[str, set[str]] = {kind: set() for kind in TERM_KINDS}
    for term in service.terms.all():
        found.setdefault(term.kind, set()).add(term.code)
    return {kind: frozenset(codes) for kind, codes in found.items()}


@dataclass(frozen=True, slots=True)
class ShownScope:
    """What may be said on a day of how a service receives LGBTQIA+ people. `code` is what leaves the house, HSDS included; `sentence`, its words."""

    code: str
    sentence: str


def shown_scope(service: Service, day: dt.date) -> ShownScope:
    """`trained` while an award or a qualification is in force; the day it is no longer, « formation expirée le … » and exported as open (`network.md` §6.7).

    Asks nothing of the database when the service came with `WITH_EVIDENCE`.
    """
    scope = Service.Scope
    if service.lgbtqi_scope == scope.TRAINED:
        award, qualification = service.evidence_award, service.evidence_qualification
        if award is not None and award.is_in_force(day):
            return ShownScope(scope.TRAINED, _("personnel formé : %(label)s") % {"label": award.version.scheme.name})
        if qualification is not None and qualification.is_in_force(day):
            return ShownScope(scope.TRAINED, _("personnel formé : %(training)s") % {"training": qualification.training.title})
        ended = [one for one in (_ended(award, day), _ended(qualification, day)) if one is not None]
        if ended:
            return ShownScope(scope.OPEN, _("formation expirée le %(date)s") % {"date": date_format(max(ended), "j F Y")})
        return ShownScope(scope.OPEN, _("se déclare ouvert ; formation à confirmer"))
    words = {
        scope.DEDICATED: _("dédié aux personnes LGBTQIA+"),
        scope.OPEN: _("se déclare ouvert aux personnes LGBTQIA+"),
        scope.UNKNOWN: _("accueil des personnes LGBTQIA+ : inconnu"),
    }
    code = scope(service.lgbtqi_scope)
    return ShownScope(code, words[code])


def _ended(evidence: LabelAward | Qualification | None, day: dt.date) -> dt.date | None:
    """The day an evidence stopped being in force by its date; None while its date holds, or when something else stopped it."""
    if isinstance(evidence, LabelAward):
        ends = evidence.valid_until if evidence.status == LabelAward.Status.ACTIVE else None
        return ends if ends is not None and ends < day else None
    if evidence is None or evidence.expires_on is None or evidence.expires_on > day:
        return None
    return evidence.expires_on


def awards_in_force(organization: Organization, day: dt.date) -> QuerySet[LabelAward]:
    """The awards of an organisation that stand behind `trained` on a day."""
    awards: QuerySet[LabelAward] = LabelAward.objects.filter(
        organization=organization, status=LabelAward.Status.ACTIVE, valid_until__gte=day, granted_on__lte=day
    )
    return awards.select_related("version__scheme", "organization").order_by("version__scheme__name", "pk")


def qualifications_in_force(organization: Organization, day: dt.date) -> QuerySet[Qualification]:
    """Its qualifications that do, whoever of it holds them."""
    standing = Q(expires_on__isnull=True) | Q(expires_on__gt=day)
    held: QuerySet[Qualification] = Qualification.objects.filter(standing, organization=organization, granted_on__lte=day)
    return held.select_related("training", "organization").order_by("training__title", "-granted_on", "pk")


def team_list(
    territory: Territory,
    day: dt.date,
    *,
    words: str = "",
    organization: Organization | None = None,
    publication: str = "",
    freshness: str = "",
    incomplete: bool = False,
    archived: bool = False,
) -> QuerySet[Service]:
    """The services of a territory as its team works on them, by organisation and name, with `freshness_state` and `is_incomplete`."""
    found = Service.objects.filter(territory=territory)
    for word in fold(words).split():
        found = found.filter(Q(search__contains=word) | Q(organization__search__contains=word))
    if organization is not None:
        found = found.filter(organization=organization)
    if publication:
        found = found.filter(publication=publication)
    elif not archived:
        found = found.exclude(publication=Service.Publication.ARCHIVED)
    annotated = with_freshness(with_gaps(found, day), day)
    if freshness:
        annotated = annotated.filter(freshness_state=freshness)
    if incomplete:
        annotated = annotated.filter(is_incomplete=True)
    return annotated.select_related("organization").order_by("organization__search", "search", "pk")


def with_gaps(services: Any, day: dt.date) -> Any:
    """Adds `is_incomplete`: the gate of `core.publication_gate` said in SQL; a test holds the two to the same answer."""

    def has_term(kind: str, **more: str) -> Exists:
        return Exists(ServiceTerm.objects.filter(service=OuterRef("pk"), kind=kind, **more))

    standing = ServiceAtPlace.objects.filter(Q(place__ended_on__isnull=True) | Q(place__ended_on__gt=day), service=OuterRef("pk"))
    physical = standing.filter(place__kind=Place.Kind.PHYSICAL)
    in_public = physical.filter(place__address_visibility=Place.Visibility.PUBLIC)
    half = in_public.filter(Q(place__street="") | Q(place__postal_code=""))
    reached = ServiceContact.objects.filter(service=OuterRef("pk")).exclude(visibility=ServiceContact.Visibility.HIDDEN)
    gaps = (
        Q(status=Service.Status.DEFUNCT)
        | ~Exists(reached)
        | Q(area="")
        | ~has_term("reception")
        | ~has_term("audience")
        | ~has_term("theme")
        | (has_term("reception", code=ON_SITE) & (~Exists(physical) | Exists(half)))
    )
    said = Case(When(gaps, then=Value(True)), default=Value(False), output_field=BooleanField())
    return services.annotate(is_incomplete=said)
