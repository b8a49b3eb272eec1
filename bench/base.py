"""What the measures share: a base of N criteria made by the real import, a stopwatch, and a line that prints a ratio."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from bench.data import write_criteria_csv
from tissage.people.models import Membership, Territory, User
from tissage.voices.models import Criterion

SHARE = int(os.environ.get("TISSAGE_BENCH_SHARE", "1"))


def size(rows: int) -> int:
    """The number of rows of this run: all, or a tenth when only trying."""
    return rows if rows <= 100 else max(100, rows // SHARE)


def territory_of(rows: int) -> Territory:
    """A territory with this many criteria, made once per database through `tissage import criteria`."""
    slug = f"bench-{rows}"
    if not Territory.objects.filter(slug=slug).exists():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "criteria.csv"
            write_criteria_csv(path, rows)
            with open(os.devnull, "w") as silence:
                call_command("import_criteria", str(path), territory=slug, json=True, stdout=silence, stderr=silence)
        settle()
    territory = Territory.objects.get(slug=slug)
    assert Criterion.objects.live().filter(territory=territory).count() == rows
    return territory


def settle() -> None:
    """What autovacuum does within a minute of a large import: statistics for the planner, pages known to be visible."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")


def signed_in(territory: Territory) -> Client:
    """A client signed in as somebody who coordinates this territory."""
    user, _ = User.objects.get_or_create(
        email=f"{territory.slug}@bench.example", defaults={"name": "Bench", "password": make_password(None)}
    )
    Membership.objects.get_or_create(user=user, territory=territory, role="coordinator", ended_at=None, defaults={"since": timezone.now()})
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    return client


def seconds(act: Callable[[], Any], repeat: int = 5) -> float:
    """The median of several runs, after one that warms up."""
    act()
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def show(what: str, measured: float, baseline: float | None = None, against: str = "") -> None:
    line = f"{what:<64} {measured * 1000:>10.1f} ms"
    if baseline:
        line += f"   {measured / baseline:>6.2f} × {against} ({baseline * 1000:.1f} ms)"
    print(line, flush=True)
