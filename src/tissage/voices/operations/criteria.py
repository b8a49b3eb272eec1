"""Editing, merging, splitting and withdrawing criteria; gathering loose expressions. Each act is a batch that can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from tissage.core.codes import parse_code
from tissage.core.criteria import search_columns
from tissage.core.gathering import Note, origin_of_wording
from tissage.people.models import User
from tissage.people.operations import record
from tissage.voices.models import Batch, Criterion, Expression, Proposition, Workshop

from .changes import change_criterion, lock_criteria, move_expressions, open_batch
from .codings import write_code
from .workshops import WorkshopClosed


class CriterionRefusal(ValueError):
    """What was asked would lose or double something; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Part:
    """One wording of a split: its words, its share of the imported count, and the linked expressions it takes."""

    text: str
    count: int
    expressions: tuple[int, ...] = ()


@transaction.atomic
def edit_criterion(*, criterion: Criterion, by: User, now: dt.datetime, **details: Any) -> Batch | None:
    """Corrects words, count, group, question or workshop. Gives the batch that can undo it, or None when nothing changed.

    `details`: `text`, `french_text`, `language`, `imported_count`, `group`, `question`, `workshop`, in any number.
    A workshop of another group is dropped. Raises `CriterionRefusal`, `WorkshopClosed`.
    """
    [criterion_now] = lock_live([criterion])
    after = _columns(details)
    _check_place(criterion_now, after)
    after["search"], after["sort_key"] = search_columns(
        after.get("text", criterion_now.text), after.get("french_text", criterion_now.french_text)
    )
    linked = criterion_now.expression_count - criterion_now.imported_count
    after["expression_count"] = after.get("imported_count", criterion_now.imported_count) + linked
    if after["expression_count"] < 1:
        raise CriterionRefusal(gettext("Un critère compte au moins une expression."))
    if {"text", "french_text"} & {name for name, value in after.items() if getattr(criterion_now, name) != value}:
        after["group_validated_on"] = None  # the group has not heard the new words
    batch = open_batch(
        territory=criterion_now.territory,
        kind=Batch.Kind.EDIT,
        label=gettext("Correction du critère %(number)s") % {"number": criterion_now.pk},
        by=by,
        now=now,
    )
    changed = change_criterion(batch=batch, criterion=criterion_now, **after)
    if not changed:
        batch.delete()
        return None
    record(verb="voices.edit_criterion", by=by, territory=criterion_now.territory, on=criterion_now, fields=changed, now=now)
    criterion.refresh_from_db()
    return batch


_LINKS = ("group", "question", "workshop")


def _columns(details: dict[str, Any]) -> dict[str, Any]:
    """Values by column: a linked row is kept by its id."""
    return {f"{name}_id" if name in _LINKS else name: getattr(value, "pk", value) for name, value in details.items()}


def _check_place(criterion: Criterion, after: dict[str, Any]) -> None:
    """Keeps a criterion, its workshop and its expressions in one group; completes `after`."""
    moved = any(after.get(name, getattr(criterion, name)) != getattr(criterion, name) for name in ("group_id", "question_id"))
    if moved and criterion.expressions.exists():
        raise CriterionRefusal(
            gettext("Des expressions sont rattachées à ce critère : détachez-les avant de changer de groupe ou de question.")
        )
    workshop_id = after.get("workshop_id", criterion.workshop_id)
    if workshop_id is None:
        return
    workshop = Workshop.objects.get(pk=workshop_id)
    if workshop.group_id != after.get("group_id", criterion.group_id):
        after["workshop_id"] = None
    elif workshop_id != criterion.workshop_id:
        if workshop.closed_at is not None:
            raise WorkshopClosed
        after["said_on"] = workshop.held_on


def lock_live(criteria: Sequence[Criterion]) -> list[Criterion]:
    """These criteria as they stand now, held until the end of the transaction. Raises `CriterionRefusal` when one is gone."""
    found = lock_criteria(criteria)
    hidden = len(found) - Criterion.objects.live().filter(pk__in=[criterion.pk for criterion in found]).count()
    if hidden or len(found) != len({criterion.pk for criterion in criteria}):
        raise CriterionRefusal(gettext("Un de ces critères n’est plus là : il a été fusionné, retiré ou annulé entre-temps."))
    return found


