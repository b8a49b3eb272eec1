"""The plan of the invented town. Lines and names of operators are those a real town publishes; figures, states and money are invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tissage.frameworks.models import Node
from tissage.frameworks.queries_plan import plan_framework_version
from tissage.network.models import Organization, Place
from tissage.network.operations.organizations import create_organization
from tissage.network.operations.places import add_neighbourhoods
from tissage.people.models import Territory, User
from tissage.plan.models import Action, ActionYear, Indicator, Observation, Plan, PlanVersion
from tissage.plan.operations.actions import Partner, change_action, comment_action, create_action, set_partners
from tissage.plan.operations.figures import approve_figure, submit_figures, write_account, write_figure
from tissage.plan.operations.indicators import create_indicator, set_target
from tissage.plan.operations.plans import create_plan
from tissage.plan.operations.versions import create_version, record_answer, send_version

FRAMEWORK = "pcs-2020"
NAME = "Plan de cohésion sociale 2020-2025"
NEIGHBOURHOODS = ("Centre", "Cité du Lin", "Canal", "Gare", "Coteaux")
CARRIER, CPAS, DEPARTMENT = "Commune de Val-des-Tisserands", "CPAS de Val-des-Tisserands", "Département Cohésion sociale"
REGION, MINISTRY = "Wallonie, pouvoirs locaux", "Wallonie, action sociale"
HOUSE_KINDS = {"Maison St Paul": Organization.Kind.OTHER}
ARTICLE_20 = "art20"
FIRST_YEAR = 2024
"""The first year of the targets and of the figures that `plan_indicators.csv` lists."""
MONTHS_SHARE = (Decimal("0.10"), Decimal("0.09"), Decimal("0.10"), Decimal("0.08"), Decimal("0.07"), Decimal("0.07"))
"""How a year of nights spreads over its first months; the rest is shared equally."""
COMMENTS = {
    3: ("risk", "Le dortoir du fond reste fermé depuis la fuite : douze lits au lieu de dix-huit."),
    4: ("risk", "Le marché des bancs est relancé, aucune offre n’est arrivée."),
    9: ("blocked", "Les deux éducatrices de rue sont parties, l’engagement attend l’accord du conseil."),
    25: ("risk", "La salle ferme à 20 heures, les soirées commencent trop tard pour beaucoup."),
}
ACCOUNTS = {
    1: ("Quatre après-midi par semaine dans deux écoles.", "Seize enfants attendent une place.", "« On finit ses devoirs et on joue. »"),
    26: ("Un repas chaud chaque midi, cinq jours sur sept.", "La chambre froide est trop petite.", ""),
}
"""What two operators said of their year: what was done, what was hard, what the public says of it."""
STOPPED = "La donnerie est reprise par la ressourcerie du quartier, sans subvention."


@dataclass(frozen=True, slots=True)
class PlanRows:
    """The rows of the two files of this town's plan."""

    lines: list[dict[str, str]]
    indicators: list[dict[str, str]]


def make_plan(territory: Territory, rows: PlanRows, *, by: User, now: dt.datetime) -> Plan:
    """The register, its two approved versions, and figures of two years."""
    known = make_organizations(territory, by=by, now=now)
    add_neighbourhoods(territory=territory, names=NEIGHBOURHOODS, by=by, now=now)
    version = plan_framework_version(FRAMEWORK)
    assert version is not None
    plan = create_plan(
        territory=territory,
        framework=version,
        name=NAME,
        starts_on=dt.date(2020, 1, 1),
        ends_on=dt.date(2026, 12, 31),
        carrier=known[CARRIER],
        carrier_kind=Plan.CarrierKind.MUNICIPALITY,
        competent_council="conseil communal",
        manager=by,
        by=by,
        now=now,
    )
    actions = make_actions(plan, rows.lines, known, by=by, now=now)
    make_versions(plan, actions, by=by, now=now)
    indicators = make_indicators(actions, rows.indicators, known, by=by, now=now)
    for year in (FIRST_YEAR, FIRST_YEAR + 1):
        make_figures(plan, indicators, rows.indicators, year, by=by, now=now)
    count_this_year(plan, actions, by=by, now=now)
    return plan


