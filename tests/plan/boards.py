"""A plan with one of everything that the board, the sheets and the workbook show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from tissage.frameworks.models import Node
from tissage.frameworks.queries_plan import plan_framework_version
from tissage.network.models import Agreement, AgreementParty, Organization, Person, Place
from tissage.people.models import Territory
from tissage.plan.models import (
    Action,
    ActionPartner,
    AgreementAction,
    Allocation,
    Booking,
    BookingSplit,
    BudgetStage,
    FundingAmount,
    FundingLine,
    Indicator,
    Observation,
    Plan,
    Target,
)


@dataclass
class Boarded:
    """`workshop` is operated by Chantecler under article 20; `garden` is the town's own, in two neighbourhoods; `stopped` was stopped."""

    plan: Plan
    workshop: Action
    garden: Action
    stopped: Action
    partner: Organization
    funder: Organization
    line: FundingLine
    pupils: Indicator


def make_board(territory: Territory, now: dt.datetime) -> Boarded:
    version = plan_framework_version("pcs-2020")
    assert version is not None
    plan = Plan.objects.create(
        territory=territory,
        framework=version,
        name="PCS 2020-2026",
        starts_on=dt.date(2020, 1, 1),
        ends_on=dt.date(2026, 12, 31),
        created_at=now,
    )
    code = {node.code: node for node in Node.objects.filter(version=version, kind="action")}
    partner = Organization.objects.create(
        territory=territory, name="ASBL Chantecler", email="contact@chantecler.example", phone="065 00 00 01"
    )
    funder = Organization.objects.create(territory=territory, name="Wallonie, Action sociale", kind="funder")
    Person.objects.create(
        territory=territory, organization=partner, display_name="Zoé Contact", email="zoe@chantecler.example", role="direction"
    )
    centre, north = (Place.objects.create(territory=territory, name=name, kind="neighbourhood") for name in ("Centre", "Nord"))
    workshop = Action.objects.create(
        plan=plan,
        sequence=1,
        node=code["1.1.06"],
        title="Soutien scolaire",
        basis="art20",
        state="ongoing",
        health="risk",
        starts_on=dt.date(2020, 1, 1),
        ends_on=dt.date(2026, 12, 31),
        target_groups=["enfants", "parents"],
        is_pilot=True,
    )
    garden = Action.objects.create(
        plan=plan, sequence=2, node=code["3.1.07"], title="Jardin partagé", state="ongoing", description="Un potager."
    )
    garden.neighbourhoods.set([centre, north])
    stopped = Action.objects.create(
        plan=plan,
        sequence=3,
        title="Navette",
        state="stopped",
        stop_reason="chauffeur parti",
        starts_on=dt.date(2021, 3, 1),
        ends_on=dt.date(2022, 6, 30),
    )
    ActionPartner.objects.create(action=workshop, organization=partner, role="operator", since=dt.date(2020, 1, 1))
    ActionPartner.objects.create(action=garden, organization=partner)
    pupils = Indicator.objects.create(
        action=workshop, name="Enfants suivis", unit="enfants", method="liste de présences", organization=partner
    )
    Target.objects.create(indicator=pupils, year=2025, value=Decimal(40))
    Observation.objects.create(indicator=pupils, year=2024, value=Decimal(31), state="approved", changed_at=now)
    Observation.objects.create(indicator=pupils, year=2025, value=Decimal(38), state="approved", changed_at=now)
    Observation.objects.create(indicator=pupils, year=2026, value=Decimal(99), state="submitted", changed_at=now)
    line = FundingLine.objects.create(plan=plan, year=2026, funder=funder, basis="art20", label="Article 20")
    stage = BudgetStage.objects.create(plan=plan, year=2026, number=0, label="Budget initial")
    FundingAmount.objects.create(line=line, stage=stage, amount=Decimal("12000.00"))
    Allocation.objects.create(line=line, stage=stage, action=workshop, amount=Decimal("10000.50"))
    booking = Booking.objects.create(
        plan=plan, key="b1", year=2026, booked_on=dt.date(2026, 3, 1), label="Facture", amount=Decimal("400.00"), is_split=True
    )
    BookingSplit.objects.create(booking=booking, action=workshop, percent=Decimal(100), amount=Decimal("400.00"))
    agreement = Agreement.objects.create(
        territory=territory,
        title="Convention article 20",
        status="signed",
        starts_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2026, 12, 15),
        amount=Decimal("10000.00"),
    )
    AgreementParty.objects.create(agreement=agreement, organization=partner, receives=True, signed_on=dt.date(2026, 1, 5))
    AgreementAction.objects.create(agreement=agreement, action=workshop)
    return Boarded(plan, workshop, garden, stopped, partner, funder, line, pupils)
