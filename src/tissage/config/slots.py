"""The one table from slot to the functions of downstream apps. An upstream page names a slot; it knows nobody.

Each function takes (request, *objects of the slot) and gives safe HTML, or None to stay silent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

SLOTS: dict[str, list[Callable[..., Any] | str]] = {
    "menu": ["tissage.people.slots.menu", "tissage.frameworks.slots.menu"],
    "account": ["tissage.people.slots.account"],
    "footer": [],
    "todo": [
        "tissage.people.slots.todo_second_factor",
        "tissage.people.slots.todo_invitations",
        "tissage.network.slots.todo.todo_action_items",
        "tissage.network.slots.todo.todo_meetings",
        "tissage.network.slots.labels.todo_labels",
        "tissage.network.slots.labels.todo_label_reports",
        "tissage.network.slots.keeping.todo_to_check",
        "tissage.network.slots.keeping.todo_suggestions",
        "tissage.voices.slots.todo_coding",
        "tissage.voices.double_coding_slots.todo_double_coding",
        "tissage.voices.slots.todo_workshops",
        "tissage.voices.slots.todo_groups",
        "tissage.synthesis.slots.todo",
        "tissage.plan.slots.register.todo_versions",
        "tissage.reports.slots.readers.todo_reading",
        "tissage.reports.slots.readers.todo_comments",
        "tissage.plan.slots.figures.todo_fill",
        "tissage.plan.slots.figures.todo_review",
        "tissage.plan.slots.figures.todo_late_partners",
        "tissage.plan.slots.agreements.todo_agreements",
        "tissage.plan.slots.obligations.todo_obligations",
        "tissage.commitments.slots.promises.todo_replies",
        "tissage.commitments.slots.promises.todo_judging",
        "tissage.agenda.slots.reports.todo_reports",
    ],  # lists of people.todo.TodoLine
    "joined": ["tissage.network.slots.accounts.link_account"],  # told of a role that was given: (membership, now=)
    "restricted_account": ["tissage.commitments.slots.spaces.holds_a_role"],  # whether more than a mailbox must open an account: (user)
    "search": [
        "tissage.people.slots.search_territories",
        "tissage.people.slots.search_people",
        "tissage.frameworks.slots.search_components",
        "tissage.network.slots.register.search_organizations",
        "tissage.voices.slots.search_groups",
        "tissage.voices.slots.search_workshops",
        "tissage.voices.slots.search_words",
        "tissage.synthesis.slots.search",
        "tissage.plan.slots.register.search_actions",
    ],  # lists of people.search.SearchHit
    "home": ["tissage.synthesis.slots.home", "tissage.network.slots.keeping.home"],
    "territory": [
        "tissage.network.slots.own.territory",
        "tissage.network.slots.keeping.territory",
        "tissage.agenda.slots.diary.territory",
        "tissage.synthesis.slots.territory",
        "tissage.plan.slots.register.territory",
        "tissage.plan.slots.articles.territory",
        "tissage.commitments.slots.promises.territory",
    ],
    "territory_statistics": ["tissage.synthesis.slots.territory_statistics"],
    "territory_menu": [
        "tissage.voices.slots.territory_menu",
        "tissage.synthesis.slots.territory_menu",
        "tissage.plan.slots.register.territory_menu",
        "tissage.reports.slots.readers.territory_menu",
    ],  # the few pages of every day, on one line
    "territory_coding": [
        "tissage.voices.slots.territory_coding",
        "tissage.voices.double_coding_slots.territory_coding",
    ],  # the others, under « Plus », in five parts
    "territory_meeting": ["tissage.voices.slots.territory_meeting"],
    "territory_files": [
        "tissage.voices.import_slots.territory_files",
        "tissage.synthesis.slots.territory_files",
    ],
    "territory_network": [
        "tissage.network.slots.register.territory_network",
        "tissage.agenda.slots.menu.territory_network",
        "tissage.commitments.slots.menu.territory_network",
    ],
    "territory_more": [
        "tissage.frameworks.slots.territory_more",
        "tissage.people.slots.territory_more",
    ],
    "group": ["tissage.synthesis.slots.group"],
    "workshop": ["tissage.synthesis.slots.workshop"],
    "criterion": ["tissage.synthesis.slots.criterion"],
    "plan_menu": ["tissage.reports.slots.reports.plan_menu"],  # more tabs of a plan
    "plan": ["tissage.reports.slots.readers.plan"],  # what downstream apps say on the page of a plan
    "action": [
        "tissage.plan.slots.figures.action",
        "tissage.agenda.slots.reports.action",
        "tissage.commitments.slots.promises.action",
    ],  # … and on the sheet of an action
    "collective": [
        "tissage.agenda.slots.engagement.collective",
        "tissage.commitments.slots.promises.collective",
    ],  # what downstream apps say on the page of a collective
    "my_collective": ["tissage.agenda.slots.engagement.my_collective"],  # … on the page that one of its members reads
    "organization": ["tissage.agenda.slots.engagement.organization"],
    "administration": ["tissage.voices.slots.open_territory_link", "tissage.commitments.slots.spaces.administration"],
    "mine": ["tissage.commitments.slots.spaces.mine"],  # what else is mine, beside my territories
}
