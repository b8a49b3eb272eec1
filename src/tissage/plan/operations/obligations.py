"""What a plan does about an obligation in a year: a sitting chosen, a step noted, met, or switched off with a reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from tissage.core.plan_calendar import concerns
from tissage.frameworks.models import Obligation
from tissage.network.models import Document
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import ObligationYear, Plan
from tissage.plan.queries.deadlines import SITTING

FURTHEST = 2
"""Years after the one reported in which a sitting may still vote it."""


class ObligationRefused(ValueError):
    """What was asked of an obligation cannot be; the message says what to do."""


def _row(plan: Plan, obligation: Obligation, year: int) -> ObligationYear:
    """The row of this year, locked; made when there is none. Raises `ObligationRefused` outside the plan or the rule's validity."""
    if obligation.version_id != plan.framework_id or year not in plan.years:
        raise ObligationRefused(gettext("Cette obligation n’est pas de ce plan ou de cette année."))
    after = obligation.valid_to is not None and year > obligation.valid_to.year
    before = obligation.valid_from is not None and year < obligation.valid_from.year
    if after or before or not concerns(obligation.due, year, plan_ends_on=plan.ends_on):
        raise ObligationRefused(gettext("Cette obligation n’est pas valable cette année-là."))
    Plan.objects.select_for_update(of=("self",)).order_by("pk").get(pk=plan.pk)  # two first decisions at once: one row
    row, _ = ObligationYear.objects.get_or_create(plan=plan, obligation=obligation, year=year)
    return row


def _open_row(plan: Plan, obligation: Obligation, year: int) -> ObligationYear:
    row = _row(plan, obligation, year)
    if row.switched_off_on is not None:
        raise ObligationRefused(gettext("Cette obligation est écartée pour cette année. Reprenez-la d’abord."))
    return row


def _record(verb: str, row: ObligationYear, by: User | None, now: dt.datetime, **more: Any) -> None:
    record(verb=verb, by=by, territory=row.plan.territory, on=row, now=now, **more)


@transaction.atomic
def choose_sitting(
    *, plan: Plan, obligation: Obligation, year: int, sitting_on: dt.date | None, by: User | None, now: dt.datetime
) -> ObligationYear:
    """Counts every step back from this sitting; None takes the choice away. Raises `ObligationRefused`."""
    row = _open_row(plan, obligation, year)
    if not obligation.steps:
        raise ObligationRefused(gettext("Cette obligation ne se compte pas à rebours d’une séance."))
    if sitting_on is not None and not year <= sitting_on.year <= year + FURTHEST:
        raise ObligationRefused(
            gettext("Une séance qui vote l’année %(year)s se tient entre %(year)s et %(last)s.") % {"year": year, "last": year + FURTHEST}
        )
    if row.sitting_on != sitting_on:
        row.sitting_on = sitting_on
        row.save(update_fields=["sitting_on"])
        _record("plan.choose_sitting", row, by, now, fields=["sitting_on"])
    return row


@transaction.atomic
def note_step(
    *, plan: Plan, obligation: Obligation, year: int, step: str, done_on: dt.date | None, by: User | None, now: dt.datetime
) -> ObligationYear:
    """Notes a step done on a day; None takes the note away. Raises `ObligationRefused` for a step this obligation has not."""
    row = _open_row(plan, obligation, year)
    if step != SITTING and step not in obligation.steps:
        raise ObligationRefused(gettext("Cette étape n’est pas de cette obligation."))
    if done_on is not None and done_on > now.date():
        raise ObligationRefused(gettext("Une étape faite a une date passée, ou celle d’aujourd’hui."))
    done = {code: day for code, day in row.steps_done.items() if code != step}
    if done_on is not None:
        done[step] = done_on.isoformat()
    if done != row.steps_done:
        row.steps_done = done
        row.save(update_fields=["steps_done"])
        _record("plan.note_step" if done_on else "plan.take_back_step", row, by, now)
    return row


@transaction.atomic
def meet_obligation(
    *,
    plan: Plan,
    obligation: Obligation,
    year: int,
    met_on: dt.date | None,
    by: User | None,
    now: dt.datetime,
    document: Document | None = None,
) -> ObligationYear:
    """Notes the obligation met on a day; None takes it back. Raises `ObligationRefused`."""
    row = _open_row(plan, obligation, year)
    if met_on is not None and met_on > now.date():
        raise ObligationRefused(gettext("Une obligation remplie a une date passée, ou celle d’aujourd’hui."))
    if document is not None and document.territory_id != plan.territory_id:
        raise ObligationRefused(gettext("Cette pièce n’est pas de ce territoire."))
    if (row.met_on, row.document_id) != (met_on, document.pk if document else None):
        row.met_on, row.document = met_on, document
        row.save(update_fields=["met_on", "document"])
        _record("plan.meet_obligation" if met_on else "plan.take_back_obligation", row, by, now)
    return row


@transaction.atomic
def switch_off(*, plan: Plan, obligation: Obligation, year: int, reason: str, by: User | None, now: dt.datetime) -> ObligationYear:
    """Sets the obligation aside for this year only, with a reason; other years keep theirs. Raises `ObligationRefused`."""
    reason = reason.strip()
    if not reason:
        raise ObligationRefused(gettext("Dites pourquoi cette obligation est écartée cette année."))
    row = _open_row(plan, obligation, year)
    row.switched_off_on, row.reason = now.date(), reason[:300]
    row.save(update_fields=["switched_off_on", "reason"])
    _record("plan.switch_off_obligation", row, by, now)
    return row


@transaction.atomic
def resume_obligation(*, plan: Plan, obligation: Obligation, year: int, by: User | None, now: dt.datetime) -> ObligationYear:
    """Takes an obligation up again; what was noted before stands."""
    row = _row(plan, obligation, year)
    if row.switched_off_on is not None:
        row.switched_off_on, row.reason = None, ""
        row.save(update_fields=["switched_off_on", "reason"])
        _record("plan.resume_obligation", row, by, now)
    return row
