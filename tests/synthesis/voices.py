"""Voices for the tests of this app: groups, and criteria said by them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tissage.core.codes import parse_code
from tissage.people.models import Territory
from tissage.voices.models import Batch, Criterion, HomogeneousGroup, Question

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


def batch_of(territory: Territory, state: str = Batch.State.APPLIED) -> Batch:
    return Batch.objects.create(territory=territory, kind=Batch.Kind.ENTRY, state=state, made_at=NOW, applied_at=NOW)


def group_of(territory: Territory, name: str, participants: int | None = 8, consent: str = "statements", **more: Any) -> HomogeneousGroup:
    return HomogeneousGroup.objects.create(territory=territory, name=name, participants_count=participants, consent=consent, **more)


def say(
    group: HomogeneousGroup, text: str, code: str = "", question: str = "WB", count: int = 1, batch: Batch | None = None, **more: Any
) -> Criterion:
    """A criterion of this group, coded or not."""
    parts = parse_code(code) if code else None
    return Criterion.objects.create(
        territory=group.territory,
        group=group,
        question=Question.objects.get(territory=group.territory, code=question),
        batch=batch or Batch.objects.filter(territory=group.territory, state="applied").first() or batch_of(group.territory),
        text=text,
        imported_count=count,
        expression_count=count,
        dimension=parts.dimension if parts else "",
        component=parts.object if parts else "",
        sub_component=parts.sub_component if parts else "",
        sense=parts.sense if parts else "",
        letter=parts.letter if parts else "",
        beneficiary=parts.beneficiary if parts else "",
        recorded_at=NOW,
        **more,
    )
