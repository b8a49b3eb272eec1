"""Stopping, undoing and cleaning imports. What was never visible goes in chunks; what is applied goes at once, then in chunks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, ProtectedError, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext, ngettext

from tissage.core.messages import Explained, gettext_noop
from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.voices.models import Batch, Change, Coding, Criterion, Expression, HomogeneousGroup, Proposition, Question, Workshop

from .changes import CannotUndo
from .staging import ChangedMeanwhile, revert_changes

PURGE_SLICE = 500
KEEP_FILES = dt.timedelta(days=30)


# --- Stopping ---------------------------------------------------------------------------------------------------


@transaction.atomic
def cancel_import(*, batch: Batch, by: User, now: dt.datetime) -> Batch:
    """Stops an import: at once while it waits, at the next thousand rows while it is being written. Asked twice, it is nothing new."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state in (Batch.State.PREVIEW, Batch.State.WAITING):
        batch.state = Batch.State.CANCELLED
    elif batch.state != Batch.State.STAGING or batch.cancel_requested_at:
        return batch
    batch.cancel_requested_at = now
    batch.save(update_fields=["state", "cancel_requested_at"])
    record(verb="voices.cancel_import", by=by, territory=batch.territory, on=batch, now=now)
    if batch.state == Batch.State.CANCELLED:
        transaction.on_commit(lambda: delete_batch_file(batch))
    return batch


# --- Undoing ----------------------------------------------------------------------------------------------------


def undo_import(*, batch: Batch, by: User, now: dt.datetime) -> Batch:
    """Takes an applied import back: its rows vanish at once, what it changed takes its earlier values, then the rows are purged.

    Raises `CannotUndo` when a later batch changed, merged or split the same criteria, when notes from elsewhere hang on
    them, or when one stands in something frozen downstream.
    """
    _refuse_undo(batch)
    _undo(batch, by=by, now=now)
    batch.refresh_from_db()
    if batch.rows_total <= 2 * PURGE_SLICE:
        purge_batch(batch=batch, now=now)
    return batch


def why_not_undone(batch: Batch) -> str:
    """Why this import cannot be undone, or an empty string."""
    try:
        _refuse_undo(batch)
    except CannotUndo as error:
        return str(error)
    return ""


def codings_since(batch: Batch) -> int:
    """Codings that people gave to criteria of this import: they go with it."""
    return Coding.objects.filter(criterion__batch=batch).exclude(batch=batch).values("criterion").distinct().count()


def _refuse_undo(batch: Batch) -> None:
    if batch.state != Batch.State.APPLIED or batch.kind != Batch.Kind.IMPORT:
        raise CannotUndo(gettext("Cet import n’est plus à annuler : il l’est déjà, ou il n’a pas été fait."))
    mine = Q(criterion__batch=batch) | Q(criterion__in=Change.objects.filter(batch=batch).values("criterion"))
    later = Change.objects.filter(mine, batch__state=Batch.State.APPLIED, batch__gt=batch.pk).values("criterion").distinct().count()
    if later:
        raise CannotUndo(
            ngettext(
                "%(count)s critère de cet import a été modifié ensuite (correction, fusion, séparation ou autre import). Annulez d’abord ce qui a suivi.",
                "%(count)s critères de cet import ont été modifiés ensuite (correction, fusion, séparation ou autre import). Annulez d’abord ce qui a suivi.",
                later,
            )
            % {"count": later}
        )
    if Criterion.objects.filter(Q(batch=batch, merged_into__isnull=False) | Q(merged_into__batch=batch)).exists():
        raise CannotUndo(gettext("Des critères de cet import ont été fusionnés. Annulez d’abord ces fusions."))
    if Expression.objects.filter(criterion__batch=batch).exclude(batch=batch).exists():
        raise CannotUndo(gettext("Des expressions venues d’ailleurs sont rattachées à des critères de cet import. Détachez-les d’abord."))
    if _held_downstream(batch):
        raise CannotUndo(
            gettext(
                "Des critères de cet import figurent dans une synthèse figée, qui ne change plus. Retirez plutôt les critères en cause."
            )
        )


