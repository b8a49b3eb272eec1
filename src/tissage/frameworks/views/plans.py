"""A version of a plan framework, read: objectives and axes with their catalogue, rules, obligations; and searching it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tissage.core.folding import fold
from tissage.core.plan_framework import ACTION, AXIS, OBJECTIVE, THEME, Entry, PlanFramework
from tissage.frameworks.models import FrameworkVersion
from tissage.frameworks.plan_words import RULE_TITLES, count_words
from tissage.frameworks.queries_plan import plan_framework

from .doors import may_edit


def show_plan_version(request: HttpRequest, version: FrameworkVersion) -> HttpResponse:
    framework = plan_framework(version)
    obligations = list(version.obligations.order_by("position", "pk"))
    statuses = [entry.status for entry in framework.entries]
    context = {
        "version": version,
        "framework": framework,
        "objectives": framework.of_kind(OBJECTIVE),
        "outline": [
            (axis, framework.rights_of_axis(axis.code), _by_theme(framework, axis), len(framework.actions_of_axis(axis.code)))
            for axis in framework.of_kind(AXIS)
        ],
        "rules": [(kind, title, found) for kind, title in RULE_TITLES.items() if (found := framework.of_kind(kind))],
        "obligations": obligations,
        "counts": count_words(framework, len(obligations)),
        "statuses": {status: statuses.count(status) for status in ("confirmed", "partial", "unverified")},
        "may_edit": may_edit(request),
    }
    return render(request, "frameworks/plan_version.html", context)


def _by_theme(framework: PlanFramework, axis: Entry) -> list[tuple[Entry | None, list[Entry]]]:
    """The catalogue codes of an axis under their theme; those straight under the axis come under no theme."""
    groups: list[tuple[Entry | None, list[Entry]]] = [
        (theme, [one for one in framework.of_kind(ACTION) if one.parent == theme.code])
        for theme in framework.of_kind(THEME)
        if theme.parent == axis.code
    ]
    straight = [one for one in framework.of_kind(ACTION) if one.parent == axis.code]
    return [*([(None, straight)] if straight else []), *groups]


def search_plan(request: HttpRequest, version: FrameworkVersion, text: str) -> HttpResponse:
    """Codes and obligations whose code or label holds every word asked, accents ignored."""
    words = fold(text).split()
    entries = [one for one in plan_framework(version).entries if _holds(f"{one.code} {one.label}", words)]
    obligations = [one for one in version.obligations.order_by("position", "pk") if _holds(one.label, words)]
    context = {"version": version, "text": text, "entries": entries, "obligations": obligations, "total": len(entries) + len(obligations)}
    return render(request, "frameworks/plan_search.html", context)


def _holds(text: str, words: list[str]) -> bool:
    folded = fold(text)
    return bool(words) and all(word in folded for word in words)
