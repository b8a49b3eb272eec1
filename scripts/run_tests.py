"""The whole suite, as `make test` runs it: style, types, SQLite with Chromium, then a real PostgreSQL.

PostgreSQL and Chromium are used when they are present and missed loudly when they are not.
With TISSAGE_TESTS_REQUIRE_ALL=1 (set by .ci/run) an absent one is a failure, not a skip.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
STRICT = os.environ.get("TISSAGE_TESTS_REQUIRE_ALL") == "1"
# What does not touch a database, or drives a browser, needs no second engine.
POSTGRES_TESTS = ["tests", "-m", "not browser", "--ignore=tests/core", "--ignore=tests/architecture", "--ignore=tests/ui"]


def step(title: str, *command: str | Path, env: dict[str, str] | None = None) -> bool:
    print(f"\n=== {title}", flush=True)
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=env or dict(os.environ), check=False).returncode == 0


def lint() -> bool:
    steps = [
        step("ruff: style", BIN / "ruff", "check", "src", "tests", "bench", "scripts"),
        step("ruff: format", BIN / "ruff", "format", "--check", "src", "tests", "bench", "scripts"),
        step("mypy: types", BIN / "mypy"),
        step("djlint: templates", BIN / "djlint", "src/tissage", "--lint", "--quiet"),
    ]
    return all(steps)


def postgres_programs() -> Path | None:
    """The folder of initdb and pg_ctl: on the path, or where Debian keeps them."""
    found = [Path(program).parent for program in [shutil.which("initdb")] if program]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


@contextlib.contextmanager
def throw_away_postgres(programs: Path) -> Iterator[str]:
    """A cluster of its own on a unix socket, about one second to start; yields its DATABASE_URL."""
    folder = Path(tempfile.mkdtemp(prefix="tissage-pg-"))
    run_as: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        run_as = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    data = folder / "data"
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off -c synchronous_commit=off"

    def pg(*command: str) -> None:
        subprocess.run([*run_as, *command], cwd=folder, check=True, stdout=subprocess.DEVNULL)

    pg(str(programs / "initdb"), "-D", str(data), "-U", "tissage", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    pg(str(programs / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgres://tissage@{quote(str(folder), safe='')}/postgres"
    finally:
        pg(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def tests_on_postgres(arguments: list[str]) -> bool:
    programs = postgres_programs()
    if programs is None:
        print("\n" + "!" * 78)
        print("!!! PostgreSQL is not installed: the suite was NOT run on it (Debian: apt install postgresql).")
        print("!" * 78, flush=True)
        return not STRICT
    with throw_away_postgres(programs) as url:
        return step("pytest on PostgreSQL", BIN / "pytest", *POSTGRES_TESTS, *arguments, env={**os.environ, "DATABASE_URL": url})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["lint", "sqlite", "postgres"])
    options, rest = parser.parse_known_args()
    chosen = {
        "lint": lambda: lint(),
        "postgres": lambda: tests_on_postgres(rest),
        "sqlite": lambda: step("pytest on SQLite", BIN / "pytest", *rest),
    }
    # Every step runs, so that one look at the output tells everything.
    results = {name: run() for name, run in chosen.items() if options.only in (None, name)}
    failed = [name for name, passed in results.items() if not passed]
    if failed:
        print(f"\nFailed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
