"""Who may freeze, issue, record a vote, and read what was adopted."""

from __future__ import annotations

import rules

from tissage.network.rules import keeps_the_plan
from tissage.people.rules import is_finance, is_inside, reads_adopted_things

rules.add_perm("reports.read_reports", is_inside | is_finance)
rules.add_perm("reports.read_adopted", is_inside | is_finance | reads_adopted_things)
rules.add_perm("reports.comment", is_inside | is_finance | reads_adopted_things)
rules.add_perm("reports.freeze_year", keeps_the_plan)
rules.add_perm("reports.issue_report", keeps_the_plan)
rules.add_perm("reports.manage_readers", keeps_the_plan)
