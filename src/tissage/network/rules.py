"""Who may do what with organisations, collectives and agreements of a territory."""

from __future__ import annotations

import rules

from tissage.people.rules import is_coordinator, is_finance, is_inside, is_plan_manager

keeps_the_plan = is_coordinator | is_plan_manager

rules.add_perm("network.read_network", is_inside | is_finance)
rules.add_perm("network.write_network", keeps_the_plan)
rules.add_perm("network.write_agreements", keeps_the_plan | is_finance)
