"""Importing criteria: compared first, staged in small transactions nobody sees, then visible in one short commit.

No other writer ever waits long: a file of any length is written a thousand rows at a time under a batch in state
`staging`, and the last transaction only turns the batch to `applied`. A crash leaves hidden rows, which `purge` removes.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext

from tissage.core.messages import Explained, gettext_noop, say
from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.voices.models import Batch, Criterion

from .batches import delete_batch_file, purge_batch, purge_hidden_rows
from .comparison import Base
from .plans import Plan, SourceLike, chunks, compare_file, platform_of, reader_of
from .staging import ChangedMeanwhile, Stage, apply_changes
from .territories import open_territory

INLINE_ROWS = 2000
ROOM_SECONDS = 0.105
STALE_AFTER = dt.timedelta(minutes=2)
Clock = Callable[[], dt.datetime]
Progress = Callable[[str, int, int], None]
"""Called with a step (`reading`, `writing`), rows done, rows in all (0 while unknown)."""


class ImportRefused(Explained):
    """The import was not made; nothing was written. `plan` says why when the file was read."""

    def __init__(self, *templates: str, plan: Plan | None = None, **values: str | int) -> None:
        super().__init__(*templates, **values)
        self.plan = plan


class ImportCancelled(Explained):
    """A person asked to stop: nothing stays of the import."""


def plan_import(*, source: SourceLike, slug: str, name: str = "", progress: Progress | None = None) -> tuple[Territory | None, str, Plan]:
    """What importing this file into the territory of this slug would do: (territory or None, its name, plan). Writes nothing."""
    territory = Territory.objects.filter(slug=slug).first()
    named = territory.name if territory else (name or platform_of(source) or slug.replace("-", " ").title())
    say = (lambda done: progress("reading", done, 0)) if progress else None
    return territory, named, compare_file(source=source, territory=territory, territory_name=named, progress=say)


def import_source(
    *,
    source: SourceLike,
    slug: str,
    now: dt.datetime,
    by: User | None = None,
    accept_problems: bool = False,
    dry_run: bool = False,
    file_name: str = "",
    file_sha256: str = "",
    progress: Progress | None = None,
    clock: Clock = timezone.now,
) -> tuple[Plan, Batch | None]:
    """The whole of it for the command line: compares, refuses or writes. The territory is made when absent.

    Raises `ImportRefused` (nothing written, no territory made) when the file has problems and they are not accepted.
    """
    if slugify(slug) != slug or not slug:
        raise ImportRefused(
            gettext_noop(
                "« %(slug)s » n’est pas une adresse courte de territoire. Attendu : des minuscules, chiffres et tirets, par exemple mons."
            ),
            slug=slug,
        )
    territory, name, plan = plan_import(source=source, slug=slug, progress=progress)
    if plan.problems.total and not accept_problems:
        raise _refusal(plan)
    if dry_run:
        return plan, None
    if not plan.created and not plan.changed and territory is not None and not _new_listed(source, territory):
        return plan, None
    # A small file is one transaction: even its territory appears with it or not at all.
    with transaction.atomic() if plan.criteria <= INLINE_ROWS else nullcontext():
        if territory is None:
            territory = open_territory(slug=slug, name=name, now=now, by=by)
        batch = start_batch(
            territory=territory,
            by=by,
            now=now,
            format=source.format,
            file_name=file_name,
            file_sha256=file_sha256,
            state=Batch.State.WAITING,
        )
        write_import(batch=batch, source=source, now=now, total=plan.criteria, progress=progress, clock=clock, report=plan.report())
    batch.refresh_from_db()
    return plan, batch


def _refusal(plan: Plan) -> ImportRefused:
    count = plan.problems.total
    said = (
        gettext_noop(
            "%(count)s problème dans le fichier : rien n’a été importé. Corrigez-les, ou acceptez d’importer le reste (--accept-problems)."
        )
        if count == 1
        else gettext_noop(
            "%(count)s problèmes dans le fichier : rien n’a été importé. Corrigez-les, ou acceptez d’importer le reste (--accept-problems)."
        )
    )
    return ImportRefused(said, plan=plan, count=count)


def _new_listed(source: SourceLike, territory: Territory) -> bool:
    """The page lists a group that the territory does not have."""
    base = Base(territory)
    known = set(base.groups)
    return any(group.name not in known and group.written not in known for group in source.page.groups)


@transaction.atomic
def start_batch(
    *,
    territory: Territory,
    by: User | None,
    now: dt.datetime,
    format: str,
    file_name: str,
    file_sha256: str = "",
    state: str = Batch.State.PREVIEW,
    report: dict[str, Any] | None = None,
) -> Batch:
    """A batch for a file, before anything is written under it."""
    return Batch.objects.create(
        territory=territory,
        kind=Batch.Kind.IMPORT,
        state=state,
        label=(gettext("Import de %(file)s") % {"file": file_name} if file_name else gettext("Import"))[:200],
        source_format=format,
        file_name=file_name[:200],
        file_sha256=file_sha256,
        report=report or {},
        made_by=by,
        made_at=now,
    )


def import_under_way(territory: Territory, *, now: dt.datetime, but: Batch | None = None) -> Batch | None:
    """The import being written in this territory, if there is one that still gives signs of life."""
    staging = Batch.objects.filter(territory=territory, kind=Batch.Kind.IMPORT, state=Batch.State.STAGING).order_by("pk")
    for batch in staging.exclude(pk=but.pk) if but else staging:
        if not is_stale(batch, now):
            return batch
    return None


def is_stale(batch: Batch, now: dt.datetime) -> bool:
    """A batch in staging whose writer has said nothing for two minutes: its process is gone."""
    beat = batch.report.get("beat")
    return beat is None or now - dt.datetime.fromisoformat(beat) > STALE_AFTER


def write_import(
    *,
    batch: Batch,
    source: SourceLike,
    now: dt.datetime,
    total: int,
    report: dict[str, Any],
    progress: Progress | None = None,
    clock: Clock = timezone.now,
) -> None:
    """Writes the readable rows of a file under this batch and makes them visible at once; `report` is what stays on the batch.

    Raises `ImportRefused` (another import is under way, or a criterion changed meanwhile), `ImportCancelled`; in both cases,
    as after any error, no row stays.
    """
    _take_turn(batch, now=clock(), total=total)
    if not transaction.get_connection().in_atomic_block:
        purge_hidden_rows(now=clock(), territory=batch.territory)
    try:
        numbers = _stage_rows(batch, source, now, total, progress, clock)
        _make_visible(batch, source, report, numbers, now=clock())
    except BaseException as error:
        if not transaction.get_connection().in_atomic_block:
            _give_up(batch, error, now=clock())
        raise


@transaction.atomic
def _take_turn(batch: Batch, *, now: dt.datetime, total: int) -> None:
    Territory.objects.select_for_update().get(pk=batch.territory_id)
    other = import_under_way(batch.territory, now=now, but=batch)
    if other is not None:
        raise ImportRefused(
            gettext_noop("Un autre import est en cours dans ce territoire (%(label)s). Attendez sa fin, ou annulez-le."), label=other.label
        )
    batch.refresh_from_db()
    if batch.state not in (Batch.State.PREVIEW, Batch.State.WAITING):
        raise ImportRefused(gettext_noop("Cet import a déjà été fait ou abandonné."))
    batch.state, batch.rows_total, batch.rows_done = Batch.State.STAGING, total, 0
    batch.report = {"beat": now.isoformat()}
    batch.save(update_fields=["state", "rows_total", "rows_done", "report"])


class Pause:
    """On SQLite a writer that waits looks every tenth of a second: the door stays open that long between two chunks.

    Most of it is work that needs no lock. A server with row locks needs no pause.
    """

    def __init__(self) -> None:
        connection = transaction.get_connection()
        self.needed = connection.vendor == "sqlite" and not connection.in_atomic_block
        self.since = time.monotonic()

    def restart(self) -> None:
        self.since = time.monotonic()

    def leave_room(self) -> None:
        if self.needed:
            time.sleep(max(0.0, ROOM_SECONDS - (time.monotonic() - self.since)))


def _stage_rows(batch: Batch, source: SourceLike, now: dt.datetime, total: int, progress: Progress | None, clock: Clock) -> dict[str, int]:
    base = Base(batch.territory)
    reader = reader_of(source, base, territory_name=batch.territory.name, findings_limit=0)
    stage = Stage(batch=batch, base=base, now=now)
    numbers = {"created": 0, "changed": 0, "unchanged": 0}
    done = 0
    pause = Pause()
    with transaction.atomic():
        stage.write_groups(source.page.groups)
    for chunk in chunks(source, reader):
        compared = base.compare(chunk, reader.given)
        done += len(chunk)
        for one in compared:
            numbers["created" if one.known is None else "changed" if one.is_changed else "unchanged"] += 1
        prepared = stage.prepare(compared)
        report = {"beat": clock().isoformat(), "questions": stage.new_questions}
        pause.leave_room()
        with transaction.atomic():
            stage.write(prepared)
            Batch.objects.filter(pk=batch.pk).update(rows_done=min(done, total), report=report)
            if Batch.objects.filter(pk=batch.pk, cancel_requested_at__isnull=False).exists():
                raise ImportCancelled(gettext_noop("Import abandonné à votre demande : rien n’a été ajouté."))
        pause.restart()
        batch.report = report
        if progress:
            progress("writing", done, total)
    return numbers


@transaction.atomic
def _make_visible(batch: Batch, source: SourceLike, report: dict[str, Any], numbers: dict[str, int], *, now: dt.datetime) -> None:
    """The one short commit: values change, the batch is applied, everything is seen."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.cancel_requested_at:
        raise ImportCancelled(gettext_noop("Import abandonné à votre demande : rien n’a été ajouté."))
    if locked.state != Batch.State.STAGING:
        raise ImportRefused(gettext_noop("Cet import a été abandonné entre-temps."))
    try:
        apply_changes(locked, now=now)
    except ChangedMeanwhile as error:
        raise ImportRefused(
            gettext_noop("Le critère %(number)s a été modifié pendant l’import : rien n’a été importé. Recommencez."),
            number=error.criterion,
        ) from None
    report = {**report, **numbers, "questions": batch.report.get("questions", [])}
    territory = locked.territory
    if source.page.description and not territory.description:
        Territory.objects.filter(pk=territory.pk, description="").update(description=source.page.description)
        report["description_given"] = True
    Batch.objects.filter(pk=batch.pk).update(state=Batch.State.APPLIED, applied_at=now, rows_done=locked.rows_total, report=report)
    record(verb="voices.import_criteria", by=locked.made_by, territory=territory, on=locked, numbers=numbers, now=now)


def _give_up(batch: Batch, error: BaseException, *, now: dt.datetime) -> None:
    """Nothing stays of an import that stopped; the batch says why. What cannot be purged now is purged later."""
    cancelled = isinstance(error, ImportCancelled | KeyboardInterrupt)
    state = Batch.State.CANCELLED if cancelled else Batch.State.FAILED
    batch.refresh_from_db()
    report = {**batch.report, **error_report(error)}
    Batch.objects.filter(pk=batch.pk, state=Batch.State.STAGING).update(state=state, report=report)
    delete_batch_file(batch)
    purge_batch(batch=batch, now=now)


def error_report(error: BaseException) -> dict[str, Any]:
    """Why an import stopped, as its batch keeps it for the screens."""
    said = (
        error.message if isinstance(error, Explained) else say(gettext_noop("L’import s’est arrêté sur une erreur. Rien n’a été ajouté."))
    )
    return {"error": str(said), "error_templates": list(said.templates), "error_values": dict(said.values)}


def rows_of(batch: Batch) -> int:
    """How many criteria this batch made."""
    return Criterion.objects.filter(batch=batch).count()
