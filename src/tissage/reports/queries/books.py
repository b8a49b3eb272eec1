"""From a plan and a year to the book of a document: a frozen version, or live data for a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from tissage.core.plan_year import YearData, from_json
from tissage.plan.models import ObligationYear, Plan
from tissage.reports.documents import Book, Missing, book_of
from tissage.reports.models import FrozenYear

from .lacks import lacks_of
from .templates import templates_of
from .year_data import gather


def draft_book(plan: Plan, year: int, kind: str, *, now: dt.datetime) -> Book:
    """A book from the data of the moment: every page says « PROJET »."""
    data = gather(plan, year)
    return book_of(
        data,
        kind=kind,
        templates=templates_of(plan),
        made_on=timezone.localdate(now),
        missing=[Missing(one.what, one.owed_by) for one in lacks_of(plan, year)],
        sitting_on=sitting_of(plan, year),
    )


def frozen_book(frozen: FrozenYear, kind: str, *, now: dt.datetime, number: int | None = None) -> Book:
    """A book from a frozen version."""
    return book_of(
        from_json(YearData, frozen.data),
        kind=kind,
        templates=templates_of(frozen.plan),
        made_on=timezone.localdate(now),
        version=frozen.number,
        frozen_on=timezone.localdate(frozen.frozen_at),
        sha256=frozen.sha256,
        missing=missing_kept(frozen.missing),
        difference=frozen.difference,
        number=number,
        sitting_on=sitting_of(frozen.plan, frozen.year),
    )


def missing_kept(rows: list[Mapping[str, Any]]) -> list[Missing]:
    return [Missing(row["what"], row.get("owed_by", "")) for row in rows]


def sitting_of(plan: Plan, year: int) -> dt.date | None:
    """The sitting chosen for an obligation of the year; the latest when several were."""
    chosen = ObligationYear.objects.filter(plan=plan, year=year, sitting_on__isnull=False).order_by("-sitting_on", "pk")
    return chosen.values_list("sitting_on", flat=True).first()


def standing_freeze(plan: Plan, year: int) -> FrozenYear | None:
    """The frozen version that stands: not reopened."""
    standing = FrozenYear.objects.filter(plan=plan, year=year, reopened_at__isnull=True)
    return standing.select_related("plan__territory", "plan__framework__framework", "frozen_by").first()
