"""Who may: anyone signed in reads; administrators write; coordinators choose for their territory."""

from __future__ import annotations

import rules

from tissage.people.rules import is_administrator, is_coordinator, is_inside

rules.add_perm("frameworks.edit", is_administrator)
rules.add_perm("frameworks.view_choice", is_inside)
rules.add_perm("frameworks.choose", is_coordinator)
