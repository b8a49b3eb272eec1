"""Taking a synthesis away: the team's files hold every statement, so the journal says who took them (`spiral.md` §16.6)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.synthesis.models import Synthesis
from tissage.voices.models import HomogeneousGroup


@transaction.atomic
def note_group_sheet(*, group: HomogeneousGroup, criteria: int, by: User | None, now: dt.datetime) -> None:
    """Notes that somebody took the sheet of a group: all its words, under its own name."""
    record(
        verb="synthesis.export_group_sheet",
        by=by,
        territory=group.territory,
        on=group,
        fields=["pdf"],
        numbers={"criteria": criteria},
        now=now,
    )


@transaction.atomic
def note_export(*, territory: Territory, synthesis: Synthesis | None, kind: str, criteria: int, by: User | None, now: dt.datetime) -> None:
    """Notes that somebody took the team's own file of a version, or of what stands now. `kind` is a format."""
    record(
        verb="synthesis.export_synthesis",
        by=by,
        territory=territory,
        on=synthesis if synthesis is not None else territory,
        fields=[kind],
        numbers={"criteria": criteria},
        now=now,
    )
