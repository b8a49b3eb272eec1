"""Fast entry: many lines at once, one batch, undone as one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext

from tissage.core.codes import Code
from tissage.core.criteria import code_columns, search_columns
from tissage.frameworks.queries import chosen_version
from tissage.people.models import User
from tissage.people.operations import record
from tissage.voices.models import Batch, Coding, Criterion, Expression, HomogeneousGroup, Question, Workshop

from .changes import open_batch
from .workshops import WorkshopClosed


class NothingToEnter(ValueError):
    """No line is left to record."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One line ready to be recorded: how many notes carry it, its words, its code when it has one."""

    text: str
    count: int = 1
    code: Code | None = None


@transaction.atomic
def enter_criteria(
    *,
    group: HomogeneousGroup,
    question: Question,
    statements: Sequence[Statement],
    by: User,
    now: dt.datetime,
    workshop: Workshop | None = None,
    typed: str = "",
    left: Iterable[str] = (),
) -> Batch:
    """One criterion a line, `imported_count` = NB and no expression (`names.md`, point 3). One applied batch.

    `typed` is the whole text and `left` the lines not recorded: the batch keeps them so that nothing typed is ever lost.
    Raises `NothingToEnter`, `WorkshopClosed`.
    """
    batch = _open_entry(group, question, workshop, len(statements), by, now, typed, left)
    version = chosen_version(group.territory)
    language = group.language
    criteria = Criterion.objects.bulk_create(
        Criterion(
            territory=group.territory,
            group=group,
            question=question,
            workshop=workshop,
            batch=batch,
            text=statement.text,
            search=search_columns(statement.text)[0],
            sort_key=search_columns(statement.text)[1],
            language=language,
            imported_count=statement.count,
            expression_count=statement.count,
            said_on=workshop.held_on if workshop else None,
            recorded_at=now,
            **code_columns(statement.code),
        )
        for statement in statements
    )
    Coding.objects.bulk_create(
        Coding(
            criterion=criterion,
            component=statement.code.object,
            sub_component=statement.code.sub_component,
            sense=statement.code.sense,
            beneficiary=statement.code.beneficiary,
            version=version,
            coder=by,
            coded_at=now,
            origin=Coding.Origin.HUMAN,
            status=Coding.Status.PROPOSED,
            batch=batch,
        )
        for criterion, statement in zip(criteria, statements, strict=True)
        if statement.code is not None
    )
    record(verb="voices.enter_criteria", by=by, territory=group.territory, on=batch, numbers={"criteria": len(criteria)}, now=now)
    return batch


@transaction.atomic
def enter_expressions(
    *,
    group: HomogeneousGroup,
    question: Question,
    texts: Sequence[str],
    by: User,
    now: dt.datetime,
    workshop: Workshop | None = None,
    typed: str = "",
    left: Iterable[str] = (),
) -> Batch:
    """One raw note a line, exactly as written, without criterion yet. Raises `NothingToEnter`, `WorkshopClosed`."""
    batch = _open_entry(group, question, workshop, len(texts), by, now, typed, left, mode="expressions")
    Expression.objects.bulk_create(
        Expression(
            territory=group.territory,
            group=group,
            question=question,
            workshop=workshop,
            batch=batch,
            text=text,
            language=group.language,
            recorded_at=now,
        )
        for text in texts
    )
    record(verb="voices.enter_expressions", by=by, territory=group.territory, on=batch, numbers={"expressions": len(texts)}, now=now)
    return batch


def _open_entry(
    group: HomogeneousGroup,
    question: Question,
    workshop: Workshop | None,
    count: int,
    by: User,
    now: dt.datetime,
    typed: str,
    left: Iterable[str],
    mode: str = "criteria",
) -> Batch:
    if not count:
        raise NothingToEnter(gettext("Aucune ligne à enregistrer."))
    if workshop is not None and Workshop.objects.filter(pk=workshop.pk, closed_at__isnull=False).exists():
        raise WorkshopClosed
    batch = open_batch(
        territory=group.territory,
        kind=Batch.Kind.ENTRY,
        label=gettext("Saisie : %(group)s, %(question)s") % {"group": group.name[:120], "question": question.code},
        by=by,
        now=now,
    )
    batch.rows_total = batch.rows_done = count
    batch.report = {
        "group": group.pk,
        "question": question.pk,
        "workshop": workshop.pk if workshop else None,
        "mode": mode,
        "typed": typed,
        "left": list(left),
    }
    batch.save(update_fields=["rows_total", "rows_done", "report"])
    return batch
