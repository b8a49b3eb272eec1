"""Accounting extract of 100,000 rows: rows a second, peak memory, longest wait of another writer; beside csv read and raw inserts of the same rows.

The baseline, of the same run and engine, reads the file with `csv`, turns amounts into `Decimal` and inserts each row by `executemany` into a table
with the indexes of bookings, in one transaction: nothing compared, nothing split, every other writer of SQLite waiting meanwhile.
"""

from __future__ import annotations

import csv
import multiprocessing
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.import_criteria import tiny_writes

SHARE = int(os.environ.get("TISSAGE_BENCH_SHARE", "1"))
ROWS = max(1000, 100_000 // SHARE)
HEADING = ("Numéro", "Date", "Article budgétaire", "Fournisseur", "Libellé", "Montant", "Genre")
YEAR, PLAN = 2025, "Banc"


def rows_of_extract(count: int) -> Iterator[tuple[str, ...]]:
    """A ledger invented with a fixed seed: a tenth without a piece number, amounts as Belgian ledgers write them.

    Never whole in memory: the peak of a child counts what its parent held when it was born.
    """
    draw = random.Random(4)
    for number in range(1, count + 1):
        cents = draw.randint(100, 9_999_999)
        amount = f"{Decimal(cents).scaleb(-2):,.2f}".translate(str.maketrans(",.", ".,"))
        day = f"{draw.randint(1, 28)}/{draw.randint(1, 12)}/{YEAR}"
        article = f"8401{draw.randint(0, 1)}/{draw.choice(('124-02', '125-48', '121-01', '111-01'))}"
        supplier = f"Fournisseur {draw.randint(1, 400)}"
        yield (str(number) if number % 10 else "", day, article, supplier, f"Objet n° {number}", amount, "D" if number % 7 else "R")


def write_extract(path: Path, rows: Iterable[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(HEADING)
        writer.writerows(rows)
    return path


def raw_inserts(path: Path) -> float:
    """The same rows read by csv, amounts made exact, inserted by the engine's own driver with as many indexes, in one transaction."""
    from django.db import connection, transaction

    number = "decimal(14, 2)" if connection.vendor == "postgresql" else "text"
    columns = "n text, d text, a text, s text, l text, m " + number + ", g text, k text"
    serial = "bigserial PRIMARY KEY" if connection.vendor == "postgresql" else "integer PRIMARY KEY AUTOINCREMENT"
    start = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE raw_bookings (id {serial}, {columns})")
        for place, indexed in enumerate(("k", "a, g", "d", "s", "n", "l")):
            cursor.execute(f"CREATE INDEX raw_{place} ON raw_bookings ({indexed})")
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream, delimiter=";")
            next(reader)
            chunk: list[tuple[Any, ...]] = []
            for place, row in enumerate(reader):
                amount = Decimal(row[5].replace(".", "").replace(",", "."))
                chunk.append((*row[:5], str(amount) if connection.vendor == "sqlite" else amount, row[6], f"{place:056d}"))
                if len(chunk) == 1000:
                    _insert(cursor, chunk)
                    chunk = []
            _insert(cursor, chunk)
    seconds = time.perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE raw_bookings")
    return seconds


def _insert(cursor: Any, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        cursor.executemany("INSERT INTO raw_bookings (n, d, a, s, l, m, g, k) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", rows)


def read(path: Path) -> tuple[float, float]:
    """(seconds, peak megabytes) of the command in a process of its own; the peak is that of the largest child so far."""
    start = time.perf_counter()
    subprocess.run(
        [
            sys.executable, "-m", "tissage.config.cli", "import", "bookings", str(path), "--territory", "banc-ecritures", "--plan", PLAN,
            "--year", str(YEAR), "--json",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def prepare() -> Any:
    """A plan of two actions with a rule that splits a quarter of what comes."""
    import datetime as dt

    from django.utils import timezone

    from tissage.frameworks.queries_plan import plan_framework_version
    from tissage.people.models import Territory
    from tissage.plan.operations.actions import create_action
    from tissage.plan.operations.plans import create_plan
    from tissage.plan.operations.split_rules import keep_rule
    from tissage.voices.operations import open_territory

    did: dict[str, Any] = {"by": None, "now": timezone.now()}
    if not Territory.objects.filter(slug="voisine").exists():
        open_territory(slug="voisine", name="Voisine", now=did["now"])
    territory = open_territory(slug="banc-ecritures", name="Banc", now=did["now"])
    version = plan_framework_version("pcs-2020")
    assert version is not None
    dates = {"starts_on": dt.date(2020, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    plan = create_plan(territory=territory, framework=version, name=PLAN, **dates, **did)
    one, two = (create_action(plan=plan, title=title, **did) for title in ("Épicerie sociale", "Abri de nuit"))
    for function in ("84010", "84011"):
        keep_rule(plan=plan, article=f"{function}/111-01", shares={one: Decimal("33.3333"), two: Decimal("66.6667")}, **did)
    return plan


def main() -> None:
    import django

    django.setup()
    from tissage.plan.models import Booking, BookingSplit

    plan = prepare()
    with tempfile.TemporaryDirectory() as name:
        small = write_extract(Path(name) / "dixieme.csv", rows_of_extract(ROWS // 10))
        path = write_extract(Path(name) / "extrait.csv", rows_of_extract(ROWS))
        raw = raw_inserts(path)
        _, little = read(small)
        here, there = multiprocessing.get_context("spawn").Pipe()
        rival = multiprocessing.get_context("spawn").Process(target=tiny_writes, args=(there,))
        rival.start()
        here.recv()
        seconds, megabytes = read(path)
        here.send("stop")
        longest, writes = here.recv()
        rival.join()
        again, _ = read(path)
        assert Booking.objects.filter(plan=plan, vanished_at__isnull=True).count() == ROWS
        split = BookingSplit.objects.values("booking").distinct().count()
        half = ((*row[:5], "1,00" if row[0].endswith("5") else row[5], row[6]) for row in rows_of_extract(ROWS // 2))
        less = write_extract(Path(name) / "court.csv", half)
        shorter, _ = read(less)
        assert Booking.objects.filter(plan=plan, vanished_at__isnull=True).count() == ROWS // 2
    added = ROWS - ROWS // 10
    print(f"{'extract of ' + str(ROWS) + ' rows, a tenth known':<56} {seconds:>8.1f} s  {ROWS / seconds:>8.0f} rows/s   {seconds / raw:>5.1f} × csv and raw executemany ({raw:.2f} s)")  # fmt: skip
    print(f"{'  of which split by rules as they came':<56} {split:>8} of {added + ROWS // 10}")
    print(f"{'the same extract again (nothing to change)':<56} {again:>8.1f} s  {ROWS / again:>8.0f} rows/s")
    print(f"{'half of it, a tenth of that changed, half vanished':<56} {shorter:>8.1f} s")
    print(f"{'peak memory, a tenth of the rows → all of them':<56} {little:>8.0f} → {megabytes:.0f} MB")
    print(f"{'longest wait of another writer':<56} {longest:>8.3f} s  over {writes} writes meanwhile")


if __name__ == "__main__":
    main()
