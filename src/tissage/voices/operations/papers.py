"""Taking printed words of a workshop away: residents' words leave the screen, so the journal says who took them."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from tissage.people.models import User
from tissage.people.operations import record
from tissage.voices.models import Workshop


@transaction.atomic
def note_paper(*, workshop: Workshop, paper: str, words: int, by: User, now: dt.datetime) -> None:
    """`paper` is the kind of paper, `words` how many notes and criteria stand on it."""
    record(verb="voices.export_paper", by=by, territory=workshop.territory, on=workshop, fields=[paper], numbers={"words": words}, now=now)
