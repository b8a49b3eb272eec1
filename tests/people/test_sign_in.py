"""Signing in: closed sign-up, attempts limited by account, second factors encrypted, enforced and reset."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.db import connection
from django.test import Client

from tissage.people.cipher import key_ring
from tissage.people.models import Territory, User

from .conftest import PASSWORD, SECRET


def text(response) -> str:
    return response.content.decode()


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client: Client, email: str, password: str = PASSWORD):
    return client.post("/compte/login/", {"login": email, "password": password})


def every_cell() -> str:
    """Everything the database holds, as one text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


@pytest.fixture
def with_application(monkeypatch):
    """Sets up the application on the phone through its own pages, with a secret easy to find again; gives the client."""

    def set_up(user) -> Client:
        monkeypatch.setattr("allauth.mfa.totp.internal.auth.generate_totp_secret", lambda length=20: SECRET)
        client = Client()
        sign_in(client, user.email)
        url = "/compte/securite/totp/activate/"
        client.post("/compte/reauthenticate/", {"password": PASSWORD})
        assert SECRET in text(client.get(url))
        response = client.post(url, {"code": code_for(SECRET)})
        assert response.status_code == 302, text(response)
        return client

    return set_up


def test_nobody_opens_an_account_alone(db, client):
    assert User.objects.count() == 0
    page = client.post("/compte/signup/", {"email": "zoe@example.org", "password1": "quatre mots choisis au hasard"})
    assert page.status_code == 200
    assert User.objects.count() == 0


def test_a_person_signs_in_and_out(bob, client):
    assert sign_in(client, "Bob@Example.org").headers["Location"] == "/a-faire/"
    assert client.get("/compte/logout/").status_code == 200
    assert client.get("/a-faire/").status_code == 200
    client.post("/compte/logout/")
    assert client.get("/a-faire/").status_code == 302


def test_the_eleventh_attempt_on_an_account_is_refused_in_words(bob, alice):
    for _ in range(10):
        assert "Trop d’essais" not in text(sign_in(Client(), bob.email, "wrong"))
    refused = sign_in(Client(), bob.email)
    assert refused.status_code == 200
    assert "Trop d’essais pour ce compte" in text(refused)
    assert "_auth_user_id" not in refused.wsgi_request.session


