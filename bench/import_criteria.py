"""Import of 200,000 criteria: rows a second, peak memory, longest wait of another writer; beside raw inserts of the same rows."""

from __future__ import annotations

import csv
import multiprocessing
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from bench.data import HEADING, write_criteria_csv

SHARE = int(os.environ.get("TISSAGE_BENCH_SHARE", "1"))
ROWS = max(1000, 200_000 // SHARE)


def tiny_writes(pipe: Connection) -> None:
    """Another person at work: commits one small write after another and times each, until told to stop."""
    import django

    django.setup()
    from tissage.people.models import Territory

    longest, writes = 0.0, 0
    pipe.send("ready")
    while not pipe.poll():
        start = time.perf_counter()
        Territory.objects.filter(slug="voisine").update(description=f"essai {writes}")
        longest = max(longest, time.perf_counter() - start)
        writes += 1
        time.sleep(0.01)
    pipe.send((longest, writes))


def raw_inserts(path: Path, folder: Path) -> float:
    """The same rows read by csv and inserted by sqlite3 into one table with the same number of indexes, in one transaction."""
    start = time.perf_counter()
    base = sqlite3.connect(folder / "raw.sqlite3")
    base.execute("PRAGMA journal_mode=WAL")
    names = [f"c{number}" for number in range(len(HEADING))]
    base.execute(f"CREATE TABLE criteria (id INTEGER PRIMARY KEY, {', '.join(names)})")
    for number, name in enumerate((*names, "c2, c3, c6", "c5, id")):
        base.execute(f"CREATE INDEX i{number} ON criteria ({name})")
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        next(reader)
        base.executemany(f"INSERT INTO criteria ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", reader)
    base.commit()
    base.close()
    return time.perf_counter() - start


def imported(path: Path) -> tuple[float, float]:
    """(seconds, peak megabytes) of the command in a process of its own."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "tissage.config.cli", "import", "criteria", str(path), "--territory", f"banc-{path.stem}", "--json"],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    seconds = time.perf_counter() - start
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    import django

    django.setup()
    from django.utils import timezone

    from tissage.people.models import Territory
    from tissage.voices.operations import open_territory

    if not Territory.objects.filter(slug="voisine").exists():
        open_territory(slug="voisine", name="Voisine", now=timezone.now())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = write_criteria_csv(folder / f"{ROWS}-{os.getpid()}.csv", ROWS)
        raw = raw_inserts(path, folder)
        here, there = multiprocessing.get_context("spawn").Pipe()
        rival = multiprocessing.get_context("spawn").Process(target=tiny_writes, args=(there,))
        rival.start()
        here.recv()
        seconds, megabytes = imported(path)
        here.send("stop")
        longest, writes = here.recv()
        rival.join()
        again, _ = imported(path)
    print(
        f"{'import of ' + str(ROWS):<48} {seconds:>8.1f} s  {ROWS / seconds:>9.0f} rows/s   {seconds / raw:>5.1f} × raw sqlite3 ({raw:.2f} s)"
    )
    print(f"{'the same file again (nothing to change)':<48} {again:>8.1f} s  {ROWS / again:>9.0f} rows/s")
    print(f"{'peak memory':<48} {megabytes:>8.0f} MB")
    print(f"{'longest wait of another writer':<48} {longest:>8.3f} s  over {writes} writes meanwhile")


if __name__ == "__main__":
    main()
