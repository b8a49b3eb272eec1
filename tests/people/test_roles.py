import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from tissage.people.models import Entry, Membership, Territory
from tissage.people.operations import (
    LastCoordinator,
    NoSecondFactor,
    NotYourOwnSecondFactor,
    change_name,
    change_settings,
    create_account,
    end_role,
    grant_role,
    reset_second_factor,
)


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_a_new_role_closes_the_former_one_and_keeps_it(territory, bob, erin, now):
    later = now + dt.timedelta(days=1)
    grant_role(user=bob, territory=territory, role="facilitator", by=erin, now=later)
    assert list(Membership.objects.filter(user=bob).order_by("pk").values_list("role", "ended_at")) == [
        ("reader", later),
        ("facilitator", None),
    ]
    assert bob.has_perm("people.view_territory_team", territory)


def test_a_territory_never_loses_its_last_coordinator(territory, erin, alice, bob, now):
    membership = erin.memberships.get()
    with pytest.raises(LastCoordinator, match="dernière"):
        grant_role(user=erin, territory=territory, role="reader", by=erin, now=now)
    with pytest.raises(LastCoordinator, match="dernière"):
        end_role(membership=membership, by=erin, now=now)
    grant_role(user=alice, territory=territory, role="coordinator", by=erin, now=now)
    end_role(membership=membership, by=erin, now=now)
    assert list(Membership.objects.coordinators().values_list("user__name", flat=True)) == ["Alice"]
    assert not Territory.objects.of(erin).exists()


def test_a_coordinator_elsewhere_does_not_count(territory, erin, dora, now):
    with pytest.raises(LastCoordinator):
        end_role(membership=erin.memberships.get(), by=erin, now=now)


def test_ending_a_role_twice_is_journalled_once(territory, bob, erin, now):
    membership = bob.memberships.get()
    end_role(membership=membership, by=erin, now=now)
    end_role(membership=membership, by=erin, now=now)
    assert verbs().count("people.end_role") == 1


def test_settings_that_do_not_change_are_not_journalled(territory, erin, now):
    assert change_settings(territory=territory, by=erin, now=now, name="Sormont", suppression_threshold=7) == {"suppression_threshold"}
    assert change_settings(territory=territory, by=erin, now=now, suppression_threshold=7) == set()
    assert list(Entry.objects.filter(verb="people.change_settings").values_list("fields", flat=True)) == [["suppression_threshold"]]


def test_settings_hold_no_nonsense(territory, erin, now):
    with pytest.raises(ValidationError):
        change_settings(territory=territory, by=erin, now=now, visibility="anybody")
    with pytest.raises(ValueError, match="slug"):
        change_settings(territory=territory, by=erin, now=now, slug="ailleurs")


def test_a_name_is_changed_once_for_everywhere(erin, now):
    change_name(user=erin, name="  Érin ", now=now)
    erin.refresh_from_db()
    assert erin.name == "Érin"
    assert Entry.objects.get(verb="people.change_name").object_label == ""
    with pytest.raises(ValidationError):
        change_name(user=erin, name="   ", now=now)


def test_an_account_holds_its_address_as_confirmed(db, now):
    user = create_account(email=" Zoe@Example.org ", name="Zoé", now=now)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("zoe@example.org", True, True)]
    assert not user.has_usable_password()


def test_a_lost_second_factor_is_reset_by_another_and_said_by_mail(territory, bob, erin, give_second_factor, sent, now):
    give_second_factor(bob)
    with sent() as letters:
        assert reset_second_factor(user=bob, by=erin, territory=territory, now=now) == 1
    assert not Authenticator.objects.filter(user=bob).exists()
    (letter,) = letters
    assert letter.to == ["bob@example.org"]
    assert letter.subject == "Tissage · Votre deuxième facteur a été réinitialisé"
    assert "Erin, à la coordination de Sormont" in letter.body
    entry = Entry.objects.get(verb="people.reset_second_factor")
    assert (entry.actor, entry.territory, entry.object_id) == (erin, territory, str(bob.pk))


def test_nobody_resets_their_own_second_factor(territory, erin, give_second_factor, now):
    give_second_factor(erin)
    with pytest.raises(NotYourOwnSecondFactor):
        reset_second_factor(user=erin, by=erin, territory=territory, now=now)
    assert Authenticator.objects.filter(user=erin).exists()


def test_without_a_second_factor_there_is_nothing_to_reset(bob, erin, territory, now):
    with pytest.raises(NoSecondFactor):
        reset_second_factor(user=bob, by=erin, territory=territory, now=now)
    assert "people.reset_second_factor" not in verbs()