@transaction.atomic
def merge_criteria(*, target: Criterion, others: Sequence[Criterion], by: User, now: dt.datetime) -> Batch:
    """Several criteria that say the same thing become one: counts add, expressions move, history stays. Can be undone.

    Only within one group and one question: who said it, and to what, must not be lost. A target without a code takes
    the code of the others when they agree. Raises `CriterionRefusal`.
    """
    locked = lock_live([target, *others])
    target_now = next(criterion for criterion in locked if criterion.pk == target.pk)
    others_now = [criterion for criterion in locked if criterion.pk != target.pk]
    if not others_now:
        raise CriterionRefusal(gettext("Choisissez au moins deux critères à fusionner."))
    if len({(item.territory_id, item.group_id, item.question_id) for item in locked}) > 1:
        raise CriterionRefusal(
            gettext("On fusionne des critères d’un même groupe et d’une même question, pour ne pas perdre qui a parlé, ni de quoi.")
        )
    batch = open_batch(
        territory=target_now.territory,
        kind=Batch.Kind.MERGE,
        label=gettext("Fusion dans le critère %(number)s") % {"number": target_now.pk},
        by=by,
        now=now,
    )
    move_expressions(batch=batch, expressions=list(Expression.objects.filter(criterion__in=others_now).order_by("pk")), to=target_now)
    change_criterion(
        batch=batch,
        criterion=target_now,
        imported_count=target_now.imported_count + sum(item.imported_count for item in others_now),
        expression_count=target_now.expression_count + sum(item.expression_count for item in others_now),
    )
    for item in others_now:
        change_criterion(batch=batch, criterion=item, merged_into_id=target_now.pk)
    codes = {item.code for item in others_now if item.code}
    if not target_now.code and len(codes) == 1:
        write_code(criterion=target_now, code=parse_code(codes.pop()), by=by, now=now, batch=batch)
    record(
        verb="voices.merge_criteria",
        by=by,
        territory=target_now.territory,
        on=target_now,
        numbers={"merged": len(others_now), "expressions": target_now.expression_count},
        now=now,
    )
    target.refresh_from_db()
    return batch


@transaction.atomic
def split_criterion(*, criterion: Criterion, parts: Sequence[Part], by: User, now: dt.datetime) -> Batch:
    """One criterion that holds several ideas becomes several. The first part keeps the criterion; counts must add up.

    Every linked expression goes to one part. The new criteria take the code as a proposal to look at again.
    Raises `CriterionRefusal`.
    """
    [criterion_now] = lock_live([criterion])
    linked = {expression.pk: expression for expression in criterion_now.expressions.order_by("pk")}
    _check_parts(criterion_now, parts, set(linked))
    batch = open_batch(
        territory=criterion_now.territory,
        kind=Batch.Kind.SPLIT,
        label=gettext("Séparation du critère %(number)s") % {"number": criterion_now.pk},
        by=by,
        now=now,
    )
    code = parse_code(criterion_now.code) if criterion_now.code else None
    for part in parts[1:]:
        taken = [linked[pk] for pk in part.expressions]
        origin = origin_of_wording(part.text, notes_of(taken)) if taken else None
        born = new_criterion(batch, like=criterion_now, text=part.text, imported=part.count, linked=len(taken), now=now, origin=origin)
        move_expressions(batch=batch, expressions=taken, to=born)
        if code is not None:
            write_code(criterion=born, code=code, by=by, now=now, batch=batch)
    first = parts[0]
    search, sort_key = search_columns(first.text, criterion_now.french_text)
    change_criterion(
        batch=batch,
        criterion=criterion_now,
        text=first.text,
        search=search,
        sort_key=sort_key,
        imported_count=first.count,
        expression_count=first.count + len(first.expressions),
        group_validated_on=criterion_now.group_validated_on if first.text == criterion_now.text else None,
    )
    record(
        verb="voices.split_criterion", by=by, territory=criterion_now.territory, on=criterion_now, numbers={"parts": len(parts)}, now=now
    )
    criterion.refresh_from_db()
    return batch


