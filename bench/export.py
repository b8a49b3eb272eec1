"""CSV and XLSX of 100,000 criteria, beside the standard library's csv writer fed with the bare rows."""

from __future__ import annotations

import csv
import os
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from bench.base import seconds, show, size, territory_of


def main() -> None:
    territory = territory_of(size(100_000))
    with tempfile.TemporaryDirectory() as folder:

        def bare() -> None:
            with connection.cursor() as cursor, (Path(folder) / "bare.csv").open("w", newline="", encoding="utf-8") as stream:
                cursor.execute(
                    "SELECT external_id, group_id, question_id, imported_count, text, component, sense FROM voices_criterion WHERE territory_id = %s",
                    [territory.pk],
                )
                csv.writer(stream).writerows(cursor.fetchall())

        def export(kind: str) -> None:
            with open(os.devnull, "w") as silence:
                call_command(
                    "export_criteria", territory.slug, str(Path(folder) / f"out.{kind}"), format=kind, stdout=silence, stderr=silence
                )

        baseline = seconds(bare, 3)
        for kind in ("csv", "jsonl", "xlsx", "ods"):
            show(f"{kind.upper()} of {size(100_000)}", seconds(lambda kind=kind: export(kind), 1), baseline, "bare csv.writer of 7 columns")


if __name__ == "__main__":
    main()
