"""Server time of the board and of the money pages of a plan of 200 actions, 6 years and 40,000 bookings, and how many queries each makes.

Beside each: the bare sums of the same bookings by action and year, in SQL, in the same run. Fails when a page makes more queries on the large plan
than on one of 20 actions and 400 bookings.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.base import seconds, settle, show, signed_in, size
from bench.plan_data import FIRST_YEAR, plan_of
from tissage.plan.models import Plan

YEARS = 6
YEAR = FIRST_YEAR + YEARS - 1
BARE = """
    SELECT s.action_id, b.year, SUM(CASE WHEN b.kind = 'expense' THEN s.amount END), SUM(CASE WHEN b.kind = 'receipt' THEN s.amount END)
    FROM plan_booking b JOIN plan_bookingsplit s ON s.booking_id = b.id
    WHERE b.plan_id = %s {year} GROUP BY s.action_id, b.year
"""
PAGES = {
    "board, by axis": ("board", f"?par=axe&annee={YEAR}"),
    "board, by neighbourhood": ("board", f"?par=quartier&annee={YEAR}"),
    "board, six years": ("board", f"?par=axe&annee={YEAR}&vue=frise"),
    "money of a year, by axis": ("money", f"?par=axe&annee={YEAR}"),
    "money of a year, by action": ("money", f"?par=action&annee={YEAR}"),
    "money of a year, by funder": ("money", f"?par=financeur&annee={YEAR}"),
    "money of a year, by partner": ("money", f"?par=partenaire&annee={YEAR}"),
    "money of a year, by neighbourhood": ("money", f"?par=quartier&annee={YEAR}"),
    "money of six years, by year": ("money", "?par=annee&annee=toutes"),
    "money of six years, by action": ("money", "?par=action&annee=toutes"),
    "funding": ("funding", f"?annee={YEAR}"),
    "allocations": ("allocations", f"?annee={YEAR}"),
    "checks": ("checks", f"?annee={YEAR}"),
    "bookings": ("bookings", ""),
}


def main() -> int:
    small = plan_of(actions=20, years=YEARS, bookings=400)
    large = plan_of(actions=size(200), years=YEARS, bookings=size(40_000))
    settle()
    bare = {"": seconds(lambda: sums(large, None)), "a year": seconds(lambda: sums(large, YEAR))}
    show("bare sums by action, six years", bare[""])
    show("bare sums by action, a year", bare["a year"])
    clients = {plan: signed_in(plan.territory) for plan in (small, large)}
    grown = []
    for label, (name, query) in PAGES.items():
        few, many = (queries(clients[plan], address(plan, name, query)) for plan in (small, large))
        taken = seconds(asker(clients[large], address(large, name, query)))
        show(f"{label} ({many} queries)", taken, bare["" if "toutes" in query else "a year"], "bare sums")
        if many > few:
            grown.append(f"{label}: {few} queries on a small plan, {many} on the large one")
    for line in grown:
        print(f"GROWS  {line}", flush=True)
    return 1 if grown else 0


def address(plan: Plan, name: str, query: str) -> str:
    return reverse(f"plan:{name}", args=[plan.territory.slug, plan.pk]) + query


def asker(client: Client, url: str) -> Callable[[], object]:
    return lambda: client.get(url)


def sums(plan: Plan, year: int | None) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(BARE.format(year="AND b.year = %s" if year else ""), [plan.pk, year] if year else [plan.pk])
        return list(cursor.fetchall())


def queries(client: Client, url: str) -> int:
    """Queries of the second reading: the first one fills what a process keeps in memory."""
    assert client.get(url).status_code == 200, (url, client.get(url).status_code)
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    return len(seen)


if __name__ == "__main__":
    sys.exit(main())
