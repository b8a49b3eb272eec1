"""Opening a territory: its questions, and the nomenclature it works with."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from tissage.frameworks.operations import choose_version, spiral_version
from tissage.frameworks.queries import shipped_questions
from tissage.people.models import Territory, User
from tissage.people.operations import create_territory
from tissage.voices.models import Question


@transaction.atomic
def open_territory(*, slug: str, name: str, now: dt.datetime, by: User | None = None, **details: Any) -> Territory:
    """Makes a territory ready to listen: the protected questions and the SPIRAL nomenclature in force."""
    territory = create_territory(slug=slug, name=name, now=now, by=by, **details)
    for position, question in enumerate(shipped_questions()):
        Question.objects.create(
            territory=territory,
            code=question["code"],
            title=question["title_fr"],
            wording=question["wording_fr"],
            side=question["side"],
            is_protected=True,
            position=position,
        )
    choose_version(territory=territory, version=spiral_version(now=now), now=now)
    return territory
