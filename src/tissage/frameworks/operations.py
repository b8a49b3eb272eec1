"""Writes on reference data: loading what the project ships, choosing a version, correcting a label."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from tissage.core.folding import fold
from tissage.people.models import Territory, User
from tissage.people.operations import record

from .models import Framework, FrameworkChoice, FrameworkVersion, Node, Phrase, Status
from .queries import SHIPPED_NODES, SPIRAL, shipped_rows

SHIPPED_VERSION = "2019-tissage-1"


@transaction.atomic
def load_shipped_frameworks(*, now: dt.datetime) -> FrameworkVersion:
    """Loads the SPIRAL nomenclature that Tissage ships. Run again, it changes nothing."""
    framework, _ = Framework.objects.get_or_create(
        slug=SPIRAL,
        defaults={
            "name": "Nomenclature SPIRAL",
            "description": "Dimensions, composantes et sens de la méthode SPIRAL du Conseil de l’Europe.",
        },
    )
    version = framework.versions.filter(label=SHIPPED_VERSION).first()
    if version is not None:
        return version
    version = FrameworkVersion.objects.create(
        framework=framework,
        label=SHIPPED_VERSION,
        source="Pages publiques de wikispiral ; textes de clé reformulés par le projet ; statut de chaque libellé indiqué.",
        published_at=now,
    )
    nodes: dict[tuple[str, str], Node] = {}
    for file_name in SHIPPED_NODES:
        for row in shipped_rows(file_name):
            node = _node_from_row(version, row, position=len(nodes), parents=nodes)
            node.save()
            nodes[node.kind, node.code] = node
    Phrase.objects.bulk_create(
        Phrase(node=nodes["component", row["code"]], language=row["lang"], text=row["phrase"], search=fold(row["phrase"]))
        for row in shipped_rows("spiral-phrases.csv")
    )
    record(verb="frameworks.load_version", by=None, territory=None, on=version, numbers={"codes": len(nodes)}, now=now)
    return version


def _node_from_row(version: FrameworkVersion, row: dict[str, str], *, position: int, parents: dict[tuple[str, str], Node]) -> Node:
    kind = row.get("kind") or "beneficiary"
    parent_kind = {"component": "dimension", "sense": "sense_letter"}.get(kind, "")
    return Node(
        version=version,
        kind=kind,
        code=row["code"],
        parent=parents.get((parent_kind, row.get("parent", ""))),
        labels=_texts(row, "label"),
        keys=_texts(row, "key"),
        status=row.get("status") or Status.UNVERIFIED,
        source=row.get("source", ""),
        position=position,
    )


def _texts(row: dict[str, str], prefix: str) -> dict[str, str]:
    return {name.removeprefix(f"{prefix}_"): text for name, text in row.items() if name.startswith(f"{prefix}_") and text}


def spiral_version(*, now: dt.datetime) -> FrameworkVersion:
    """The latest published SPIRAL version; the shipped one is loaded when there is none yet."""
    latest = FrameworkVersion.objects.published().filter(framework__slug=SPIRAL).order_by("-published_at", "-pk").first()
    return latest or load_shipped_frameworks(now=now)


@transaction.atomic
def choose_version(*, territory: Territory, version: FrameworkVersion, now: dt.datetime, by: User | None = None) -> FrameworkChoice:
    """Makes this version the one the territory codes with from now on. Stored codes are never rewritten."""
    open_choices = FrameworkChoice.objects.filter(territory=territory, ended_at__isnull=True, version__framework=version.framework)
    open_choices.exclude(version=version).update(ended_at=now)
    choice, created = FrameworkChoice.objects.get_or_create(
        territory=territory, version=version, ended_at=None, defaults={"chosen_at": now}
    )
    if created:
        record(verb="frameworks.choose_version", by=by, territory=territory, on=version, now=now)
    return choice
