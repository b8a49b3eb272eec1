"""What a batch did to rows that were already there, written down so that undoing is exact.

`Change.before` and `Change.after` hold column names of the criterion (`text`, `group_id`, `merged_into_id`…) and plain
values, only for what changed. `Batch.report["expressions"]` holds `[expression id, criterion id before, criterion id after]`
for every expression that moved, and `Batch.report["codings"]` `[coding id, values before, values after]` for every coding whose
standing changed. Rows born in a batch need nothing: they go when their batch is no longer applied.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext, ngettext

from tissage.core.criteria import code_columns
from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.voices.models import Batch, Change, Coding, Criterion, Expression

COUNTED = "expression_count"


class CannotUndo(ValueError):
    """Undoing would not give back what there was: something else happened to the same rows since."""


def open_batch(*, territory: Territory, kind: str, label: str, by: User | None, now: dt.datetime) -> Batch:
    """A batch that is applied at once: what a person does on a screen, in one transaction."""
    return Batch.objects.create(
        territory=territory, kind=kind, label=label[:200], state=Batch.State.APPLIED, made_by=by, made_at=now, applied_at=now
    )


def lock_criteria(criteria: Iterable[Criterion]) -> list[Criterion]:
    """These criteria as they stand now, held until the end of the transaction, in the order of their ids."""
    ids = [criterion.pk for criterion in criteria]
    return list(Criterion.objects.select_for_update(of=("self",)).filter(pk__in=ids).select_related("territory").order_by("pk"))


def change_criterion(*, batch: Batch, criterion: Criterion, **after: Any) -> list[str]:
    """Writes new values on a criterion and remembers the old ones in the batch; gives the names of what really changed."""
    changed = {name: value for name, value in after.items() if getattr(criterion, name) != value}
    if not changed:
        return []
    before = {name: _written(getattr(criterion, name)) for name in changed}
    after = {name: _written(value) for name, value in changed.items()}
    for name, value in changed.items():
        setattr(criterion, name, value)
    criterion.save(update_fields=[_field_name(name) for name in changed])
    change, created = Change.objects.get_or_create(batch=batch, criterion=criterion, defaults={"before": before, "after": after})
    if not created:
        change.before = {**before, **change.before}
        change.after = {**change.after, **after}
        change.save(update_fields=["before", "after"])
    return sorted(changed)


def _written(value: Any) -> Any:
    """A value as the change keeps it: dates as ISO text. `Model.save` reads such a text back as the date it is."""
    return value.isoformat() if isinstance(value, dt.date) else value


def _field_name(column: str) -> str:
    return str(Criterion._meta.get_field(column.removesuffix("_id") if column.endswith("_id") and column != "external_id" else column).name)


def move_expressions(*, batch: Batch, expressions: Iterable[Expression], to: Criterion | None) -> int:
    """Links expressions to a criterion (or to none) and remembers where they were."""
    moves = [[expression.pk, expression.criterion_id, to.pk if to else None] for expression in expressions]
    Expression.objects.filter(pk__in=[move[0] for move in moves]).update(criterion=to)
    batch.report = {**batch.report, "expressions": [*batch.report.get("expressions", []), *moves]}
    batch.save(update_fields=["report"])
    return len(moves)


def change_coding(*, batch: Batch, coding: Coding, **after: Any) -> list[str]:
    """Writes the standing of a coding (status, memo, what the group said of it) and remembers the old one in the batch."""
    changed = {name: value for name, value in after.items() if getattr(coding, name) != value}
    if not changed:
        return []
    step = [coding.pk, {name: _written(getattr(coding, name)) for name in changed}, {name: _written(changed[name]) for name in changed}]
    for name, value in changed.items():
        setattr(coding, name, value)
    coding.save(update_fields=list(changed))
    batch.report = {**batch.report, "codings": [*batch.report.get("codings", []), step]}
    batch.save(update_fields=["report"])
    return sorted(changed)


@transaction.atomic
def restore_changes(*, batch: Batch, now: dt.datetime) -> int:
    """Gives rows back the values they had before the batch; gives how many criteria were restored.

    Raises `CannotUndo` when one of them no longer holds what the batch left. The caller then marks the batch undone.
    How many expressions a criterion counts is not given back but counted again: people take words away meanwhile.
    """
    _refuse_when_something_followed(batch)
    changes = list(batch.changes.select_related("criterion").order_by("-pk"))
    later = _later_fields(batch, changes)
    for change in changes:
        criterion = change.criterion
        before = {name: value for name, value in change.before.items() if name != COUNTED}
        moved_on = any(_written(getattr(criterion, name)) != change.after[name] for name in before)
        merged_since = criterion.merged_into_id is not None and "merged_into_id" not in change.after
        if criterion.withdrawn_at or moved_on or merged_since or later.get(criterion.pk, set()) & set(before):
            raise _changed_since(criterion)
        if "imported_count" in before:  # the database holds the two counts in order at every step
            before[COUNTED] = max(criterion.expression_count, int(before["imported_count"]))
        for name, value in before.items():
            setattr(criterion, name, value)
        criterion.save(update_fields=[_field_name(name) for name in before])
        if set(change.before) & set(code_columns(None)):
            _restore_coding(batch, criterion, now)
    _restore_expressions(batch)
    _count_again(change.criterion for change in changes if COUNTED in change.before)
    return len(changes) + _restore_standings(batch, {change.criterion_id for change in changes})


def _later_fields(batch: Batch, changes: list[Change]) -> dict[int, set[str]]:
    """The columns that later batches, still applied, changed on the same criteria. A value that came back by chance counts too."""
    found: dict[int, set[str]] = {}
    later = Change.objects.filter(
        criterion__in=[change.criterion_id for change in changes], batch__state=Batch.State.APPLIED, batch__gt=batch
    )
    for criterion, after in later.order_by("pk").values_list("criterion", "after"):
        found.setdefault(criterion, set()).update(after)
    return found


def _changed_since(criterion: Criterion) -> CannotUndo:
    return CannotUndo(
        gettext("Le critère %(number)s a changé depuis. Annulez d’abord ce qui a été fait ensuite.") % {"number": criterion.pk}
    )


def _restore_coding(batch: Batch, criterion: Criterion, now: dt.datetime) -> None:
    """A coding made by the batch steps back, and the one it replaced is current again."""
    if not criterion.codings.filter(batch=batch, superseded_at__isnull=True).update(superseded_at=now):
        raise _changed_since(criterion)
    before = criterion.codings.exclude(batch=batch).order_by("-pk").first() if criterion.component else None
    if before is not None:
        Coding.objects.filter(pk=before.pk).update(superseded_at=None)


def _count_again(criteria: Iterable[Criterion]) -> None:
    """`names.md`, point 3: the imported count and the expressions that stand. A criterion says what somebody said: one at least."""
    criteria = list(criteria)
    standing = Expression.objects.filter(criterion__in=criteria, withdrawn_at__isnull=True).order_by().values_list("criterion")
    linked = dict(standing.annotate(Count("pk")))
    for criterion in criteria:
        count = criterion.imported_count + linked.get(criterion.pk, 0)
        if count < 1:
            raise _changed_since(criterion)
        if count != criterion.expression_count:
            criterion.expression_count = count
            criterion.save(update_fields=[COUNTED])


def _restore_expressions(batch: Batch) -> None:
    """Expressions go back where they were, but for those that somebody took away since: they stay away."""
    gone = Q(withdrawn_at__isnull=False) | Q(set_aside_at__isnull=False)
    moved = [move[0] for move in batch.report.get("expressions", [])]
    left = set(Expression.objects.filter(gone, pk__in=moved, criterion__isnull=True).values_list("pk", flat=True))
    moves = [move for move in batch.report.get("expressions", []) if move[0] not in left]
    now_at = dict(Expression.objects.filter(pk__in=[move[0] for move in moves]).values_list("pk", "criterion_id"))
    for expression, before, after in reversed(moves):
        if now_at.get(expression) != after:
            raise CannotUndo(gettext("Des expressions ont été rattachées ailleurs depuis. Annulez d’abord ce qui a été fait ensuite."))
        Expression.objects.filter(pk=expression).update(criterion=before)
        now_at[expression] = before


def _restore_standings(batch: Batch, counted: set[int]) -> int:
    """Gives codings the standing they had; gives how many criteria that are not in `counted` were concerned."""
    steps = batch.report.get("codings", [])
    codings = Coding.objects.select_related("criterion").in_bulk([step[0] for step in steps])
    for pk, before, after in reversed(steps):
        coding = codings[pk]
        if any(_written(getattr(coding, name)) != value for name, value in after.items()):
            raise _changed_since(coding.criterion)
        for name, value in before.items():
            setattr(coding, name, value)
        coding.save(update_fields=list(before))
    return len({coding.criterion_id for coding in codings.values()} - counted)


def _refuse_when_something_followed(batch: Batch) -> None:
    """Rows born in the batch may have been merged, split or linked with rows that would stay."""
    later = Change.objects.filter(criterion__batch=batch, batch__state=Batch.State.APPLIED).exclude(batch=batch)
    tied = later.filter(batch__kind__in=[Batch.Kind.MERGE, Batch.Kind.SPLIT]).values("criterion").distinct().count()
    if tied:
        raise CannotUndo(
            ngettext(
                "%(count)s critère de ce lot a été fusionné ou séparé depuis. Annulez d’abord cette fusion ou cette séparation.",
                "%(count)s critères de ce lot ont été fusionnés ou séparés depuis. Annulez d’abord ces fusions ou ces séparations.",
                tied,
            )
            % {"count": tied}
        )
    moved_here = [move[0] for move in batch.report.get("expressions", [])]
    linked = Expression.objects.filter(batch=batch, criterion__isnull=False).exclude(criterion__batch=batch).count()
    linked += Expression.objects.filter(criterion__batch=batch).exclude(batch=batch).exclude(pk__in=moved_here).count()
    if linked:
        raise CannotUndo(
            ngettext(
                "%(count)s expression a été rattachée à un critère depuis. Détachez-la d’abord.",
                "%(count)s expressions ont été rattachées à des critères depuis. Détachez-les d’abord.",
                linked,
            )
            % {"count": linked}
        )


@transaction.atomic
def undo_act(*, batch: Batch, by: User, now: dt.datetime) -> Batch:
    """Undoes what a person did on a screen (entry, correction, merge, split) and gives back exactly what there was.

    Raises `CannotUndo` when the batch is not applied, is an import (it has its own way back) or a question put in a hall (people's own words) or was followed by something.
    """
    batch = Batch.objects.select_for_update(of=("self",)).select_related("territory").get(pk=batch.pk)
    if batch.state != Batch.State.APPLIED or batch.kind in (Batch.Kind.IMPORT, Batch.Kind.HALL):
        raise CannotUndo(gettext("Ce lot n’est plus à annuler : il l’est déjà, ou il n’a pas été appliqué."))
    restored = restore_changes(batch=batch, now=now)
    batch.state, batch.undone_at = Batch.State.UNDONE, now
    batch.save(update_fields=["state", "undone_at"])
    record(verb="voices.undo_batch", by=by, territory=batch.territory, on=batch, numbers={"restored": restored}, now=now)
    return batch
