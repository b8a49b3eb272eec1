"""Opening and closing each question in the hall, and what the wall shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext

from tissage.people.models import User
from tissage.people.operations import record
from tissage.voices.models import Batch, Hall, Round
from tissage.voices.operations.workshops import WorkshopClosed

from .writing import make_batch


class RoundNotClosed(ValueError):
    """The wall shows a question once everybody had the time to answer alone: the method's order (`spiral.md` §4.2)."""

    def __init__(self) -> None:
        super().__init__(gettext("Fermez d’abord cette question : le mur ne montre que ce qui est fini d’être écrit."))


@transaction.atomic
def open_round(*, round: Round, by: User, now: dt.datetime) -> Round:
    """Puts a question to the hall. The one that was open closes first: one at a time. Opened again, it leaves the wall.

    Raises `WorkshopClosed`.
    """
    hall = locked_hall(round.hall_id)
    here = _round(round)
    if here.is_open:
        return here
    for other in _open_rounds(hall):
        _close(other, by=by, now=now)
    if hall.wall_round_id == here.pk:
        hall.wall_round = None
        hall.save(update_fields=["wall_round"])
    here.batch = make_batch(hall, here, state=Batch.State.STAGING, by_id=by.pk, now=now)
    here.opened_at, here.closed_at, here.shown_at = now, None, None
    here.save(update_fields=["batch", "opened_at", "closed_at", "shown_at"])
    _record("voices.open_round", here, by, now)
    return here


@transaction.atomic
def close_round(*, round: Round, by: User, now: dt.datetime) -> Round:
    """Individual expression is over: what was written may be read from now on. Raises `WorkshopClosed`."""
    locked_hall(round.hall_id)
    here = _round(round)
    if here.is_open:
        _close(here, by=by, now=now)
    return here


@transaction.atomic
def show_round(*, round: Round, by: User, now: dt.datetime) -> Round:
    """Puts the cards of a closed question on the wall, instead of what was there. Raises `RoundNotClosed`, `WorkshopClosed`."""
    hall = locked_hall(round.hall_id)
    here = _round(round)
    if here.closed_at is None:
        raise RoundNotClosed
    if hall.wall_round_id != here.pk:
        here.shown_at, hall.wall_round = now, here
        here.save(update_fields=["shown_at"])
        hall.save(update_fields=["wall_round"])
        _record("voices.show_round", here, by, now)
    return here


@transaction.atomic
def hide_wall(*, hall: Hall, by: User, now: dt.datetime) -> Hall:
    """The wall goes dark."""
    here = Hall.objects.select_for_update(of=("self",)).select_related("workshop__territory").get(pk=hall.pk)
    if here.wall_round_id is not None:
        here.wall_round = None
        here.save(update_fields=["wall_round"])
        record(verb="voices.hide_wall", by=by, territory=here.workshop.territory, on=here.workshop, now=now)
    return here


def locked_hall(pk: int) -> Hall:
    """A hall held until the end of the transaction: two conductors act one after the other. Raises `WorkshopClosed`.

    Its workshop is read by a second query: PostgreSQL gives a row that was waited for as it now is, and those joined to it as they were.
    """
    list(Hall.objects.select_for_update(of=("self",)).filter(pk=pk).order_by().values_list("pk"))
    hall = Hall.objects.select_related("workshop__territory", "workshop__group").get(pk=pk)
    if hall.workshop.closed_at is not None:
        raise WorkshopClosed
    return hall


def close_rounds(hall: Hall, *, by: User, now: dt.datetime) -> None:
    """Closes what is still open in a hall that the caller holds."""
    for here in _open_rounds(hall):
        _close(here, by=by, now=now)


def _round(round: Round) -> Round:
    return Round.objects.select_related("hall__workshop__territory", "question", "batch").get(pk=round.pk)


def _open_rounds(hall: Hall) -> Iterable[Round]:
    opened = Round.objects.filter(hall=hall, opened_at__isnull=False, closed_at__isnull=True)
    return list(opened.select_related("hall__workshop__territory", "question", "batch").order_by("position", "pk"))


def _close(here: Round, *, by: User, now: dt.datetime) -> None:
    Batch.objects.filter(pk=here.batch_id or 0, state=Batch.State.STAGING).update(state=Batch.State.APPLIED, applied_at=now)
    here.closed_at = now
    here.save(update_fields=["closed_at"])
    _record("voices.close_round", here, by, now)


def _record(verb: str, here: Round, by: User, now: dt.datetime) -> None:
    record(verb=verb, by=by, territory=here.hall.workshop.territory, on=here, now=now)
