"""Runs the measures, each in a process of its own, on throw-away databases: `python -m bench [NAME…] [--engine sqlite|postgres] [--small]`."""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.run_tests import postgres_programs, throw_away_postgres

NAMES = [
    "import_criteria",
    "synthesis",
    "search",
    "export",
    "pages",
    "plan",
    "pdf",
    "dossier",
    "agreement",
    "refi",
    "hall",
    "coders",
    "suggestions",
    "learning",
    "bookings",
    "hsds",
    "directory",
    "agenda",
]
ON_BOTH_ENGINES = {"synthesis", "search", "pages", "plan", "hall", "coders", "bookings", "hsds", "directory", "agenda"}


@contextlib.contextmanager
def engine_environment(engine: str) -> Iterator[dict[str, str]]:
    """Variables of a throw-away installation on this engine."""
    with tempfile.TemporaryDirectory(prefix="tissage-bench-") as home, contextlib.ExitStack() as stack:
        environment = {**os.environ, "TISSAGE_HOME": home, "DJANGO_SETTINGS_MODULE": "tissage.config.settings"}
        environment.pop("DATABASE_URL", None)
        if engine == "postgres":
            programs = postgres_programs()
            if programs is None:
                raise SystemExit("PostgreSQL is not installed: measure with --engine sqlite.")
            environment["DATABASE_URL"] = stack.enter_context(throw_away_postgres(programs))
        yield environment


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--engine", choices=["sqlite", "postgres"])
    parser.add_argument("--small", action="store_true", help="a tenth of the rows, to try the scripts")
    options = parser.parse_args()
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"unknown measure: {', '.join(sorted(unknown))}; known: {', '.join(NAMES)}")
    failed = 0
    for engine in [options.engine] if options.engine else ["sqlite", "postgres"]:
        with engine_environment(engine) as environment:
            environment["TISSAGE_BENCH_SHARE"] = "10" if options.small else "1"
            subprocess.run([sys.executable, "-m", "tissage.config.cli", "init"], env=environment, check=True, stdout=subprocess.DEVNULL)
            for name in options.names or NAMES:
                if engine == "sqlite" or name in ON_BOTH_ENGINES:
                    print(f"\n## {name} · {engine}", flush=True)
                    failed += subprocess.run(
                        [sys.executable, "-m", f"bench.{name}"], env=environment, cwd=Path.cwd(), check=False
                    ).returncode
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
