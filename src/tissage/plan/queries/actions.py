"""Reads of one action: everything its sheet shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef

from tissage.core.plan_comparison import ActionSaid, FieldMoved, compare_actions
from tissage.network.models import Organization, Person
from tissage.people.models import User
from tissage.plan.models import Action, ActionComment, ActionPartner, Indicator, Observation, PlanVersion, Target

from .versions import said_by, said_now, version_on


@dataclass(frozen=True, slots=True)
class Approved:
    """What a version says of an action beside what the team does now. `in_force` is False for a version sent and not answered yet;
    `said` is None when that version does not know the action."""

    version: PlanVersion
    in_force: bool
    said: ActionSaid | None
    now: ActionSaid
    moved: tuple[FieldMoved, ...]


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator with its target of a year and its last figure. Without a target or a figure: None, said so, never zero."""

    indicator: Indicator
    target: Target | None
    last: Observation | None


def approved_beside_now(action: Action, today: dt.date) -> Approved | None:
    """The version in force today, else the last one sent; None when nothing was ever sent."""
    version = version_on(action.plan, today)
    in_force = version is not None
    if version is None:
        version = action.plan.versions.sent().order_by("-number").first()
    if version is None:
        return None
    said = next(iter(said_by(version, action)), None)
    now = said_now(action.plan, action)[0]
    return Approved(version, in_force, said, now, compare_actions(said, now) if said else ())


def partners_of(action: Action) -> tuple[list[ActionPartner], list[ActionPartner]]:
    """Those of today, then those who left. One query."""
    rows = list(action.partners.select_related("organization").order_by("role", "organization__search", "pk"))
    return [one for one in rows if one.until is None], [one for one in rows if one.until is not None]


def comments_of(action: Action) -> list[ActionComment]:
    return list(action.comments.select_related("by").order_by("-on", "-pk"))


def indicators_of(action: Action, year: int, *, ended: bool = False, only: Iterable[Organization] | None = None) -> list[IndicatorLine]:
    """The indicators in their order, each with the target of a year and its latest known figure. Three queries.

    `only`: those that these organisations count; what another is still writing is not theirs to read.
    """
    indicators = action.indicators.select_related("organization").order_by("position", "pk")
    if only is not None:
        indicators = indicators.filter(organization__in=list(only))
    if not ended:
        indicators = indicators.filter(ended_on__isnull=True)
    targets = {one.indicator_id: one for one in Target.objects.filter(indicator__action=action, year=year).order_by("pk")}
    known = Observation.objects.filter(indicator__action=action, value__isnull=False)
    last = {one.indicator_id: one for one in known.order_by("year", "month", "pk")}
    return [IndicatorLine(one, targets.get(one.pk), last.get(one.pk)) for one in indicators]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """An indicator and its target in each year of the table, None where none is fixed. `counted`: figures exist, so it ends rather than goes."""

    indicator: Indicator
    targets: list[tuple[int, Decimal | None]]
    counted: bool


@dataclass(frozen=True, slots=True)
class TargetTable:
    years: list[int]
    rows: list[TargetRow]
    ended: list[TargetRow]


def targets_of(action: Action) -> TargetTable:
    """Every indicator with its targets year by year. Two queries."""
    figures = Observation.objects.filter(indicator=OuterRef("pk"))
    indicators = list(action.indicators.select_related("organization").annotate(counted=Exists(figures)).order_by("position", "pk"))
    known = {(one.indicator_id, one.year): one.value for one in Target.objects.filter(indicator__action=action).order_by("pk")}
    years = sorted({*action.plan.years, *(year for _indicator, year in known)})
    rows = [TargetRow(one, [(year, known.get((one.pk, year))) for year in years], one.counted) for one in indicators]
    return TargetTable(years, [row for row in rows if not row.indicator.ended_on], [row for row in rows if row.indicator.ended_on])


def own_actions_of(user: User, territory_slug: str) -> list[Action]:
    """The actions of the organisations this person speaks for, by plan and number."""
    actions = Action.objects.own_of(user).filter(plan__territory__slug=territory_slug)
    return list(actions.select_related("plan__territory", "node").order_by("-plan__starts_on", "plan", "sequence"))


def organizations_spoken_for(user: User, territory_slug: str) -> list[str]:
    people = Person.objects.filter(user=user, territory__slug=territory_slug, ended_on__isnull=True, organization__isnull=False)
    return list(people.order_by("organization__search", "pk").values_list("organization__name", flat=True).distinct())