def _check_parts(criterion: Criterion, parts: Sequence[Part], linked: set[int]) -> None:
    if len(parts) < 2:
        raise CriterionRefusal(gettext("Donnez au moins deux formulations."))
    if any(not part.text.strip() for part in parts):
        raise CriterionRefusal(gettext("Une formulation est vide."))
    total = sum(part.count for part in parts)
    if total != criterion.imported_count or any(part.count < 0 for part in parts):
        raise CriterionRefusal(
            gettext("Les nombres donnent %(total)s en tout ; il en faut %(expected)s, comme avant la séparation.")
            % {"total": total, "expected": criterion.imported_count}
        )
    given = [pk for part in parts for pk in part.expressions]
    if sorted(given) != sorted(linked):
        raise CriterionRefusal(gettext("Chaque expression rattachée va à une formulation, et à une seule."))
    if any(part.count + len(part.expressions) < 1 for part in parts):
        raise CriterionRefusal(gettext("Chaque formulation garde au moins une expression."))


def new_criterion(
    batch: Batch, *, like: Any, text: str, imported: int, linked: int, now: dt.datetime, origin: tuple[str, str] | None = None
) -> Criterion:
    """A criterion in the place of `like` (a criterion or an expression). `origin` is its language and its French wording."""
    language, french_text = origin or (like.language, "")
    search, sort_key = search_columns(text, french_text)
    return Criterion.objects.create(
        territory=like.territory,
        group_id=like.group_id,
        question_id=like.question_id,
        workshop_id=like.workshop_id,
        batch=batch,
        text=text,
        search=search,
        sort_key=sort_key,
        language=language,
        french_text=french_text,
        imported_count=imported,
        expression_count=imported + linked,
        said_on=like.said_on if isinstance(like, Criterion) else (like.workshop.held_on if like.workshop else None),
        recorded_at=now,
    )


@transaction.atomic
def make_criterion(
    *, expressions: Sequence[Expression], text: str, by: User, now: dt.datetime, language: str = "", french_text: str = ""
) -> Criterion:
    """Loose expressions of one group and question become one criterion; its count is theirs. Raises `CriterionRefusal`.

    Without `language`, the language and the French wording follow the expressions whose words these are (`core.gathering`).
    """
    locked = lock_loose(expressions)
    batch = gathering_batch(locked, gettext("Critère fait d’expressions"), by, now)
    origin = (language, french_text) if language else None
    born = gather_into_one(batch=batch, locked=locked, text=text, now=now, origin=origin)
    record(verb="voices.make_criterion", by=by, territory=born.territory, on=born, numbers={"expressions": len(locked)}, now=now)
    return born


def gather_into_one(
    *, batch: Batch, locked: Sequence[Expression], text: str, now: dt.datetime, origin: tuple[str, str] | None = None
) -> Criterion:
    """One criterion of expressions that are held already, in a batch that is open already."""
    if not text.strip():
        raise CriterionRefusal(gettext("Donnez la formulation du critère."))
    origin = origin or origin_of_wording(text, notes_of(locked))
    born = new_criterion(batch, like=locked[0], text=text, imported=0, linked=len(locked), now=now, origin=origin)
    if len({expression.workshop_id for expression in locked}) > 1:
        Criterion.objects.filter(pk=born.pk).update(workshop=None, said_on=None)
    move_expressions(batch=batch, expressions=locked, to=born)
    return born


def notes_of(expressions: Sequence[Expression]) -> list[Note]:
    """Expressions as the plain values of `core.gathering`."""
    return [Note(item.pk, item.text, item.language, item.french_text) for item in expressions]


@transaction.atomic
def attach_expressions(*, criterion: Criterion, expressions: Sequence[Expression], by: User, now: dt.datetime) -> Batch:
    """Loose expressions join a criterion of their own group and question. Raises `CriterionRefusal`."""
    [criterion_now] = lock_live([criterion])
    locked = lock_loose(expressions)
    if any((item.group_id, item.question_id) != (criterion_now.group_id, criterion_now.question_id) for item in locked):
        raise CriterionRefusal(gettext("On rattache une expression à un critère de son groupe et de sa question."))
    batch = gathering_batch(locked, gettext("Expressions rattachées au critère %(number)s") % {"number": criterion_now.pk}, by, now)
    move_expressions(batch=batch, expressions=locked, to=criterion_now)
    _count_moved(criterion_now, len(locked), verb="voices.attach_expressions", batch=batch, by=by, now=now)
    criterion.refresh_from_db()
    return batch


