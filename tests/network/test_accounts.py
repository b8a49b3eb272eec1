"""An account is linked to the card that the team wrote for it: a partner who accepts an invitation meets its own actions."""

from __future__ import annotations

import pytest

from tissage.network.models import Person
from tissage.people.models import Entry
from tissage.people.operations import grant_role, invite, join_with_new_account


@pytest.fixture
def card(territory, chantecler):
    return Person.objects.create(territory=territory, organization=chantecler, display_name="Nadia", email="Nadia@Chantecler.example")


def test_a_partner_who_accepts_is_linked_and_meets_its_actions(territory, action, card, erin, now, as_user):
    invited = invite(territory=territory, email="nadia@chantecler.example", role="partner", by=erin, now=now)
    user = join_with_new_account(invitation=invited.invitation, name="Nadia", password="une phrase de passe", now=now)
    card.refresh_from_db()
    assert card.user == user
    assert "Remise à l’emploi" in as_user(user).get("/territoires/sormont/plans/mes-actions/").content.decode()
    assert Entry.objects.filter(verb="network.link_account", object_label="Chantecler").count() == 1


def test_a_card_of_another_town_of_somebody_else_or_of_the_past_is_left_alone(territory, other_territory, chantecler, charlie, erin, now):
    mine = {"display_name": "Charlie", "email": charlie.email}
    elsewhere = Person.objects.create(territory=other_territory, **mine)
    taken = Person.objects.create(territory=territory, organization=chantecler, user=erin, **mine)
    past = Person.objects.create(territory=territory, organization=chantecler, ended_on=now.date(), **mine)
    grant_role(user=charlie, territory=territory, role="partner", by=erin, now=now)
    for one in (elsewhere, taken, past):
        one.refresh_from_db()
    assert (elsewhere.user, taken.user, past.user) == (None, erin, None)
