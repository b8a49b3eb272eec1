"""The vocabulary of the directory and the agenda that Tissage ships: loaded once; a later edition is loaded beside it under its own label."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from tissage.frameworks.models import Framework, FrameworkVersion, Node
from tissage.frameworks.queries import shipped_rows
from tissage.frameworks.queries_plan import shipped_rules
from tissage.frameworks.queries_vocabulary import REPERTOIRE
from tissage.people.operations import record


@transaction.atomic
def load_shipped_vocabulary(*, now: dt.datetime) -> FrameworkVersion:
    """Loads the vocabulary that Tissage ships and publishes it. Run again, it changes nothing."""
    says = shipped_rules(REPERTOIRE)
    framework, _ = Framework.objects.get_or_create(
        slug=says["slug"],
        defaults={"name": says["name"], "purpose": Framework.Purpose.VOCABULARY, "description": says["description"]},
    )
    version = framework.versions.filter(label=says["label"]).first()
    if version is not None:
        return version
    version = FrameworkVersion.objects.create(
        framework=framework,
        label=says["label"],
        source=says["source"],
        note=says["note"],
        previous=framework.versions.published().order_by("-published_at", "-pk").first(),
        published_at=now,
    )
    count = _store(version, shipped_rows(says["terms"]))
    record(verb="frameworks.load_vocabulary", by=None, territory=None, on=version, numbers={"codes": count}, now=now)
    return version


def _store(version: FrameworkVersion, rows: list[dict[str, str]]) -> int:
    """Writes the terms, families before what stands under them. Gives how many."""
    places = {(row["kind"], row["code"]): place for place, row in enumerate(rows)}
    tops: dict[tuple[str, str], Node] = {}
    for level in ([row for row in rows if not row["parent"]], [row for row in rows if row["parent"]]):
        made = Node.objects.bulk_create(
            Node(
                version=version,
                kind=row["kind"],
                code=row["code"],
                parent=tops[row["kind"], row["parent"]] if row["parent"] else None,
                labels={"fr": row["label_fr"], "en": row["label_en"]},
                extra={"external_uri": row["external_uri"]} if row["external_uri"] else {},
                status=row["status"],
                source=row["source"],
                position=places[row["kind"], row["code"]],
            )
            for row in level
        )
        tops |= {(node.kind, node.code): node for node in made}
    return len(tops)
