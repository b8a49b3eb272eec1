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
    pace = Phone.objects.select_for_update(of=("self",)).filter(pk=phone.pk).order_by()
    held = pace.values_list("set_aside_at", "minute_began_at", "writes_in_minute", "hall__workshop__closed_at").first()
    if held is None or held[3] is not None:
        raise WorkshopClosed
    phone.set_aside_at = held[0]
    began, written = _minute(held[1], held[2], now)
    taken = answers[: max(0, MOST_WRITES - written)]
    receipts = Writing(phone.hall, phone, now, language=phone.language).write(taken)
    Phone.objects.filter(pk=phone.pk).update(seen_at=now, minute_began_at=began, writes_in_minute=written + len(taken))
    return receipts + [Receipt(answer.uuid, LATER) for answer in answers[len(taken) :]]


def _minute(began: dt.datetime | None, written: int, now: dt.datetime) -> tuple[dt.datetime, int]:
    """The minute that counts, and what was written in it; a new one begins when the last is over."""
    if began is None or not dt.timedelta() <= now - began < MINUTE:
        return now, 0
    return began, written


def again_when_disturbed(write: Callable[[], list[Receipt]]) -> list[Receipt]:
    """Two devices, or a device and somebody who gathers, met on the same row: the one that lost reads again and finds what was written."""
    for _ in range(TRIES - 1):
        try:
            return write()
        except (IntegrityError, MovedMeanwhile):
            continue
    return write()
