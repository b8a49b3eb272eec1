"""The figures of a year, action by action: what is approved enters, the rest is said missing with who owes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from tissage.core.figures import YearFigure, year_from_months
from tissage.core.plan_year import APPROVED, MISSING, UNKNOWN, FigureOfYear
from tissage.plan.models import Action, Indicator, Observation, Target
from tissage.plan.models.actions import ReviewState


def figures_by_action(actions: Sequence[Action], year: int) -> dict[int, list[FigureOfYear]]:
    """Figures in the order of each action's indicators. Three queries."""
    lead = {action.pk: action.lead_service.name if action.lead_service else "" for action in actions}
    found: dict[int, list[FigureOfYear]] = defaultdict(list)
    asked = Indicator.objects.filter(action__in=list(lead)).filter(Q(ended_on__isnull=True) | Q(ended_on__year__gte=year))
    indicators = list(asked.select_related("organization").order_by("action", "position", "pk"))
    keys = [one.pk for one in indicators]
    targets = dict(Target.objects.filter(indicator__in=keys, year=year).values_list("indicator", "value"))
    observed: dict[tuple[int, int], list[Observation]] = defaultdict(list)
    for row in Observation.objects.filter(indicator__in=keys, year__in=(year - 1, year)).order_by("indicator", "year", "month", "pk"):
        observed[row.indicator_id, row.year].append(row)
    for one in indicators:
        counted_by = one.organization.name if one.organization else ""
        now, before = _of_year(one, observed[one.pk, year]), _of_year(one, observed[one.pk, year - 1])
        approved = [row for row in observed[one.pk, year] if row.state == ReviewState.APPROVED]
        state = APPROVED if now.value is not None else UNKNOWN if approved else MISSING
        found[one.action_id].append(
            FigureOfYear(
                indicator=one.name,
                unit=one.unit,
                state=state,
                value=now.value,
                target=targets.get(one.pk),
                previous=before.value,
                baseline=one.baseline,
                baseline_year=one.baseline_year,
                direction=one.get_direction_display(),
                level=one.get_level_display(),
                how_counted=_said(approved, "how_counted") or one.method,
                source=one.source,
                sentence=_said(approved, "sentence"),
                counted_by=counted_by,
                owed=(counted_by or lead[one.action_id] or _("l’équipe")) if state == MISSING else "",
                months=now.known if one.period == Indicator.Period.MONTH and now.value is not None else None,
            )
        )
    return found


def _of_year(indicator: Indicator, rows: list[Observation]) -> YearFigure:
    """The approved figure of the year itself, else the year made from its approved months."""
    approved = [row for row in rows if row.state == ReviewState.APPROVED]
    whole: Decimal | None = next((row.value for row in approved if row.month is None), None)
    if whole is not None or indicator.period == Indicator.Period.YEAR:
        return YearFigure(whole, 0 if whole is None else 12, 12)
    months = {row.month: row.value for row in approved if row.month is not None}
    return year_from_months(months, indicator.over_year)


def _said(rows: list[Observation], name: str) -> str:
    """What was written beside the figures, once each, the latest month last."""
    return " · ".join(dict.fromkeys(text for row in rows if (text := getattr(row, name).strip())))
