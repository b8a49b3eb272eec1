"""Writes on trainings: what is taught, when it was given, who came (by head count), and the qualifications that follow (`network.md` §4.4)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.core.months import add_months
from tissage.network.models import (
    LabelAward,
    LabelFulfilment,
    Organization,
    Person,
    Qualification,
    Training,
    TrainingAttendance,
    TrainingSession,
)
from tissage.network.queries.labels import PENDING
from tissage.people.models import Territory, User
from tissage.people.operations import record

from .awards import propose_awards, settle


class TrainingRefused(ValueError):
    """What was asked does not fit the training or its session. The message says why and what to do."""


@transaction.atomic
def create_training(*, territory: Territory, title: str, by: User, now: dt.datetime, **details: Any) -> Training:
    """A training that organisations may follow. `details`: columns of the table."""
    made = Training.objects.create(territory=territory, title=title, **details)
    record(verb="network.create_training", by=by, territory=territory, on=made, now=now)
    return made


@transaction.atomic
def change_training(*, training: Training, by: User, now: dt.datetime, **details: Any) -> list[str]:
    """Changes what is said of a training. Qualifications that were given keep their dates."""
    changed = sorted(name for name, value in details.items() if getattr(training, name) != value)
    for name in changed:
        setattr(training, name, details[name])
    if changed:
        training.save(update_fields=changed)
        record(verb="network.change_training", by=by, territory=training.territory, on=training, fields=changed, now=now)
    return changed


@transaction.atomic
def plan_session(*, training: Training, held_on: dt.date, place: str, by: User, now: dt.datetime) -> TrainingSession:
    made = TrainingSession.objects.create(training=training, held_on=held_on, place=place)
    _record("network.plan_training_session", made, by, now)
    return made


@transaction.atomic
def cancel_session(*, session: TrainingSession, by: User, now: dt.datetime) -> None:
    """It will not be given. Raises `TrainingRefused` when somebody is noted as having followed it."""
    if session.cancelled_on is not None:
        raise TrainingRefused(_("Cette séance est déjà annulée."))
    if session.attendances.exists():
        raise TrainingRefused(_("Des personnes y sont notées : retirez-les d’abord, ou laissez la séance."))
    session.cancelled_on = timezone.localdate(now)
    session.save(update_fields=["cancelled_on"])
    _record("network.cancel_training_session", session, by, now)


@transaction.atomic
def note_attendance(
    *,
    session: TrainingSession,
    organization: Organization,
    headcount: int,
    by: User,
    now: dt.datetime,
    person: Person | None = None,
) -> TrainingAttendance:
    """How many people of an organisation followed a session; noted again, the count is corrected. Raises `TrainingRefused`.

    What follows is done at once: the qualification the training gives, and the labels this session proposes.
    """
    TrainingSession.objects.select_for_update(of=("self",)).order_by("pk").get(pk=session.pk)
    if session.cancelled_on is not None:
        raise TrainingRefused(_("Cette séance est annulée : personne ne l’a suivie."))
    if session.held_on > timezone.localdate(now):
        raise TrainingRefused(_("Cette séance n’a pas encore eu lieu."))
    made = session.attendances.filter(organization=organization, person=person).order_by("pk").first()
    if made is None:
        made = TrainingAttendance.objects.create(session=session, organization=organization, headcount=headcount, person=person)
        if session.training.gives_qualification:
            months = session.training.valid_months
            Qualification.objects.create(
                organization=organization,
                person=person,
                training=session.training,
                attendance=made,
                granted_on=session.held_on,
                expires_on=add_months(session.held_on, months) if months else None,
            )
        propose_awards(attendance=made, by=by, now=now)
    else:
        made.headcount = headcount
        made.save(update_fields=["headcount"])
    _record("network.note_training_attendance", session, by, now, {"persons": headcount})
    return made


@transaction.atomic
def remove_attendance(*, attendance: TrainingAttendance, by: User, now: dt.datetime) -> None:
    """Undoes what was noted by mistake, with the qualification and the requirement that came from it. Labels already given stay."""
    session = attendance.session
    pending = LabelFulfilment.objects.filter(attendance=attendance, award__status__in=PENDING)
    awards = list(LabelAward.objects.filter(pk__in=pending.values("award")).order_by("pk"))
    pending.delete()
    Qualification.objects.filter(attendance=attendance).delete()
    attendance.delete()
    for award in awards:
        settle(award)
    _record("network.remove_training_attendance", session, by, now)


def _record(verb: str, session: TrainingSession, by: User, now: dt.datetime, numbers: dict[str, int] | None = None) -> None:
    record(verb=verb, by=by, territory=session.territory, on=session, numbers=numbers, now=now)
