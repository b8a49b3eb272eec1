from __future__ import annotations

import pytest

PERMISSIONS = {
    "synthesis.read_synthesis": {"erin", "alice", "bob"},
    "synthesis.freeze_synthesis": {"erin", "alice"},
    "synthesis.mark_synthesis": {"erin", "alice"},
    "synthesis.read_lines": {"erin", "alice"},
    "synthesis.publish_synthesis": {"erin"},
}


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_who_may(permission, territory, alice, bob, charlie, dora, erin):
    people = {"alice": alice, "bob": bob, "charlie": charlie, "dora": dora, "erin": erin}
    assert {name for name, person in people.items() if person.has_perm(permission, territory)} == PERMISSIONS[permission]
