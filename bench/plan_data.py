"""An invented plan of any size: actions, money of every year, bookings split over actions, agreements, figures. The same for the same seed.

Rows are written in bulk, as many imports would leave them; nothing of it is true. Works on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from tissage.core.folding import fold
from tissage.core.money import split_amount
from tissage.frameworks.models import Node
from tissage.frameworks.queries_plan import plan_framework_version
from tissage.network.models import Agreement, AgreementParty, Organization, Place
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
    Instalment,
    Observation,
    Plan,
    Target,
)

FIRST_YEAR = 2020
BULK = 2_000
LINES = (
    ("Subvention", "subsidy", "84010"),
    ("Part propre", "own", "84010"),
    ("Article 20", "art20", "84011"),
    ("Fonds européen", "other", "84012"),
)
SHARES = ((Decimal(100),), (Decimal(60), Decimal(40)), (Decimal("33.3333"), Decimal("33.3333"), Decimal("33.3334")))


@dataclass(frozen=True, slots=True)
class Made:
    """What the rows of one plan are drawn from."""

    plan: Plan
    actions: Sequence[Action]
    organizations: Sequence[Organization]
    years: Sequence[int]
    draw: random.Random


def plan_of(*, actions: int, years: int, bookings: int, seed: int = 1) -> Plan:
    """The plan of this size, made once per database."""
    slug = f"bench-plan-{actions}-{years}-{bookings}"
    if (found := Plan.objects.filter(territory__slug=slug).first()) is not None:
        return found
    with transaction.atomic():
        territory = Territory.objects.create(slug=slug, name=f"Banc {actions}")
        made = _register(territory, actions, years, random.Random(seed))
        _budget(made)
        _agreements(made)
        _figures(made)
        _book(made, bookings)
    return made.plan


def _register(territory: Territory, count: int, years: int, draw: random.Random) -> Made:
    """The plan, its actions over the catalogue, twenty neighbourhoods, sixty partners."""
    version = plan_framework_version("pcs-2020")
    assert version is not None, "the shipped frameworks are missing: run tissage init"
    over = [FIRST_YEAR + number for number in range(years)]
    period = {"starts_on": dt.date(over[0], 1, 1), "ends_on": dt.date(over[-1], 12, 31)}
    plan = Plan.objects.create(territory=territory, framework=version, name="Plan de mesure", created_at=timezone.now(), **period)
    names = [f"Association {number:02}" for number in range(60)]
    organizations = Organization.objects.bulk_create(
        Organization(territory=territory, name=name, search=fold(f"{name} ")) for name in names
    )
    places = Place.objects.bulk_create(
        Place(territory=territory, name=f"Quartier {number:02}", kind="neighbourhood") for number in range(20)
    )
    nodes = list(Node.objects.filter(version=version, kind="action").order_by("position"))
    states = [Action.State.ONGOING] * 4 + [Action.State.TERMINATED, Action.State.TO_BE_SCHEDULED]
    actions = Action.objects.bulk_create(
        Action(
            plan=plan,
            sequence=number,
            node=draw.choice(nodes),
            title=f"Action {number} au service des habitants du quartier",
            state=draw.choice(states),
            health=draw.choice(Action.Health.values),
            **period,
        )
        for number in range(1, count + 1)
    )
    through = Action.neighbourhoods.through._default_manager
    through.bulk_create(
        Action.neighbourhoods.through(action_id=action.pk, place_id=place.pk) for action in actions for place in draw.sample(places, 2)
    )
    ActionPartner.objects.bulk_create(
        ActionPartner(action=action, organization=organization, role=role)
        for action in actions
        for organization, role in zip(draw.sample(organizations, 2), ("operator", "partner"), strict=True)
    )
    return Made(plan, actions, organizations, over, draw)


def _budget(made: Made) -> None:
    """Each year four lines, the initial budget and an amendment; one allocation in fifty is unknown."""
    for year in made.years:
        initial, amendment = BudgetStage.objects.bulk_create(
            BudgetStage(plan=made.plan, year=year, number=number, label=f"Étape {number}") for number in (0, 1)
        )
        lines = FundingLine.objects.bulk_create(
            FundingLine(plan=made.plan, year=year, funder=made.organizations[rank], basis=basis, label=label, function_code=code)
            for rank, (label, basis, code) in enumerate(LINES)
        )
        FundingAmount.objects.bulk_create(FundingAmount(line=line, stage=initial, amount=Decimal(900_000)) for line in lines)
        allocations = []
        for action in made.actions:
            for line in lines[: made.draw.choice((1, 2, 3))]:
                amount = None if made.draw.random() < 0.02 else Decimal(made.draw.randrange(100_000, 900_000)).scaleb(-2)
                allocations.append(Allocation(line=line, stage=initial, action=action, amount=amount))
                if made.draw.random() < 0.25:
                    allocations.append(Allocation(line=line, stage=amendment, action=action, amount=Decimal(4_000)))
        Allocation.objects.bulk_create(allocations, batch_size=BULK)


def _agreements(made: Made) -> None:
    """Sixty signed agreements a year, each for one or two actions, two instalments of which one is paid."""
    rows = [(year, number) for year in made.years for number in range(60)]
    agreements = Agreement.objects.bulk_create(
        Agreement(
            territory=made.plan.territory,
            title=f"Convention {year} {number}",
            status=Agreement.Status.SIGNED,
            starts_on=dt.date(year, 1, 1),
            ends_on=dt.date(year, 12, 31),
            amount=Decimal(5_000),
        )
        for year, number in rows
    )
    numbered = list(zip(agreements, rows, strict=True))
    AgreementParty.objects.bulk_create(
        (AgreementParty(agreement=one, organization=made.organizations[number], receives=True) for one, (_year, number) in numbered),
        batch_size=BULK,
    )
    AgreementAction.objects.bulk_create(
        (
            AgreementAction(agreement=one, action=action, amount=Decimal(5_000) / count)
            for one, (_year, number) in numbered
            for count in (1 + number % 2,)
            for action in made.draw.sample(list(made.actions), min(count, len(made.actions)))
        ),
        batch_size=BULK,
    )
    Instalment.objects.bulk_create(
        (
            Instalment(agreement=one, number=rank, due_on=dt.date(year, 6 * rank, 1), amount=Decimal(2_500), paid_on=paid)
            for one, (year, _number) in numbered
            for rank, paid in ((1, dt.date(year, 6, 2)), (2, None))
        ),
        batch_size=BULK,
    )


def _figures(made: Made) -> None:
    """Two indicators an action, with a target and an approved figure each year."""
    indicators = Indicator.objects.bulk_create(
        Indicator(action=action, name=f"Indicateur {rank}", unit="participations") for action in made.actions for rank in range(2)
    )
    cells = [(indicator, year) for indicator in indicators for year in made.years]
    Target.objects.bulk_create((Target(indicator=one, year=year, value=Decimal(100)) for one, year in cells), batch_size=BULK)
    Observation.objects.bulk_create(
        (
            Observation(indicator=one, year=year, value=Decimal(made.draw.randrange(300)), state="approved", changed_at=timezone.now())
            for one, year in cells
        ),
        batch_size=BULK,
    )


def _book(made: Made, count: int) -> None:
    """Bookings spread over the years: expenses, commitments and receipts; one, two or three actions each, three in a hundred on none."""
    kinds = [Booking.Kind.EXPENSE] * 17 + [Booking.Kind.COMMITMENT] * 2 + [Booking.Kind.RECEIPT]
    actions = list(made.actions)
    for start in range(0, count, BULK):
        rows = []
        for number in range(start, min(start + BULK, count)):
            year, supplier = made.draw.choice(made.years), f"Fournisseur {made.draw.randrange(400):03}"
            rows.append(
                Booking(
                    plan=made.plan,
                    key=str(number),
                    year=year,
                    kind=made.draw.choice(kinds),
                    number=f"{year}/{number}",
                    booked_on=dt.date(year, made.draw.randrange(1, 13), made.draw.randrange(1, 29)),
                    article=f"8401{made.draw.randrange(3)}/12{made.draw.randrange(9)}-02",
                    function_code=f"8401{made.draw.randrange(3)}",
                    supplier=supplier,
                    supplier_search=fold(supplier),
                    label="Fournitures et services",
                    amount=Decimal(made.draw.randrange(100, 200_000)).scaleb(-2),
                )
            )
        shares = [made.draw.choice(SHARES) if made.draw.random() > 0.03 else () for _ in rows]
        for row, percents in zip(rows, shares, strict=True):
            row.is_split = bool(percents)
        Booking.objects.bulk_create(rows)
        BookingSplit.objects.bulk_create(
            [
                BookingSplit(booking=row, action=action, percent=percent, amount=part)
                for row, percents in zip(rows, shares, strict=True)
                if percents
                for action, percent, part in zip(
                    made.draw.sample(actions, len(percents)), percents, split_amount(row.amount, percents), strict=True
                )
            ],
            batch_size=BULK,
        )
