"""The figures of a territory page: live for the team, those of the publication in force for everybody else."""

from __future__ import annotations

from django.utils import timezone

from tissage.core.synthesis import Overview
from tissage.people.models import Territory

from .live import live_overview, loose_expressions
from .public import latest_published, public_overview
from .values import Statistics


def team_statistics(territory: Territory) -> Statistics:
    """What stands in the base now."""
    return _statistics(live_overview(territory), loose_expressions=loose_expressions(territory))


def public_statistics(territory: Territory) -> Statistics | None:
    """The figures of the newest publication that may be shown; None when there is none. Never a live figure."""
    synthesis = latest_published(territory)
    if synthesis is None or synthesis.published_at is None:
        return None
    on = timezone.localtime(synthesis.published_at).date()
    return _statistics(public_overview(synthesis), version=synthesis.number, on=on)


def _statistics(overview: Overview, **rest: object) -> Statistics:
    return Statistics(
        criteria=overview.criteria,
        expressions=overview.expressions,
        groups=len(overview.groups),
        groups_heard=len(overview.heard),
        uncoded=overview.uncoded,
        in_general=overview.in_general,
        by_question=overview.by_question,
        by_dimension=overview.by_dimension,
        **rest,  # type: ignore[arg-type]
    )
