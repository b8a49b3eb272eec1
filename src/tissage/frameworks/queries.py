"""Reads of reference data: shipped files, and versions as plain values for `core`."""

from __future__ import annotations

import csv
import datetime as dt
from functools import lru_cache
from importlib.resources import files

from tissage.core.nomenclature import Nomenclature, Term
from tissage.people.models import Territory

from .models import FrameworkChoice, FrameworkVersion, Node

SPIRAL = "spiral"
SHIPPED_NODES = ("spiral-nomenclature.csv", "spiral-senses.csv", "beneficiaries.csv")


def shipped_rows(file_name: str) -> list[dict[str, str]]:
    """The rows of one of the project's own data files."""
    with files("tissage.frameworks").joinpath("data", file_name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def shipped_questions() -> list[dict[str, str]]:
    """WB, IB and ACT with their side and wordings (`spiral.md` §3)."""
    return shipped_rows("questions.csv")


def chosen_version(territory: Territory) -> FrameworkVersion | None:
    """The SPIRAL version this territory codes with today."""
    choice = (
        FrameworkChoice.objects.filter(territory=territory, ended_at__isnull=True, version__framework__slug=SPIRAL)
        .select_related("version__framework")
        .order_by("-chosen_at", "-pk")
        .first()
    )
    return choice.version if choice else None


def nomenclature_of(version: FrameworkVersion) -> Nomenclature:
    """A version as a plain value. Kept in memory; a corrected label makes a new one."""
    return _nomenclature(version.pk, version.revised_at, str(version))


@lru_cache(maxsize=16)
def _nomenclature(version_id: int, revised_at: dt.datetime, name: str) -> Nomenclature:
    nodes = Node.objects.filter(version=version_id).select_related("parent").order_by("position", "pk")
    return Nomenclature.of(
        name,
        [
            Term(
                kind=node.kind,
                code=node.code,
                parent=node.parent.code if node.parent else "",
                labels=node.labels,
                keys=node.keys,
                status=node.status,
            )
            for node in nodes
        ],
    )


def territory_nomenclature(territory: Territory) -> Nomenclature:
    """The nomenclature a territory codes with; an empty one when it chose none."""
    version = chosen_version(territory)
    return nomenclature_of(version) if version else Nomenclature.of("", [])
