"""A synthesis as plain data: the JSON of the command line and of the screens, described by `dictionary.JSON_KEYS`."""

from __future__ import annotations

from typing import Any

from tissage.core.synthesis import Overview
from tissage.frameworks.models import FrameworkVersion


def as_data(overview: Overview, version: FrameworkVersion | None, rule: str = "") -> dict[str, Any]:
    """Counts of criteria by each axis, and the cube. Groups go by their names (labels, for the public).

    `rule` is given for the public only.
    """
    names = {group.id: group.name for group in overview.groups}
    data: dict[str, Any] = {
        "criteria": overview.criteria,
        "expressions": overview.expressions,
        "groups": len(overview.groups),
        "groups_heard": len(overview.heard),
        "by_question": overview.by_question,
        "by_dimension": overview.by_dimension,
        "by_component": overview.by_component,
        "by_letter": overview.by_letter,
        "by_group": {names[group]: count for group, count in overview.by_group.items()},
        "coded": overview.coded,
        "uncoded": overview.uncoded,
        "in_general": overview.in_general,
        "cube": [
            {
                "group": names[group],
                "question": question,
                "component": component,
                "letter": letter,
                "criteria": criteria,
                "expressions": expressions,
            }
            for group, question, component, letter, criteria, expressions in overview.cells
        ],
        "nomenclature": {"framework": version.framework.name, "version": version.label} if version else None,
    }
    if rule:
        data["rule"] = rule
    return data
