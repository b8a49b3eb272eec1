"""The plan frameworks that Tissage ships, each loaded once; a later edition is loaded beside it under its own label."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from tissage.core.plan_framework import PARENT_KINDS, PLAN_KINDS
from tissage.frameworks.models import Framework, FrameworkVersion, Node, Obligation
from tissage.frameworks.queries import shipped_rows
from tissage.frameworks.queries_plan import shipped_rules
from tissage.people.operations import record

SHIPPED_PLANS = ("pcs-2020", "projet-social")
_OF_THE_NODE = frozenset({"code", "label", "label_en", "parent", "status", "source", "valid_from", "valid_to"})


@transaction.atomic
def load_shipped_plan_frameworks(*, now: dt.datetime) -> list[FrameworkVersion]:
    """Loads the plan frameworks that Tissage ships and publishes them. Run again, it changes nothing."""
    return [_load(shipped_rules(name), now=now) for name in SHIPPED_PLANS]


def _load(rules: Mapping[str, Any], *, now: dt.datetime) -> FrameworkVersion:
    framework, _ = Framework.objects.get_or_create(
        slug=rules["slug"],
        defaults={"name": rules["name"], "purpose": Framework.Purpose.PLAN, "description": rules["description"]},
    )
    version = framework.versions.filter(label=rules["label"]).first()
    if version is not None:
        return version
    version = FrameworkVersion.objects.create(
        framework=framework,
        label=rules["label"],
        source=rules["source"],
        note=rules.get("note", ""),
        previous=framework.versions.published().order_by("-published_at", "-pk").first(),
        valid_from=rules.get("valid_from"),
        valid_to=rules.get("valid_to"),
        extended_to=rules.get("extended_to"),
        published_at=now,
    )
    count = _store_nodes(version, rules)
    obligations = Obligation.objects.bulk_create(
        Obligation(version=version, labels=_labels(rule), position=position, **_fields_of_obligation(rule))
        for position, rule in enumerate(rules.get("obligation", ()))
    )
    record(
        verb="frameworks.load_plan_framework",
        by=None,
        territory=None,
        on=version,
        numbers={"codes": count, "obligations": len(obligations)},
        now=now,
    )
    return version


def _store_nodes(version: FrameworkVersion, rules: Mapping[str, Any]) -> int:
    """Writes the codes kind by kind, axes before what stands under them. Gives how many."""
    catalogue: dict[str, list[Mapping[str, Any]]] = {}
    for row in shipped_rows(rules["catalogue"]):
        catalogue.setdefault(row["kind"], []).append({**row, "label": row["label_fr"]})
    stored: dict[tuple[str, str], Node] = {}
    for kind in PLAN_KINDS:
        given: Iterable[Mapping[str, Any]] = catalogue.get(kind) or rules.get(kind, ())
        made = [
            Node(
                version=version,
                kind=kind,
                code=row["code"],
                parent=_parent(kind, row.get("parent", ""), stored),
                labels=_labels(row),
                extra={} if kind in catalogue else {name: value for name, value in row.items() if name not in _OF_THE_NODE},
                status=row["status"],
                source=row["source"],
                valid_from=row.get("valid_from"),
                valid_to=row.get("valid_to"),
                position=len(stored) + place,
            )
            for place, row in enumerate(given)
        ]
        stored |= {(node.kind, node.code): node for node in Node.objects.bulk_create(made)}
    return len(stored)


def _parent(kind: str, code: str, stored: Mapping[tuple[str, str], Node]) -> Node | None:
    return next((stored[place, code] for place in PARENT_KINDS.get(kind, ()) if (place, code) in stored), None)


def _labels(row: Mapping[str, Any]) -> dict[str, str]:
    return {language: text for language, text in (("fr", row["label"]), ("en", row.get("label_en", ""))) if text}


def _fields_of_obligation(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in rule.items() if name not in ("label", "label_en")}
