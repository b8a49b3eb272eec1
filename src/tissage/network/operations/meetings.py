"""Writes on meetings: planned, called, held, written down, closed. Who came is noted by organisation, never by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.core.meetings import Lack, lacks_to_close
from tissage.network.models import Collective, Meeting, Organization, Presence
from tissage.network.queries.meetings import addressees_of, letter_of, members_on
from tissage.people.mail import send_letter
from tissage.people.models import User
from tissage.people.operations import record

OPEN = (Meeting.Status.PLANNED,)


class MeetingRefused(ValueError):
    """What was asked does not fit the state of the meeting. The message says why and what to do."""


class MinutesChanged(MeetingRefused):
    """Somebody else wrote the minutes meanwhile; `theirs` is what stands now."""

    def __init__(self, theirs: str) -> None:
        super().__init__(
            _("Quelqu’un a enregistré le procès-verbal pendant que vous écriviez. Reprenez dans votre texte ce qui doit rester.")
        )
        self.theirs = theirs


class CannotClose(MeetingRefused):
    def __init__(self, lacks: tuple[Lack, ...]) -> None:
        super().__init__(_("La réunion ne peut pas encore être close."))
        self.lacks = lacks


@transaction.atomic
def plan_meeting(*, collective: Collective, starts_at: dt.datetime, by: User, now: dt.datetime, **details: Any) -> Meeting:
    made = Meeting.objects.create(collective=collective, starts_at=starts_at, **details)
    _record("network.plan_meeting", made, by, now)
    return made


@transaction.atomic
def change_meeting(*, meeting: Meeting, by: User, now: dt.datetime, **details: Any) -> list[str]:
    _refuse_unless_open(meeting)
    changed = sorted(name for name, value in details.items() if getattr(meeting, name) != value)
    for name in changed:
        setattr(meeting, name, details[name])
    if changed:
        meeting.save(update_fields=changed)
        _record("network.change_meeting", meeting, by, now, fields=changed)
    return changed


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: User, now: dt.datetime) -> None:
    """It will not be held. It stays in the list, with what was prepared."""
    _refuse_unless_open(meeting)
    meeting.status = Meeting.Status.CANCELLED
    meeting.save(update_fields=["status"])
    _record("network.cancel_meeting", meeting, by, now)


@transaction.atomic
def restore_meeting(*, meeting: Meeting, by: User, now: dt.datetime) -> None:
    """A cancelled meeting is planned again."""
    if meeting.status != Meeting.Status.CANCELLED:
        raise MeetingRefused(_("Cette réunion n’est pas annulée."))
    meeting.status = Meeting.Status.PLANNED
    meeting.save(update_fields=["status"])
    _record("network.restore_meeting", meeting, by, now)


@transaction.atomic
def call_meeting(*, meeting: Meeting, by: User, now: dt.datetime) -> int:
    """Sends the convocation to every representative who has an address, each alone in their letter; gives how many left."""
    _refuse_unless_open(meeting)
    called = addressees_of(meeting)
    if not called.reached:
        raise MeetingRefused(_("Personne n’a d’adresse e-mail : copiez le texte et envoyez-le autrement."))
    for one in called.reached:
        send_letter("network/mail/convocation", to=one.email, language=one.language, **letter_of(meeting, by), greeted=one.name)
    meeting.invited_at = now
    meeting.save(update_fields=["invited_at"])
    _record("network.call_meeting", meeting, by, now, numbers={"letters": len(called.reached)})
    return len(called.reached)


@transaction.atomic
def note_presences(
    *, meeting: Meeting, states: Mapping[Organization, str], attendees_count: int | None, by: User, now: dt.datetime
) -> None:
    """Notes what each organisation did and how many persons were there (None: not counted yet)."""
    _refuse_unless_open(meeting)
    held = {one.organization_id: one for one in Presence.objects.filter(meeting=meeting).order_by("pk")}
    for organization, state in states.items():
        if (one := held.get(organization.pk)) is None:
            Presence.objects.create(meeting=meeting, organization=organization, state=state)
        elif one.state != state:
            one.state = state
            one.save(update_fields=["state"])
    meeting.attendees_count = attendees_count
    meeting.save(update_fields=["attendees_count"])
    _record("network.note_presences", meeting, by, now, numbers={"organizations": len(states)})


@transaction.atomic
def write_minutes(*, meeting: Meeting, minutes: str, seen: str, visibility: str, by: User, now: dt.datetime) -> None:
    """Writes the minutes, as long as they are not adopted. `seen`: the minutes that stood when writing began; raises `MinutesChanged`."""
    held = Meeting.objects.select_for_update(of=("self",)).order_by("pk").get(pk=meeting.pk)
    if held.status == Meeting.Status.CANCELLED:
        raise MeetingRefused(_("Cette réunion est annulée : elle n’a pas de procès-verbal."))
    if held.minutes_adopted_on is not None:
        raise MeetingRefused(_("Ce procès-verbal est approuvé : il ne change plus."))
    if _lines(held.minutes) != _lines(seen) and _lines(held.minutes) != _lines(minutes):
        raise MinutesChanged(held.minutes)
    meeting.minutes, meeting.minutes_visibility = minutes, visibility
    meeting.save(update_fields=["minutes", "minutes_visibility"])
    _record("network.write_minutes", meeting, by, now)


@transaction.atomic
def adopt_minutes(*, meeting: Meeting, on: dt.date, by: User, now: dt.datetime) -> None:
    """The minutes are approved, most often by the next meeting: they no longer change."""
    if meeting.status != Meeting.Status.HELD:
        raise MeetingRefused(_("Le procès-verbal s’approuve une fois la réunion close."))
    if meeting.minutes_adopted_on is not None:
        raise MeetingRefused(_("Ce procès-verbal est déjà approuvé."))
    if on < timezone.localdate(meeting.starts_at):
        raise MeetingRefused(_("Un procès-verbal ne s’approuve pas avant la réunion."))
    meeting.minutes_adopted_on = on
    meeting.save(update_fields=["minutes_adopted_on"])
    _record("network.adopt_minutes", meeting, by, now)


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: User, now: dt.datetime) -> None:
    """It was held, and everything it must say is said. Raises `CannotClose` with what it lacks."""
    _refuse_unless_open(meeting)
    if lacks := lacks_of(meeting, now=now):
        raise CannotClose(lacks)
    meeting.status, meeting.closed_at = Meeting.Status.HELD, now
    meeting.save(update_fields=["status", "closed_at"])
    _record("network.close_meeting", meeting, by, now, numbers={"decisions": meeting.decisions.count()})


@transaction.atomic
def reopen_meeting(*, meeting: Meeting, by: User, now: dt.datetime) -> None:
    """Opens a closed meeting again to correct it, as long as its minutes are not adopted."""
    if meeting.status != Meeting.Status.HELD:
        raise MeetingRefused(_("Cette réunion n’est pas close."))
    if meeting.minutes_adopted_on is not None:
        raise MeetingRefused(_("Son procès-verbal est approuvé : elle ne se rouvre plus. Notez la correction à la prochaine réunion."))
    meeting.status, meeting.closed_at = Meeting.Status.PLANNED, None
    meeting.save(update_fields=["status", "closed_at"])
    _record("network.reopen_meeting", meeting, by, now)


def lacks_of(meeting: Meeting, *, now: dt.datetime) -> tuple[Lack, ...]:
    """What this meeting lacks to be closed. Two queries."""
    members = {one.organization_id for one in members_on(meeting.collective, timezone.localdate(meeting.starts_at))}
    known = Presence.objects.filter(meeting=meeting).exclude(state=Presence.State.UNKNOWN).values_list("organization", flat=True)
    return lacks_to_close(
        starts_at=meeting.starts_at,
        now=now,
        minutes=meeting.minutes,
        heads=meeting.attendees_count,
        presences_unknown=len(members - set(known)),
    )


def _lines(text: str) -> list[str]:
    """What a browser sends back of a text: its lines, whatever ends them."""
    return text.strip().splitlines()


def _refuse_unless_open(meeting: Meeting) -> None:
    if meeting.status == Meeting.Status.CANCELLED:
        raise MeetingRefused(_("Cette réunion est annulée."))
    if meeting.status not in OPEN:
        raise MeetingRefused(_("Cette réunion est close. Rouvrez-la pour la corriger."))


def _record(
    verb: str, meeting: Meeting, by: User, now: dt.datetime, *, fields: list[str] | None = None, numbers: dict[str, int] | None = None
) -> None:
    record(verb=verb, by=by, territory=meeting.territory, on=meeting, fields=fields or [], numbers=numbers, now=now)
