import datetime as dt
import hashlib
import re

import pytest
from django.utils import timezone

from tissage.people.models import Entry, Invitation, Membership, User
from tissage.people.operations import (
    AlreadyMember,
    InvitationClosed,
    InvitationForSomebodyElse,
    LastCoordinator,
    accept_invitation,
    find_invitation,
    invite,
    join_with_new_account,
    resend_invitation,
    revoke_invitation,
)

DAY = dt.timedelta(days=1)
NEWCOMER = {"name": "Zoé", "password": "quatre mots choisis au hasard"}


def path_of(link: str) -> str:
    return re.sub(r"^https?://[^/]+", "", link)


@pytest.fixture
def invited(territory, erin):
    """Zoé is invited today to facilitate."""
    return invite(email="Zoe@example.org", role="facilitator", territory=territory, by=erin, now=timezone.now())


def test_the_database_keeps_a_hash_of_the_secret(invited):
    token = invited.link.rstrip("/").rsplit("/", 1)[1]
    assert invited.invitation.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(Invitation.objects.values())
    assert find_invitation(token) == invited.invitation
    assert find_invitation(token + "x") is None


def test_the_letter_says_who_where_and_until_when(territory, erin, sent, now):
    with sent() as letters:
        invited = invite(email="zoe@example.org", role="reader", territory=territory, by=erin, now=now)
    (letter,) = letters
    assert letter.to == ["zoe@example.org"]
    assert letter.subject == "Tissage · Invitation à rejoindre Sormont"
    assert invited.link in letter.body
    assert "Erin vous invite" in letter.body
    assert "6 décembre 2026" in letter.body


def test_an_invitation_is_good_for_fourteen_days(invited):
    made = invited.invitation.created_at
    assert invited.invitation.is_open(made + 14 * DAY - dt.timedelta(seconds=1))
    assert not invited.invitation.is_open(made + 14 * DAY)


def test_inviting_again_closes_the_first_link(invited, territory, erin, other_territory, now):
    elsewhere = invite(email="zoe@example.org", role="reader", territory=other_territory, now=now, by_mail=False)
    again = invite(email="zoe@example.org", role="reader", territory=territory, by=erin, now=now)
    open_ones = Invitation.objects.pending().order_by("pk")
    assert list(open_ones) == [elsewhere.invitation, again.invitation]


def test_a_member_is_not_invited(territory, erin, bob, now):
    with pytest.raises(AlreadyMember, match="bob@example.org"):
        invite(email="BOB@example.org", role="coordinator", territory=territory, by=erin, now=now)


def test_an_invitation_sent_again_has_a_new_link_and_a_new_date(invited, erin, sent):
    later = invited.invitation.created_at + 10 * DAY
    with sent() as letters:
        again = resend_invitation(invitation=invited.invitation, by=erin, now=later)
    assert again.link != invited.link
    assert again.link in letters[0].body
    assert again.invitation.expires_at == later + 14 * DAY
    assert find_invitation(invited.link.rstrip("/").rsplit("/", 1)[1]) is None


def test_an_invitation_taken_back_is_no_longer_accepted(invited, erin, charlie, now):
    revoke_invitation(invitation=invited.invitation, by=erin, now=now)
    with pytest.raises(InvitationClosed):
        join_with_new_account(invitation=invited.invitation, **NEWCOMER, now=now)
    with pytest.raises(InvitationClosed):
        resend_invitation(invitation=invited.invitation, by=erin, now=now)
    with pytest.raises(InvitationClosed):
        revoke_invitation(invitation=invited.invitation, by=erin, now=now)
    assert not User.objects.filter(email="zoe@example.org").exists()


def test_an_invitation_serves_once(invited, now):
    user = join_with_new_account(invitation=invited.invitation, **NEWCOMER, now=now)
    with pytest.raises(InvitationClosed):
        accept_invitation(invitation=invited.invitation, user=user, now=now)
    assert list(user.memberships.values_list("territory__slug", "role")) == [("sormont", "facilitator")]


