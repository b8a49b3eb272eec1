"""Registrations are encrypted: every test of this folder has the key ring of an installation."""

from __future__ import annotations

from pathlib import Path

import pytest

from tissage.people.cipher import ensure_key_ring


@pytest.fixture(autouse=True)
def keys_of_an_installation(settings):
    ensure_key_ring(Path(settings.TISSAGE_HOME))
