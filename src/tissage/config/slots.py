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
    "todo": ["tissage.people.slots.todo_second_factor", "tissage.people.slots.todo_invitations"],  # lists of people.todo.TodoLine
    "search": [
        "tissage.people.slots.search_territories",
        "tissage.people.slots.search_people",
        "tissage.frameworks.slots.search_components",
    ],  # lists of people.search.SearchHit
    "territory": [],
    "territory_statistics": [],
    "territory_menu": ["tissage.people.slots.territory_menu", "tissage.frameworks.slots.territory_menu"],
    "group": [],
    "criterion": [],
    "administration": [],
}
