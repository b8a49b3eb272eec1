"""Reads on labels: the list, who holds one and in which state on a day, what is met, what everybody may read, what waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from tissage.core.shown_places import ShownPlace, shown_place
from tissage.network.models import (
    LabelAward,
    LabelFulfilment,
    LabelReport,
    LabelRequirement,
    LabelScheme,
    LabelVersion,
    Organization,
    TrainingSession,
)
from tissage.network.models.labels import EXPIRING_DAYS
from tissage.people.models import Territory

Status, State = LabelAward.Status, LabelAward.State
PENDING = (Status.APPLIED, Status.IN_TRAINING, Status.PROPOSED)
"""Asked, and not yet decided."""
KINDS = {State.ACTIVE: "done", State.EXPIRING: "late", State.EXPIRED: "overdue", State.SUSPENDED: "cancelled", State.WITHDRAWN: "closed"}


@dataclass(frozen=True, slots=True)
class Held:
    """An award with its state on a day: what the date makes of it, in words, and the kind of pill that says it."""

    award: LabelAward
    state: LabelAward.State

    @property
    def words(self) -> str:
        return str(self.state.label)

    @property
    def kind(self) -> str:
        return KINDS.get(self.state, "to_confirm")


@dataclass(frozen=True, slots=True)
class ListedLabel:
    """A label in the list: the version asked for today, how many hold it, how many wait for a decision."""

    scheme: LabelScheme
    version: LabelVersion | None
    in_force: int
    waiting: int
    mine: list[Held]


def labels_of(territory: Territory, day: dt.date, mine: Collection[int] = ()) -> list[ListedLabel]:
    """The labels of a territory by name, those that ended last; `mine`: organisations whose own awards are wanted. Three queries."""
    schemes = list(LabelScheme.objects.filter(territory=territory).select_related("owner").order_by("name", "pk"))
    versions: dict[int, LabelVersion] = {}
    for version in LabelVersion.objects.filter(scheme__territory=territory, published_at__isnull=False, valid_from__lte=day).order_by(
        "number"
    ):
        versions[version.scheme_id] = version
    awards: dict[int, list[LabelAward]] = {}
    for award in (
        LabelAward.objects.filter(version__scheme__territory=territory)
        .exclude(status=Status.WITHDRAWN)
        .select_related("version", "organization", "place")
        .order_by("organization__search", "-asked_on", "pk")
    ):
        awards.setdefault(award.version.scheme_id, []).append(award)
    listed = [
        ListedLabel(
            scheme,
            versions.get(scheme.pk),
            sum(one.is_in_force(day) for one in awards.get(scheme.pk, [])),
            sum(one.status in PENDING for one in awards.get(scheme.pk, [])),
            [Held(one, one.state_on(day)) for one in awards.get(scheme.pk, []) if one.organization_id in mine],
        )
        for scheme in schemes
    ]
    return sorted(listed, key=lambda one: one.scheme.ended_on is not None)


def awards_of(scheme: LabelScheme, *, only: Collection[int] | None = None) -> QuerySet[LabelAward]:
    """Awards of a label by holder, the latest first; `only` these organisations when given."""
    rows = LabelAward.objects.filter(version__scheme=scheme).select_related("version", "organization", "place")
    if only is not None:
        rows = rows.filter(organization__in=only)
    return rows.order_by("organization__search", "-asked_on", "-pk")


def held_on(awards: Iterable[LabelAward], day: dt.date) -> list[Held]:
    return [Held(one, one.state_on(day)) for one in awards]


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement of a version, and how an award meets it."""

    requirement: LabelRequirement
    fulfilment: LabelFulfilment | None


def asked_of(award: LabelAward) -> list[Asked]:
    """What its version asks, met or not. Two queries."""
    met = {one.requirement_id: one for one in award.fulfilments.select_related("document", "attendance__session")}
    requirements = LabelRequirement.objects.filter(version=award.version_id).select_related("training").order_by("position", "pk")
    return [Asked(one, met.get(one.pk)) for one in requirements]


def versions_of(scheme: LabelScheme) -> list[LabelVersion]:
    """Every version, the latest first, with its requirements. Two queries."""
    asked = LabelRequirement.objects.select_related("training").order_by("position", "pk")
    return list(scheme.versions.prefetch_related(Prefetch("requirements", queryset=asked)).order_by("-number"))


