"""The one table from slot to the functions of downstream apps. An upstream page names a slot; it knows nobody.

Each function takes (request, *objects of the slot) and gives safe HTML, or None to stay silent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

SLOTS: dict[str, list[Callable[..., Any] | str]] = {
    "menu": [],
    "account": [],
    "footer": [],
    "todo": [],
    "search": [],
    "territory": [],
    "territory_statistics": [],
    "territory_menu": [],
    "group": [],
    "criterion": [],
}
