"""Reads of plan frameworks: a version as a plain value, and which one a plan starts with."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language

from tissage.core.plan_framework import Entry, PlanFramework

from .models import Framework, FrameworkVersion, FrameworkVersionQuerySet, Node, Obligation, in_language


def shipped_rules(name: str) -> dict[str, Any]:
    """What a shipped plan framework says besides its catalogue: legal bases, delays, checks, obligations, models."""
    return tomllib.loads(files("tissage.frameworks").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


def plan_framework(version: FrameworkVersion) -> PlanFramework:
    """A version as a plain value, its labels in the language of the screen. Kept in memory; a corrected label makes a new one."""
    language = (get_language() or "fr").split("-")[0]
    dates = (version.valid_from, version.valid_to, version.extended_to)
    return _plan_framework(version.pk, version.revised_at, language, str(version), dates)


@lru_cache(maxsize=32)
def _plan_framework(
    version_id: int, revised_at: dt.datetime, language: str, name: str, dates: tuple[dt.date | None, dt.date | None, dt.date | None]
) -> PlanFramework:
    nodes = Node.objects.filter(version=version_id).select_related("parent").order_by("position", "pk")
    starts_on, ends_on, extended_to = dates
    return PlanFramework.of(
        name,
        [
            Entry(
                kind=node.kind,
                code=node.code,
                label=in_language(node.labels),
                parent=node.parent.code if node.parent else "",
                extra=node.extra,
                status=node.status,
                source=node.source,
                valid_from=node.valid_from,
                valid_to=node.valid_to,
            )
            for node in nodes
        ],
        starts_on=starts_on,
        ends_on=ends_on,
        extended_to=extended_to,
    )


def plan_versions() -> FrameworkVersionQuerySet:
    """Published versions of frameworks that keep plans, in the order a form offers them."""
    return (
        FrameworkVersion.objects.published()
        .filter(framework__purpose=Framework.Purpose.PLAN)
        .select_related("framework")
        .order_by("framework__name", "-published_at", "-pk")
    )


def plan_framework_version(slug: str) -> FrameworkVersion | None:
    """The latest published version of a plan framework; None when none of that name stands."""
    return plan_versions().filter(framework__slug=slug).order_by("-published_at", "-pk").first()


def obligations_of_year(version: FrameworkVersion, year: int) -> list[Obligation]:
    """The obligations whose validity meets this year, in the order of the version. One query."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=dt.date(year, 12, 31))
    standing = Q(valid_to__isnull=True) | Q(valid_to__gte=dt.date(year, 1, 1))
    return list(version.obligations.filter(begun & standing).order_by("position", "pk"))
