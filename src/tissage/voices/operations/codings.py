"""Giving a code to a criterion. The columns of the criterion and its current coding are written together, here only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from tissage.core.codes import Code
from tissage.core.criteria import code_columns
from tissage.frameworks.models import FrameworkVersion
from tissage.frameworks.queries import chosen_version
from tissage.people.models import User
from tissage.people.operations import record
from tissage.voices.models import Batch, BlindCoding, Coding, Criterion

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


class CodedMeanwhile(ValueError):
    """Somebody gave another code while this one was being chosen. `coding` is theirs, or None when the code was taken away."""

    def __init__(self, coding: Coding | None) -> None:
        super().__init__(gettext("Ce critère a été codé entre-temps par quelqu’un d’autre."))
        self.coding = coding


class CriterionGone(ValueError):
    """The criterion was merged, withdrawn or undone while its code was being chosen."""

    def __init__(self) -> None:
        super().__init__(gettext("Ce critère n’est plus à coder : il a été fusionné, retiré ou annulé entre-temps."))


class CannotUndoCoding(ValueError):
    """Taking the coding back would change what somebody else did since; the message says what."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood on the screen when a code was chosen: the key of the current coding, or None for no code."""

    coding: int | None


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
    memo: str = "",
    version: FrameworkVersion | None = None,
) -> Coding | None:
    """Makes `code` the current coding and repeats it in the columns of the criterion. The earlier coding stays in the history.

    With a batch, the columns before and after are remembered there, so that undoing the batch gives the code back. `version`: the
    nomenclature the territory codes with, when the caller has just read it.
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
        version=version or chosen_version(criterion.territory),
        coder=by,
        coded_at=now,
        origin=origin,
        status=status,
        batch=batch,
        memo=memo,
    )


@transaction.atomic
def set_code(
    *,
    criterion: Criterion,
    code: Code | None,
    by: User,
    now: dt.datetime,
    facet: str = "",
    origin: str = Coding.Origin.HUMAN,
    memo: str = "",
    seen: Seen | None = None,
    version: FrameworkVersion | None = None,
) -> Coding | None:
    """A person codes a criterion, codes it anew, or takes its code away (`code=None`).

    `origin` says how the code came to the person (typed, suggested and accepted, suggested and changed). With `seen`, what stood on
    the screen must still stand. `version`: as for `write_code`. Raises `CodedMeanwhile`, `CriterionGone`.
    """
    criterion_now = _unchanged(criterion, seen)
    coding = write_code(criterion=criterion_now, code=code, facet=facet, by=by, now=now, origin=origin, memo=memo, version=version)
    record(verb="voices.set_code", by=by, territory=criterion_now.territory, on=criterion_now, fields=["code"], now=now)
    for name, value in code_columns(code).items():
        setattr(criterion, name, value)
    return coding


def _unchanged(criterion: Criterion, seen: Seen | None) -> Criterion:
    """The criterion as it stands, locked; refused when it is no longer what the person had before them."""
    if seen is None:
        [locked] = lock_criteria([criterion])
        return locked
    live = Criterion.objects.live().select_for_update(of=("self",)).select_related("territory")
    criterion_now = live.filter(pk=criterion.pk).order_by("pk").first()
    if criterion_now is None:
        raise CriterionGone
    current = criterion_now.codings.filter(superseded_at__isnull=True).select_related("coder").first()
    if (current.pk if current else None) != seen.coding:
        raise CodedMeanwhile(current)
    return criterion_now


@transaction.atomic
def validate_coding(*, criterion: Criterion, by: User, now: dt.datetime, seen: Seen | None = None) -> Coding:
    """Confirms the current code: a new coding with the same parts, by the person who confirms; the former stays in the history.

    Raises `NothingToValidate`; with `seen`, `CodedMeanwhile` and `CriterionGone`.
    """
    criterion_now = _unchanged(criterion, seen)
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
        memo=current.memo,
        version=current.version,
        coder=by,
        coded_at=now,
        origin=current.origin,
        status=Coding.Status.VALIDATED,
    )
    record(verb="voices.validate_coding", by=by, territory=criterion_now.territory, on=criterion_now, now=now)
    return coding


@transaction.atomic
def undo_coding(*, coding: Coding, by: User, now: dt.datetime) -> Criterion:
    """Takes back a coding just made at the desk: the criterion and its current coding are exactly what they were before.

    Only by whoever made it, while it is still the current one and nothing leans on it. The coding goes; the journal keeps that there
    was one. Raises `CannotUndoCoding`, `CriterionGone`.
    """
    criterion = _unchanged(coding.criterion, None)
    if not Criterion.objects.live().filter(pk=criterion.pk).exists():
        raise CriterionGone
    current = criterion.codings.filter(superseded_at__isnull=True).first()
    if current is None or current.pk != coding.pk or current.coder_id != by.pk or current.batch_id is not None:
        raise CannotUndoCoding(
            gettext("Le critère %(number)s a reçu un autre code depuis : votre codage n’est plus à annuler.") % {"number": criterion.pk}
        )
    if BlindCoding.objects.filter(Q(first=current) | Q(settled_coding=current)).exists():
        raise CannotUndoCoding(
            gettext("Le codage du critère %(number)s sert déjà à un double codage : changez le code plutôt que de l’annuler.")
            % {"number": criterion.pk}
        )
    # What this coding replaced was superseded at the very moment it was made; a code taken away before leaves nothing to give back.
    before = criterion.codings.exclude(pk=current.pk).filter(superseded_at=current.coded_at).order_by("-pk").first()
    current.delete()
    if before is not None:
        Coding.objects.filter(pk=before.pk).update(superseded_at=None)
    columns = code_columns(Code(before.component, before.sub_component, before.sense, before.beneficiary) if before else None)
    for name, value in columns.items():
        setattr(criterion, name, value)
    criterion.save(update_fields=list(columns))
    record(verb="voices.undo_coding", by=by, territory=criterion.territory, on=criterion, fields=["code"], now=now)
    return criterion
