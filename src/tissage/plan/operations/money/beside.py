"""What stands beside money: help in kind, and who works on what in full-time equivalents. Functions, never names of persons."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext

from tissage.network.models import Organization
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Action, HelpInKind, Plan, StaffShare

from .refusals import MoneyRefused, year_of_plan


@transaction.atomic
def create_help(
    *,
    action: Action,
    year: int,
    organization: Organization,
    description: str,
    by: User,
    now: dt.datetime,
    value: Decimal | None = None,
    how_estimated: str = "",
) -> HelpInKind:
    """Help given to an action in a year; `value` None: nobody estimated it. Raises `MoneyRefused`."""
    row = HelpInKind(action=action, year=year, organization=organization, description=description, value=value, how_estimated=how_estimated)
    _check_help(row)
    row.save()
    record(verb="plan.create_help", by=by, territory=action.territory, on=action, now=now)
    return row


@transaction.atomic
def change_help(*, help_in_kind: HelpInKind, by: User, now: dt.datetime, **details: Any) -> list[str]:
    """Gives the names of the fields that changed. Raises `MoneyRefused`."""
    row = (
        HelpInKind.objects.select_for_update(of=("self",)).select_related("action__plan__territory").order_by("pk").get(pk=help_in_kind.pk)
    )
    changed = _put(row, details)
    if changed:
        _check_help(row)
        row.save(update_fields=changed)
        record(verb="plan.change_help", by=by, territory=row.action.territory, on=row.action, fields=changed, now=now)
    return changed


@transaction.atomic
def remove_help(*, help_in_kind: HelpInKind, by: User, now: dt.datetime) -> None:
    action = help_in_kind.action
    record(verb="plan.remove_help", by=by, territory=action.territory, on=action, now=now)
    help_in_kind.delete()


def _check_help(row: HelpInKind) -> None:
    year_of_plan(row.action.plan, row.year)
    if row.organization.territory_id != row.action.plan.territory_id:
        raise MoneyRefused(gettext("Cette organisation n’est pas de ce territoire."), "organization")
    if row.value is not None and row.value < 0:
        raise MoneyRefused(gettext("Une valeur estimée n’est pas négative."), "value")


@transaction.atomic
def create_staff(
    *, plan: Plan, function: str, action: Action, starts_on: dt.date, ends_on: dt.date, fte: Decimal, by: User, now: dt.datetime
) -> StaffShare:
    """Full-time equivalents of a function on an action, from a day to another, both included. Raises `MoneyRefused`."""
    row = StaffShare(plan=plan, function=function.strip(), action=action, starts_on=starts_on, ends_on=ends_on, fte=fte)
    _check_staff(row)
    row.save()
    record(verb="plan.create_staff", by=by, territory=plan.territory, on=action, now=now)
    return row


@transaction.atomic
def change_staff(*, staff: StaffShare, by: User, now: dt.datetime, **details: Any) -> list[str]:
    """Gives the names of the fields that changed. Raises `MoneyRefused`."""
    row = StaffShare.objects.select_for_update(of=("self",)).select_related("plan__territory", "action").order_by("pk").get(pk=staff.pk)
    changed = _put(row, details)
    if changed:
        _check_staff(row)
        row.save(update_fields=changed)
        record(verb="plan.change_staff", by=by, territory=row.plan.territory, on=row.action, fields=changed, now=now)
    return changed


@transaction.atomic
def remove_staff(*, staff: StaffShare, by: User, now: dt.datetime) -> None:
    record(verb="plan.remove_staff", by=by, territory=staff.plan.territory, on=staff.action, now=now)
    staff.delete()


def _check_staff(row: StaffShare) -> None:
    """Rows of one function may overlap and are added; the very same row twice is a slip."""
    if row.action.plan_id != row.plan_id:
        raise MoneyRefused(gettext("Cette action n’est pas de ce plan."), "action")
    if row.ends_on < row.starts_on:
        raise MoneyRefused(gettext("La période finit avant de commencer."), "ends_on")
    if row.fte <= 0:
        raise MoneyRefused(gettext("Un équivalent temps plein est au-dessus de zéro : 0,5 pour un mi-temps."), "fte")
    same = StaffShare.objects.filter(plan=row.plan, action=row.action, function=row.function, starts_on=row.starts_on, ends_on=row.ends_on)
    if same.exclude(pk=row.pk).exists():
        raise MoneyRefused(gettext("Cette fonction est déjà notée sur cette action pour cette période : changez cette ligne."), "starts_on")


def _put(row: models.Model, details: dict[str, Any]) -> list[str]:
    """Sets the fields given; names those that changed."""
    cleaned = {name: value.strip() if isinstance(value, str) else value for name, value in details.items()}
    changed = [name for name, value in cleaned.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, cleaned[name])
    return changed
