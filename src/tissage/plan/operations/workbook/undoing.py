"""Taking back an import as one act: what it changed returns to what it was, what it made goes. Nothing that somebody did since is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from tissage.core.plan_merge import CREATED, Known
from tissage.core.plan_workbook import ACTIONS, AMOUNTS, FIGURES, INDICATORS, KINDS, PARTNERS
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import (
    Action,
    ActionPartner,
    Allocation,
    Booking,
    BudgetStage,
    FundingAmount,
    FundingLine,
    Indicator,
    Observation,
    Plan,
    Target,
    WorkbookImport,
)
from tissage.plan.queries.workbook import known_rows

from .writing import Writer

State = WorkbookImport.State
TABLES: dict[str, type[models.Model]] = {ACTIONS: Action, PARTNERS: ActionPartner, INDICATORS: Indicator, FIGURES: Observation}


class CannotUndo(Exception):
    """Somebody worked on what the import brought; `rows` names what."""

    def __init__(self, rows: list[str]) -> None:
        super().__init__(_("Quelqu’un a travaillé depuis sur ce que cet import a écrit : il ne peut plus être annulé d’un bloc."))
        self.rows = rows


@transaction.atomic
def undo_workbook(*, found: WorkbookImport, by: User | None, now: dt.datetime) -> None:
    """Takes an applied import back, all of it. Raises `CannotUndo` when something of it moved since, and nothing is done."""
    plan = Plan.objects.select_for_update(of=("self",)).order_by("pk").get(pk=found.plan_id)
    stored = WorkbookImport.objects.select_for_update(of=("self",)).order_by("pk").get(pk=found.pk)
    if stored.state != State.APPLIED:
        return
    now_known = {(one.kind, one.pk): one for one in known_rows(plan)}
    if moved := [one["label"] for one in stored.done if _has_moved(one, now_known.get((one["kind"], one["pk"])))]:
        raise CannotUndo(moved)
    _remove_created([one for one in stored.done if one["status"] == CREATED])
    writer = Writer(plan, by, now, _("Import annulé le %(day)s") % {"day": f"{now:%d/%m/%Y}"})
    changed = [one for one in stored.done if one["status"] != CREATED]
    for one in sorted(changed, key=lambda one: KINDS.index(one["kind"])):
        known = now_known[one["kind"], one["pk"]]
        values = {name: old for name, old, _new in one["fields"]}
        writer.write(one["kind"], one["pk"], known.key, values)
    _remove_empty(stored.report.get("made", {}))
    stored.state, stored.undone_at = State.UNDONE, now
    stored.save(update_fields=["state", "undone_at"])
    found.refresh_from_db()
    record(verb="plan.undo_workbook", by=by, territory=plan.territory, on=stored, numbers={"rows": len(stored.done)}, now=now)


def _has_moved(one: dict[str, Any], known: Known | None) -> bool:
    """A row is no longer what the import left."""
    return known is None or any(known.values.get(name, "") != new for name, _old, new in one["fields"] if name != "stop_reason")


def _remove_created(rows: list[dict[str, Any]]) -> None:
    """Deletes what the import made, last made first, once it is sure that nothing else hangs on it."""
    made: dict[type[models.Model], set[int]] = {}
    for one in rows:
        table, pk = _place(one)
        made.setdefault(table, set()).add(pk)
    labels = {_place(one): one["label"] for one in rows}
    for table in (Allocation, FundingAmount, Observation, Indicator, ActionPartner, Action):
        keys = made.get(table, set())
        for row in table._default_manager.filter(pk__in=keys).order_by("pk"):
            if _others_on(row, made):
                raise CannotUndo([labels[table, row.pk]])
        table._default_manager.filter(pk__in=keys).delete()


def _remove_empty(made: dict[str, list[int]]) -> None:
    """Lines and stages that came in with the import go too, once nothing stands on them."""
    lines = FundingLine.objects.filter(pk__in=made.get("lines", []), amounts__isnull=True, allocations__isnull=True)
    lines.exclude(pk__in=Booking.objects.filter(line__isnull=False).values("line")).delete()
    BudgetStage.objects.filter(pk__in=made.get("stages", []), amounts__isnull=True, allocations__isnull=True).delete()


def _place(one: dict[str, Any]) -> tuple[type[models.Model], int]:
    if one["kind"] == AMOUNTS:
        return (Allocation if one["pk"] % 2 else FundingAmount), one["pk"] // 2
    return TABLES[one["kind"]], one["pk"]


def _others_on(row: models.Model, made: dict[type[models.Model], set[int]]) -> bool:
    """Something that the import did not make would go with this row. Targets are its own: a target that moved was seen already."""
    collector = Collector(using=DEFAULT_DB_ALIAS)
    try:
        collector.collect([row])
    except (ProtectedError, RestrictedError):
        return True
    instances = [one for kept in collector.data.values() for one in kept]
    instances += [one for rows in collector.fast_deletes for one in rows.all()]
    return any(not one._meta.auto_created and not isinstance(one, Target) and one.pk not in made.get(type(one), set()) for one in instances)
