"""Reads on what must be checked: which services are due, whom to ask, what a link of a review opens (`network.md` §6.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Prefetch, Q

from tissage.core.freshness import MOST_BOUNCES, State, freshness
from tissage.core.tokens import hash_token
from tissage.network.models import Organization, Person, ReviewAnswer, ReviewRequest, Service
from tissage.network.models.services import ServiceQuerySet
from tissage.people.models import Membership, Territory

from .directory import with_freshness

Outcome = ReviewAnswer.Outcome
GIVEN_UP = (Outcome.SILENT, Outcome.BOUNCED)


class LinkState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    EXPIRED = "expired"


def services_to_check(day: dt.date) -> ServiceQuerySet:
    """Published services of open organisations whose check is due or late, those that nobody reads any more included."""
    found = Service.objects.published().exclude(status=Service.Status.DEFUNCT)
    found = found.filter(Q(organization__closed_on__isnull=True) | Q(organization__closed_on__gt=day))
    listed: ServiceQuerySet = with_freshness(found, day).exclude(freshness_state=State.FRESH)
    return listed.select_related("organization__territory").order_by("organization__search", "organization", "name", "pk")


def services_to_ask_about(day: dt.date) -> ServiceQuerySet:
    """Of these, those that a mail may ask about: no second bounce, and no silence since the last check (the coordinator then asks again, or not)."""
    answers = ReviewAnswer.objects.filter(service=OuterRef("pk"), outcome__in=GIVEN_UP).order_by()
    since = Q(request__first_sent_at__date__gte=OuterRef("assured_on")) | Q(service__assured_on__isnull=True)
    asked: ServiceQuerySet = services_to_check(day).filter(bounces__lt=MOST_BOUNCES).exclude(Exists(answers.filter(since)))
    return asked


def addresses_of(organizations: Iterable[int]) -> dict[int, str]:
    """Where each organisation is asked: its own address, else that of the first account that speaks for it. Those without one are absent."""
    wanted = list(organizations)
    known = dict(Organization.objects.filter(pk__in=wanted).exclude(email="").values_list("pk", "email"))
    partners = Membership.objects.open().filter(role=Membership.Role.PARTNER)
    cards = Person.objects.filter(organization__in=wanted, ended_on__isnull=True, user__is_active=True).order_by("-pk")
    speaking = cards.filter(Exists(partners.filter(user=OuterRef("user"), territory=OuterRef("territory"))))
    accounts = {int(organization or 0): str(email or "") for organization, email in speaking.values_list("organization", "user__email")}
    return {**accounts, **known}


def find_review(token: str) -> ReviewRequest | None:
    """The review that this secret opens, or opened before a newer mail."""
    held = hash_token(token)
    found = ReviewRequest.objects.select_related("organization__territory").filter(Q(token_hash=held) | Q(previous_hash=held))
    return found.order_by("pk").first()


def answers_of(review: ReviewRequest) -> list[ReviewAnswer]:
    """Its services with what a sheet says of them, by name; none that left the house's hands meanwhile."""
    services = Service.objects.prefetch_related("contacts", "at_places__place", "terms")
    rows = ReviewAnswer.objects.filter(request=review).prefetch_related(Prefetch("service", queryset=services))
    return list(rows.order_by("service__name", "pk"))


def state_of(review: ReviewRequest, answers: Iterable[ReviewAnswer], now: dt.datetime) -> LinkState:
    if now >= review.expires_at:
        return LinkState.EXPIRED
    waits = any(answer.outcome == Outcome.WAITING for answer in answers)
    return LinkState.OPEN if waits else LinkState.ANSWERED


@dataclass(frozen=True, slots=True)
class ToCheck:
    """An organisation whose services wait to be checked, and what was tried. `review`: the open one, else the last."""

    organization: Organization
    services: tuple[Service, ...]
    address: str
    review: ReviewRequest | None
    hidden: int

    @property
    def is_asked(self) -> bool:
        return self.review is not None and self.review.ended_at is None

    @property
    def is_silent(self) -> bool:
        """Every mail left, and nothing came back."""
        return self.review is not None and self.review.ended_at is not None

    @property
    def bounces(self) -> int:
        return max((service.bounces for service in self.services), default=0)


def to_check(territory: Territory, day: dt.date) -> list[ToCheck]:
    """What nobody confirmed, by organisation: those with services that nobody reads any more first, then the latest checks."""
    services: dict[int, list[Service]] = {}
    for service in services_to_check(day).filter(territory=territory):
        services.setdefault(service.organization_id, []).append(service)
    addresses = addresses_of(services)
    reviews: dict[int, ReviewRequest] = {}
    for review in ReviewRequest.objects.filter(organization__in=services).order_by(F("ended_at").asc(nulls_last=True), "pk"):
        if review.organization_id not in reviews or reviews[review.organization_id].ended_at is not None:
            reviews[review.organization_id] = review
    found = [
        ToCheck(
            organization=mine[0].organization,
            services=tuple(mine),
            address=addresses.get(pk, ""),
            review=reviews.get(pk),
            hidden=sum(freshness(one.assured_on, one.review_every, day, one.bounces).state == State.HIDDEN for one in mine),
        )
        for pk, mine in services.items()
    ]
    return sorted(found, key=lambda one: (-one.hidden, one.organization.search, one.organization.pk))


def count_forgotten(territories: Iterable[Territory], day: dt.date) -> dict[int, tuple[int, int]]:
    """By territory: how many services are marked as not checked for long, and how many nobody reads any more. One query."""
    rows = services_to_check(day).filter(territory__in=list(territories), freshness_state__in=(State.STALE, State.HIDDEN))
    counts: dict[int, tuple[int, int]] = {}
    for territory, state in rows.order_by().values_list("territory", "freshness_state"):
        stale, hidden = counts.get(territory, (0, 0))
        counts[territory] = (stale + (state == State.STALE), hidden + (state == State.HIDDEN))
    return counts
