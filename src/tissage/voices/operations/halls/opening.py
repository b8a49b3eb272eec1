"""Opening a hall, changing how it gathers, its door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext

from tissage.core.hall import is_language
from tissage.people.models import User
from tissage.people.operations import record
from tissage.voices.models import Event, Hall, Round, Workshop
from tissage.voices.operations.workshops import WorkshopClosed

from .codes import new_code
from .rounds import locked_hall


class HallRefused(ValueError):
    """The hall cannot be opened so; the message says what to do."""


class NothingToAsk(HallRefused):
    def __init__(self) -> None:
        super().__init__(gettext("Cet atelier n’a pas encore de question. Notez d’abord leurs mots exacts."))


class AlreadyOpen(HallRefused):
    def __init__(self) -> None:
        super().__init__(gettext("La salle de cet atelier est déjà ouverte."))


@transaction.atomic
def open_hall(
    *,
    workshop: Workshop,
    mode: str,
    languages: Sequence[str],
    consent_text: str,
    by: User,
    now: dt.datetime,
    event: Event | None = None,
    table_name: str = "",
) -> Hall:
    """Gives a workshop its hall: a code that nobody guesses, and each of its questions ready to be put.

    Raises `WorkshopClosed`, `NothingToAsk`, `AlreadyOpen`.
    """
    here = Workshop.objects.select_for_update(of=("self",)).select_related("territory").get(pk=workshop.pk)
    if here.closed_at is not None:
        raise WorkshopClosed
    if Hall.objects.filter(workshop=here).exists():
        raise AlreadyOpen
    _check_event(here, event)
    hall = Hall.objects.create(
        workshop=here,
        event=event,
        table_name=table_name,
        code=new_code(),
        mode=mode,
        languages=_languages(languages),
        consent_text=consent_text,
        opened_by=by,
        opened_at=now,
    )
    if not follow_questions(hall):
        raise NothingToAsk
    record(verb="voices.open_hall", by=by, territory=here.territory, on=here, now=now)
    return hall


@transaction.atomic
def change_hall(
    *,
    hall: Hall,
    mode: str,
    languages: Sequence[str],
    consent_text: str,
    by: User,
    now: dt.datetime,
    event: Event | None = None,
    table_name: str = "",
) -> Hall:
    """Changes how a hall gathers; its code stays. Raises `WorkshopClosed`."""
    here = locked_hall(hall.pk)
    _check_event(here.workshop, event)
    wanted = {
        "mode": mode,
        "languages": _languages(languages),
        "consent_text": consent_text,
        "event_id": event.pk if event else None,
        "table_name": table_name,
    }
    changed = {name.removesuffix("_id") for name, value in wanted.items() if getattr(here, name) != value}
    if changed:
        for name, value in wanted.items():
            setattr(here, name, value)
        here.save(update_fields=sorted(changed))
        record(verb="voices.change_hall", by=by, territory=here.workshop.territory, on=here.workshop, fields=changed, now=now)
    return here


def follow_questions(hall: Hall) -> int:
    """Makes the questions of a hall those of its workshop, in the same order; one that was put stays. Gives how many there are."""
    asked = list(dict.fromkeys(hall.workshop.questions.order_by("position", "pk").values_list("question", flat=True)))
    rounds = {item.question_id: item for item in Round.objects.filter(hall=hall).order_by("position", "pk")}
    Round.objects.filter(hall=hall, opened_at__isnull=True, batch__isnull=True).exclude(question__in=asked).delete()
    kept = [pk for pk, item in rounds.items() if pk not in asked and (item.opened_at is not None or item.batch_id is not None)]
    order = {pk: position for position, pk in enumerate([*asked, *kept])}
    Round.objects.bulk_create(Round(hall=hall, question_id=pk, position=order[pk]) for pk in asked if pk not in rounds)
    moved = [item for pk, item in rounds.items() if pk in order and item.position != order[pk]]
    for item in moved:
        item.position = order[item.question_id]
    Round.objects.bulk_update(moved, ["position"])
    return len(order)


@transaction.atomic
def close_door(*, hall: Hall, by: User, now: dt.datetime) -> Hall:
    """No new phone from now on; those that are in go on. Raises `WorkshopClosed`."""
    return _turn_door(hall, now, "voices.close_door", by, now)


@transaction.atomic
def open_door(*, hall: Hall, by: User, now: dt.datetime) -> Hall:
    """New phones may come in again. Raises `WorkshopClosed`."""
    return _turn_door(hall, None, "voices.open_door", by, now)


def _turn_door(hall: Hall, closed_at: dt.datetime | None, verb: str, by: User, now: dt.datetime) -> Hall:
    here = locked_hall(hall.pk)
    if (here.door_closed_at is None) != (closed_at is None):
        here.door_closed_at = closed_at
        here.save(update_fields=["door_closed_at"])
        record(verb=verb, by=by, territory=here.workshop.territory, on=here.workshop, now=now)
    return here


def _languages(languages: Sequence[str]) -> list[str]:
    """The languages offered, each once, in the order given; French when none is."""
    return [code for code in dict.fromkeys(languages) if is_language(code)] or ["fr"]


def _check_event(workshop: Workshop, event: Event | None) -> None:
    if event is not None and event.territory_id != workshop.territory_id:
        raise HallRefused(gettext("Cet événement est celui d’un autre territoire."))
