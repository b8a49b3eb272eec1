"""A key ring of its own for every test, and short ways to act as somebody."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.utils import translation

from tissage.people.cipher import ensure_key_ring

SECRET = "JBSWY3DPEHPK3PXPCANARYSECRET2345"  # base32, easy to find again in a database
PASSWORD = "une phrase de passe"

NOBODY_DOWNSTREAM = {
    "menu": ["tissage.people.slots.menu"],
    "account": ["tissage.people.slots.account"],
    "territory_menu": [],
    "territory_coding": [],
    "territory_meeting": [],
    "territory_files": [],
    "territory_network": [],
    "territory_more": ["tissage.people.slots.territory_more"],
    "todo": ["tissage.people.slots.todo_second_factor", "tissage.people.slots.todo_invitations"],
    "footer": [],
    "home": [],
    "administration": [],
    "mine": [],
}


@pytest.fixture(autouse=True)
def key_ring(settings, tmp_path, monkeypatch):
    monkeypatch.delenv("TISSAGE_KEYS", raising=False)
    settings.TISSAGE_HOME = tmp_path
    ensure_key_ring(tmp_path)


@pytest.fixture(autouse=True)
def french():
    """A page asked in English leaves its thread in English."""
    with translation.override("fr"):
        yield


@pytest.fixture
def nobody_downstream(settings):
    """Pages of this app by themselves, so that the number of their queries is theirs."""
    settings.TISSAGE_SLOTS = "tests.people.conftest.NOBODY_DOWNSTREAM"


@pytest.fixture
def give_second_factor():
    """An application on the phone, as a row: its secret is not readable."""

    def give(user):
        return Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "unread"})

    return give


@pytest.fixture
def sent(mailoutbox, django_capture_on_commit_callbacks):
    """Letters that left while a block ran: `with sent() as letters: …`."""
    from contextlib import contextmanager

    @contextmanager
    def watch():
        letters = []
        before = len(mailoutbox)
        with django_capture_on_commit_callbacks(execute=True):
            yield letters
        letters.extend(mailoutbox[before:])

    return watch
