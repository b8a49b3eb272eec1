"""Writes on plans: who carries it, who votes it, from when to when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from tissage.frameworks.models import Framework, FrameworkVersion
from tissage.network.models import Organization
from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.plan.models import Plan

COLUMNS = ("name", "carrier", "carrier_kind", "competent_council", "manager", "starts_on", "ends_on")


class PlanRefused(ValueError):
    """What was asked of a plan cannot be; the message says what to do."""


@transaction.atomic
def create_plan(
    *,
    territory: Territory,
    framework: FrameworkVersion,
    name: str,
    starts_on: dt.date,
    ends_on: dt.date,
    by: User | None,
    now: dt.datetime,
    carrier: Organization | None = None,
    carrier_kind: str = Plan.CarrierKind.MUNICIPALITY,
    members: Iterable[Organization] = (),
    competent_council: str = "",
    manager: User | None = None,
) -> Plan:
    """A new plan under a published framework version. `by` is None on the console.

    Raises `PlanRefused` when the name is taken, the period is upside down, or the framework is no published plan framework.
    """
    if framework.is_draft or framework.framework.purpose != Framework.Purpose.PLAN:
        raise PlanRefused(gettext("Choisissez un référentiel de plan publié."))
    plan = Plan(
        territory=territory,
        framework=framework,
        name=name.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        carrier=carrier,
        carrier_kind=carrier_kind,
        competent_council=competent_council.strip(),
        manager=manager,
        created_at=now,
    )
    _check(plan)
    plan.save()
    plan.members.set(members)
    record(verb="plan.create_plan", by=by, territory=territory, on=plan, now=now)
    return plan


@transaction.atomic
def change_plan(
    *, plan: Plan, by: User | None, now: dt.datetime, members: Iterable[Organization] | None = None, **details: Any
) -> list[str]:
    """Changes what is known of a plan (`COLUMNS`, and `members`); gives the names of what changed. Its framework stays. Raises `PlanRefused`."""
    if unknown := set(details) - set(COLUMNS):
        raise ValueError(f"Not a column of a plan that may be changed: {sorted(unknown)}")
    stored = Plan.objects.select_for_update(of=("self",)).order_by("pk").get(pk=plan.pk)
    changed = [name for name, value in details.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, details[name])
    _check(stored)
    if changed:
        stored.save(update_fields=changed)
    wanted = None if members is None else list(members)
    if wanted is not None and {one.pk for one in wanted} != set(stored.members.values_list("pk", flat=True)):
        stored.members.set(wanted)
        changed.append("members")
    if changed:
        record(verb="plan.change_plan", by=by, territory=stored.territory, on=stored, fields=changed, now=now)
    plan.refresh_from_db()
    return sorted(changed)


def _check(plan: Plan) -> None:
    if not plan.name:
        raise PlanRefused(gettext("Un plan porte un nom."))
    if plan.ends_on <= plan.starts_on:
        raise PlanRefused(gettext("La fin du plan vient après son début."))
    if Plan.objects.filter(territory=plan.territory_id, name=plan.name).exclude(pk=plan.pk).exists():
        raise PlanRefused(gettext("Un autre plan de ce territoire porte déjà ce nom."))
    if plan.carrier is not None and plan.carrier.territory_id != plan.territory_id:
        raise PlanRefused(gettext("Cette organisation n’est pas de ce territoire."))
