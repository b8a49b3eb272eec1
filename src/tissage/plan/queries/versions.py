"""Reads of versions: which one is in force on a day, what each says, what moved between two, or since."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tissage.core.plan_comparison import ActionSaid, AmountSaid, Comparison, PartnerSaid, TargetSaid, compare_plans
from tissage.plan.models import Action, ActionPartner, ActionVersion, Allocation, Plan, PlanVersion, Target

PLAIN = ("sequence", "title", "description", "basis", "lead_service", "starts_on", "ends_on", "state", "stop_reason")
NAMES = ("objectives", "target_groups", "neighbourhoods")


def version_on(plan: Plan, day: dt.date) -> PlanVersion | None:
    """The version in force on a day: accepted, its date of effect come; the latest of those. None before the first one."""
    found = PlanVersion.objects.in_force().filter(plan=plan, effective_from__lte=day)
    return found.select_related("plan__territory", "document").order_by("-effective_from", "-number").first()


def versions_of(plan: Plan) -> list[PlanVersion]:
    """Every version, latest first, each with its deliberation and who made it."""
    return list(plan.versions.select_related("document", "made_by").order_by("-number"))


def compare(older: PlanVersion, newer: PlanVersion) -> Comparison:
    """What the newer version adds, removes and changes, field by field. Two queries."""
    return compare_plans(said_by(older), said_by(newer))


def moved_since(version: PlanVersion) -> Comparison:
    """What the team does now beside what this version says."""
    return compare_plans(said_by(version), said_now(version.plan))


def said_by(version: PlanVersion, action: Action | None = None) -> list[ActionSaid]:
    """The actions as a version says them, by number."""
    rows = ActionVersion.objects.filter(version=version).select_related("node").order_by("sequence", "pk")
    if action is not None:
        rows = rows.filter(action=action)
    return [_from_row(row) for row in rows]


def said_now(plan: Plan, action: Action | None = None) -> list[ActionSaid]:
    """The actions as the team works with them, by number: targets, and for each line the amount of the latest budget stage. Six queries."""
    found = Action.objects.filter(plan=plan).select_related("node", "lead_service")
    found = found.prefetch_related("objectives", "neighbourhoods").order_by("sequence")
    if action is not None:
        found = found.filter(pk=action.pk)
    partners, targets, amounts = _partners(found), _targets(found), _amounts(found)
    return [
        ActionSaid(
            action=one.pk,
            sequence=one.sequence,
            title=one.title,
            code=one.node.code if one.node else "",
            node=one.node_id,
            description=one.description,
            basis=one.basis,
            lead_service=one.lead_service.name if one.lead_service else "",
            objectives=tuple(sorted(node.code for node in one.objectives.all())),
            target_groups=tuple(one.target_groups),
            neighbourhoods=tuple(sorted(place.name for place in one.neighbourhoods.all())),
            partners=tuple(partners[one.pk]),
            targets=tuple(targets[one.pk]),
            amounts=tuple(amounts[one.pk]),
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            state=one.state,
            stop_reason=one.stop_reason,
        )
        for one in found
    ]


def _partners(actions: Iterable[Action]) -> dict[int, list[PartnerSaid]]:
    found: dict[int, list[PartnerSaid]] = defaultdict(list)
    rows = ActionPartner.objects.filter(action__in=actions, until__isnull=True).select_related("organization")
    for row in rows.order_by("action", "role", "organization__search", "pk"):
        found[row.action_id].append(PartnerSaid(row.organization.name, row.role, row.organization_id))
    return found


def _targets(actions: Iterable[Action]) -> dict[int, list[TargetSaid]]:
    found: dict[int, list[TargetSaid]] = defaultdict(list)
    rows = Target.objects.filter(indicator__action__in=actions, indicator__ended_on__isnull=True).select_related("indicator")
    for row in rows.order_by("indicator__action", "indicator__position", "indicator", "year"):
        found[row.indicator.action_id].append(TargetSaid(row.indicator.name, row.year, row.value, row.indicator.unit))
    return found


def _amounts(actions: Iterable[Action]) -> dict[int, list[AmountSaid]]:
    """For each action and line, the allocation of the latest stage that says something."""
    latest: dict[tuple[int, int], tuple[str, int, Decimal | None]] = {}
    rows = Allocation.objects.filter(action__in=actions).order_by("action", "line__year", "line__label", "line", "stage__number", "pk")
    for action, line, label, year, amount in rows.values_list("action", "line", "line__label", "line__year", "amount"):
        latest[action, line] = (label, year, amount)
    found: dict[int, list[AmountSaid]] = defaultdict(list)
    for (action, _line), said in latest.items():
        found[action].append(AmountSaid(*said))
    return found


def stored_form(said: ActionSaid) -> dict[str, Any]:
    """The columns of `ActionVersion`, numbers as text: JSON has no exact decimals."""
    return {
        "action_id": said.action,
        "node_id": said.node,
        **{name: getattr(said, name) for name in PLAIN},
        **{name: list(getattr(said, name)) for name in NAMES},
        "partners": [
            {"organization": one.organization, "name": one.name, "role": one.role, "basis": said.basis if one.role == "operator" else ""}
            for one in said.partners
        ],
        "targets": [{"indicator": one.indicator, "unit": one.unit, "year": one.year, "value": str(one.value)} for one in said.targets],
        "amounts": [
            {"line": one.line, "year": one.year, "amount": None if one.amount is None else str(one.amount)} for one in said.amounts
        ],
    }


def _from_row(row: ActionVersion) -> ActionSaid:
    said: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
    said |= {name: tuple(getattr(row, name)) for name in NAMES}
    said["partners"] = tuple(PartnerSaid(one["name"], one["role"], one.get("organization")) for one in row.partners)
    said["targets"] = tuple(TargetSaid(one["indicator"], one["year"], Decimal(one["value"]), one.get("unit", "")) for one in row.targets)
    said["amounts"] = tuple(
        AmountSaid(one["line"], one["year"], None if one["amount"] is None else Decimal(one["amount"])) for one in row.amounts
    )
    return ActionSaid(action=row.action_id, node=row.node_id, code=row.node.code if row.node else "", **said)
