"""The end of a hall, with its workshop."""

from __future__ import annotations

import datetime as dt

from tissage.people.models import User
from tissage.voices.models import Hall, Phone, Workshop

from .rounds import close_rounds


def close_hall(*, workshop: Workshop, by: User, now: dt.datetime) -> None:
    """Open questions close, the wall goes dark, and nothing stays of any device. Part of `close_workshop`, in its transaction.

    The phones are held before they go: an answer on its way is either written, or refused because the workshop is closed.
    """
    hall = Hall.objects.select_for_update(of=("self",)).filter(workshop=workshop).first()
    if hall is None:
        return
    list(Phone.objects.select_for_update(of=("self",)).filter(hall=hall).order_by("pk").values_list("pk"))
    close_rounds(hall, by=by, now=now)
    hall.wall_round = None
    hall.save(update_fields=["wall_round"])
    Phone.objects.filter(hall=hall).delete()
