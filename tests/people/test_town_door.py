"""Coming in through the town's OpenID Connect provider, a small one that listens on this machine only."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from tests.conftest import NOW
from tissage.config.settings import town_door
from tissage.people.models import Invitation, Membership, User
from tissage.people.operations import invite

LEAVE, BACK = "/compte/ville/ville/", "/compte/ville/ville/retour/"


class Town(BaseHTTPRequestHandler):
    """Says who is there: `claims` of the server. A code is good once the client's secret came with it."""

    def do_GET(self):
        here = f"http://127.0.0.1:{self.server.server_port}"
        if self.path == "/.well-known/openid-configuration":
            self.say({
                "issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token",
                "userinfo_endpoint": f"{here}/userinfo", "jwks_uri": f"{here}/keys", "token_endpoint_auth_methods_supported": ["client_secret_post"],
            })  # fmt: skip
        elif self.path == "/userinfo" and self.headers.get("Authorization") == "Bearer jeton":
            self.say(self.server.claims)
        else:
            self.send_error(404)

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.exchanged.append(sent)
        good = (
            self.path == "/token" and sent.get("code") == ["bon"] and sent.get("client_secret") == ["secret"] and sent.get("code_verifier")
        )
        self.say({"access_token": "jeton", "token_type": "Bearer"} if good else {"error": "invalid_grant"}, 200 if good else 400)

    def say(self, what, status=200):
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


@pytest.fixture
def town(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Town)
    server.claims, server.exchanged = {}, []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TISSAGE_OIDC_NAME = "Ville de Sormont"
    settings.SOCIALACCOUNT_PROVIDERS = town_door("Ville de Sormont", f"http://127.0.0.1:{server.server_port}", "tissage", "secret")
    yield server
    server.shutdown()
    server.server_close()


def come_back(client: Client, *, code: str = "bon"):
    """Leaves for the town, and comes back with a code: the page with its button, then what the button does."""
    away = client.get(LEAVE)
    assert away.status_code == 302, away.content
    asked = parse_qs(urlsplit(away.url).query)
    assert (asked["redirect_uri"], asked["response_type"]) == ([f"http://testserver{BACK}"], ["code"])
    address = f"{BACK}?code={code}&state={asked['state'][0]}"
    page = client.get(address)
    assert "Vous revenez de Ville de Sormont" in page.content.decode()
    return client.post(address)


def is_in(client: Client) -> bool:
    return client.get("/a-faire/").status_code == 200


def test_a_verified_address_opens_the_account_it_belongs_to(town, erin, client):
    town.claims = {"sub": "42", "email": "ERIN@example.org", "email_verified": True, "name": "Somebody"}
    before = (erin.name, erin.password)
    answer = come_back(client)
    assert (answer.status_code, answer.url) == (302, "/a-faire/")
    assert is_in(client)
    erin.refresh_from_db()
    assert (erin.name, erin.password) == before
    assert (SocialAccount.objects.count(), SocialToken.objects.count(), User.objects.count()) == (0, 0, 1)


def test_coming_back_does_nothing_before_the_button(town, erin, client):
    town.claims = {"sub": "42", "email": erin.email, "email_verified": True}
    state = parse_qs(urlsplit(client.get(LEAVE).url).query)["state"][0]
    for _ in range(2):
        assert client.get(f"{BACK}?code=bon&state={state}").status_code == 200
    assert town.exchanged == []
    assert not is_in(client)


@pytest.mark.parametrize("claims", [{"email_verified": False}, {}, {"email_verified": True, "email": "autre@example.org"}])
def test_an_address_that_is_not_verified_or_not_known_opens_nothing(claims, town, erin, client):
    town.claims = {"sub": "42", "email": erin.email, **claims}
    answer = come_back(client)
    assert (answer.status_code, answer.url) == (302, "/compte/login/")
    assert not is_in(client)
    assert User.objects.count() == 1


def test_a_closed_account_stays_closed(town, erin, client):
    User.objects.filter(pk=erin.pk).update(is_active=False)
    town.claims = {"sub": "42", "email": erin.email, "email_verified": True}
    come_back(client)
    assert not is_in(client)


def test_an_account_is_made_only_for_an_invitation_that_waits(town, territory, erin, client):
    invite(territory=territory, email="agnes@example.org", role="partner", by=erin, now=NOW)
    Invitation.objects.update(expires_at="2099-01-01T00:00:00Z")
    town.claims = {"sub": "7", "email": "agnes@example.org", "email_verified": True, "name": "Agnès"}
    come_back(client)
    assert is_in(client)
    agnes = User.objects.get(email="agnes@example.org")
    assert (agnes.name, agnes.has_usable_password(), Membership.objects.get(user=agnes).role) == ("Agnès", False, "partner")
    assert Invitation.objects.get().accepted_at is not None


def test_an_invitation_that_makes_an_administrator_or_is_over_makes_no_account(town, territory, erin, client):
    invite(territory=None, email="agnes@example.org", role="coordinator", makes_administrator=True, by=erin, now=NOW)
    invite(territory=territory, email="agnes@example.org", role="partner", by=erin, now=NOW)
    Invitation.objects.filter(territory=territory).update(expires_at="2020-01-01T00:00:00Z")
    town.claims = {"sub": "7", "email": "agnes@example.org", "email_verified": True}
    come_back(client)
    assert not is_in(client)
    assert not User.objects.filter(email="agnes@example.org").exists()


def test_a_refused_code_a_cancelled_or_a_forged_return_lead_back_to_the_door(town, erin, client):
    town.claims = {"sub": "42", "email": erin.email, "email_verified": True}
    assert come_back(client, code="faux").url == "/compte/login/"
    for query in ("error=access_denied", "code=bon&state=inventé", ""):
        answer = Client().post(f"{BACK}?{query}")
        assert (answer.status_code, answer.url) == (302, "/compte/login/")
    assert not is_in(client)


def test_a_second_factor_is_still_asked(town, erin, client):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=erin, type=Authenticator.Type.TOTP, data={"secret": "x"})
    town.claims = {"sub": "42", "email": erin.email, "email_verified": True}
    assert come_back(client).url.startswith("/compte/securite/authenticate/")
    assert not is_in(client)


def test_the_button_is_there_only_when_the_town_has_a_door(db, client, settings):
    assert "Se connecter avec Ville" not in client.get("/compte/login/").content.decode()
    assert [client.get(address).status_code for address in (LEAVE, BACK)] == [404, 404]
    settings.TISSAGE_OIDC_NAME = "Ville de Sormont"
    settings.SOCIALACCOUNT_PROVIDERS = town_door("Ville de Sormont", "https://ville.exemple", "tissage", "secret")
    assert "Se connecter avec Ville de Sormont" in client.get("/compte/login/").content.decode()
    assert town_door("", "https://ville.exemple", "tissage", "secret") == {}
