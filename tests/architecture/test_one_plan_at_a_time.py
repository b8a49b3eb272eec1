"""What belongs to one plan is not found under the address of another plan of the same town, by any method."""

from __future__ import annotations

import datetime as dt

from tests.architecture.conftest import ROUTES
from tissage.plan.models import Plan

# A town has one register and one list of forms: these are of the territory, whatever the plan.
OF_THE_TERRITORY = {"territory", "plan", "organization", "year", "obligation", "subject", "about", "meeting", "document"}


def test_nothing_of_a_plan_is_reached_through_another_one(world, address, territory, erin, now, as_user):
    first = Plan.objects.get(pk=world["plan"])
    other = Plan.objects.create(
        territory=territory,
        framework=first.framework,
        name="Autre",
        starts_on=dt.date(2020, 1, 1),
        ends_on=dt.date(2026, 12, 31),
        created_at=now,
    )
    through = {**world, "plan": other.pk}
    of_a_plan = [route for route in ROUTES if "plan" in route.arguments and set(route.arguments) - OF_THE_TERRITORY]
    assert len(of_a_plan) > 60
    client = as_user(erin)
    reached = {
        (route.name, method, status)
        for route in of_a_plan
        for method in ("get", "post")
        if (status := getattr(client, method)(address(route, through)).status_code) not in (404, 405)
    }
    assert reached == set()
