"""What I may open of a plan: the plan, an action of it; 404 otherwise."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from tissage.people.views.doors import person, require, territory_for
from tissage.plan.models import Action, Plan

__all__ = ["action_for", "person", "plan_for", "require", "territory_for"]


def plan_for(request: HttpRequest, territory: str, pk: int, permission: str) -> Plan:
    plans = Plan.objects.visible_to(request.user).select_related("territory", "framework__framework", "carrier", "manager")
    found = get_object_or_404(plans, pk=pk, territory__slug=territory)
    require(person(request), permission, found)
    return found


def action_for(request: HttpRequest, territory: str, plan: int, pk: int, permission: str) -> Action:
    """An action of this plan. A partner with an account opens its own ones only."""
    actions = Action.objects.visible_to(request.user).select_related(
        "plan__territory", "plan__framework__framework", "node", "lead_service"
    )
    found = get_object_or_404(actions, pk=pk, plan=plan, plan__territory__slug=territory)
    require(person(request), permission, found)
    return found
