"""A one-time code by e-mail: for accounts that hold nothing restricted, and nobody learns which those are."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from tests.conftest import NOW
from tissage.people.models import Membership, User
from tissage.people.queries_sign_in import may_use_a_code

ASK, TYPE = "/compte/login/code/", "/compte/login/code/confirm/"


def ask(client: Client, email: str):
    return client.post(ASK, {"email": email})


def code_in(letter) -> str:
    return re.search(r"^\s*([A-Z0-9-]{6,})\s*$", letter.body, re.MULTILINE)[1]


@pytest.fixture
def volunteer(territory) -> User:
    user = User.objects.create_user(email="vera@example.org", name="Vera", password="une phrase de passe")
    Membership.objects.create(user=user, territory=territory, role="partner", since=NOW)
    return user


def test_a_volunteer_signs_in_with_a_code_and_once_only(volunteer, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = ask(client, "Vera@example.org")
    assert (answer.status_code, answer.url) == (302, TYPE)
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["vera@example.org"], "Tissage · Votre code pour entrer")
    assert "dix minutes" in letter.body
    page = client.get(TYPE).content.decode()
    assert "Regardez votre boîte aux lettres" in page
    assert "a été envoyé" not in page
    assert code_in(letter) not in page
    assert client.get("/a-faire/").status_code == 302
    assert client.post(TYPE, {"code": code_in(letter)}).status_code == 302
    assert client.get("/a-faire/").status_code == 200
    client.post("/compte/logout/")
    assert client.post(TYPE, {"code": code_in(letter)}).status_code == 302
    assert client.get("/a-faire/").status_code == 302


def test_the_door_offers_the_code(db, client):
    assert ASK in client.get("/compte/login/").content.decode()
    assert "Se connecter avec un code" in client.get(ASK).content.decode()


def test_the_answer_is_the_same_for_a_restricted_account_and_for_nobody(volunteer, erin, django_capture_on_commit_callbacks):
    """The page says nothing; the letter of the restricted account holds no code and says to use the password."""
    pages = {}
    for email in ("vera@example.org", erin.email, "personne@example.org"):
        client = Client()
        with django_capture_on_commit_callbacks(execute=True):
            answer = ask(client, email)
        page = client.get(TYPE).content.decode().replace(email, "")
        pages[email] = (
            answer.status_code,
            answer.url,
            re.sub(r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"|nonce="[^"]+"', "", page),
        )
    assert len(set(pages.values())) == 1
    assert [letter.to for letter in mail.outbox] == [["vera@example.org"], [erin.email]]
    assert "mot de passe" in mail.outbox[1].body
    assert re.search(r"^\s*[A-Z0-9-]{6,}\s*$", mail.outbox[1].body, re.MULTILINE) is None


def test_no_code_opens_a_restricted_account(erin, client):
    ask(client, erin.email)
    for code in ("", "ABCDEF", "000000"):
        client.post(TYPE, {"code": code})
    assert client.get("/a-faire/").status_code == 302


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("partner", True), ("commission", True), ("councillor", True), ("coordinator", False), ("facilitator", False), ("reader", False),
        ("plan_manager", False), ("finance", False),
    ],
)  # fmt: skip
def test_roles_that_may_use_a_code(role, may, territory, charlie):
    Membership.objects.create(user=charlie, territory=territory, role=role, since=NOW)
    assert may_use_a_code(charlie) is may


def test_one_restricted_role_anywhere_is_enough_to_refuse(volunteer, other_territory, territory):
    assert may_use_a_code(volunteer)
    elsewhere = Membership.objects.create(user=volunteer, territory=other_territory, role="reader", since=NOW)
    assert not may_use_a_code(volunteer)
    Membership.objects.filter(pk=elsewhere.pk).update(ended_at=NOW)
    assert may_use_a_code(volunteer)
    territory.two_factor_required = True
    territory.save()
    assert not may_use_a_code(volunteer)


def test_a_second_factor_an_administrator_a_closed_account_and_a_space_ask_for_more(volunteer, charlie, territory):
    from tissage.commitments.models import Space, SpaceMembership
    from tissage.network.models import Organization

    Authenticator.objects.create(user=volunteer, type=Authenticator.Type.TOTP, data={})
    assert not may_use_a_code(volunteer)
    assert may_use_a_code(charlie)
    charlie.administrator_since = NOW
    assert not may_use_a_code(charlie)
    charlie.administrator_since, charlie.is_active = None, False
    assert not may_use_a_code(charlie)
    charlie.is_active = True
    house = Organization.objects.create(territory=territory, name="Association")
    space = Space.objects.create(territory=territory, organization=house, slug="espace", name="Espace", created_at=NOW)
    SpaceMembership.objects.create(space=space, user=charlie, role="reader", since=NOW)
    assert not may_use_a_code(charlie)


def test_codes_are_limited_by_account_and_by_tries(volunteer, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, volunteer.email)
        wrong = [client.post(TYPE, {"code": "AAAAAA"}).status_code for _ in range(3)]
        client.post(TYPE, {"code": code_in(mail.outbox[0])})
        assert wrong == [200, 200, 302]
        assert client.get("/a-faire/").status_code == 302
        for _ in range(8):
            ask(Client(), volunteer.email)
    assert len(mail.outbox) == 5
