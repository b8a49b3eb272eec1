"""Writes on indicators and their targets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Action, Indicator, Target

COLUMNS = (
    "name",
    "unit",
    "method",
    "source",
    "direction",
    "level",
    "period",
    "over_year",
    "baseline",
    "baseline_year",
    "organization",
    "position",
    "ended_on",
)


class IndicatorRefused(ValueError):
    """What was asked of an indicator cannot be; the message says what to do."""


@transaction.atomic
def create_indicator(*, action: Action, name: str, unit: str, by: User | None, now: dt.datetime, **details: Any) -> Indicator:
    """A new indicator, last of its action. `details`: any of `COLUMNS`. Raises `IndicatorRefused` when the name is taken."""
    last = Indicator.objects.filter(action=action).aggregate(last=Max("position"))["last"]
    indicator = Indicator(action=action, name=name.strip(), unit=unit.strip(), **{"position": (last or 0) + 1, **_known(details)})
    _check(indicator)
    indicator.save()
    record(verb="plan.create_indicator", by=by, territory=action.territory, on=action, now=now)
    return indicator


@transaction.atomic
def change_indicator(*, indicator: Indicator, by: User | None, now: dt.datetime, **details: Any) -> list[str]:
    """Gives the names of the columns that changed. Once figures were counted, unit and rhythm stay: another indicator is needed."""
    stored = Indicator.objects.select_for_update(of=("self",)).select_related("action__plan__territory").order_by("pk").get(pk=indicator.pk)
    changed = [name for name, value in _known(details).items() if getattr(stored, name) != value]
    if not changed:
        return []
    if {"unit", "period"} & set(changed) and stored.observations.exists():
        raise IndicatorRefused(
            gettext("Des chiffres ont déjà été comptés dans cette unité et à ce rythme. Mettez fin à cet indicateur et créez-en un autre.")
        )
    for name in changed:
        setattr(stored, name, details[name])
    _check(stored)
    stored.save(update_fields=changed)
    record(verb="plan.change_indicator", by=by, territory=stored.action.territory, on=stored.action, fields=changed, now=now)
    indicator.refresh_from_db()
    return sorted(changed)


@transaction.atomic
def set_target(*, indicator: Indicator, year: int, value: Decimal | None, by: User | None, now: dt.datetime) -> bool:
    """What the indicator should reach in a year; None takes the target away. Gives whether anything changed."""
    return bool(set_targets(indicator=indicator, targets={year: value}, by=by, now=now))


@transaction.atomic
def set_targets(*, indicator: Indicator, targets: Mapping[int, Decimal | None], by: User | None, now: dt.datetime) -> list[int]:
    """Several years at once; gives the years that changed. Years not named stay as they are."""
    known = {one.year: one for one in Target.objects.select_for_update(of=("self",)).filter(indicator=indicator).order_by("pk")}
    changed = []
    for year, value in sorted(targets.items()):
        if (known[year].value if year in known else None) == value:
            continue
        changed.append(year)
        if value is None:
            known[year].delete()
        else:
            Target.objects.update_or_create(indicator=indicator, year=year, defaults={"value": value})
    if changed:
        action = indicator.action
        record(verb="plan.set_targets", by=by, territory=action.territory, on=action, numbers={"years": len(changed)}, now=now)
    return changed


@transaction.atomic
def remove_indicator(*, indicator: Indicator, by: User, now: dt.datetime) -> None:
    """Takes away an indicator that nobody counted yet, with its targets. Raises `IndicatorRefused` once a figure exists: it ends instead."""
    if indicator.observations.exists():
        raise IndicatorRefused(gettext("Des chiffres existent pour cet indicateur : mettez-y fin plutôt, ils restent lisibles."))
    action = indicator.action
    indicator.delete()
    record(verb="plan.remove_indicator", by=by, territory=action.territory, on=action, now=now)


def _known(details: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(details) - set(COLUMNS):
        raise ValueError(f"Not a column of an indicator: {sorted(unknown)}")
    return details


def _check(indicator: Indicator) -> None:
    if not indicator.name or not indicator.unit:
        raise IndicatorRefused(gettext("Un indicateur porte un nom et une unité."))
    if Indicator.objects.filter(action=indicator.action_id, name=indicator.name).exclude(pk=indicator.pk).exists():
        raise IndicatorRefused(gettext("Cette action a déjà un indicateur de ce nom."))
