"""The people of every test: Alice facilitates, Bob reads, Charlie is a stranger, Dora leads another territory, Erin coordinates.

Around a plan: Paul manages it, Fiona keeps its money, Petra speaks for the partner Chantecler, Carl sits in the council, Mona in the commission.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest
from django.test import Client

from tissage.people.models import Membership, Territory, User

hypothesis.settings.register_profile("house", deadline=None)  # a busy machine is not a failure
hypothesis.settings.load_profile("house")

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
REAL_PAGE = Path(__file__).parents[2] / "shared" / "sources" / "002_3033e73dfa399d7c.txt"


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL, what only the embedded engine does is not collected: nothing is skipped."""
    if os.environ.get("DATABASE_URL"):
        left = [item for item in items if item.get_closest_marker("sqlite_only")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.fixture
def now() -> dt.datetime:
    return NOW


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The shipped reference data stand in the test database once, as `tissage init` leaves them."""
    from tissage.frameworks.operations import load_shipped_frameworks

    with django_db_blocker.unblock():
        load_shipped_frameworks(now=NOW)
    Base.stands = True


class Base:
    """Whether the test database stands in this run."""

    stands = False


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """A test in a browser leaves the base empty: what every other test finds there is brought back, before its own transaction begins."""
    if not Base.stands or not item.get_closest_marker("django_db") or "transactional_db" in item.fixturenames:
        return
    from pytest_django.plugin import blocking_manager_key

    from tissage.frameworks.models import FrameworkVersion
    from tissage.frameworks.operations import load_shipped_frameworks

    with item.config.stash[blocking_manager_key].unblock():
        if not FrameworkVersion.objects.exists():
            load_shipped_frameworks(now=NOW)


@pytest.fixture
def shipped_plan_frameworks(db, now):
    """The plan frameworks that Tissage ships, loaded again where a test in a browser emptied the database."""
    from tissage.frameworks.operations import load_shipped_plan_frameworks

    return load_shipped_plan_frameworks(now=now)


@pytest.fixture(autouse=True)
def throw_away_files(settings, tmp_path):
    settings.TISSAGE_FILES = tmp_path / "files"


@pytest.fixture(autouse=True)
def no_model_of_another_test():
    """Territories of two tests share their numbers: what a process remembers of one is not the other."""
    yield
    if "tissage.voices.queries.suggesters" in sys.modules:
        sys.modules["tissage.voices.queries.suggesters"].forget_territories()


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
def paul(territory, now) -> User:
    return _person("Paul", territory, "plan_manager", now)


@pytest.fixture
def fiona(territory, now) -> User:
    return _person("Fiona", territory, "finance", now)


@pytest.fixture
def carl(territory, now) -> User:
    return _person("Carl", territory, "councillor", now)


@pytest.fixture
def mona(territory, now) -> User:
    return _person("Mona", territory, "commission", now)


@pytest.fixture
def chantecler(territory):
    """An association that operates the action of the plan."""
    from tissage.network.models import Organization

    return Organization.objects.create(territory=territory, name="Chantecler", kind="asbl", email="contact@chantecler.example")


@pytest.fixture
def petra(territory, chantecler, now) -> User:
    from tissage.network.models import Person

    user = _person("Petra", territory, "partner", now)
    Person.objects.create(territory=territory, organization=chantecler, user=user, display_name="Petra", email=user.email)
    return user


@pytest.fixture
def plan_framework(db, now):
    from tests.plans import invented_framework

    return invented_framework(now)


@pytest.fixture
def plan(territory, plan_framework, erin, now):
    """The plan of Sormont, from 2020 to 2026, without any action yet."""
    from tissage.plan.operations.plans import create_plan

    period = {"starts_on": dt.date(2020, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    return create_plan(territory=territory, framework=plan_framework, name="Plan de Sormont", by=erin, now=now, **period)


@pytest.fixture
def action(plan, plan_framework, chantecler, erin, now):
    """Action 1 of the plan: operated by Chantecler under article 20."""
    from tests.plans import node
    from tissage.plan.operations.actions import Partner, create_action, set_partners

    code = node(plan_framework, "action", "1.1.06")
    made = create_action(plan=plan, title="Remise à l’emploi par le bâtiment", node=code, basis="art20", by=erin, now=now)
    set_partners(action=made, partners=[Partner(chantecler, "operator")], by=erin, now=now)
    return made


@pytest.fixture
def as_user():
    """A client signed in as somebody: `as_user(alice).get(…)`; `as_user(None)` is a stranger."""

    def sign_in(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


class Console:
    """The console command in a process of its own, on a throw-away data folder: `tissage("check", "--json")`.

    Gives an object with `code`, `out`, `err` and `json` (standard output read as JSON). `tissage.prepare()` stands for `tissage("init")`,
    from a copy made once.
    """

    @dataclass(frozen=True)
    class Answer:
        code: int
        out: str
        err: str

        @property
        def json(self):
            return json.loads(self.out)

    def __init__(self, home: Path, url: str, prepared: Callable[[], Path]) -> None:
        self.home, self.url, self._prepared = home, url, prepared

    def __call__(self, *arguments: object, **environment: str) -> Answer:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("TISSAGE_", "DJANGO_", "DATABASE_"))}
        env |= {"TISSAGE_HOME": str(self.home), **({"DATABASE_URL": self.url} if self.url else {}), **environment}
        command = [sys.executable, "-m", "tissage.config.cli", *map(str, arguments)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300, check=False)
        return self.Answer(done.returncode, done.stdout, done.stderr)

    def prepare(self) -> None:
        shutil.copytree(self._prepared(), self.home, dirs_exist_ok=True)


def postgres_database(name: str, template: str = "template1") -> str:
    """A database of its own on the test cluster; empty on SQLite, where the data folder holds it."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return ""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return url.rpartition("/")[0] + "/" + name


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory):
    """A data folder on which `tissage init` ran, made when first asked for."""
    made: list[Path] = []

    def prepare() -> Path:
        if not made:
            home = tmp_path_factory.mktemp("prepared")
            answer = Console(home, postgres_database("tissage_prepared"), prepare)("init")
            assert answer.code == 0, answer.err
            made.append(home)
        return made[0]

    return prepare


@pytest.fixture
def tissage(tmp_path, prepared_home):
    console = Console(tmp_path / "home", postgres_database("tissage_console"), prepared_home)
    if console.url:
        copy_folder = console.prepare

        def prepare() -> None:
            prepared_home()
            postgres_database("tissage_console", template="tissage_prepared")
            copy_folder()

        console.prepare = prepare  # type: ignore[method-assign]
    return console
