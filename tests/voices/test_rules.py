"""Who may do what with voices: one row a permission, one column a person."""

import pytest


@pytest.mark.parametrize(
    ("permission", "expected"),
    [
        #                             Alice  Bob    Charlie Dora   Erin
        ("voices.read_voices", (True, True, False, False, True)),
        ("voices.write_voices", (True, False, False, False, True)),
        ("voices.withdraw_criterion", (True, False, False, False, True)),
        ("voices.reopen_workshop", (False, False, False, False, True)),
        ("voices.manage_questions", (False, False, False, False, True)),
        ("voices.state_group", (False, False, False, False, True)),
    ],
)
def test_each_permission_is_held_by_whom_it_should(permission, expected, territory, group, alice, bob, charlie, dora, erin):
    people = (alice, bob, charlie, dora, erin)
    assert tuple(person.has_perm(permission, territory) for person in people) == expected
    assert tuple(person.has_perm(permission, group) for person in people) == expected
