"""A plan with two actions, figures, an account, money and a version in force: a year worth freezing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest

from tests.plan.purse import allocate, book, line
from tests.plans import invented_framework, node
from tissage.network.models import Organization
from tissage.plan.models import Action, ActionYear, Indicator, Observation, Plan, Target
from tissage.plan.operations import actions, indicators, plans, versions


@dataclass
class Town:
    """What tests take hold of."""

    plan: Plan
    shelter: Action
    grocery: Action
    guests: Indicator
    nights: Indicator
    partner: Organization


@pytest.fixture
def town(territory, paul, now) -> Town:
    did = {"by": paul, "now": now}
    framework = invented_framework(now)
    partner = Organization.objects.create(territory=territory, name="ASBL Refuge", email="secret@example.org", phone="065 12 34 56")
    plan = plans.create_plan(
        territory=territory,
        framework=framework,
        name="Plan 2020-2026",
        carrier=partner,
        competent_council="conseil communal",
        starts_on=dt.date(2020, 1, 1),
        ends_on=dt.date(2026, 12, 31),
        **did,
    )
    shelter = actions.create_action(
        plan=plan, title="Abri de nuit", node=node(framework, "action", "1.1.06"), target_groups=["sans-abri"], **did
    )
    grocery = actions.create_action(plan=plan, title="Épicerie sociale", **did)
    actions.set_partners(action=shelter, partners=[actions.Partner(partner, "operator", "")], **did)
    Action.objects.filter(plan=plan).update(state="ongoing")
    guests = indicators.create_indicator(action=shelter, name="Personnes accueillies", unit="personnes", method="registre", **did)
    nights = indicators.create_indicator(action=grocery, name="Colis", unit="colis", method="caisse", **did)
    Target.objects.create(indicator=guests, year=2025, value=Decimal(50))
    observe(guests, 2025, 42, now)
    observe(guests, 2024, 38, now)
    observe(nights, 2025, 310, now, state="submitted")
    ActionYear.objects.create(
        action=shelter, year=2025, organization=partner, done="Ouvert chaque nuit d’hiver.", state="approved", changed_at=now
    )
    version = versions.create_version(plan=plan, reason="Premier plan", **did)
    day = dt.date(2020, 2, 1)
    versions.send_version(version=version, council_on=day, sent_on=day, **did)
    versions.record_answer(version=version, answer="accepted", answered_on=day, effective_from=day, **did)
    subsidy = line(plan, "Subvention", "subsidy", "1000.00", year=2025)
    allocate(subsidy, shelter, "800.00")
    allocate(subsidy, grocery, "200.00")
    book(plan, "612.34", {shelter: 100}, day=dt.date(2025, 5, 2))
    book(plan, "100.01", {grocery: 100}, day=dt.date(2025, 6, 2))
    return Town(
        Plan.objects.select_related("territory", "framework__framework", "carrier").get(pk=plan.pk),
        shelter,
        grocery,
        guests,
        nights,
        partner,
    )


def observe(indicator, year, value, now, *, state="approved", **rest) -> Observation:
    return Observation.objects.create(
        indicator=indicator, year=year, value=None if value is None else Decimal(value), state=state, changed_at=now, **rest
    )


@pytest.fixture
def frozen(town, paul, now):
    from tissage.reports.operations.freezing import freeze_year

    return freeze_year(plan=town.plan, year=2025, by=paul, now=now)