def _held_downstream(batch: Batch) -> bool:
    """A row of another app, which may not lose its criterion, points to one of this batch. We need not know which app."""
    for relation in Criterion._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.on_delete is not models.PROTECT:
            continue
        holder: Any = relation.related_model
        ours = holder._meta.app_label == Criterion._meta.app_label
        if not ours and holder._base_manager.filter(**{f"{relation.field.name}__batch": batch}).exists():
            return True
    return False


@transaction.atomic
def _undo(batch: Batch, *, by: User, now: dt.datetime) -> None:
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != Batch.State.APPLIED:
        raise CannotUndo(gettext("Cet import n’est plus à annuler : il l’est déjà, ou il n’a pas été fait."))
    try:
        restored = revert_changes(locked, now=now)
    except ChangedMeanwhile as error:
        raise CannotUndo(
            gettext("Le critère %(number)s a changé depuis. Annulez d’abord ce qui a été fait ensuite.") % {"number": error.criterion}
        ) from None
    _keep_used_groups(locked)
    if locked.report.get("description_given"):
        Territory.objects.filter(pk=locked.territory_id).update(description="")
    locked.state, locked.undone_at = Batch.State.UNDONE, now
    locked.save(update_fields=["state", "undone_at"])
    numbers = {"criteria": locked.report.get("created", 0), "restored": restored}
    record(verb="voices.undo_import", by=by, territory=locked.territory, on=locked, numbers=numbers, now=now)


def _keep_used_groups(batch: Batch) -> None:
    """Groups that came with the import and live on by themselves stay: others speak in them, or somebody described them."""
    born = HomogeneousGroup.objects.filter(batch=batch)
    used = (
        Q(pk__in=Criterion.objects.exclude(batch=batch).values("group"))
        | Q(pk__in=Expression.objects.exclude(batch=batch).values("group"))
        | Q(pk__in=Workshop.objects.values("group"))
        | Q(participants_count__isnull=False)
        | ~Q(consent=HomogeneousGroup.Consent.NONE)
        | ~Q(public_name="")
    )
    born.filter(used).update(batch=None)


# --- Cleaning ---------------------------------------------------------------------------------------------------

GONE = (Batch.State.UNDONE, Batch.State.CANCELLED, Batch.State.FAILED)


def purge_hidden_rows(*, now: dt.datetime, territory: Territory | None = None) -> int:
    """Removes, in small transactions, the rows of imports that were undone, abandoned, or died while writing; gives how many."""
    from .imports import error_report, is_stale

    waiting = Batch.objects.filter(kind=Batch.Kind.IMPORT, purged_at__isnull=True).order_by("pk")
    if territory is not None:
        waiting = waiting.filter(territory=territory)
    for batch in waiting.filter(state=Batch.State.STAGING):
        if is_stale(batch, now):
            report = {**batch.report, **error_report(Explained(gettext_noop("L’import s’est interrompu. Rien n’a été ajouté.")))}
            Batch.objects.filter(pk=batch.pk, state=Batch.State.STAGING).update(state=Batch.State.FAILED, report=report)
            delete_batch_file(batch)
    return sum(purge_batch(batch=batch, now=now) for batch in waiting.filter(state__in=GONE))