def make_organizations(territory: Territory, *, by: User, now: dt.datetime) -> dict[str, Organization]:
    kinds = Organization.Kind
    made: dict[str, Organization] = {}

    def add(name: str, kind: str, parent: Organization | None = None) -> None:
        made[name] = create_organization(territory=territory, name=name, kind=kind, parent=parent, by=by, now=now)

    add(CARRIER, kinds.MUNICIPALITY)
    add(CPAS, kinds.CPAS)
    add(DEPARTMENT, kinds.CPAS_SERVICE, parent=made[CPAS])
    add(REGION, kinds.FUNDER)
    add(MINISTRY, kinds.FUNDER)
    return made


def make_actions(
    plan: Plan, lines: list[dict[str, str]], known: dict[str, Organization], *, by: User, now: dt.datetime
) -> dict[int, Action]:
    nodes = {node.code: node for node in Node.objects.of_kind("action").filter(version=plan.framework)}
    places = {place.name: place for place in Place.objects.filter(territory=plan.territory, kind=Place.Kind.NEIGHBOURHOOD)}
    made: dict[int, Action] = {}
    for row in lines:
        operator = row["operator"]
        action = create_action(
            plan=plan,
            sequence=int(row["number"]),
            title=row["title"],
            node=nodes[row["code"]],
            basis=ARTICLE_20 if operator else "subsidy",
            target_groups=[name for name in row["audiences"].split("|") if name],
            neighbourhoods=[places[name] for name in row["neighbourhoods"].split("|") if name],
            lead_service=known[DEPARTMENT],
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            is_pilot=row["pilot"] == "yes",
            is_standing_service=row["standing"] == "yes",
            by=by,
            now=now,
        )
        if operator:
            if operator not in known:
                kind = HOUSE_KINDS.get(operator, Organization.Kind.ASBL)
                known[operator] = create_organization(territory=plan.territory, name=operator, kind=kind, by=by, now=now)
            set_partners(action=action, partners=[Partner(known[operator], role="operator", since=plan.starts_on)], by=by, now=now)
        made[action.sequence] = action
    return made


def make_versions(plan: Plan, actions: dict[int, Action], *, by: User, now: dt.datetime) -> None:
    """Approved in 2019; changed in 2023: an action stops, others move on; what the team does now is a little further."""
    first = create_version(plan=plan, reason="Programmation 2020-2025", by=by, now=now)
    approve(
        first,
        voted=dt.date(2019, 5, 28),
        sent=dt.date(2019, 6, 3),
        answered=dt.date(2019, 8, 22),
        since=dt.date(2020, 1, 1),
        by=by,
        now=now,
    )
    move(actions, lambda sequence: "ongoing" if sequence not in (22, 30, 32) else "", by=by, now=now)
    stopped = actions[30]
    stopped.refresh_from_db()
    change_action(
        action=stopped,
        revision=stopped.revision,
        state="stopped",
        stop_reason=STOPPED,
        ends_on=dt.date(2023, 6, 30),
        health="paused",
        by=by,
        now=now,
    )
    second = create_version(plan=plan, reason="La donnerie s’arrête ; les titres suivent le catalogue", by=by, now=now)
    approve(
        second,
        voted=dt.date(2023, 5, 23),
        sent=dt.date(2023, 5, 30),
        answered=dt.date(2023, 9, 14),
        since=dt.date(2023, 7, 1),
        by=by,
        now=now,
    )
    later = actions[22]
    later.refresh_from_db()
    change_action(
        action=later,
        revision=later.revision,
        title="Comités de quartier : le Canal d’abord",
        state="to_be_scheduled",
        by=by,
        now=now,
    )
    for sequence, (health, text) in COMMENTS.items():
        comment_action(action=actions[sequence], text=text, on=dt.date(2026, 11, 9), health=health, by=by, now=now)


def approve(version: PlanVersion, *, voted: dt.date, sent: dt.date, answered: dt.date, since: dt.date, by: User, now: dt.datetime) -> None:
    send_version(version=version, council_on=voted, sent_on=sent, by=by, now=now)
    record_answer(version=version, answer="accepted", answered_on=answered, effective_from=since, by=by, now=now)


def move(actions: dict[int, Action], state_of: Callable[[int], str], *, by: User, now: dt.datetime) -> None:
    for sequence, action in actions.items():
        if state := state_of(sequence):
            action.refresh_from_db()
            change_action(action=action, revision=action.revision, state=state, by=by, now=now)


