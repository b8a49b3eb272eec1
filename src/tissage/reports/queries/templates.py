"""Which form a document takes: the nodes of kind `template` of the plan's framework, or ours where it ships none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tissage.core.plan_framework import TEMPLATE, PlanFramework
from tissage.frameworks.queries_plan import plan_framework
from tissage.plan.models import Plan
from tissage.reports.models import Report

OURS: Mapping[str, tuple[str, ...]] = {
    Report.Kind.ACTIVITY: ("summary", "plan", "axes", "actions", "partners", "evaluation", "commission"),
    Report.Kind.FINANCIAL: ("summary", "funding", "actions", "function_codes", "checks", "staff", "in_kind"),
    Report.Kind.SHEETS: ("action",),
    Report.Kind.DASHBOARD: ("actions", "indicators", "money"),
    Report.Kind.DOSSIER: ("councillor", "vote", "activity", "financial", "sheets"),
}
"""Order of the sections when a framework says nothing."""


@dataclass(frozen=True, slots=True)
class ReportTemplate:
    """The form of one kind of document. `motivation` and `decision`: paragraphs to paste, with fields between braces.

    `source` and `status` are those of the framework's data; `version` names the framework version it was read from.
    """

    kind: str
    code: str
    label: str
    sections: tuple[str, ...]
    intro: tuple[str, ...] = ()
    motivation: tuple[str, ...] = ()
    decision: tuple[str, ...] = ()
    status: str = "unverified"
    source: str = ""
    version: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


def templates_of(plan: Plan) -> dict[str, ReportTemplate]:
    """The form of every kind of document, by kind. The framework's, kept in memory: at most one query."""
    framework = plan_framework(plan.framework)
    return {kind: _template(framework, kind) for kind in Report.Kind.values}


def _template(framework: PlanFramework, kind: str) -> ReportTemplate:
    for entry in framework.of_kind(TEMPLATE):
        if entry.extra.get("kind", entry.code) == kind:
            return ReportTemplate(
                kind=kind,
                code=entry.code,
                label=entry.label,
                sections=tuple(entry.extra.get("sections") or OURS[kind]),
                intro=_lines(entry.extra.get("intro")),
                motivation=_lines(entry.extra.get("motivation")),
                decision=_lines(entry.extra.get("decision")),
                status=entry.status,
                source=entry.source,
                version=framework.name,
                extra=entry.extra,
            )
    label = str(Report.Kind(kind).label)
    return ReportTemplate(kind, kind, label[:1].upper() + label[1:], OURS[kind], source=_("Modèle de Tissage"), version=framework.name)


def _lines(given: Any) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) and given else tuple(given or ())
