"""Several tables of one day: their event, and the same question put at all of them at once."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.voices.models import Event, Question, Round

from .rounds import close_round, open_round


class EventExists(ValueError):
    def __init__(self) -> None:
        super().__init__(gettext("Un événement de ce nom existe déjà ce jour-là."))


@transaction.atomic
def create_event(*, territory: Territory, name: str, held_on: dt.date, by: User, now: dt.datetime, place: str = "") -> Event:
    """Raises `EventExists`."""
    event, made = Event.objects.get_or_create(territory=territory, name=name, held_on=held_on, defaults={"place": place})
    if not made:
        raise EventExists
    record(verb="voices.create_event", by=by, territory=territory, on=event, now=now)
    return event


@transaction.atomic
def open_question_everywhere(*, event: Event, question: Question, by: User, now: dt.datetime) -> int:
    """Puts a question at every table of an event whose workshop is open and that has it; gives at how many it is now open."""
    rounds = _rounds(event).filter(question=question)
    return sum(open_round(round=item, by=by, now=now).is_open for item in rounds)


@transaction.atomic
def close_every_question(*, event: Event, by: User, now: dt.datetime) -> int:
    """Closes the question open at each table; gives how many were closed."""
    rounds = _rounds(event).filter(opened_at__isnull=False, closed_at__isnull=True)
    return sum(not close_round(round=item, by=by, now=now).is_open for item in rounds)


def _rounds(event: Event) -> QuerySet[Round]:
    return Round.objects.filter(hall__event=event, hall__workshop__closed_at__isnull=True).order_by("hall", "position", "pk")
