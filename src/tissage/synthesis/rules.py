"""Who may do what with a synthesis. Each permission is asked on a territory or on a synthesis."""

import rules

from tissage.people.rules import is_coordinator, is_inside, is_team

rules.add_perm("synthesis.read_synthesis", is_inside)
rules.add_perm("synthesis.freeze_synthesis", is_team)
rules.add_perm("synthesis.mark_synthesis", is_team)
rules.add_perm("synthesis.read_lines", is_team)
rules.add_perm("synthesis.publish_synthesis", is_coordinator)
# The group's own sheet, and the link it accepts: an act of whoever stands before the group.
rules.add_perm("synthesis.hand_sheet", is_team)
