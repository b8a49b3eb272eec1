"""Pages of the network by themselves: what downstream apps say in their slots is counted by their own tests."""

from __future__ import annotations

import pytest

from tissage.config.slots import SLOTS

DOWNSTREAM = (
    "menu",
    "territory_menu",
    "territory_coding",
    "territory_meeting",
    "territory_files",
    "territory_more",
    "organization",
    "collective",
    "my_collective",
)


@pytest.fixture
def nobody_downstream(monkeypatch):
    for name in DOWNSTREAM:
        monkeypatch.setitem(SLOTS, name, [])
