"""The extracts people give: kept under the reading's own name until applied or abandoned, and which of their columns is which."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction

from tissage.people.models import User
from tissage.plan.models import BookingImport, Plan, PlanColumns

State = BookingImport.State
KEEP_FILES = dt.timedelta(days=30)


def extracts_folder() -> Path:
    return Path(settings.TISSAGE_FILES) / "extracts"


def extract_file(booking_import: BookingImport) -> Path:
    """Where the extract is kept until it is applied or abandoned; only the owner of the server's account may read it."""
    return extracts_folder() / str(booking_import.uuid)


def delete_extract_file(booking_import: BookingImport) -> None:
    extract_file(booking_import).unlink(missing_ok=True)


def receive_extract(
    *, plan: Plan, year: int, name: str, format: str, blocks: Iterable[bytes], by: User | None, now: dt.datetime, partial: bool = False
) -> BookingImport:
    """Keeps an extract of a year. `partial`: it does not hold the whole year, so nothing that it lacks has vanished."""
    received = BookingImport.objects.create(
        plan=plan, year=year, file_name=Path(name).name[:200], made_by=by, made_at=now,
        report={"format": format, "partial": partial, "step": "received"},
    )  # fmt: skip
    extracts_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with os.fdopen(os.open(extract_file(received), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        for block in blocks:
            digest.update(block)
            stream.write(block)
    received.file_sha256 = digest.hexdigest()
    received.save(update_fields=["file_sha256"])
    return received


def known_columns(plan: Plan, header_hash: str) -> dict[str, str] | None:
    """What was answered for this header before, in this territory."""
    kept = PlanColumns.objects.filter(territory=plan.territory_id, kind=PlanColumns.Kind.BOOKINGS, header_hash=header_hash).first()
    return dict(kept.mapping) if kept else None


@transaction.atomic
def remember_columns(
    *, booking_import: BookingImport, header_hash: str, mapping: Mapping[str, str], partial: bool | None = None, now: dt.datetime
) -> None:
    """Keeps which column is which for this file, and for the next with the same header."""
    booking_import.mapping = dict(mapping)
    report = {**booking_import.report, "step": "received"}
    if partial is not None:
        report["partial"] = partial
    booking_import.report, booking_import.state = report, State.RECEIVED
    booking_import.save(update_fields=["mapping", "report", "state"])
    PlanColumns.objects.update_or_create(
        territory=booking_import.plan.territory,
        kind=PlanColumns.Kind.BOOKINGS,
        header_hash=header_hash,
        defaults={"mapping": dict(mapping), "used_at": now},
    )


def delete_old_extracts(*, now: dt.datetime) -> int:
    """Deletes kept extracts that nobody needs any more: of ended readings, of none, or older than thirty days (they are abandoned)."""
    BookingImport.objects.filter(state__in=(State.RECEIVED, State.PREVIEW), made_at__lt=now - KEEP_FILES).update(state=State.CANCELLED)
    folder = extracts_folder()
    if not folder.is_dir():
        return 0
    living = BookingImport.objects.filter(state__in=(State.RECEIVED, State.PREVIEW, State.APPLYING)).order_by("pk")
    needed = {str(uuid) for uuid in living.values_list("uuid", flat=True)}
    strays = [path for path in sorted(folder.iterdir()) if path.is_file() and path.name not in needed]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)
