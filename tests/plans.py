"""A plan framework of our own invention, for tests: a few nodes of every kind, so that nothing rests on the Walloon one."""

from __future__ import annotations

import datetime as dt

from tissage.frameworks.models import Framework, FrameworkVersion, Node

NODES = [
    # kind, code, label, parent, extra
    ("objective", "O1", "L’accès effectif aux droits", None, {}),
    ("objective", "O2", "Une société solidaire", None, {}),
    ("axis", "1", "Le travail et l’insertion", None, {}),
    ("axis", "5", "L’épanouissement", None, {}),
    ("right", "DF01", "Le travail", ("axis", "1"), {}),
    ("right", "DF12", "L’épanouissement culturel et social", ("axis", "5"), {}),
    ("theme", "1.1", "Insertion", ("axis", "1"), {}),
    ("theme", "5.5", "Vivre ensemble", ("axis", "5"), {}),
    ("action", "1.1.06", "Insertion socioprofessionnelle", ("theme", "1.1"), {}),
    ("action", "5.5.01", "Activités de rencontre", ("theme", "5.5"), {}),
    ("action", "5.5.02", "Lutte contre la solitude", ("theme", "5.5"), {}),
    ("funding", "subsidy", "Subvention du plan", None, {"role": "subsidy", "function_codes": {"municipality": "84010"}}),
    ("funding", "art20", "Article 20", None, {"role": "passed_on", "function_codes": {"municipality": "84011", "cpas": "80111"}}),
    ("funding", "own", "Part locale", None, {"role": "own_share"}),
    ("funding", "other", "Autre", None, {"role": "other"}),
    ("carrier", "municipality", "Commune", None, {"council": "conseil communal"}),
    ("carrier", "cpas", "CPAS", None, {"council": "conseil de l’action sociale"}),
]


def invented_framework(now: dt.datetime, slug: str = "plan-invente") -> FrameworkVersion:
    """A published framework of purpose `plan`, valid 2020-2025, extended to the end of 2026."""
    framework = Framework.objects.create(slug=slug, name="Plan inventé", purpose=Framework.Purpose.PLAN)
    version = FrameworkVersion.objects.create(
        framework=framework,
        label="2020-2025",
        source="inventé pour les essais",
        valid_from=dt.date(2020, 1, 1),
        valid_to=dt.date(2025, 12, 31),
        extended_to=dt.date(2026, 12, 31),
        published_at=now,
    )
    made: dict[tuple[str, str], Node] = {}
    for position, (kind, code, label, parent, extra) in enumerate(NODES):
        made[kind, code] = Node.objects.create(
            version=version,
            kind=kind,
            code=code,
            labels={"fr": label},
            parent=made[parent] if parent else None,
            extra=extra,
            status="confirmed",
            source="inventé",
            position=position,
        )
    return version


def node(version: FrameworkVersion, kind: str, code: str) -> Node:
    return Node.objects.get(version=version, kind=kind, code=code)