@transaction.atomic
def detach_expressions(*, criterion: Criterion, expressions: Sequence[Expression], by: User, now: dt.datetime) -> Batch:
    """Linked expressions become loose again. The last one cannot leave: a criterion says what somebody said."""
    [criterion_now] = lock_live([criterion])
    locked = list(
        Expression.objects.select_for_update(of=("self",))
        .filter(pk__in=[item.pk for item in expressions], criterion=criterion_now)
        .select_related("territory")
        .order_by("pk")
    )
    if not locked:
        raise CriterionRefusal(gettext("Ces expressions ne sont plus rattachées à ce critère."))
    if criterion_now.expression_count - len(locked) < 1:
        raise CriterionRefusal(gettext("Un critère garde au moins une expression. Fusionnez-le, ou annulez le geste qui l’a fait."))
    batch = gathering_batch(locked, gettext("Expressions détachées du critère %(number)s") % {"number": criterion_now.pk}, by, now)
    move_expressions(batch=batch, expressions=locked, to=None)
    _count_moved(criterion_now, -len(locked), verb="voices.detach_expressions", batch=batch, by=by, now=now)
    criterion.refresh_from_db()
    return batch


def _count_moved(criterion: Criterion, moved: int, *, verb: str, batch: Batch, by: User, now: dt.datetime) -> None:
    """The count of a criterion that expressions joined, or left when `moved` is negative; journalled."""
    change_criterion(batch=batch, criterion=criterion, expression_count=criterion.expression_count + moved)
    record(verb=verb, by=by, territory=criterion.territory, on=criterion, numbers={"expressions": abs(moved)}, now=now)


def lock_loose(expressions: Sequence[Expression]) -> list[Expression]:
    """These expressions, still loose, of one group and question, held until the end of the transaction. Raises `CriterionRefusal`."""
    ids = {item.pk for item in expressions}
    locked = list(
        Expression.objects.loose().filter(pk__in=ids).select_for_update(of=("self",)).select_related("territory", "workshop").order_by("pk")
    )
    if not locked or len(locked) != len(ids):
        raise CriterionRefusal(gettext("Choisissez des expressions encore libres ; l’une d’elles a été rattachée entre-temps."))
    if len({(item.territory_id, item.group_id, item.question_id) for item in locked}) > 1:
        raise CriterionRefusal(gettext("Choisissez des expressions d’un même groupe et d’une même question."))
    return locked


def gathering_batch(expressions: Sequence[Expression], label: str, by: User, now: dt.datetime) -> Batch:
    return open_batch(territory=expressions[0].territory, kind=Batch.Kind.EDIT, label=label, by=by, now=now)


@transaction.atomic
def withdraw_criterion(*, criterion: Criterion, reason: str, by: User, now: dt.datetime) -> Criterion:
    """The group takes a criterion back: with what was merged into it and its expressions, it leaves every screen and later version.

    Public versions that hold it are the business of whoever published them. Raises `CriterionRefusal`.
    """
    [criterion_now] = lock_live([criterion])
    family = with_merged(criterion_now)
    Criterion.objects.filter(pk__in=family).update(withdrawn_at=now, withdrawn_by=by, withdrawn_reason=reason)
    notes = Expression.objects.filter(Q(criterion__in=family), withdrawn_at__isnull=True).update(withdrawn_at=now)
    record(
        verb="voices.withdraw_criterion",
        by=by,
        territory=criterion_now.territory,
        on=criterion_now,
        numbers={"criteria": len(family), "expressions": notes},
        now=now,
    )
    criterion.refresh_from_db()
    return criterion


def with_merged(criterion: Criterion) -> list[int]:
    """The criterion and everything merged into it, however deep."""
    family, edge = [criterion.pk], [criterion.pk]
    while edge:
        edge = list(Criterion.objects.filter(merged_into__in=edge).exclude(pk__in=family).order_by("pk").values_list("pk", flat=True))
        family += edge
    return family


@transaction.atomic
def correct_proposition(*, proposition: Proposition, corrected_text: str, by: User, now: dt.datetime) -> Proposition:
    """Writes a corrected wording beside the original, which is kept as it came."""
    proposition.corrected_text = corrected_text
    proposition.save(update_fields=["corrected_text"])
    record(
        verb="voices.correct_proposition",
        by=by,
        territory=proposition.territory,
        on=proposition,
        fields=["corrected_text"],
        now=now,
    )
    return proposition
