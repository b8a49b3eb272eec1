"""Keeping the counts of criteria right when words leave them by the will of who said them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext

from tissage.core.criteria import search_columns
from tissage.voices.models import Change, Criterion, Expression
from tissage.voices.operations.changes import lock_criteria
from tissage.voices.operations.criteria import with_merged

_WORDS = frozenset({"text", "french_text", "search", "sort_key"})


def lock_with_criteria(expressions: Iterable[Expression]) -> tuple[list[Expression], dict[int, Criterion]]:
    """These expressions and their criteria as they stand now, held until the end of the transaction: criteria first, as merging does.

    Raises `MovedMeanwhile` when one of them joined another criterion in between: try again.
    """
    seen = list(expressions)
    attached = {item.criterion_id for item in seen if item.criterion_id is not None}
    criteria = {item.pk: item for item in lock_criteria(Criterion(pk=pk) for pk in attached)} if attached else {}
    locked = list(Expression.objects.select_for_update(of=("self",)).filter(pk__in=[item.pk for item in seen]).order_by("pk"))
    if any(item.criterion_id is not None and item.criterion_id not in criteria for item in locked):
        raise MovedMeanwhile
    return locked, criteria


class MovedMeanwhile(RuntimeError):
    """Somebody gathered these expressions while they were being read."""


def leave_criteria(expressions: Iterable[Expression], criteria: dict[int, Criterion], *, now: dt.datetime) -> None:
    """Takes words out of their criteria (the caller saves the expressions). A criterion whose last words leave is withdrawn and emptied.

    Not journalled and no batch: this is the participant's own act.
    """
    emptied: list[int] = []
    leaving = Counter(item.criterion_id for item in expressions if item.criterion_id is not None)
    for pk, gone in sorted(leaving.items()):
        criterion = criteria[pk]
        criterion.expression_count = max(criterion.imported_count, criterion.expression_count - gone)
        fields = ["expression_count"]
        if criterion.expression_count < 1 and criterion.withdrawn_at is None:
            criterion.withdrawn_at = now
            criterion.withdrawn_reason = _reason()
            fields += ["withdrawn_at", "withdrawn_reason"]
        if criterion.expression_count < 1:
            emptied += with_merged(criterion)
        criterion.save(update_fields=fields)
    if emptied:
        _empty(emptied, now)


def _empty(criteria: list[int], now: dt.datetime) -> None:
    """Criteria that nobody's words stand behind any more, with what was merged into them: the team's wording of these words goes too.

    Also what corrections remember of it: a withdrawn criterion is not given back, so that nothing will be undone from there.
    """
    left = gettext("Paroles retirées")
    search, sort_key = search_columns(left)
    family = Criterion.objects.filter(pk__in=criteria)
    family.filter(withdrawn_at__isnull=True).update(withdrawn_at=now, withdrawn_reason=_reason())
    family.update(text=left, french_text="", search=search, sort_key=sort_key)
    for change in Change.objects.filter(criterion__in=criteria).order_by("pk"):
        kept = ({name: value for name, value in side.items() if name not in _WORDS} for side in (change.before, change.after))
        change.before, change.after = kept
        change.save(update_fields=["before", "after"])


def _reason() -> str:
    return gettext("Ses dernières paroles ont été retirées par qui les avait dites.")
