"""A key ring of its own for every test, and short ways to act as somebody."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from tissage.people.cipher import ensure_key_ring

SECRET = "JBSWY3DPEHPK3PXPCANARYSECRET2345"  # base32, easy to find again in a database
PASSWORD = "une phrase de passe"


@pytest.fixture(autouse=True)
def key_ring(settings, tmp_path, monkeypatch):
    monkeypatch.delenv("TISSAGE_KEYS", raising=False)
    settings.TISSAGE_HOME = tmp_path
    ensure_key_ring(tmp_path)


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
