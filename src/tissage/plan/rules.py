"""Who may do what with a plan. Each predicate takes (person, territory or something that has one)."""

from __future__ import annotations

from typing import Any

import rules

from tissage.network.rules import keeps_the_plan
from tissage.people.models import User
from tissage.people.rules import is_facilitator, is_finance, is_inside, is_partner, is_plan_manager

from .models import Action


@rules.predicate
def is_own_action(user: User, action: Any) -> bool:
    """An action carried by an organisation this person speaks for."""
    return isinstance(action, Action) and Action.objects.own_of(user).filter(pk=action.pk).exists()


rules.add_perm("plan.read_plan", is_inside | is_finance)
rules.add_perm("plan.write_plan", keeps_the_plan)
rules.add_perm("plan.read_action", is_inside | is_finance | (is_partner & is_own_action))
rules.add_perm("plan.read_own_actions", is_partner)
# Comments, health and the monthly counts of standing services: whoever works on the action.
rules.add_perm("plan.follow_actions", keeps_the_plan | is_facilitator)
rules.add_perm("plan.read_money", is_inside | is_finance)
rules.add_perm("plan.write_money", keeps_the_plan | is_finance)
rules.add_perm("plan.review_figures", keeps_the_plan)
rules.add_perm("plan.fill_figures", keeps_the_plan | is_facilitator | (is_partner & is_own_action))
rules.add_perm("plan.remind_partners", keeps_the_plan | is_plan_manager)