def coming_sessions(scheme: LabelScheme, day: dt.date) -> list[TrainingSession]:
    """Sessions to come of the trainings that the label asks, the nearest first."""
    asked = LabelRequirement.objects.filter(version__scheme=scheme, training__isnull=False).values("training")
    rows = TrainingSession.objects.filter(training__in=asked, held_on__gte=day, cancelled_on__isnull=True).select_related("training")
    return list(rows.order_by("held_on", "pk"))


@dataclass(frozen=True, slots=True)
class PublicHolder:
    """What everybody may read of a holder: its name, what its place lets out, until when. No name of a person, no count."""

    award: LabelAward
    name: str
    place: ShownPlace | None


def public_list(scheme: LabelScheme, day: dt.date) -> list[PublicHolder]:
    """Holders in force who are listed, by name. One query."""
    rows = (
        LabelAward.objects.filter(version__scheme=scheme, list_publicly=True, status=Status.ACTIVE, valid_until__gte=day)
        .filter(Q(organization__closed_on__isnull=True) | Q(organization__closed_on__gt=day))
        .select_related("organization", "place")
        .order_by("organization__search", "pk")
    )
    return [PublicHolder(one, one.organization.name, place_shown(one)) for one in rows]


def place_shown(award: LabelAward) -> ShownPlace | None:
    place = award.place
    if place is None or place.ended_on is not None:
        return None
    return shown_place(
        place.address_visibility, name=place.name, street=place.street, postal_code=place.postal_code, area=place.public_area_label
    )


def reports_of(territory: Territory) -> QuerySet[LabelReport]:
    """Reports of a territory: those that wait first, then the latest. For the coordination."""
    waiting = Q(status__in=(LabelReport.Status.NEW, LabelReport.Status.IN_REVIEW))
    rows = LabelReport.objects.filter(award__version__scheme__territory=territory)
    return (
        rows.select_related("award__organization__territory", "award__version__scheme", "award__place")
        .annotate(waits=waiting)
        .order_by("-waits", "-received_at", "-pk")
    )


def reports_to_handle(*, territories: Iterable[Territory], holders: Collection[int]) -> list[LabelReport]:
    """Reports that wait in these territories, and those these holders were told of and did not answer, the oldest first. One query."""
    waits = Q(status__in=(LabelReport.Status.NEW, LabelReport.Status.IN_REVIEW))
    handled = Q(award__version__scheme__territory__in=list(territories))
    mine = Q(award__organization__in=holders, told_holder_on__isnull=False, reply_on__isnull=True)
    rows = LabelReport.objects.filter(waits & (handled | mine)).select_related("award__version__scheme__territory")
    return list(rows.order_by("received_at", "pk"))


def reports_told_to(organizations: Collection[int], award: LabelAward) -> list[LabelReport]:
    """What the holder of an award was told, and nothing else."""
    rows = LabelReport.objects.filter(award=award, award__organization__in=organizations, told_holder_on__isnull=False)
    return list(rows.order_by("-received_at", "-pk"))


def awards_to_confirm(*, territories: Iterable[Territory], owners: Collection[int]) -> list[LabelAward]:
    """Awards proposed in these territories, or of a label that these organisations run, the oldest first. One query."""
    mine = Q(version__scheme__territory__in=list(territories)) | Q(version__scheme__owner__in=owners)
    rows = LabelAward.objects.filter(mine, status=Status.PROPOSED).select_related("version__scheme__territory", "organization__territory")
    return list(rows.order_by("asked_on", "pk"))


def awards_expiring(*, territories: Iterable[Territory], holders: Collection[int], day: dt.date) -> list[LabelAward]:
    """Awards in force that end within sixty days, in these territories or of these organisations, and that are not asked anew. One query."""
    mine = Q(version__scheme__territory__in=list(territories)) | Q(organization__in=holders)
    rows = (
        LabelAward.objects.filter(mine, status=Status.ACTIVE, valid_until__gte=day, valid_until__lt=day + dt.timedelta(days=EXPIRING_DAYS))
        .select_related("version__scheme__territory", "organization__territory")
        .order_by("valid_until", "pk")
    )
    again = set(LabelAward.objects.filter(status__in=PENDING).order_by().values_list("version__scheme", "organization"))
    return [one for one in rows if (one.version.scheme_id, one.organization_id) not in again]


def may_hold(territory: Territory, only: Collection[int] | None = None) -> QuerySet[Organization]:
    """Open organisations that a label may be asked for."""
    rows = Organization.objects.filter(territory=territory, closed_on__isnull=True)
    if only is not None:
        rows = rows.filter(pk__in=only)
    listed: QuerySet[Organization] = rows.order_by("search", "pk")
    return listed