def test_an_invitation_is_for_its_address(invited, bob, charlie, now):
    with pytest.raises(InvitationForSomebodyElse, match="zoe@example.org"):
        accept_invitation(invitation=invited.invitation, user=charlie, now=now)


def test_an_invitation_does_not_lower_the_last_coordinator(territory, other_territory, dora, now):
    dora.memberships.update(ended_at=now)
    invited = invite(email=dora.email, role="reader", territory=other_territory, now=now, by_mail=False)
    Membership.objects.create(user=dora, territory=other_territory, role="coordinator", since=now)
    with pytest.raises(LastCoordinator):
        accept_invitation(invitation=invited.invitation, user=dora, now=now)
    assert Invitation.objects.get().accepted_at is None


def test_an_administrator_is_made_by_an_invitation_without_territory(db, now):
    invited = invite(email="zoe@example.org", role="reader", territory=None, makes_administrator=True, now=now, by_mail=False)
    user = join_with_new_account(invitation=invited.invitation, **NEWCOMER, now=now)
    assert user.has_perm("people.administer")
    assert not user.memberships.exists()


# --- The page behind the link ---------------------------------------------------------------------------------


def test_opening_the_link_changes_nothing(invited, client):
    before = list(Invitation.objects.values()), User.objects.count(), Entry.objects.count()
    for method in (client.get, client.head):
        assert method(path_of(invited.link)).status_code == 200
    assert (list(Invitation.objects.values()), User.objects.count(), Entry.objects.count()) == before


def test_a_new_person_gives_a_name_and_a_password_and_is_in(invited, client):
    page = client.post(path_of(invited.link), NEWCOMER, follow=True)
    assert page.redirect_chain == [("/a-faire/", 302)]
    zoe = User.objects.get(email="zoe@example.org")
    assert (zoe.name, zoe.check_password(NEWCOMER["password"])) == ("Zoé", True)
    assert [str(message) for message in page.context["messages"]][-1] == "Vous faites maintenant partie de Sormont."
    assert client.get(path_of(invited.link)).status_code == 410


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": "Zoé", "password": "court"}, "password"),
        ({"name": "Zoé", "password": "password1234"}, "password"),
        ({"name": "Zoé", "password": "zoe@example.org"}, "password"),
        ({"name": "", "password": NEWCOMER["password"]}, "name"),
    ],
)
def test_a_weak_password_or_an_empty_name_is_refused_and_what_was_typed_is_kept(typed, field, invited, client):
    page = client.post(path_of(invited.link), typed)
    assert list(page.context["form"].errors) == [field]
    assert f'value="{typed["name"]}"' in page.content.decode() or not typed["name"]
    assert f'value="{typed["password"]}"' not in page.content.decode()
    assert not User.objects.filter(email="zoe@example.org").exists()


def test_a_person_with_an_account_signs_in_first_then_accepts_with_one_button(territory, erin, charlie, as_user, client):
    link = path_of(invite(email=charlie.email, role="reader", territory=territory, by=erin, now=timezone.now()).link)
    page = client.get(link).content.decode()
    assert f"/compte/login/?next={link}" in page
    assert "password" not in page
    client.post(link, NEWCOMER)
    assert not charlie.memberships.exists()
    signed_in = as_user(charlie)
    assert signed_in.get(link).content.decode().count("Accepter l’invitation") == 1
    signed_in.post(link)
    assert list(charlie.memberships.values_list("territory__slug", "role")) == [("sormont", "reader")]


def test_somebody_else_signed_in_is_told_whose_invitation_it_is(invited, bob, as_user):
    page = as_user(bob).post(path_of(invited.link))
    assert "zoe@example.org" in page.content.decode()
    assert Invitation.objects.get().accepted_at is None


def test_a_link_out_of_date_says_so(invited, client):
    Invitation.objects.update(expires_at=timezone.now())
    page = client.get(path_of(invited.link))
    assert page.status_code == 410
    assert "Elle valait jusqu’au" in page.content.decode()


def test_an_unknown_link_does_not_exist(db, client):
    assert client.get("/invitation/nothing/").status_code == 404
