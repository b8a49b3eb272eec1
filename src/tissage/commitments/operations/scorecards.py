"""A score frozen on a day: its values, weights, items and results, never touched again. A change of weights is a new version, not joined to the former."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.commitments.models import AskSet, Scorecard
from tissage.commitments.queries.scorecards import card_of, categories_of, lines_of
from tissage.core.scorecard import VALUES, Number, kept
from tissage.people.models import User
from tissage.people.operations import record


class ScorecardRefused(ValueError):
    """Why nothing was frozen, in words for the user."""


@transaction.atomic
def freeze_scorecard(*, ask_set: AskSet, values: Mapping[str, Number] = VALUES, by: User | None, now: dt.datetime) -> Scorecard:
    """The next version of the score of a received set. Raises `ScorecardRefused` for one whose text is not frozen."""
    held = AskSet.objects.select_for_update(of=("self",)).select_related("territory").order_by("pk").get(pk=ask_set.pk)
    if held.space_id is not None or not held.is_frozen:
        raise ScorecardRefused(_("On fige le score d’un ensemble reçu par le territoire, dont le texte est figé."))
    lines = lines_of(held)
    card = card_of(categories_of(held), lines, values)
    last: int = held.scorecards.aggregate(last=Max("version"))["last"] or 0
    made = Scorecard.objects.create(
        ask_set=held,
        version=last + 1,
        computed_on=timezone.localdate(now),
        values={name: str(value) for name, value in values.items()},
        items=[
            {
                "code": line.ask.code,
                "category": line.ask.category.code,
                "weight": str(line.ask.weight),
                "completion": line.completion,
                "scored": line.applies,
                "why_not": line.why_not,
                "assessment": line.assessment.pk if line.assessment else None,
            }
            for line in lines
        ],
        headline=kept(card.total.headline),
        ceiling=kept(card.total.ceiling),
        coverage=kept(card.total.coverage),
        by_category=[
            {
                "code": one.category.code,
                "label": one.category.label,
                "weight": str(one.category.weight),
                **{name: _text(getattr(one.score, name)) for name in ("headline", "ceiling", "coverage")},
            }
            for one in card.by_category
        ],
        made_by=by,
        made_at=now,
    )
    record(verb="commitments.freeze_scorecard", by=by, territory=held.territory, on=made, numbers={"version": made.version}, now=now)
    return made


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(kept(value))
