"""Reads of plans: those of a territory, and what one says at a glance."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from tissage.people.models import Territory
from tissage.plan.models import Action, ActionPartner, Indicator, Plan, PlanVersion

from .versions import moved_since, versions_of

TROUBLED = 8


@dataclass(frozen=True, slots=True)
class PlanLine:
    plan: Plan
    actions: int
    in_force: PlanVersion | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many actions are in a state; `code` names it for the board's filters."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Glance:
    """What the page of a plan says first. `moved`: how many actions are not as the version in force says; None without such a version."""

    actions: int
    states: list[Counted]
    healths: list[Counted]
    troubled: list[Action]
    in_force: PlanVersion | None
    waiting: PlanVersion | None
    unanswered: PlanVersion | None
    versions: int
    moved: int | None
    without_code: int
    without_partner: int
    without_indicator: int


def plans_of(territory: Territory, today: dt.date) -> list[PlanLine]:
    """The plans of a territory, latest first. Three queries."""
    plans = Plan.objects.filter(territory=territory).select_related("framework__framework", "carrier").order_by("-starts_on", "name", "pk")
    counts = dict(Action.objects.filter(plan__territory=territory).order_by().values_list("plan").annotate(Count("pk")))
    accepted = PlanVersion.objects.in_force().filter(plan__territory=territory, effective_from__lte=today)
    in_force = {one.plan_id: one for one in accepted.order_by("effective_from", "number", "pk")}
    return [PlanLine(one, counts.get(one.pk, 0), in_force.get(one.pk)) for one in plans]


def plan_at_a_glance(plan: Plan, today: dt.date) -> Glance:
    """Counts in words, versions, and what asks for attention; the number of queries does not grow with the plan."""
    living = Action.objects.filter(plan=plan)
    states = Counter(dict(living.order_by().values_list("state").annotate(Count("pk"))))
    healths = Counter(dict(living.exclude(state__in=ENDED).order_by().values_list("health").annotate(Count("pk"))))
    versions = versions_of(plan)
    in_force = next(iter(_accepted(versions, today)), None)
    followed = living.exclude(state__in=ENDED)
    partners = ActionPartner.objects.filter(action=OuterRef("pk"), until__isnull=True)
    indicators = Indicator.objects.filter(action=OuterRef("pk"), ended_on__isnull=True)
    return Glance(
        actions=states.total(),
        states=_counted(states, Action.State.choices),
        healths=_counted(healths, Action.Health.choices),
        troubled=list(followed.filter(health__in=("risk", "blocked", "paused")).order_by("sequence")[:TROUBLED]),
        in_force=in_force,
        waiting=next((one for one in versions if one.sent_on is None), None),
        unanswered=next((one for one in versions if one.sent_on and not one.answer), None),
        versions=len(versions),
        moved=moved_since(in_force).count if in_force else None,
        without_code=followed.filter(node__isnull=True).count(),
        without_partner=followed.exclude(Exists(partners)).count(),
        without_indicator=followed.exclude(Exists(indicators)).count(),
    )


ENDED = (Action.State.STOPPED, Action.State.TERMINATED)


def _accepted(versions: Iterable[PlanVersion], today: dt.date) -> list[PlanVersion]:
    """Versions in force today, the latest first."""
    taken = [
        one
        for one in versions
        if one.effective_from and one.effective_from <= today and one.answer in ("accepted", "accepted_with_remarks")
    ]
    return sorted(taken, key=lambda one: (one.effective_from or dt.date.min, one.number), reverse=True)


def _counted(counts: Counter[str], choices: Iterable[tuple[str, object]]) -> list[Counted]:
    return [Counted(code, str(label), counts[code]) for code, label in choices if counts[code]]
