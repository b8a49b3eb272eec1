"""The people of every test: Alice facilitates, Bob reads, Charlie is a stranger, Dora leads another territory, Erin coordinates."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from tissage.people.models import Membership, Territory, User

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
REAL_PAGE = Path(__file__).parents[2] / "shared" / "sources" / "002_3033e73dfa399d7c.txt"


@pytest.fixture
def now() -> dt.datetime:
    return NOW


@pytest.fixture(autouse=True)
def throw_away_files(settings, tmp_path):
    settings.TISSAGE_FILES = tmp_path / "files"


@pytest.fixture(scope="session", autouse=True)
def flushing_goes_past_triggers():
    """Between browser tests Django empties every table with DELETE on SQLite, which our triggers refuse: they step aside meanwhile."""
    from django.db import connections
    from django.db.backends.sqlite3.base import DatabaseOperations

    plain = DatabaseOperations.sql_flush

    def sql_flush(self, style, tables, **options):
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        drops = [f"DROP TRIGGER {name}" for name, _sql in triggers]
        return [*drops, *plain(self, style, tables, **options), *(sql for _name, sql in triggers)]

    DatabaseOperations.sql_flush = sql_flush
    yield
    DatabaseOperations.sql_flush = plain


@pytest.fixture
def territory(db, now) -> Territory:
    """Sormont, a members-only territory with the questions of the method and the shipped nomenclature."""
    from tissage.voices.operations import open_territory

    return open_territory(slug="sormont", name="Sormont", now=now)


@pytest.fixture
def other_territory(db, now) -> Territory:
    from tissage.voices.operations import open_territory

    return open_territory(slug="ailleurs", name="Ailleurs", now=now)


def _person(name: str, territory: Territory | None, role: str, now: dt.datetime) -> User:
    user = User.objects.create_user(email=f"{name.lower()}@example.org", name=name, password="une phrase de passe")
    if territory is not None:
        Membership.objects.create(user=user, territory=territory, role=role, since=now)
    return user


@pytest.fixture
def alice(territory, now) -> User:
    return _person("Alice", territory, "facilitator", now)


@pytest.fixture
def bob(territory, now) -> User:
    return _person("Bob", territory, "reader", now)


@pytest.fixture
def charlie(db, now) -> User:
    return _person("Charlie", None, "", now)


@pytest.fixture
def dora(other_territory, now) -> User:
    return _person("Dora", other_territory, "coordinator", now)


@pytest.fixture
def erin(territory, now) -> User:
    return _person("Erin", territory, "coordinator", now)


@pytest.fixture
def as_user():
    """A client signed in as somebody: `as_user(alice).get(…)`; `as_user(None)` is a stranger."""

    def sign_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def tissage(tmp_path):
    """The console command in a process of its own, on a throw-away data folder: `tissage("check", "--json")`.

    Gives an object with `code`, `out`, `err` and `json` (standard output read as JSON).
    """
    home = tmp_path / "home"

    class Answer:
        def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
            self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

        @property
        def json(self):
            return json.loads(self.out)

    def run(*arguments: object, **environment: str) -> Answer:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("TISSAGE_", "DJANGO_"))}
        env |= {"TISSAGE_HOME": str(home), **environment}
        command = [sys.executable, "-m", "tissage.config.cli", *map(str, arguments)]
        return Answer(subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False))

    run.home = home
    return run