def make_indicators(
    actions: dict[int, Action], rows: list[dict[str, str]], known: dict[str, Organization], *, by: User, now: dt.datetime
) -> list[Indicator]:
    made = []
    for row in rows:
        action = actions[int(row["number"])]
        operator = action.partners.select_related("organization").order_by("pk").first() if row["by"] == "operator" else None
        indicator = create_indicator(
            action=action,
            name=row["name"],
            unit=row["unit"],
            method=row["how"],
            period=row["period"],
            over_year=row["over_year"],
            baseline=Decimal(row["baseline"]) if row["baseline"] else None,
            baseline_year=2019 if row["baseline"] else None,
            organization=operator.organization if operator else None,
            by=by,
            now=now,
        )
        for offset, target in enumerate(row["targets"].split("|")):
            set_target(indicator=indicator, year=FIRST_YEAR + offset, value=Decimal(target), by=by, now=now)
        made.append(indicator)
    return made


def make_figures(plan: Plan, indicators: list[Indicator], rows: list[dict[str, str]], year: int, *, by: User, now: dt.datetime) -> None:
    """A year of approved figures, typed by the team on the partners' behalf; one of them is unknown and says why."""
    for indicator, row in zip(indicators, rows, strict=True):
        text = row["values"].split("|")[year - FIRST_YEAR]
        value = Decimal(text) if text else None
        months = spread(value, adds=row["over_year"] == "add") if row["period"] == "month" and value is not None else [(None, value)]
        for month, part in months:
            write_figure(
                indicator=indicator,
                year=year,
                month=month,
                value=part,
                is_unknown=part is None,
                how_counted=row["how"],
                sentence="Le carnet de l’année a été perdu au départ des deux éducatrices." if part is None else "",
                by=by,
                now=now,
            )
    for sequence, (done, difficulties, feedback) in ACCOUNTS.items():
        action = Action.objects.get(plan=plan, sequence=sequence)
        operator = action.partners.select_related("organization").get().organization
        texts = {"done": done, "difficulties": difficulties, "feedback": feedback}
        write_account(action=action, year=year, organization=operator, texts=texts, by=by, now=now)
    counted_by = {indicator.organization_id: indicator.organization for indicator in indicators}
    for organization in counted_by.values():
        submit_figures(plan=plan, year=year, organization=organization, by=by, now=now)
    waiting = Observation.objects.filter(indicator__action__plan=plan, year=year, state="submitted").order_by("pk")
    for figure in waiting:
        approve_figure(figure=figure, by=by, now=now)
    for account in ActionYear.objects.filter(action__plan=plan, year=year, state="submitted").order_by("pk"):
        approve_figure(figure=account, by=by, now=now)


def spread(value: Decimal, *, adds: bool) -> list[tuple[int | None, Decimal | None]]:
    """A year's figure over its months: shares that total it, or the same mean each month."""
    if not adds:
        return [(month, value) for month in range(1, 13)]
    first = [(value * share).quantize(Decimal(1)) for share in MONTHS_SHARE]
    rest = value - sum(first)
    others = [rest // 6 + (1 if index < rest % 6 else 0) for index in range(6)]
    return [(month, part) for month, part in enumerate([*first, *others], start=1)]


def count_this_year(plan: Plan, actions: dict[int, Action], *, by: User, now: dt.datetime) -> None:
    """Standing services counted up to last month, and one partner's figures that wait for a review."""
    for indicator in Indicator.objects.filter(action__plan=plan, period="month").order_by("pk"):
        for month in range(1, 11):
            value = Decimal(190 - 9 * month) if indicator.unit == "nuitées" else Decimal(74 + month)
            write_figure(indicator=indicator, year=2026, month=month, value=value, how_counted=indicator.method, by=by, now=now)
    homework = actions[1]
    operator = homework.partners.select_related("organization").get().organization
    for indicator, value in zip(homework.indicators.order_by("position"), (Decimal(47), Decimal(121)), strict=True):
        write_figure(indicator=indicator, year=2026, value=value, how_counted=indicator.method, by=by, now=now)
    texts = {
        "done": "Quatre après-midi par semaine, une équipe de onze bénévoles.",
        "difficulties": "La liste d’attente compte seize enfants.",
    }
    write_account(action=homework, year=2026, organization=operator, texts=texts, by=by, now=now)
    submit_figures(plan=plan, year=2026, organization=operator, by=by, now=now)
