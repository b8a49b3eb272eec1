"""Who may what, as tables; and what a page finds agrees with what a rule says."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tissage.people.models import Entry, Invitation, Membership, Territory, User
from tissage.people.operations import invite, record

PEOPLE = ["alice", "bob", "charlie", "dora", "erin"]


@pytest.fixture
def people(request):
    """Charlie administers the installation: it opens no territory."""
    persons = {name: request.getfixturevalue(name) for name in PEOPLE}
    persons["charlie"].administrator_since = request.getfixturevalue("now")
    persons["charlie"].save()
    return persons


@pytest.mark.parametrize(
    ("permission", "allowed"),
    [
        ("people.view_territory", {"alice", "bob", "erin"}),
        ("people.view_territory_team", {"alice", "bob", "erin"}),
        ("people.manage_territory", {"erin"}),
        ("people.read_journal", {"erin"}),
        ("people.administer", {"charlie"}),
    ],
)
def test_who_may_what_in_a_territory(permission, allowed, people, territory):
    assert {name for name, person in people.items() if person.has_perm(permission, territory)} == allowed


def test_a_public_territory_is_seen_by_all_and_run_by_its_own(people, territory):
    territory.visibility = Territory.Visibility.PUBLIC
    assert {name for name, person in people.items() if person.has_perm("people.view_territory", territory)} == set(PEOPLE)
    assert {name for name, person in people.items() if person.has_perm("people.view_territory_team", territory)} == {"alice", "bob", "erin"}


@pytest.mark.parametrize(
    ("permission", "whose", "allowed"),
    [
        ("people.view_membership", "alice", {"alice", "bob", "erin"}),
        ("people.change_membership", "alice", {"erin"}),
        ("people.change_membership", "erin", {"erin"}),
        ("people.reset_second_factor", "alice", {"erin"}),
        ("people.reset_second_factor", "erin", set()),
        ("people.reset_second_factor", "dora", set()),
    ],
)
def test_who_may_what_on_a_role(permission, whose, allowed, people):
    membership = people[whose].memberships.get()
    assert {name for name, person in people.items() if person.has_perm(permission, membership)} == allowed


@pytest.mark.parametrize("permission", ["people.view_membership", "people.change_membership", "people.reset_second_factor"])
def test_an_ended_role_is_nobody_s_to_act_on(permission, people, now):
    membership = people["bob"].memberships.get()
    membership.ended_at = now
    assert not people["erin"].has_perm(permission, membership)


def test_a_closed_account_may_nothing(people, territory):
    people["erin"].is_active = False
    assert not people["erin"].has_perm("people.manage_territory", territory)
    assert not Territory.objects.of(people["erin"]).exists()


SEEN_BY_RULE = [
    (Territory, "people.view_territory"),
    (Membership, "people.view_membership"),
    (Invitation, "people.manage_territory"),
    (Entry, "people.read_journal"),
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    roles=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([*Membership.Role.values]), st.booleans()), max_size=6),
    public=st.lists(st.booleans(), min_size=3, max_size=3),
    active=st.lists(st.booleans(), min_size=3, max_size=3),
)
def test_what_is_found_is_what_the_rule_allows(roles, public, active, db, now):
    with transaction.atomic():
        territories = [
            Territory.objects.create(slug=f"t{number}", name=f"T{number}", visibility="public" if is_public else "members")
            for number, is_public in enumerate(public)
        ]
        users = [User(email=f"u{number}@example.org", name="U", is_active=is_active) for number, is_active in enumerate(active)]
        User.objects.bulk_create(users)
        for user, territory, role, ended in {(who, where): each for each in roles for who, where in [each[:2]]}.values():
            Membership.objects.create(
                user=users[user], territory=territories[territory], role=role, since=now, ended_at=now if ended else None
            )
        for number, territory in enumerate(territories):
            invite(email=f"new{number}@example.org", role="reader", territory=territory, now=now, by_mail=False)
            record(verb="people.change_settings", by=None, territory=territory, now=now)
        for model, permission in SEEN_BY_RULE:
            for user in [*users, AnonymousUser()]:
                things = model.objects.exclude(territory=None) if model is not Territory else model.objects.all()
                allowed = {
                    thing.pk
                    for thing in things
                    if (user.has_perm(permission, thing) if user.is_active else model is Territory and thing.is_public)
                }
                assert set(model.objects.visible_to(user).values_list("pk", flat=True)) == allowed, (model, user)
        transaction.set_rollback(True)
