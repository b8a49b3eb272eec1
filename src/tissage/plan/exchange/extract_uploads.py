"""Extracts given on a screen or on the command line: opened with the columns that are known, read, looked at, applied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from tissage.core.extracts import missing_columns
from tissage.core.messages import Explained
from tissage.plan.models import BookingImport
from tissage.plan.operations.booking_imports import (
    ExtractCancelled,
    ExtractRefused,
    apply_extract,
    extract_file,
    preview_extract,
)
from tissage.plan.operations.extract_accounts import error_report, settled
from tissage.plan.operations.extract_files import delete_extract_file, known_columns

from .extracts import Extract, UnreadableFile, open_extract

INLINE_BYTES = 300_000
"""An extract of this size or less is read while the person waits; a larger one by the worker."""
INLINE_ROWS = 2000
State = BookingImport.State


def opened(booking_import: BookingImport) -> Extract:
    """The kept extract. Raises `UnreadableFile`."""
    return open_extract(extract_file(booking_import), booking_import.report.get("format", "csv"))


def columns_of(booking_import: BookingImport, extract: Extract) -> dict[str, str] | None:
    """Which column is which: as said for this file, else as said before for the same header; None when nobody said."""
    return dict(booking_import.mapping) or known_columns(booking_import.plan, extract.key)


def is_large(booking_import: BookingImport) -> bool:
    path = extract_file(booking_import)
    return path.is_file() and path.stat().st_size > INLINE_BYTES


def read_extract(booking_import: BookingImport) -> None:
    """Compares an extract that was given and keeps the account on it; asks for its columns when nobody said which is which."""
    try:
        extract = opened(booking_import)
        mapping = columns_of(booking_import, extract)
        if mapping is None or missing_columns(mapping):
            waiting = BookingImport.objects.filter(pk=booking_import.pk, state=State.RECEIVED)
            waiting.update(report={**booking_import.report, "step": "columns"})
            return
        preview_extract(booking_import=booking_import, extract=extract, reader=extract.reader(mapping))
    except ExtractCancelled:
        return
    except UnreadableFile as error:
        delete_extract_file(booking_import)
        report = {**settled(booking_import.report), **error_report(error), "step": "failed"}
        BookingImport.objects.filter(pk=booking_import.pk, state__in=(State.RECEIVED, State.PREVIEW)).update(
            state=State.FAILED, report=report
        )


def write_extract(booking_import: BookingImport) -> Explained | None:
    """Applies an extract that was looked at; gives why it was not, when a person can mend it."""
    try:
        extract = opened(booking_import)
        mapping = columns_of(booking_import, extract) or {}
        apply_extract(booking_import=booking_import, extract=extract, reader=extract.reader(mapping), now=timezone.now())
    except ExtractRefused as refusal:
        # Another reading holds the place: this one goes back to what was looked at, to be tried again.
        waiting = BookingImport.objects.filter(pk=booking_import.pk, state=State.APPLYING, report__step="waiting")
        waiting.update(state=State.RECEIVED)
        return refusal
    except (ExtractCancelled, UnreadableFile) as error:
        return error
    return None


def blocks_of(path: Path) -> Iterator[bytes]:
    """A file of this machine, a mebibyte at a time."""
    with path.open("rb") as stream:
        yield from iter(lambda: stream.read(1 << 20), b"")
