"""The cube as CSV (UTF-8, semicolons), and its data dictionary beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tissage.core.nomenclature import Nomenclature
from tissage.core.synthesis import Overview

from .dictionary import CUBE_COLUMNS, Column

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_cube(path: Path, overview: Overview, nomenclature: Nomenclature) -> Path:
    """Writes the cube to `path`, and `<name>.dictionary.csv` beside it, whose path it gives."""
    _write(path, cube_rows(overview, nomenclature))
    beside = path.with_name(f"{path.stem}.dictionary.csv")
    _write(beside, dictionary_rows(CUBE_COLUMNS))
    return beside


def cube_rows(overview: Overview, nomenclature: Nomenclature) -> Iterator[Sequence[Any]]:
    """The header, then one row a cell."""
    yield [column.name for column in CUBE_COLUMNS]
    names = {group.id: group.name for group in overview.groups}
    for group, question, component, letter, criteria, expressions in overview.cells:
        label = nomenclature.label_of(component) if component else ""
        yield [names[group], question, component[:1], component, label, letter, criteria, expressions]


def dictionary_rows(columns: Iterable[Column]) -> Iterator[Sequence[str]]:
    yield ["name", "meaning_fr", "meaning_en", "type", "unit", "source"]
    for column in columns:
        yield [column.name, column.meaning_fr, column.meaning_en, column.type, column.unit, column.source]


def _write(path: Path, rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";", lineterminator="\n").writerows([harmless(cell) for cell in row] for row in rows)


def harmless(cell: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
