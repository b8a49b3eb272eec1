"""Who may do what with voices. Each predicate takes (person, territory or something that has one)."""

from __future__ import annotations

import rules

from tissage.people.rules import is_coordinator, is_inside, is_team

rules.add_perm("voices.read_voices", is_inside)
rules.add_perm("voices.write_voices", is_team)
rules.add_perm("voices.withdraw_criterion", is_team)
rules.add_perm("voices.reopen_workshop", is_coordinator)
rules.add_perm("voices.manage_questions", is_coordinator)
# The number of participants and the consent decide what may leave the team: one person answers for them, with name and date.
rules.add_perm("voices.state_group", is_coordinator)
rules.add_perm("voices.import_voices", is_team)
