"""Writes on what a meeting decided and on what follows: who owes what, by when, and every move of that date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.core.meetings import needs_follow_up
from tissage.network.models import ActionItem, Decision, Meeting, Organization, Person
from tissage.people.models import User
from tissage.people.operations import record


class DecisionRefused(ValueError):
    """What was asked does not fit the meeting or the decision. The message says why and what to do."""


class NothingFollows(DecisionRefused):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Une décision ou une recommandation dit qui fait quoi pour quand, ou pourquoi rien n’est à faire. Remplissez l’un ou l’autre."
            )
        )


@dataclass(frozen=True, slots=True)
class Owed:
    """What follows: a sentence, the organisation that takes it on, the day, and the person when one is named."""

    text: str
    owner: Organization
    due_on: dt.date
    person: Person | None = None


@transaction.atomic
def write_decision(
    *,
    meeting: Meeting,
    text: str,
    kind: str,
    vote: str = "",
    no_action_reason: str = "",
    subjects: Iterable[str] = (),
    owed: Owed | None = None,
    by: User,
    now: dt.datetime,
) -> Decision:
    """A decision, numbered after the last of the meeting. Raises `NothingFollows` when one that needs a follow-up has neither it nor a reason.

    `subjects` are words; `network.md` §7 keeps them as typed references {"kind": "text", "label": …}.
    """
    _refuse_when_closed(meeting)
    if needs_follow_up(kind) and owed is None and not no_action_reason:
        raise NothingFollows
    Meeting.objects.select_for_update(of=("self",)).order_by("pk").get(pk=meeting.pk)
    last: int = meeting.decisions.aggregate(last=Max("number"))["last"] or 0
    made = Decision.objects.create(
        meeting=meeting,
        number=last + 1,
        text=text,
        kind=kind,
        vote=vote,
        no_action_reason="" if owed else no_action_reason,
        subjects=as_subjects(subjects),
    )
    _record("network.write_decision", made, by, now)
    if owed is not None:
        add_action_item(meeting=meeting, decision=made, owed=owed, by=by, now=now)
    return made


@transaction.atomic
def change_decision(
    *, decision: Decision, text: str, kind: str, vote: str, no_action_reason: str, subjects: Iterable[str], by: User, now: dt.datetime
) -> list[str]:
    """Changes the words of a decision while its meeting is open. Raises `NothingFollows`."""
    _refuse_when_closed(decision.meeting)
    if needs_follow_up(kind) and not no_action_reason and not decision.action_items.exists():
        raise NothingFollows
    details = {"text": text, "kind": kind, "vote": vote, "no_action_reason": no_action_reason, "subjects": as_subjects(subjects)}
    changed = sorted(name for name, value in details.items() if getattr(decision, name) != value)
    for name in changed:
        setattr(decision, name, details[name])
    if changed:
        decision.save(update_fields=changed)
        _record("network.change_decision", decision, by, now, changed)
    return changed


@transaction.atomic
def remove_decision(*, decision: Decision, by: User, now: dt.datetime) -> None:
    """Takes a decision written by mistake away, with what followed from it; the next ones move up. Only while the meeting is open."""
    meeting = decision.meeting
    _refuse_when_closed(meeting)
    _record("network.remove_decision", decision, by, now)
    number = decision.number
    decision.delete()
    for later in meeting.decisions.filter(number__gt=number).order_by("number"):
        later.number -= 1
        later.save(update_fields=["number"])


@transaction.atomic
def add_action_item(*, meeting: Meeting, owed: Owed, decision: Decision | None = None, by: User, now: dt.datetime) -> ActionItem:
    """Something owed after a meeting, from a decision or from the talk."""
    if meeting.status == Meeting.Status.CANCELLED:
        raise DecisionRefused(_("Cette réunion est annulée : rien n’en découle."))
    if meeting.minutes_adopted_on is not None:
        raise DecisionRefused(_("Le procès-verbal est approuvé : notez cette suite à la prochaine réunion."))
    made = ActionItem.objects.create(
        meeting=meeting, decision=decision, text=owed.text, owner=owed.owner, person=owed.person, due_on=owed.due_on
    )
    _record_item("network.add_action_item", made, by, now)
    return made


@transaction.atomic
def move_due_date(*, item: ActionItem, due_on: dt.date, why: str, by: User, now: dt.datetime) -> None:
    """Moves the day something is owed. Every move is kept, with its day and its reason."""
    item = _held(item)
    if item.status != ActionItem.Status.OPEN:
        raise DecisionRefused(_("Cette suite est close : sa date ne bouge plus."))
    if due_on == item.due_on:
        raise DecisionRefused(_("C’est déjà la date prévue."))
    move = {"from": item.due_on.isoformat(), "to": due_on.isoformat(), "on": timezone.localdate(now).isoformat(), "why": why}
    item.due_moves, item.due_on = [*item.due_moves, move], due_on
    item.save(update_fields=["due_moves", "due_on"])
    _record_item("network.move_due_date", item, by, now)


@transaction.atomic
def finish_action_item(*, item: ActionItem, on: dt.date, evidence: str, by: User, now: dt.datetime) -> None:
    """Done on a day, with what shows it."""
    _close(item, ActionItem.Status.DONE, on, evidence)
    _record_item("network.finish_action_item", item, by, now)


@transaction.atomic
def drop_action_item(*, item: ActionItem, on: dt.date, why: str, by: User, now: dt.datetime) -> None:
    """Given up on a day, with the reason."""
    _close(item, ActionItem.Status.DROPPED, on, why)
    _record_item("network.drop_action_item", item, by, now)


@transaction.atomic
def reopen_action_item(*, item: ActionItem, by: User, now: dt.datetime) -> None:
    """Something closed too early is owed again."""
    held = _held(item)
    if held.status == ActionItem.Status.OPEN:
        raise DecisionRefused(_("Cette suite est déjà à faire."))
    ActionItem.objects.filter(pk=held.pk).update(status=ActionItem.Status.OPEN, closed_on=None, evidence="")
    _record_item("network.reopen_action_item", held, by, now)


def as_subjects(words: Iterable[str]) -> list[dict[str, str]]:
    return [{"kind": "text", "label": one.strip()} for one in words if one.strip()]


def _held(item: ActionItem) -> ActionItem:
    return ActionItem.objects.select_for_update(of=("self",)).select_related("meeting__collective").order_by("pk").get(pk=item.pk)


def _close(item: ActionItem, status: str, on: dt.date, words: str) -> None:
    if _held(item).status != ActionItem.Status.OPEN:
        raise DecisionRefused(_("Cette suite est déjà close."))
    item.status, item.closed_on, item.evidence = status, on, words
    item.save(update_fields=["status", "closed_on", "evidence"])


def _refuse_when_closed(meeting: Meeting) -> None:
    if meeting.status == Meeting.Status.CANCELLED:
        raise DecisionRefused(_("Cette réunion est annulée : elle ne décide rien."))
    if meeting.closed_at is not None:
        raise DecisionRefused(_("Cette réunion est close. Rouvrez-la pour changer ce qu’elle a décidé."))


def _record(verb: str, decision: Decision, by: User, now: dt.datetime, fields: list[str] | None = None) -> None:
    record(verb=verb, by=by, territory=decision.meeting.territory, on=decision, fields=fields or [], now=now)


def _record_item(verb: str, item: ActionItem, by: User, now: dt.datetime) -> None:
    """On the meeting: the words of what is owed may name a person."""
    record(verb=verb, by=by, territory=item.meeting.territory, on=item.meeting, now=now)
