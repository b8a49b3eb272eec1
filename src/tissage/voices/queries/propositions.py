"""Survey statements by component and sense: what each sums up, and what nothing sums up yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from tissage.people.models import Territory
from tissage.voices.models import Criterion, Proposition
from tissage.voices.models.criteria import CriterionQuerySet

PER_PAGE = 25
MOST_SHOWN = 200  # criteria of one code on one page


@dataclass(frozen=True, slots=True)
class Pair:
    """One component and sense: how many criteria it holds, how many of them no statement sums up, and its statements."""

    component: str
    sense: str
    criteria: int
    without: int
    propositions: tuple[Proposition, ...] = ()


def pairs_of(territory: Territory, *, dimension: str = "", only_without: bool = False) -> list[Pair]:
    """Every (component, sense) that criteria hold, by code, without their statements. One query."""
    found = Criterion.objects.live().coded().filter(territory=territory)
    if dimension:
        found = found.filter(dimension=dimension)
    counted = found.values("component", "sense").annotate(n=Count("pk"), without=Count("pk", filter=Q(proposition__isnull=True)))
    if only_without:
        counted = counted.filter(without__gt=0)
    return [Pair(row["component"], row["sense"], row["n"], row["without"]) for row in counted.order_by("component", "sense")]


def with_propositions(territory: Territory, pairs: list[Pair]) -> list[Pair]:
    """The pairs of one page with their statements. One query."""
    components = {pair.component for pair in pairs}
    held: dict[tuple[str, str], list[Proposition]] = {}
    for one in counted_propositions(territory).filter(component__in=components).order_by("component", "sense", "pk"):
        held.setdefault((one.component, one.sense), []).append(one)
    return [
        Pair(pair.component, pair.sense, pair.criteria, pair.without, tuple(held.get((pair.component, pair.sense), ()))) for pair in pairs
    ]


def counted_propositions(territory: Territory) -> QuerySet[Any]:
    """The statements of a territory, each with `live`: how many live criteria feed it."""
    live = Criterion.objects.live().filter(territory=territory).values("pk")
    return Proposition.objects.filter(territory=territory).annotate(live=Count("criteria", filter=Q(criteria__in=live)))


def criteria_of(territory: Territory, component: str, sense: str) -> CriterionQuerySet:
    """The live criteria of one code, those without a statement first."""
    found = Criterion.objects.live().filter(territory=territory, component=component, sense=sense)
    return found.select_related("group", "question", "territory").order_by(F("proposition").asc(nulls_first=True), "pk")


def strangers_of(propositions: Sequence[int], component: str, sense: str) -> CriterionQuerySet:
    """Criteria that still feed one of these statements although their code is another one since."""
    found = Criterion.objects.live().filter(proposition__in=propositions)
    return found.exclude(component=component, sense=sense).select_related("group", "question").order_by("pk")


def survey_rows(territory: Territory) -> Iterator[tuple[str, str, str, str, int, int]]:
    """Survey items for a file: component, sense, wording, original, criteria, expressions. Statements that nothing feeds are left out."""
    live = Criterion.objects.live().filter(territory=territory).values("pk")
    alive = Q(criteria__in=live)
    found = Proposition.objects.filter(territory=territory).annotate(
        live=Count("criteria", filter=alive), said=Sum("criteria__expression_count", filter=alive)
    )
    for one in found.filter(live__gt=0).order_by("component", "sense", "pk"):
        yield one.component, one.sense, str(one), one.text, one.live, one.said
