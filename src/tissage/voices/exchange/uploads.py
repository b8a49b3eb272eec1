"""Files given on a screen: kept under the batch's own name until applied or abandoned, read, compared, written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import models
from django.utils import timezone

from tissage.core.columns import header_key
from tissage.core.messages import gettext_noop
from tissage.people.exchange.errors import UnreadableFile
from tissage.people.models import Territory, User
from tissage.voices.models import Batch, ColumnMapping
from tissage.voices.operations.batches import batch_file, delete_batch_file, imports_folder
from tissage.voices.operations.imports import ImportCancelled, ImportRefused, error_report, start_batch, write_import
from tissage.voices.operations.plans import compare_file
from tissage.voices.queries.mappings import known_mapping

from .mappings import with_known_mapping
from .sources import FORMATS, Source, open_source

INLINE_BYTES = 400_000
"""A file of this size or less is read while the person waits; a larger one by the worker."""


def format_of_upload(name: str, start: bytes) -> str:
    """The format of an uploaded file. A text may be a platform page, lines, or a table: its first bytes say which."""
    suffix = Path(name).suffix.lower()
    if suffix in (".html", ".htm"):
        return "wikispiral"
    if suffix in (".txt", "") or suffix not in FORMATS:
        text = start.decode("utf-8", "replace")
        if "Crit ID" in text or "Nom du groupe |" in text or "<html" in text.lower():
            return "wikispiral"
    return FORMATS.get(suffix, "")


def receive_file(*, territory: Territory, name: str, format: str, blocks: Iterable[bytes], constants: Mapping[str, str], by: User) -> Batch:
    """Keeps a file, readable by its owner only, and opens a batch for it."""
    batch = start_batch(
        territory=territory,
        by=by,
        now=timezone.now(),
        format=format,
        file_name=Path(name).name,
        report={"step": "received", "constants": dict(constants)},
    )
    imports_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with os.fdopen(os.open(batch_file(batch), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        for block in blocks:
            digest.update(block)
            stream.write(block)
    batch.file_sha256 = digest.hexdigest()
    batch.save(update_fields=["file_sha256"])
    return batch


def open_batch_file(batch: Batch) -> Source:
    """The file of a batch, with the columns and constants that were chosen for it. Raises `UnreadableFile`."""
    source = open_source(batch_file(batch), batch.source_format)
    constants = batch.report.get("constants", {})
    if "mapping" in batch.report:
        return source.mapped(batch.report["mapping"], constants)
    return with_known_mapping(source, batch.territory.slug, constants)


def needs_columns(batch: Batch, source: Source) -> bool:
    """Nobody has said yet which column is which."""
    if bool(source.missing):
        return True
    return source.needs_mapping and "mapping" not in batch.report and known_mapping(batch.territory.slug, source.header) is None


def remember_columns(*, batch: Batch, header: tuple[str, ...], mapping: dict[str, str], constants: dict[str, str]) -> None:
    """Keeps the answer for this file, and for the next file with the same header."""
    batch.report = {"step": "received", "mapping": mapping, "constants": constants}
    batch.save(update_fields=["report"])
    ColumnMapping.objects.update_or_create(
        territory=batch.territory,
        header_hash=header_key(header),
        defaults={"mapping": mapping, "defaults": constants, "used_at": timezone.now()},
    )


def is_large(batch: Batch) -> bool:
    path = batch_file(batch)
    return path.is_file() and path.stat().st_size > INLINE_BYTES


def read_batch(batch: Batch) -> None:
    """Compares the file with the base and keeps the preview on the batch; what cannot be read at all ends it."""
    chosen = {name: batch.report[name] for name in ("mapping", "constants") if name in batch.report}
    try:
        source = open_batch_file(batch)
        if needs_columns(batch, source):
            _save_report(batch, {**chosen, "step": "columns"})
            return
        plan = compare_file(
            source=source,
            territory=batch.territory,
            territory_name=batch.territory.name,
            progress=lambda done: _note_progress(batch, done),
        )
    except UnreadableFile as error:
        delete_batch_file(batch)
        Batch.objects.filter(pk=batch.pk, state=Batch.State.PREVIEW).update(state=Batch.State.FAILED, report=error_report(error))
        return
    Batch.objects.filter(pk=batch.pk).update(rows_done=0, rows_total=plan.criteria)
    _save_report(batch, {**chosen, **plan.report(), "step": "preview"})


def _note_progress(batch: Batch, done: int) -> None:
    Batch.objects.filter(pk=batch.pk).update(rows_total=models.Value(done), rows_done=models.Value(done))
    if Batch.objects.filter(pk=batch.pk).exclude(state=Batch.State.PREVIEW).exists():
        raise UnreadableFile(gettext_noop("Import abandonné."))


def _save_report(batch: Batch, report: dict[str, Any]) -> None:
    Batch.objects.filter(pk=batch.pk, state=Batch.State.PREVIEW).update(report=report)


def apply_batch(batch: Batch) -> None:
    """Writes a batch that was looked at. Its state and report say how it went; nothing is raised for what a person can mend."""
    preview = batch.report
    try:
        source = open_batch_file(batch)
        write_import(batch=batch, source=source, now=timezone.now(), total=preview.get("criteria", 0), report=preview)
    except ImportCancelled:
        return
    except (ImportRefused, UnreadableFile) as error:
        waiting = Batch.objects.filter(pk=batch.pk, state__in=[Batch.State.WAITING, Batch.State.PREVIEW])
        waiting.update(state=Batch.State.PREVIEW, report={**preview, **error_report(error)})
        return
    delete_batch_file(batch)
