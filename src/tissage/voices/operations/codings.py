"""Giving a code to a criterion. The columns of the criterion and its current coding are written together, here only."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext

from tissage.core.codes import Code
from tissage.core.criteria import code_columns
from tissage.frameworks.queries import chosen_version
from tissage.people.models import User
from tissage.people.operations import record
from tissage.voices.models import Batch, Coding, Criterion

from .changes import change_criterion, lock_criteria

# Why it is so, beside the sense letter (`spiral.md` §8.4). A facet is kept apart from the digits of an imported sense.
FACETS = (
    "existence",
    "amount",
    "quality",
    "access",
    "law",
    "discrimination",
    "contacts",
    "money",
    "help",
    "ability",
)


class NothingToValidate(ValueError):
    """The criterion has no code yet, or its code is validated already."""


def write_code(
    *,
    criterion: Criterion,
    code: Code | None,
    by: User | None,
    now: dt.datetime,
    facet: str = "",
    origin: str = Coding.Origin.HUMAN,
    status: str = Coding.Status.PROPOSED,
    batch: Batch | None = None,
) -> Coding | None:
    """Makes `code` the current coding and repeats it in the columns of the criterion. The earlier coding stays in the history.

    With a batch, the columns before and after are remembered there, so that undoing the batch gives the code back.
    """
    criterion.codings.filter(superseded_at__isnull=True).update(superseded_at=now)
    columns = code_columns(code)
    if batch is not None and criterion.batch_id != batch.pk:
        change_criterion(batch=batch, criterion=criterion, **columns)
    else:
        for name, value in columns.items():
            setattr(criterion, name, value)
        criterion.save(update_fields=list(columns))
    if code is None:
        return None
    return Coding.objects.create(
        criterion=criterion,
        component=code.object,
        sub_component=code.sub_component,
        sense=code.sense,
        beneficiary=code.beneficiary,
        facet=facet,
        version=chosen_version(criterion.territory),
        coder=by,
        coded_at=now,
        origin=origin,
        status=status,
        batch=batch,
    )


@transaction.atomic
def set_code(*, criterion: Criterion, code: Code | None, by: User, now: dt.datetime, facet: str = "") -> Coding | None:
    """A person codes a criterion, codes it anew, or takes its code away (`code=None`)."""
    [criterion_now] = lock_criteria([criterion])
    coding = write_code(criterion=criterion_now, code=code, facet=facet, by=by, now=now)
    record(verb="voices.set_code", by=by, territory=criterion_now.territory, on=criterion_now, fields=["code"], now=now)
    criterion.refresh_from_db()
    return coding


@transaction.atomic
def validate_coding(*, criterion: Criterion, by: User, now: dt.datetime) -> Coding:
    """Confirms the current code: a new coding with the same parts, by the person who confirms; the former stays in the history."""
    [criterion_now] = lock_criteria([criterion])
    current = criterion_now.codings.filter(superseded_at__isnull=True).first()
    if current is None or current.status == Coding.Status.VALIDATED:
        raise NothingToValidate(gettext("Il n’y a pas de code à valider : donnez d’abord un code, ou il est déjà validé."))
    current.superseded_at = now
    current.save(update_fields=["superseded_at"])
    coding = Coding.objects.create(
        criterion=criterion_now,
        component=current.component,
        sub_component=current.sub_component,
        sense=current.sense,
        beneficiary=current.beneficiary,
        facet=current.facet,
        version=current.version,
        coder=by,
        coded_at=now,
        origin=current.origin,
        status=Coding.Status.VALIDATED,
    )
    record(verb="voices.validate_coding", by=by, territory=criterion_now.territory, on=criterion_now, now=now)
    return coding
