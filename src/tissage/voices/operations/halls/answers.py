"""What participants write on their phones. Nothing here is journalled (`names.md`, point 10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from django.db import IntegrityError, transaction

from tissage.core.hall import MOST_WRITES
from tissage.voices.models import Phone
from tissage.voices.operations.workshops import WorkshopClosed

from .counting import MovedMeanwhile
from .writing import LATER, Answer, Receipt, Writing

MINUTE = dt.timedelta(minutes=1)
TRIES = 4


def write_answers(*, phone: Phone, answers: Sequence[Answer], now: dt.datetime) -> list[Receipt]:
    """Writes what a phone sends, and says for each answer what became of it, in the same order.

    A question must have been opened once. Words of the past minute count: beyond `MOST_WRITES` the rest is « for later ».
    Raises `WorkshopClosed`, also when the workshop closed and the phone is gone.
    """
    return again_when_disturbed(lambda: _write_answers(phone, answers, now))


@transaction.atomic
def _write_answers(phone: Phone, answers: Sequence[Answer], now: dt.datetime) -> list[Receipt]:
    here = Phone.objects.select_for_update(of=("self",)).select_related("hall__workshop__group").filter(pk=phone.pk).first()
    if here is None or here.hall.workshop.closed_at is not None:
        raise WorkshopClosed
    taken = answers[: _allowance(here, now)]
    receipts = Writing(here.hall, here, now, language=here.language).write(taken)
    here.writes_in_minute += len(taken)
    here.seen_at = now
    here.save(update_fields=["seen_at", "minute_began_at", "writes_in_minute"])
    return receipts + [Receipt(answer.uuid, LATER) for answer in answers[len(taken) :]]


def _allowance(phone: Phone, now: dt.datetime) -> int:
    """How many writes the phone may still make in this minute; begins a new minute when the last one is over."""
    if phone.minute_began_at is None or not dt.timedelta() <= now - phone.minute_began_at < MINUTE:
        phone.minute_began_at, phone.writes_in_minute = now, 0
    return max(0, MOST_WRITES - phone.writes_in_minute)


def again_when_disturbed(write: Callable[[], list[Receipt]]) -> list[Receipt]:
    """Two devices, or a device and somebody who gathers, met on the same row: the one that lost reads again and finds what was written."""
    for _ in range(TRIES - 1):
        try:
            return write()
        except (IntegrityError, MovedMeanwhile):
            continue
    return write()
