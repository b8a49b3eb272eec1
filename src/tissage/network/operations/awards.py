"""Writes on who holds a label: asked, requirements met one by one, proposed, confirmed by the owner of the label, taken off the list in one gesture.

Whether an award is in force is said by the date alone (`LabelAward.state_on`); nothing here expires it.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.core.months import add_months
from tissage.network.models import (
    Document,
    LabelAward,
    LabelFulfilment,
    LabelRequirement,
    LabelScheme,
    LabelVersion,
    Organization,
    Place,
    TrainingAttendance,
)
from tissage.network.queries.labels import PENDING
from tissage.people.models import User
from tissage.people.operations import record

from .labels import LabelRefused

Status, State = LabelAward.Status, LabelAward.State


class NotFulfilled(LabelRefused):
    """What the label asks is not all met; `missing` says what."""

    def __init__(self, missing: list[LabelRequirement]) -> None:
        names = " ; ".join(one.text for one in missing)
        super().__init__(_("Tout ce que le label demande n’est pas encore rempli : %(missing)s.") % {"missing": names})
        self.missing = missing


def version_in_force(scheme: LabelScheme, day: dt.date) -> LabelVersion | None:
    """The published version that is asked for on a day."""
    return scheme.versions.filter(published_at__isnull=False, valid_from__lte=day).order_by("-number").first()


@transaction.atomic
def ask_award(*, scheme: LabelScheme, organization: Organization, by: User, now: dt.datetime, place: Place | None = None) -> LabelAward:
    """An organisation asks for the label, or the team opens the request for it, under the version in force. Raises `LabelRefused`.

    Trainings it followed already count, as long as what they gave is in force.
    """
    today = timezone.localdate(now)
    LabelScheme.objects.select_for_update(of=("self",)).order_by("pk").get(pk=scheme.pk)
    if scheme.ended_on is not None and scheme.ended_on <= today:
        raise LabelRefused(_("Ce label ne s’attribue plus."))
    version = version_in_force(scheme, today)
    if version is None:
        raise LabelRefused(_("Aucune version de ce label n’est publiée : il ne peut pas encore être demandé."))
    for other in _of_the_holder(scheme, organization, place):
        if other.status in PENDING:
            raise LabelRefused(_("« %(name)s » a déjà demandé ce label.") % {"name": organization.name})
        if other.state_on(today) in (State.ACTIVE, State.SUSPENDED):
            raise LabelRefused(_("« %(name)s » a déjà ce label. Il se redemande quand il expire bientôt.") % {"name": organization.name})
    made = LabelAward.objects.create(version=version, organization=organization, place=place, asked_on=today)
    _record("network.ask_award", made, by, now)
    _count_trainings(made, today)
    return made


@transaction.atomic
def propose_awards(*, attendance: TrainingAttendance, by: User, now: dt.datetime) -> list[LabelAward]:
    """What an attendance leads to: it meets the requirement of every request that waits for it, and where the organisation asked for nothing
    yet, a compulsory session proposes the label. The owner of the label confirms, nobody else. Gives the awards it reached."""
    today = timezone.localdate(now)
    training, organization = attendance.session.training, attendance.organization
    reached = []
    for scheme in LabelScheme.objects.filter(territory=training.territory_id, ended_on__isnull=True).order_by("name", "pk"):
        mine = _of_the_holder(scheme, organization, None, any_place=True)
        waiting = [one for one in mine if one.status in PENDING]
        if not waiting and not any(one.state_on(today) in (State.ACTIVE, State.SUSPENDED) for one in mine):
            version = version_in_force(scheme, today)
            if version is None or not version.requirements.filter(training=training, mandatory=True).exists():
                continue
            made = LabelAward.objects.create(version=version, organization=organization, status=Status.PROPOSED, asked_on=today)
            _record("network.propose_award", made, by, now)
            waiting = [made]
        for award in waiting:
            requirement = award.version.requirements.filter(training=training).order_by("position", "pk").first()
            if requirement is None or award.fulfilments.filter(requirement=requirement).exists():
                continue
            LabelFulfilment.objects.create(award=award, requirement=requirement, met_on=attendance.session.held_on, attendance=attendance)
            settle(award)
            reached.append(award)
    return reached


@transaction.atomic
def fulfil_requirement(
    *,
    award: LabelAward,
    requirement: LabelRequirement,
    met_on: dt.date,
    by: User,
    now: dt.datetime,
    evidence: str = "",
    document: Document | None = None,
) -> LabelFulfilment:
    """A requirement met on a day, with what shows it; once all are, the award waits for its confirmation. Raises `LabelRefused`."""
    held = _held(award)
    if held.status not in PENDING:
        raise LabelRefused(_("Cette demande est close : ce qui était rempli ne change plus."))
    if requirement.version_id != held.version_id:
        raise LabelRefused(_("Cette exigence n’est pas de la version demandée."))
    if met_on > timezone.localdate(now):
        raise LabelRefused(_("Une exigence ne peut pas être remplie dans le futur."))
    if held.fulfilments.filter(requirement=requirement).exists():
        raise LabelRefused(_("Cette exigence est déjà notée comme remplie."))
    made = LabelFulfilment.objects.create(award=held, requirement=requirement, met_on=met_on, evidence=evidence, document=document)
    _record("network.fulfil_requirement", held, by, now)
    settle(held)
    return made


@transaction.atomic
def take_fulfilment_back(*, fulfilment: LabelFulfilment, by: User, now: dt.datetime) -> None:
    """Undoes what was noted by mistake, while the request is not decided. Raises `LabelRefused`."""
    held = _held(fulfilment.award)
    if held.status not in PENDING:
        raise LabelRefused(_("Cette demande est close : ce qui était rempli ne change plus."))
    fulfilment.delete()
    _record("network.take_fulfilment_back", held, by, now)
    settle(held)


@transaction.atomic
def confirm_award(*, award: LabelAward, on: dt.date, list_publicly: bool, note: str, by: User, now: dt.datetime) -> None:
    """The owner of the label gives it, from a day on and for the validity of the label. Raises `NotFulfilled`, `LabelRefused`."""
    held = _held(award)
    if held.status not in PENDING:
        raise LabelRefused(_("Cette demande est déjà décidée."))
    if missing := unmet(held):
        raise NotFulfilled(missing)
    if on > timezone.localdate(now):
        raise LabelRefused(_("Un label ne s’attribue pas à une date future."))
    held.status, held.granted_on, held.valid_until = Status.ACTIVE, on, add_months(on, held.version.scheme.validity_months)
    held.list_publicly, held.decision_note = list_publicly, note
    held.save(update_fields=["status", "granted_on", "valid_until", "list_publicly", "decision_note"])
    _record("network.confirm_award", held, by, now)


@transaction.atomic
def list_award(*, award: LabelAward, publicly: bool, by: User, now: dt.datetime) -> None:
    """Puts the holder in the public list, or takes it off: at once, without reason nor confirmation. Raises `LabelRefused`."""
    held = _held(award)
    if publicly and not held.is_in_force(timezone.localdate(now)):
        raise LabelRefused(_("Seul un label en vigueur figure dans la liste publique."))
    if held.list_publicly != publicly:
        held.list_publicly = publicly
        held.save(update_fields=["list_publicly"])
        _record("network.list_award" if publicly else "network.unlist_award", held, by, now)


@transaction.atomic
def suspend_award(*, award: LabelAward, note: str, by: User, now: dt.datetime) -> None:
    """For a time: it leaves the public list at once. Raises `LabelRefused`."""
    held = _held(award)
    if held.status != Status.ACTIVE:
        raise LabelRefused(_("Seul un label attribué se suspend."))
    _decide(held, Status.SUSPENDED, note)
    _record("network.suspend_award", held, by, now)


@transaction.atomic
def resume_award(*, award: LabelAward, by: User, now: dt.datetime) -> None:
    """Ends a suspension; its dates have not moved. Whether it is listed is chosen anew. Raises `LabelRefused`."""
    held = _held(award)
    if held.status != Status.SUSPENDED:
        raise LabelRefused(_("Ce label n’est pas suspendu."))
    held.status = Status.ACTIVE
    held.save(update_fields=["status"])
    _record("network.resume_award", held, by, now)


@transaction.atomic
def withdraw_award(*, award: LabelAward, note: str, by: User, now: dt.datetime) -> None:
    """A request given up, or a label taken back, with the reason. It stays in the history. Raises `LabelRefused`."""
    held = _held(award)
    if held.status == Status.WITHDRAWN:
        raise LabelRefused(_("Ce label est déjà retiré."))
    _decide(held, Status.WITHDRAWN, note)
    _record("network.withdraw_award", held, by, now)


def unmet(award: LabelAward) -> list[LabelRequirement]:
    """The mandatory requirements of its version that an award does not meet yet."""
    met = award.fulfilments.values("requirement")
    return list(award.version.requirements.filter(mandatory=True).exclude(pk__in=met).order_by("position", "pk"))


def settle(award: LabelAward) -> None:
    """The state of a request after what it meets has changed: to confirm once every compulsory session is followed, or nothing is missing."""
    if award.status not in PENDING:
        return
    missing = unmet(award)
    sessions = award.version.requirements.filter(mandatory=True, kind=LabelRequirement.Kind.TRAINING)
    waits_for_one = any(one.kind == LabelRequirement.Kind.TRAINING for one in missing)
    if not missing or (not waits_for_one and sessions.exists()):
        _move(award, Status.PROPOSED)
    else:
        _move(award, Status.IN_TRAINING if waits_for_one and award.fulfilments.exists() else Status.APPLIED)


def _count_trainings(award: LabelAward, today: dt.date) -> None:
    """Sessions followed before the request: the latest whose effect lasts."""
    for requirement in award.version.requirements.filter(training__isnull=False).select_related("training"):
        training = requirement.training
        followed = (
            TrainingAttendance.objects.filter(
                organization=award.organization_id,
                session__training=training,
                session__held_on__lte=today,
                session__cancelled_on__isnull=True,
            )
            .select_related("session")
            .order_by("-session__held_on", "-pk")
            .first()
        )
        if training is None or followed is None:
            continue
        held_on = followed.session.held_on
        if training.valid_months is None or today < add_months(held_on, training.valid_months):
            LabelFulfilment.objects.create(award=award, requirement=requirement, met_on=held_on, attendance=followed)
    settle(award)


def _of_the_holder(scheme: LabelScheme, organization: Organization, place: Place | None, *, any_place: bool = False) -> list[LabelAward]:
    rows = LabelAward.objects.filter(version__scheme=scheme, organization=organization)
    if not any_place:
        rows = rows.filter(place=place)
    return list(rows.select_related("version__scheme", "organization__territory").order_by("pk"))


def _held(award: LabelAward) -> LabelAward:
    rows = LabelAward.objects.select_for_update(of=("self",)).select_related("version__scheme", "organization__territory")
    return rows.order_by("pk").get(pk=award.pk)


def _move(award: LabelAward, status: str) -> None:
    if award.status != status:
        award.status = status
        award.save(update_fields=["status"])


def _decide(award: LabelAward, status: str, note: str) -> None:
    award.status, award.list_publicly, award.decision_note = status, False, note
    award.save(update_fields=["status", "list_publicly", "decision_note"])


def _record(verb: str, award: LabelAward, by: User, now: dt.datetime) -> None:
    record(verb=verb, by=by, territory=award.territory, on=award, now=now)
