"""Writes on dates: added, repeated, moved, put off, cancelled. A calendar that carried one learns of it by a higher `sequence`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.agenda.models import Activity, Occurrence, Registration, SchoolBooking
from tissage.agenda.queries.sealed import email_of
from tissage.core.activity_kinds import allowed_mode
from tissage.core.programme import repeated
from tissage.people.models import User
from tissage.people.operations import record

from .letters import write_quietly
from .registrations import forget_day, private_page

Status = Occurrence.Status
SHOWN = frozenset({"starts_at", "ends_at", "place", "room", "attendance_mode", "status"})
"""What a calendar says of a date: a change of one of these raises its number."""
MOST_REPEATED = 26


class OccurrenceRefused(ValueError):
    """What was asked does not fit the state of the date. The message says why and what to do."""


@transaction.atomic
def add_occurrence(
    *, activity: Activity, starts_at: dt.datetime, ends_at: dt.datetime, by: User | None, now: dt.datetime, **details: Any
) -> Occurrence:
    """A date. `details`: columns of the table. A kind of activity that allows no registration has none, whatever is asked."""
    _refuse_backwards(starts_at, ends_at)
    made = Occurrence(activity=activity, starts_at=starts_at, ends_at=ends_at, modified_at=now, **details)
    _keep_to_the_rules(made)
    made.save()
    if not activity.is_dated:
        activity.is_dated = True
        activity.save(update_fields=["is_dated"])
    _record("agenda.add_occurrence", made, by, now)
    return made


@transaction.atomic
def repeat_occurrence(
    *,
    activity: Activity,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    every: str,
    times: int,
    by: User | None,
    now: dt.datetime,
    **details: Any,
) -> list[Occurrence]:
    """Several dates at once, at the same local hour: `every` « weekly » or « monthly », `times` in all (26 at most)."""
    if not 1 <= times <= MOST_REPEATED:
        raise OccurrenceRefused(_("De 1 à %(most)s dates à la fois.") % {"most": MOST_REPEATED})
    local = (timezone.localtime(starts_at).replace(tzinfo=None), timezone.localtime(ends_at).replace(tzinfo=None))
    moments = [(timezone.make_aware(first), timezone.make_aware(last)) for first, last in repeated(*local, every, times)]
    return [add_occurrence(activity=activity, starts_at=first, ends_at=last, by=by, now=now, **details) for first, last in moments]


@transaction.atomic
def change_occurrence(*, occurrence: Occurrence, by: User | None, now: dt.datetime, **details: Any) -> list[str]:
    """Changes where it is, how one registers, how many places. Its time is moved, its state set: see below."""
    held = _hold(occurrence)
    before = {name: getattr(held, name) for name in details}
    for name, value in details.items():
        setattr(occurrence, name, value)
    _keep_to_the_rules(occurrence)
    changed = sorted(name for name, value in before.items() if getattr(occurrence, name) != value)
    if changed:
        _save(occurrence, changed, now)
        _record("agenda.change_occurrence", occurrence, by, now, fields=changed)
        if set(changed) & {"place", "room", "attendance_mode"} and occurrence.ends_at > now:
            tell_registrants(occurrence, "place", now=now)
    return changed


@transaction.atomic
def move_occurrence(
    *, occurrence: Occurrence, starts_at: dt.datetime, ends_at: dt.datetime, by: User | None, now: dt.datetime, note: str = ""
) -> None:
    """Another time, the same UID. Moved back to where it was, it is planned as before. Who registered is told, once."""
    _hold(occurrence)
    _refuse_backwards(starts_at, ends_at)
    if occurrence.status == Status.CANCELLED:
        raise OccurrenceRefused(_("Cette date est annulée. Rétablissez-la d’abord."))
    if (starts_at, ends_at) == (occurrence.starts_at, occurrence.ends_at) and occurrence.status != Status.POSTPONED:
        return
    if starts_at != occurrence.starts_at:
        comes_home = starts_at == occurrence.previous_start
        occurrence.previous_start = None if comes_home else occurrence.starts_at
        occurrence.status = Status.SCHEDULED if comes_home else Status.RESCHEDULED
    elif occurrence.status == Status.POSTPONED:
        occurrence.status = Status.SCHEDULED
    occurrence.starts_at, occurrence.ends_at, occurrence.status_note = starts_at, ends_at, note[:200]
    _save(occurrence, ["starts_at", "ends_at", "status", "previous_start", "status_note"], now)
    day = forget_day(occurrence)
    occurrence.registrations.update(delete_after=day)
    occurrence.school_bookings.update(delete_after=day)
    _record("agenda.move_occurrence", occurrence, by, now)
    tell_registrants(occurrence, "moved", now=now)


def postpone_occurrence(*, occurrence: Occurrence, by: User | None, now: dt.datetime, note: str = "") -> None:
    """Put off, the new date to come. Raises `OccurrenceRefused` for a cancelled one."""
    if occurrence.status == Status.CANCELLED:
        raise OccurrenceRefused(_("Cette date est annulée. Rétablissez-la d’abord."))
    set_status(occurrence=occurrence, status=Status.POSTPONED, by=by, now=now, note=note)


def cancel_occurrence(*, occurrence: Occurrence, by: User | None, now: dt.datetime, note: str = "") -> None:
    """It will not be held. It stays in calendars, cancelled; who registered is told, once."""
    set_status(occurrence=occurrence, status=Status.CANCELLED, by=by, now=now, note=note)


@transaction.atomic
def restore_occurrence(*, occurrence: Occurrence, by: User | None, now: dt.datetime) -> None:
    """Undoes a cancelling, a putting off or a « full »."""
    _hold(occurrence)
    back = Status.RESCHEDULED if occurrence.previous_start else Status.SCHEDULED
    set_status(occurrence=occurrence, status=back, by=by, now=now)


@transaction.atomic
def set_status(*, occurrence: Occurrence, status: str, by: User | None, now: dt.datetime, note: str = "") -> None:
    """Sets the state of a date; the same state again is nothing new. Tells who registered when it concerns them."""
    _hold(occurrence)
    if occurrence.status == status:
        return
    before, occurrence.status, occurrence.status_note = occurrence.status, status, note[:200]
    occurrence.cancelled_at = now if status == Status.CANCELLED else None
    _save(occurrence, ["status", "status_note", "cancelled_at"], now)
    verbs = {
        Status.CANCELLED: "agenda.cancel_occurrence",
        Status.POSTPONED: "agenda.postpone_occurrence",
        Status.FULL: "agenda.fill_occurrence",
    }
    _record(verbs.get(Status(status), "agenda.restore_occurrence"), occurrence, by, now)
    if status in (Status.CANCELLED, Status.POSTPONED):
        tell_registrants(occurrence, str(status), now=now)
    elif before in (Status.CANCELLED, Status.POSTPONED):
        tell_registrants(occurrence, "restored", now=now)


@transaction.atomic
def remove_occurrence(*, occurrence: Occurrence, by: User | None, now: dt.datetime) -> None:
    """Takes away a date of something nobody outside has seen yet. What was published is cancelled instead. Raises `OccurrenceRefused`."""
    activity = occurrence.activity
    if activity.was_published or activity.moderation == Activity.Moderation.ACCEPTED:
        raise OccurrenceRefused(_("Cette activité est acceptée : annulez la date, elle restera dans les agendas, annulée."))
    _record("agenda.remove_occurrence", occurrence, by, now)
    occurrence.delete()


def tell_registrants(occurrence: Occurrence, what: str, *, now: dt.datetime) -> int:
    """One letter to each who registered and gave an address, schools included; gives how many. `what` names the change.

    The subject of a sensitive date is neutral; a letter never says what the date is of beyond what strangers read.
    """
    waits = (Registration.State.CONFIRMED, Registration.State.WAITLIST)
    asked = (SchoolBooking.State.ASKED, SchoolBooking.State.CONFIRMED)
    people: list[Registration] = list(occurrence.registrations.filter(state__in=waits).exclude(email="").order_by("pk"))
    schools: list[SchoolBooking] = list(occurrence.school_bookings.filter(state__in=asked).exclude(contact_email="").order_by("pk"))
    addresses = {email_of(one) for one in people} | {email_of(one) for one in schools}
    for to in sorted(addresses):
        write_quietly(
            "date_changed", to=to, occurrence=occurrence, activity=occurrence.activity, what=what, address=private_page(occurrence)
        )
    return len(addresses)


def _hold(occurrence: Occurrence) -> Occurrence:
    """Waits for its turn, and reads how the date stands now: the same click twice tells nobody twice."""
    held = Occurrence.objects.select_for_update(of=("self",)).order_by("pk").get(pk=occurrence.pk)
    for name in ("sequence", "starts_at", "ends_at", "status", "previous_start", "cancelled_at"):
        setattr(occurrence, name, getattr(held, name))
    return held


def _save(occurrence: Occurrence, fields: list[str], now: dt.datetime) -> None:
    occurrence.modified_at = now
    if SHOWN & set(fields):
        occurrence.sequence += 1
    occurrence.save(update_fields=[*fields, "sequence", "modified_at"])


def _keep_to_the_rules(occurrence: Occurrence) -> None:
    occurrence.registration_mode = allowed_mode(occurrence.activity.type, occurrence.registration_mode)
    if occurrence.registration_mode != Occurrence.Registering.EXTERNAL:
        occurrence.registration_url = ""
    elif not occurrence.registration_url:
        raise OccurrenceRefused(_("Donnez l’adresse du site où l’on s’inscrit."))


def _refuse_backwards(starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    if ends_at <= starts_at:
        raise OccurrenceRefused(_("La fin vient avant le début."))


def _record(verb: str, occurrence: Occurrence, by: User | None, now: dt.datetime, *, fields: list[str] | None = None) -> None:
    record(verb=verb, by=by, territory=occurrence.territory, on=occurrence, fields=fields or [], now=now)
