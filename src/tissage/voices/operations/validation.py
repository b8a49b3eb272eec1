"""What a group says when its criteria are read back to it: accepted, corrected, or not coded as it meant.

Words and code are heard apart: `Criterion.group_validated_on` for the words, `Coding.group_validated_on` for the current code. A code the
group does not agree with is proposed again, dated `group_disagreed_on`, until somebody codes the criterion anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from tissage.core.criteria import search_columns
from tissage.people.models import User
from tissage.people.operations import record
from tissage.voices.models import Batch, Coding, Criterion

from .changes import change_coding, change_criterion, open_batch
from .criteria import CriterionRefusal, lock_live


class NothingToReadBack(ValueError):
    """The group accepted all of it already."""

    def __init__(self) -> None:
        super().__init__(gettext("Rien à noter : le groupe a déjà accepté ces critères."))


class NotYet(ValueError):
    """A group cannot have accepted something on a day to come."""

    def __init__(self) -> None:
        super().__init__(gettext("Cette date n’est pas encore venue. Donnez le jour où le groupe a relu."))


@transaction.atomic
def validate_with_group(*, criteria: Sequence[Criterion], on: dt.date, coding: bool, by: User, now: dt.datetime) -> Batch:
    """The group accepts these criteria; with `coding`, their current code as well, which was read to it in words.

    What was accepted before keeps its earlier date. One batch: one undo takes it back. Raises `CriterionRefusal`, `NotYet`,
    `NothingToReadBack`.
    """
    locked = _of_one_group(criteria, on, now)
    batch = _batch(locked, by, now)
    words = sum(bool(_accept_words(batch, criterion, on)) for criterion in locked)
    codings = sum(bool(_accept_code(batch, current, on)) for current in _current(locked)) if coding else 0
    if not words + codings:
        raise NothingToReadBack  # the transaction takes the empty batch with it
    record(
        verb="voices.validate_with_group",
        by=by,
        territory=batch.territory,
        on=batch,
        numbers={"criteria": words, "codings": codings},
        now=now,
    )
    return batch


@transaction.atomic
def correct_with_group(
    *, criterion: Criterion, text: str, french_text: str, on: dt.date, coding: bool, by: User, now: dt.datetime
) -> Batch:
    """The group says it otherwise: its words are corrected and accepted at once; with `coding`, the code too. Same errors."""
    [criterion_now] = locked = _of_one_group([criterion], on, now)
    if not text.strip():
        raise CriterionRefusal(gettext("Donnez les mots du groupe."))
    batch = _batch(locked, by, now)
    search, sort_key = search_columns(text, french_text)
    words = {"text": text, "french_text": french_text, "search": search, "sort_key": sort_key}
    changed = change_criterion(batch=batch, criterion=criterion_now, **words, group_validated_on=on)
    if coding:
        for current in _current(locked):
            changed += _accept_code(batch, current, on)
    if not changed:
        raise NothingToReadBack
    fields = sorted({"text", "french_text"} & set(changed))
    record(verb="voices.correct_with_group", by=by, territory=batch.territory, on=criterion_now, fields=fields, now=now)
    criterion.refresh_from_db()
    return batch


@transaction.atomic
def disagree_with_code(*, criterion: Criterion, on: dt.date, memo: str, by: User, now: dt.datetime) -> Batch:
    """The group accepts the words and not the code: the code is proposed again, to look at, with what the group said of it.

    Raises `CriterionRefusal` when there is no code, `NotYet`.
    """
    [criterion_now] = locked = _of_one_group([criterion], on, now)
    current = _current(locked).first()
    if current is None:
        raise CriterionRefusal(gettext("Ce critère n’a pas de code : il n’y a rien à refuser."))
    batch = _batch(locked, by, now)
    _accept_words(batch, criterion_now, on)
    said = "\n".join(part for part in (current.memo, memo.strip()) if part)
    change_coding(batch=batch, coding=current, status=Coding.Status.PROPOSED, group_validated_on=None, group_disagreed_on=on, memo=said)
    record(verb="voices.disagree_with_code", by=by, territory=batch.territory, on=criterion_now, now=now)
    return batch


def _of_one_group(criteria: Sequence[Criterion], on: dt.date, now: dt.datetime) -> list[Criterion]:
    if on > timezone.localtime(now).date():
        raise NotYet
    if not criteria:
        raise NothingToReadBack
    locked = lock_live(criteria)
    if len({criterion.group_id for criterion in locked}) > 1:
        raise CriterionRefusal(gettext("Un groupe relit ses propres critères, pas ceux d’un autre."))
    return locked


def _batch(criteria: Sequence[Criterion], by: User, now: dt.datetime) -> Batch:
    label = ngettext("%(count)s critère relu avec le groupe", "%(count)s critères relus avec le groupe", len(criteria))
    return open_batch(territory=criteria[0].territory, kind=Batch.Kind.EDIT, label=label % {"count": len(criteria)}, by=by, now=now)


def _current(criteria: Iterable[Criterion]) -> QuerySet[Coding]:
    return Coding.objects.filter(criterion__in=list(criteria), superseded_at__isnull=True).order_by("pk")


def _accept_words(batch: Batch, criterion: Criterion, on: dt.date) -> list[str]:
    if criterion.group_validated_on is not None:
        return []
    return change_criterion(batch=batch, criterion=criterion, group_validated_on=on)


def _accept_code(batch: Batch, coding: Coding, on: dt.date) -> list[str]:
    if coding.group_validated_on is not None:
        return []
    return change_coding(batch=batch, coding=coding, status=Coding.Status.VALIDATED, group_validated_on=on, group_disagreed_on=None)
