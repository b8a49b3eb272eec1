"""Workbooks that people give: kept under the import's own name until applied or abandoned, and which of their columns is which."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from tissage.people.exchange.kept_files import forget, forget_strays, keep, path_of
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Plan, PlanColumns, WorkbookImport

WORKBOOKS = "workbooks"
KEEP_FILES = dt.timedelta(days=30)
"""A workbook that nobody applied nor abandoned is abandoned after that."""
State = WorkbookImport.State


def workbook_file(found: WorkbookImport) -> Path:
    return path_of(WORKBOOKS, found.uuid)


@transaction.atomic
def receive_workbook(*, plan: Plan, name: str, format: str, content: bytes, by: User | None, now: dt.datetime) -> WorkbookImport:
    """Keeps a workbook to look at. What the same person had received for this plan and not applied is abandoned."""
    for old in WorkbookImport.objects.filter(plan=plan, made_by=by, state=State.RECEIVED).order_by("pk"):
        abandon_workbook(found=old)
    made = WorkbookImport.objects.create(
        plan=plan,
        file_name=Path(name).name[:200],
        file_sha256=hashlib.sha256(content).hexdigest(),
        source_format=format,
        made_by=by,
        made_at=now,
    )
    keep(WORKBOOKS, made.uuid, content)
    return made


@transaction.atomic
def abandon_workbook(*, found: WorkbookImport) -> None:
    """Nothing was written, and the file goes."""
    if WorkbookImport.objects.filter(pk=found.pk, state=State.RECEIVED).update(state=State.ABANDONED):
        forget(WORKBOOKS, found.uuid)


def delete_old_workbooks(*, now: dt.datetime) -> int:
    """By the clock: abandons what waited for thirty days, and takes away the files that nobody needs any more; gives how many."""
    for old in WorkbookImport.objects.filter(state=State.RECEIVED, made_at__lt=now - KEEP_FILES).order_by("pk"):
        abandon_workbook(found=old)
    waiting = WorkbookImport.objects.filter(state=State.RECEIVED).order_by("pk").values_list("uuid", flat=True)
    return forget_strays(WORKBOOKS, list(waiting), now=now)


@transaction.atomic
def note_export(*, plan: Plan, by: User | None, now: dt.datetime) -> None:
    """The journal says who took the workbook of the plan."""
    record(verb="plan.export_workbook", by=by, territory=plan.territory, on=plan, now=now)


def known_mapping(plan: Plan, header_hash: str) -> dict[str, Any] | None:
    """What was answered for a sheet with these headings before, in this territory."""
    kept = PlanColumns.objects.filter(territory=plan.territory_id, kind=PlanColumns.Kind.WORKBOOK, header_hash=header_hash).first()
    return dict(kept.mapping) if kept else None


@transaction.atomic
def remember_mapping(*, found: WorkbookImport, answers: Mapping[str, tuple[str, dict[str, Any]]], now: dt.datetime) -> None:
    """`answers`: sheet → (hash of its headings, what was said of it). Kept for this file, and for the next with the same headings."""
    found.mapping = {title: said for title, (_key, said) in answers.items()}
    found.save(update_fields=["mapping"])
    for key, said in answers.values():
        PlanColumns.objects.update_or_create(
            territory=found.plan.territory,
            kind=PlanColumns.Kind.WORKBOOK,
            header_hash=key,
            defaults={"mapping": said, "used_at": now},
        )
