"""Many loose expressions at once become criteria; a French wording beside words said in another language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext

from tissage.core.criteria import search_columns
from tissage.core.folding import fold
from tissage.people.models import User
from tissage.people.operations import record
from tissage.voices.models import Batch, Criterion, Expression

from .changes import change_criterion, lock_criteria, open_batch
from .criteria import CriterionRefusal, gather_into_one, gathering_batch, lock_live, lock_loose


@dataclass(frozen=True, slots=True)
class Pile:
    """Expressions that become one criterion, with its wording."""

    text: str
    expressions: tuple[Expression, ...]


@transaction.atomic
def make_criteria(*, piles: Sequence[Pile], by: User, now: dt.datetime) -> Batch:
    """Every pile becomes a criterion, in one batch: one undo sets every expression free again.

    An expression stands in one pile; the expressions of all piles answer one question of one group. Raises `CriterionRefusal`.
    """
    asked = [expression for pile in piles for expression in pile.expressions]
    if len({expression.pk for expression in asked}) != len(asked):
        raise CriterionRefusal(gettext("Une expression ne va qu’à un critère."))
    locked = {expression.pk: expression for expression in lock_loose(asked)}
    batch = gathering_batch(list(locked.values()), gettext("Critères faits d’expressions"), by, now)
    for pile in piles:
        gather_into_one(batch=batch, locked=[locked[expression.pk] for expression in pile.expressions], text=pile.text, now=now)
    numbers = {"criteria": len(piles), "expressions": len(locked)}
    record(verb="voices.make_criteria", by=by, territory=batch.territory, on=batch, numbers=numbers, now=now)
    return batch


@transaction.atomic
def word_in_french(*, of: Expression | Criterion, french_text: str, by: User, now: dt.datetime) -> Batch | None:
    """A person types a French wording beside what was said in another language; the words themselves stay as they are.

    A criterion that says the very words of the expression, and has no French wording of its own, takes it too.
    Gives the batch that can undo what changed on a criterion, or None. Raises `CriterionRefusal`.

    Words the group approved stay approved when a first French wording comes beside them. Another French wording than the one it heard
    must be read back again.
    """
    french_text = french_text.strip()
    if isinstance(of, Criterion):
        [criterion] = lock_live([of])
        return _word_criterion(criterion, french_text, by, now, journalled=True)
    expression = Expression.objects.live().select_for_update(of=("self",)).select_related("territory").filter(pk=of.pk).first()
    if expression is None:
        raise CriterionRefusal(gettext("Cette expression n’est plus là : elle a été retirée entre-temps."))
    if expression.french_text == french_text:
        return None
    former, expression.french_text = expression.french_text, french_text
    expression.save(update_fields=["french_text"])
    record(verb="voices.word_in_french", by=by, territory=expression.territory, on=expression, fields=["french_text"], now=now)
    [*linked] = lock_criteria(Criterion.objects.live().filter(pk=expression.criterion_id or 0))
    if linked and fold(linked[0].text) == fold(expression.text) and linked[0].french_text in ("", former):
        return _word_criterion(linked[0], french_text, by, now, journalled=False)
    return None


def _word_criterion(criterion: Criterion, french_text: str, by: User, now: dt.datetime, *, journalled: bool) -> Batch | None:
    if criterion.french_text == french_text:
        return None
    batch = open_batch(
        territory=criterion.territory,
        kind=Batch.Kind.EDIT,
        label=gettext("Formulation française du critère %(number)s") % {"number": criterion.pk},
        by=by,
        now=now,
    )
    heard = None if criterion.french_text else criterion.group_validated_on
    search, sort_key = search_columns(criterion.text, french_text)
    change_criterion(batch=batch, criterion=criterion, french_text=french_text, search=search, sort_key=sort_key, group_validated_on=heard)
    if journalled:
        record(verb="voices.word_in_french", by=by, territory=criterion.territory, on=criterion, fields=["french_text"], now=now)
    return batch
