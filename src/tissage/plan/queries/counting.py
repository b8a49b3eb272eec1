"""Standing services: what is counted each month, which months are missing, what they make over the year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.dates import MONTHS as MONTH_NAMES

from tissage.core.figures import MONTHS, YearFigure, write_number
from tissage.plan.models import Indicator, Observation, Plan

from .figures import during, year_figure


def countable(plan: Plan, today: dt.date) -> list[Indicator]:
    """What the team counts by month, of this year or the last: standing services first."""
    running = during(today.year, "action__starts_on", "action__ends_on") | during(today.year - 1, "action__starts_on", "action__ends_on")
    found = Indicator.objects.filter(
        running,
        Q(ended_on__isnull=True) | Q(ended_on__gte=dt.date(today.year - 1, 1, 1)),
        action__plan=plan,
        period=Indicator.Period.MONTH,
        organization__isnull=True,
    )
    return list(
        found.select_related("action__plan__territory", "organization").order_by(
            "-action__is_standing_service", "action__sequence", "position", "pk"
        )
    )


def last_method(indicator: Indicator) -> str:
    """How it was counted the last time somebody said it."""
    said = Observation.objects.filter(indicator=indicator).exclude(how_counted="").order_by("-changed_at", "-pk")
    return said.values_list("how_counted", flat=True).first() or indicator.method


@dataclass(frozen=True, slots=True)
class MonthCell:
    """One month: its number, its state ("" when nothing was written), whether it is over and unknown, or has not come."""

    month: int
    name: str
    observation: Observation | None
    typed: str
    how_counted: str
    sentence: str
    is_missing: bool
    is_later: bool

    @property
    def state(self) -> str:
        return self.observation.state if self.observation else ""


@dataclass(frozen=True, slots=True)
class Months:
    """The twelve months of an indicator, and the year they make."""

    year: int
    cells: tuple[MonthCell, ...]
    total: YearFigure

    @property
    def first_missing(self) -> int | None:
        return next((cell.month for cell in self.cells if cell.is_missing), None)

    @property
    def missing(self) -> list[str]:
        return [cell.name for cell in self.cells if cell.is_missing]


def months_of(indicator: Indicator, year: int, today: dt.date) -> Months:
    rows = {row.month: row for row in Observation.objects.filter(indicator=indicator, year=year, month__isnull=False)}
    cells = []
    for month in MONTHS:
        row = rows.get(month)
        known = row is not None and row.value is not None
        cells.append(
            MonthCell(
                month=month,
                name=str(MONTH_NAMES[month]),
                observation=row,
                typed=write_number(row.value) if row else "",
                how_counted=row.how_counted if row else "",
                sentence=row.sentence if row else "",
                is_missing=not known and (year, month) < (today.year, today.month),
                is_later=(year, month) > (today.year, today.month),
            )
        )
    return Months(year, tuple(cells), year_figure(indicator, list(rows.values())))
