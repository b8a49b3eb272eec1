"""The commission of the invented town, the sitting it prepares, a year it closed, and the small plan of its neighbour under another framework."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from tissage.frameworks.models import Obligation
from tissage.frameworks.queries_plan import plan_framework_version
from tissage.network.models import Collective, Organization, Person
from tissage.network.operations.collectives import create_collective, join_collective, take_seat
from tissage.network.operations.decisions import Owed, write_decision
from tissage.network.operations.meetings import adopt_minutes, close_meeting, note_presences, plan_meeting, write_minutes
from tissage.network.operations.organizations import add_person, create_organization
from tissage.people.models import Territory, User
from tissage.plan.models import Plan
from tissage.plan.operations.actions import create_action
from tissage.plan.operations.indicators import create_indicator, set_target
from tissage.plan.operations.money import create_funding, create_stage
from tissage.plan.operations.obligations import choose_sitting
from tissage.plan.operations.plans import create_plan
from tissage.reports.operations.freezing import freeze_year

from .demonstration_plan import CARRIER, CPAS, FIRST_YEAR

LAST_YEAR = FIRST_YEAR + 1
MISSIONS = [
    "Échanger les informations entre les partenaires du plan",
    "Susciter la réflexion sur le développement et l’amélioration du plan",
    "Suivre la réalisation des actions",
    "Examiner l’évaluation du plan",
]
SEATS = [
    (CARRIER, "Mireille Ancion", "échevine de la cohésion sociale", "chair"),
    (CPAS, "Tarek Belhadj", "président du CPAS", "member"),
    ("ASBL Chantecler", "Odile Fourez", "coordinatrice", "member"),
    ("ASBL RAMBO", "Samuel Pirson", "directeur", "member"),
    ("Maison St Paul", "Jeanne Lhoir", "responsable de la cuisine", "member"),
]
"""Invented persons: the organisation, the name, the function, the role."""


def make_commission(territory: Territory, *, by: User, now: dt.datetime) -> Collective:
    """A commission, a meeting held with what it decided, and the next one."""
    known = {one.name: one for one in Organization.objects.filter(territory=territory)}
    since = dt.date(2020, 2, 1)
    commission = create_collective(
        territory=territory,
        name="Commission d’accompagnement",
        kind=Collective.Kind.COMMISSION,
        missions=MISSIONS,
        minimum_meetings=2,
        founded_on=since,
        coordinator=known[CARRIER],
        by=by,
        now=now,
    )
    for organization, name, function, role in SEATS:
        membership = join_collective(collective=commission, organization=known[organization], since=since, role=role, by=by, now=now)
        email = f"{name.split()[0].lower()}@demo.example"
        somebody = add_person(organization=known[organization], display_name=name, role=function, email=email, by=by, now=now)
        take_seat(membership=membership, person=somebody, kind="titular", since=since, by=by, now=now)
    hold_meeting(commission, known, by=by, now=now)
    plan_meeting(
        collective=commission,
        title="Examiner les rapports de l’année avant le conseil",
        starts_at=dt.datetime(2027, 3, 4, 17, 0, tzinfo=dt.UTC),
        place="Maison de quartier du Canal",
        agenda="1. Chiffres de l’année\n2. Comptes et article 20\n3. Ce que les habitant·e·s ont dit du quartier du Canal\n4. Divers",
        by=by,
        now=now,
    )
    return commission


def hold_meeting(commission: Collective, known: dict[str, Organization], *, by: User, now: dt.datetime) -> None:
    held = plan_meeting(
        collective=commission,
        title="Suivi des actions d’automne",
        starts_at=dt.datetime(2026, 10, 13, 16, 0, tzinfo=dt.UTC),
        ends_at=dt.datetime(2026, 10, 13, 18, 0, tzinfo=dt.UTC),
        place="Hôtel de ville, salle des tisserands",
        agenda="1. Abri de nuit\n2. Travail de rue\n3. Article 20",
        by=by,
        now=now,
    )
    states = {known[organization]: "present" for organization, *_rest in SEATS} | {known["ASBL RAMBO"]: "excused"}
    note_presences(meeting=held, states=states, attendees_count=9, by=by, now=now)
    minutes = "L’abri de nuit refuse du monde depuis la fermeture du dortoir du fond. Le travail de rue est à l’arrêt faute d’équipe."
    write_minutes(meeting=held, minutes=minutes, seen="", visibility="members", by=by, now=now)
    write_decision(
        meeting=held,
        text="Demander au collège l’engagement de deux éducatrices ou éducateurs de rue avant la fin de l’année.",
        kind="recommendation",
        vote="à l’unanimité",
        owed=Owed(text="Porter la demande au collège", owner=known[CARRIER], person=None, due_on=dt.date(2026, 12, 1)),
        subjects=["Action 9, travail de rue en santé"],
        by=by,
        now=now,
    )
    write_decision(meeting=held, text="Les chiffres de l’année sont attendus pour le 31 janvier.", kind="information", by=by, now=now)
    close_meeting(meeting=held, by=by, now=now)
    adopt_minutes(meeting=held, on=dt.date(2026, 11, 10), by=by, now=now)


def close_last_year(plan: Plan, *, by: User, now: dt.datetime) -> None:
    """The year frozen with what it lacks; and the sitting chosen for the year under way."""
    freeze_year(plan=plan, year=LAST_YEAR, by=by, now=now)
    year = LAST_YEAR + 1
    reports = Obligation.objects.filter(version=plan.framework, code="reports", valid_from__year__lte=year, valid_to__year__gte=year).get()
    choose_sitting(plan=plan, obligation=reports, year=year, sitting_on=dt.date(2027, 3, 23), by=by, now=now)


def make_social_project(territory: Territory, *, by: User, now: dt.datetime) -> Plan:
    """Three actions under a French social project: other missions, other money, no commission."""
    version = plan_framework_version("projet-social")
    assert version is not None
    house = create_organization(
        territory=territory, name="Association du centre social de la Rive", kind=Organization.Kind.ASBL, by=by, now=now
    )
    fund = create_organization(territory=territory, name="Caisse d’allocations familiales", kind=Organization.Kind.FUNDER, by=by, now=now)
    plan = create_plan(
        territory=territory,
        framework=version,
        name="Projet social 2025-2028",
        starts_on=dt.date(2025, 1, 1),
        ends_on=dt.date(2028, 12, 31),
        carrier=house,
        carrier_kind=Plan.CarrierKind.OTHER,
        competent_council="conseil d’administration",
        manager=by,
        by=by,
        now=now,
    )
    nodes = {node.code: node for node in version.nodes.filter(kind="action")}
    for code, title in (
        ("M1-1", "Le café du seuil"),
        ("M2-2", "L’aide aux devoirs du mercredi"),
        ("M3-1", "Frapper aux portes des hameaux"),
    ):
        action = create_action(
            plan=plan, title=title, node=nodes[code], basis="agc", state="ongoing", starts_on=plan.starts_on, by=by, now=now
        )
        indicator = create_indicator(action=action, name="Personnes venues", unit="personnes", method="feuille d’entrée", by=by, now=now)
        set_target(indicator=indicator, year=2026, value=Decimal(40), by=by, now=now)
    create_stage(plan=plan, year=2026, by=by, now=now)
    create_funding(plan=plan, year=2026, funder=fund, basis="agc", label="Animation globale et coordination", amount=None, by=by, now=now)
    return plan


def speak_for(territory: Territory, organization: str, user: User) -> None:
    """An account of the demonstration speaks for an organisation: it opens its own actions."""
    Person.objects.filter(territory=territory, organization__name=organization).update(user=user)
