"""A small plan to count in: a shelter counted by the team each month, a school that two partners count once a year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tissage.frameworks.models import FrameworkVersion
from tissage.network.models import Organization, Person
from tissage.people.models import Membership, Territory, User
from tissage.plan.models import Action, ActionPartner, Indicator, Observation, Plan, Target

YEAR = 2026


@dataclass
class Counting:
    """`school` is counted by Oxyjeune and Picardie; `shelter` by the team."""

    plan: Plan
    school: Action
    shelter: Action
    ours: Organization
    theirs: Organization
    pupils: Indicator
    hours: Indicator
    families: Indicator
    nights: Indicator


def make_plan(territory: Territory, now: dt.datetime, name: str = "Plan de cohésion sociale") -> Plan:
    version = FrameworkVersion.objects.order_by("pk").first()
    assert version is not None
    return Plan.objects.create(
        territory=territory, framework=version, name=name, starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2026, 12, 31), created_at=now
    )


def make_counting(territory: Territory, now: dt.datetime) -> Counting:
    plan = make_plan(territory, now)
    ours = Organization.objects.create(territory=territory, name="Oxyjeune", email="oxyjeune@example.org")
    theirs = Organization.objects.create(territory=territory, name="La Picardie", email="picardie@example.org")
    school = Action.objects.create(plan=plan, sequence=1, title="École de devoirs", state="ongoing")
    shelter = Action.objects.create(plan=plan, sequence=2, title="Abri de nuit", state="ongoing", is_standing_service=True)
    for organization in (ours, theirs):
        ActionPartner.objects.create(action=school, organization=organization)
    pupils = count(school, "Enfants accueillis", "enfants", organization=ours, method="Listes de présence", position=0)
    hours = count(school, "Heures d’accueil", "heures", organization=ours, position=1)
    families = count(school, "Familles rencontrées", "familles", organization=theirs, position=2)
    nights = count(shelter, "Nuitées", "nuitées", period="month")
    Target.objects.create(indicator=pupils, year=YEAR, value=Decimal(40))
    Observation.objects.create(indicator=pupils, year=YEAR - 1, value=Decimal(31), state="approved", changed_at=now)
    return Counting(plan, school, shelter, ours, theirs, pupils, hours, families, nights)


def count(action: Action, name: str, unit: str, **details: Any) -> Indicator:
    return Indicator.objects.create(action=action, name=name, unit=unit, **details)


def manager_of(territory: Territory, now: dt.datetime, name: str = "Malika", role: str = "plan_manager") -> User:
    user = User.objects.create_user(email=f"{name.lower()}@example.org", name=name, password="une phrase de passe")
    Membership.objects.create(user=user, territory=territory, role=role, since=now)
    return user


def partner_of(organization: Organization, now: dt.datetime, name: str = "Paula") -> User:
    """Somebody with an account who speaks for an organisation."""
    user = manager_of(organization.territory, now, name, "partner")
    Person.objects.create(territory=organization.territory, organization=organization, user=user, display_name=name)
    return user
