"""What the tests of imports share: pages of our own, and a short way to import a text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tissage.voices.exchange.sources import open_source
from tissage.voices.operations import import_source

DATA = Path(__file__).parent / "data"
NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
HEADER = "identifiant,groupe,question,nb,critère,composante,sens,proposition"


def bring(path: Path, format: str, slug: str = "sormont", *, group: str = "", question: str = "", **options):
    """(plan, batch) of importing a file as the command line does."""
    source = open_source(path, format).mapped(constants={"group": group, "question": question})
    return import_source(source=source, slug=slug, now=NOW, **options)


def table(folder: Path, *rows: str, header: str = HEADER, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path
