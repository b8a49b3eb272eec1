"""Writing a workbook that was looked at: all of it or nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tissage.core.plan_merge import CONFLICT, CREATED, Change
from tissage.core.plan_rows import RawSheet
from tissage.core.plan_workbook import KINDS
from tissage.people.exchange.kept_files import forget
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Action, Plan, WorkbookImport

from .comparing import Preview, compare_workbook
from .files import WORKBOOKS
from .writing import Writer

State = WorkbookImport.State


class ChangedSincePreview(Exception):
    """The plan moved since the difference was shown: it is to be looked at again."""

    def __init__(self) -> None:
        super().__init__(_("Le plan a changé pendant que vous regardiez les différences. Les voici à nouveau."))


class NothingToImport(Exception):
    """The file says what the plan says, or nobody chose anything of it."""

    def __init__(self) -> None:
        super().__init__(_("Il n’y a rien à importer."))


@transaction.atomic
def apply_workbook(
    *,
    plan: Plan,
    sheets: Iterable[RawSheet],
    ours: bool,
    seen: str,
    theirs: Collection[str] = (),
    found: WorkbookImport | None = None,
    file_name: str = "",
    by: User | None,
    now: dt.datetime,
) -> tuple[WorkbookImport, Preview]:
    """Writes the difference that was seen (its digest; "" on the console), in one act that can be undone.

    Of a conflict, a value of the file is taken only where `theirs` names it as `<id of the row>:<field>`; elsewhere what is in Tissage stays.
    Rows with a problem are left out. Raises `ChangedSincePreview`, `NothingToImport`.
    """
    Plan.objects.select_for_update(of=("self",)).order_by("pk").get(pk=plan.pk)
    list(Action.objects.select_for_update(of=("self",)).filter(plan=plan).order_by("pk").values_list("pk", flat=True))
    preview = compare_workbook(plan, sheets, ours=ours)
    if seen and preview.difference.digest != seen:
        raise ChangedSincePreview
    name = found.file_name if found else file_name
    writer = Writer(plan, by, now, _("Repris du classeur « %(file)s » le %(day)s") % {"file": name, "day": f"{now:%d/%m/%Y}"})
    done: list[dict[str, Any]] = []
    ordered = sorted(preview.difference.changes, key=lambda one: (KINDS.index(one.kind), one.line))
    for change in ordered:
        fields = [one for one in change.fields if change.status != CONFLICT or f"{change.id}:{one.name}" in theirs]
        if not fields and change.status != CREATED:
            continue
        values = {one.name: one.new for one in fields}
        pk = writer.write(change.kind, change.pk, change.key, values)
        done.append(_done(change, pk, [[one.name, one.old, one.new] for one in fields]))
    if not done:
        raise NothingToImport
    counts = Counter("created" if one["status"] == CREATED else "changed" for one in done)
    numbers = {"created": counts["created"], "changed": counts["changed"]}
    found = found or WorkbookImport(plan=plan, file_name=file_name[:200], made_by=by, made_at=now)
    found.state, found.applied_at, found.done = State.APPLIED, now, done
    found.report = {**numbers, "problems": len(preview.problems), "absent": len(preview.difference.absent), "made": writer.made}
    found.save()
    forget(WORKBOOKS, found.uuid)
    record(verb="plan.import_workbook", by=by, territory=plan.territory, on=found, numbers=numbers, now=now)
    return found, preview


def _done(change: Change, pk: int, fields: list[list[str]]) -> dict[str, Any]:
    return {"kind": change.kind, "pk": pk, "key": list(change.key), "status": change.status, "label": change.label, "fields": fields}