def test_two_accounts_behind_one_address_do_not_lock_each_other(bob, alice):
    town_hall = {"REMOTE_ADDR": "192.0.2.1"}
    for _ in range(11):
        Client(**town_hall).post("/compte/login/", {"login": bob.email, "password": "wrong"})
    answer = Client(**town_hall).post("/compte/login/", {"login": alice.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/a-faire/"


def test_thirty_colleagues_sign_in_within_a_minute_from_one_address(bob):
    assert {sign_in(Client(), bob.email).status_code for _ in range(35)} == {302}


def test_a_wrong_address_and_a_wrong_password_read_the_same(bob):
    answers = (sign_in(Client(), email, "wrong") for email in (bob.email, "nobody@example.org"))
    known, unknown = (list(answer.context["form"].non_field_errors()) for answer in answers)
    assert known == unknown == ["L’adresse e-mail ou le mot de passe sont incorrects."]


def test_a_forgotten_password_is_asked_without_telling_who_has_an_account(bob, client):
    for email in (bob.email, "nobody@example.org"):
        assert client.post("/compte/password/reset/", {"email": email}).headers["Location"] == "/compte/password/reset/done/"
    assert [letter.to for letter in mail.outbox] == [[bob.email]]
    link = re.search(r"http://testserver(/compte/password/reset/key/\S+)", mail.outbox[0].body)
    page = client.get(link[1], follow=True)
    page = client.post(page.request["PATH_INFO"], {"password1": "une autre phrase longue", "password2": "une autre phrase longue"})
    assert page.status_code == 302
    assert sign_in(Client(), bob.email, "une autre phrase longue").status_code == 302


def test_too_many_forgotten_passwords_for_one_account_leave_the_others_alone(bob, alice, client):
    for _ in range(5):
        assert client.post("/compte/password/reset/", {"email": bob.email}).status_code == 302
    refused = client.post("/compte/password/reset/", {"email": bob.email})
    assert refused.status_code == 429
    assert "Trop de demandes pour ce compte" in text(refused)
    assert client.post("/compte/password/reset/", {"email": alice.email}).status_code == 302


def test_an_address_changes_once_its_link_was_followed_and_its_button_pressed(bob, client):
    sign_in(client, bob.email)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    client.post("/compte/email/", {"email": "robin@example.org", "action_add": ""})
    link = next(
        re.search(r"http://testserver(/compte/confirm-email/\S+)", each.body)[1] for each in mail.outbox if each.to == ["robin@example.org"]
    )
    assert client.get(link).status_code == 200
    bob.refresh_from_db()
    assert bob.email == "bob@example.org"
    client.post(link)
    bob.refresh_from_db()
    assert bob.email == "robin@example.org"
    assert mail.outbox[-1].to == ["bob@example.org"]
    assert sign_in(Client(), "robin@example.org").status_code == 302
    assert sign_in(Client(), "bob@example.org").status_code == 200


def test_a_closed_account_does_not_sign_in(bob, client):
    User.objects.update(is_active=False)
    sign_in(client, bob.email)
    assert client.get("/a-faire/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_the_secret_of_a_second_factor_is_nowhere_in_the_database(now, with_application):
    bob = User.objects.create_user(email="bob@example.org", name="Bob", password=PASSWORD)
    client = with_application(bob)
    stored = {each.type: each.data for each in Authenticator.objects.filter(user=bob)}
    assert stored["totp"]["secret"].startswith("t1.")
    assert stored["recovery_codes"]["seed"].startswith("t1.")
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    codes = re.findall(r"\b\d{8}\b", text(client.get("/compte/securite/recovery-codes/")))
    assert len(codes) == 10
    everything = every_cell()
    assert "bob@example.org" in everything
    assert SECRET not in everything
    assert not [code for code in codes if code in everything]


@pytest.mark.django_db(transaction=True)
def test_a_second_factor_is_asked_at_sign_in(now, with_application):
    bob = User.objects.create_user(email="bob@example.org", name="Bob", password=PASSWORD)
    with_application(bob)
    client = Client()
    assert sign_in(client, bob.email).headers["Location"] == "/compte/securite/authenticate/"
    assert client.get("/a-faire/").status_code == 302
    assert "incorrect" in text(client.post("/compte/securite/authenticate/", {"code": "000000"})).lower()
    connection.cursor().execute("DELETE FROM cache")  # the code used to set it up may not be used twice within its half minute
    assert client.post("/compte/securite/authenticate/", {"code": code_for(SECRET)}).headers["Location"] == "/a-faire/"
    assert client.get("/a-faire/").status_code == 200


def test_codes_are_tried_ten_times(bob):
    client = Client()
    sealed = key_ring().encrypt(SECRET, place=f"mfa:{bob.pk}")
    Authenticator.objects.create(user=bob, type="totp", data={"secret": sealed})
    sign_in(client, bob.email)
    for _ in range(10):
        assert "Trop d’essais" not in text(client.post("/compte/securite/authenticate/", {"code": "000000"}))
    assert "Trop d’essais pour ce compte" in text(client.post("/compte/securite/authenticate/", {"code": code_for(SECRET)}))


@pytest.mark.django_db(transaction=True)
def test_a_second_factor_copied_to_another_account_does_not_open_it(now, with_application):
    bob = User.objects.create_user(email="bob@example.org", name="Bob", password=PASSWORD)
    zoe = User.objects.create_user(email="zoe@example.org", name="Zoé", password=PASSWORD)
    with_application(bob)
    Authenticator.objects.create(user=zoe, type="totp", data=Authenticator.objects.get(user=bob, type="totp").data)
    client = Client()
    sign_in(client, zoe.email)
    page = client.post("/compte/securite/authenticate/", {"code": code_for(SECRET)})
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["code"]


# --- Enforced by a territory ----------------------------------------------------------------------------------


@pytest.fixture
def strict(territory):
    Territory.objects.filter(pk=territory.pk).update(two_factor_required=True, visibility="public")
    return territory


PLACES = ["/territoires/sormont/", "/territoires/sormont/personnes/", "/territoires/sormont/journal/"]


@pytest.mark.parametrize("place", PLACES)
def test_without_a_second_factor_no_page_of_a_strict_territory_opens(place, strict, erin, as_user, give_second_factor):
    client = as_user(erin)
    refused = client.get(place)
    assert refused.headers["Location"] == "/deuxieme-facteur/?next=" + place.replace("/", "%2F")
    assert client.post(place).headers["Location"] == "/deuxieme-facteur/"
    page = text(client.get(refused.headers["Location"]))
    assert "Sormont" in page
    assert "/compte/securite/totp/activate/" in page
    give_second_factor(erin)
    assert client.get(refused.headers["Location"]).headers["Location"] == place
    assert client.get(place).status_code == 200


def test_strictness_is_for_members_of_that_territory(strict, other_territory, bob, dora, charlie, as_user):
    for somebody in (None, charlie, dora):
        assert as_user(somebody).get("/territoires/sormont/").status_code == 200
    assert as_user(dora).get("/territoires/ailleurs/").status_code == 200
    assert as_user(bob).get("/territoires/sormont/").status_code == 302
    assert as_user(bob).get("/profil/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(strict, bob, as_user):
    Authenticator.objects.create(user=bob, type="recovery_codes", data={"seed": "unread", "used_mask": 0})
    assert as_user(bob).get("/territoires/sormont/").status_code == 302


def test_what_to_set_up_waits_in_the_list(strict, bob, as_user, give_second_factor):
    words = "Régler votre deuxième facteur pour ouvrir Sormont"
    assert words in text(as_user(bob).get("/a-faire/"))
    give_second_factor(bob)
    assert words not in text(as_user(bob).get("/a-faire/"))


def test_the_way_back_stays_in_the_house(strict, bob, as_user, give_second_factor):
    give_second_factor(bob)
    assert as_user(bob).get("/deuxieme-facteur/?next=https://elsewhere.example/").headers["Location"] == "/compte/securite/"


def test_a_coordinator_resets_a_lost_second_factor(territory, bob, erin, as_user, give_second_factor):
    give_second_factor(bob)
    url = f"/territoires/sormont/personnes/{bob.memberships.get().pk}/deuxieme-facteur/"
    client = as_user(erin)
    assert "de vive voix" in text(client.get(url))
    assert "deuxième facteur réinitialisé" in text(client.post(url, follow=True))
    assert not Authenticator.objects.exists()
    assert "rien à réinitialiser" in text(client.post(url, follow=True))


def test_nobody_resets_their_own(territory, erin, as_user, give_second_factor):
    give_second_factor(erin)
    assert as_user(erin).post(f"/territoires/sormont/personnes/{erin.memberships.get().pk}/deuxieme-facteur/").status_code == 404
    assert Authenticator.objects.exists()


def test_an_address_that_waits_for_its_link_can_be_given_up(bob, client):
    sign_in(client, bob.email)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    client.post("/compte/email/", {"email": "robin@example.org", "action_add": ""})
    assert "attend d’être confirmée" in text(client.get("/compte/email/"))
    client.post("/compte/email/", {"email": "robin@example.org", "action_remove": ""})
    assert "attend d’être confirmée" not in text(client.get("/compte/email/"))


def test_an_empty_address_is_refused_in_our_words(bob, client):
    sign_in(client, bob.email)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    refused = text(client.post("/compte/email/", {"email": "", "action_add": ""}))
    assert ["Nouvelle adresse e-mail" in refused, "Courriel" in refused] == [True, False]
