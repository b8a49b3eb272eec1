"""Reads on trainings: the list, who followed what, which qualifications are in force and which expired."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from tissage.network.models import LabelRequirement, Qualification, Training, TrainingAttendance, TrainingSession
from tissage.people.models import Territory


def trainings_of(territory: Territory, day: dt.date) -> QuerySet[Training]:
    """Trainings by title, with `last_held`, `next_held` and `session_count` (of sessions that were not cancelled)."""
    given = Q(sessions__cancelled_on__isnull=True)
    rows = Training.objects.filter(territory=territory).select_related("provider")
    annotated: QuerySet[Training] = rows.annotate(
        session_count=Count("sessions", filter=given & Q(sessions__held_on__lte=day)),
        last_held=Max("sessions__held_on", filter=given & Q(sessions__held_on__lte=day)),
        next_held=Min("sessions__held_on", filter=given & Q(sessions__held_on__gt=day)),
    )
    return annotated.order_by("title", "pk")


def sessions_of(training: Training, only: Collection[int] | None = None) -> QuerySet[TrainingSession]:
    """Sessions, the latest first, with `persons` and `organizations` who followed; `only` these organisations' when given."""
    counted = Q() if only is None else Q(attendances__organization__in=only)
    rows = TrainingSession.objects.filter(training=training).annotate(
        persons=Sum("attendances__headcount", filter=counted),
        organizations=Count("attendances__organization", filter=counted, distinct=True),
    )
    return rows.order_by("-held_on", "-pk")


def attendances_of(session: TrainingSession, only: Collection[int] | None = None) -> QuerySet[TrainingAttendance]:
    rows = TrainingAttendance.objects.filter(session=session).select_related("organization", "person")
    if only is not None:
        rows = rows.filter(organization__in=only)
    return rows.order_by("organization__search", "person__display_name", "pk")


@dataclass(frozen=True, slots=True)
class Qualified:
    """A qualification, and whether it is in force on a day. An expired one is kept and shown as such."""

    qualification: Qualification
    is_in_force: bool


def qualifications_of(day: dt.date, *, training: Training | None = None, organizations: Collection[int] | None = None) -> list[Qualified]:
    """Qualifications of a training or of some organisations, by organisation, the latest first. One query."""
    rows = Qualification.objects.select_related("organization", "person", "training")
    if training is not None:
        rows = rows.filter(training=training)
    if organizations is not None:
        rows = rows.filter(organization__in=organizations)
    return [Qualified(one, one.is_in_force(day)) for one in rows.order_by("organization__search", "-granted_on", "-pk")]


def labels_that_ask(training: Training) -> list[LabelRequirement]:
    """Requirements of published versions that ask this training."""
    rows = LabelRequirement.objects.filter(training=training, version__published_at__isnull=False).select_related("version__scheme")
    latest = {one.version.scheme_id: one for one in rows.order_by("version__number", "pk")}
    return sorted(latest.values(), key=lambda one: (one.version.scheme.name, one.pk))