def purge_batch(*, batch: Batch, now: dt.datetime) -> int:
    """Removes what a hidden batch wrote; gives the number of criteria removed. What something frozen still holds stays hidden."""
    batch.refresh_from_db()
    if batch.state not in GONE or batch.purged_at is not None:
        return 0
    _purge_in_slices(Expression.objects.filter(batch=batch))
    propositions = _propositions_of_changes(batch)
    removed, last = 0, 0
    while ids := list(Criterion.objects.filter(batch=batch, pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PURGE_SLICE]):
        last = ids[-1]
        slice_ = Criterion.objects.filter(pk__in=ids)
        propositions |= set(slice_.exclude(proposition=None).values_list("proposition", flat=True))
        removed += _delete_or_set_aside(batch, ids)
    if batch.state != Batch.State.UNDONE:
        _purge_in_slices(Change.objects.filter(batch=batch))
    _purge_in_slices(Coding.objects.filter(batch=batch, superseded_at__isnull=False))
    for group in HomogeneousGroup.objects.filter(batch=batch).order_by("pk"):
        _delete_unless_held(group)
    for question in Question.objects.filter(pk__in=batch.report.get("questions", []), is_protected=False).order_by("pk"):
        _delete_unless_held(question)
    orphans = Proposition.objects.filter(criteria__isnull=True)
    for start in range(0, len(propositions), PURGE_SLICE):
        _purge_in_slices(orphans.filter(pk__in=sorted(propositions)[start : start + PURGE_SLICE]))
    Batch.objects.filter(pk=batch.pk).update(purged_at=now)
    return removed


def _propositions_of_changes(batch: Batch) -> set[int]:
    """Propositions that the batch gave to criteria that were there before it."""
    given = Change.objects.filter(batch=batch, after__has_key="proposition_id").values_list("after", flat=True)
    return {after["proposition_id"] for after in given.iterator() if after["proposition_id"]}


def _purge_in_slices(rows: models.QuerySet[Any]) -> None:
    while ids := list(rows.order_by("pk").values_list("pk", flat=True)[:PURGE_SLICE]):
        with transaction.atomic():
            rows.model._default_manager.filter(pk__in=ids).delete()


def _delete_or_set_aside(batch: Batch, ids: list[int]) -> int:
    try:
        with transaction.atomic():
            return Criterion.objects.filter(pk__in=ids).delete()[1].get(Criterion._meta.label, 0)
    except ProtectedError:
        if len(ids) > 1:
            return sum(_delete_or_set_aside(batch, [pk]) for pk in ids)
        # Still held by something frozen: it stays hidden, and leaves its identifier to a later import.
        source = f"lot {batch.pk}"
        Criterion.objects.filter(pk__in=ids).exclude(source=source).update(
            source=source, external_id=Concat(Value("annulé-"), F("pk"), output_field=models.CharField())
        )
        return 0


def _delete_unless_held(thing: models.Model) -> None:
    try:
        with transaction.atomic():
            thing.delete()
    except ProtectedError:
        return


# --- Files ------------------------------------------------------------------------------------------------------


def imports_folder() -> Path:
    return Path(settings.TISSAGE_FILES) / "imports"


def batch_file(batch: Batch) -> Path:
    """Where the uploaded file of a batch is kept until it is applied or abandoned; only the owner may read it."""
    return imports_folder() / str(batch.uuid)


def delete_batch_file(batch: Batch) -> None:
    batch_file(batch).unlink(missing_ok=True)


def delete_old_import_files(*, now: dt.datetime) -> int:
    """Deletes uploaded files that nobody needs: of ended batches, of none, or older than thirty days (their preview is abandoned)."""
    folder = imports_folder()
    if not folder.is_dir():
        return 0
    old = Batch.objects.filter(kind=Batch.Kind.IMPORT, state__in=[Batch.State.PREVIEW, Batch.State.WAITING], made_at__lt=now - KEEP_FILES)
    old.update(state=Batch.State.CANCELLED, cancel_requested_at=now)
    living = [Batch.State.PREVIEW, Batch.State.WAITING, Batch.State.STAGING]
    needed = {str(uuid) for uuid in Batch.objects.filter(kind=Batch.Kind.IMPORT, state__in=living).values_list("uuid", flat=True)}
    deleted = 0
    for path in sorted(folder.iterdir()):
        too_old = now.timestamp() - path.stat().st_mtime > KEEP_FILES.total_seconds()
        if path.is_file() and (path.name not in needed or too_old):
            path.unlink(missing_ok=True)
            deleted += 1
    return deleted
