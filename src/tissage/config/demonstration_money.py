"""The money of the invented town's plan, and what binds it to its partners. Every amount is invented."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

from tissage.network.models import Agreement, Organization
from tissage.network.operations.agreements import Party, move_agreement, sign_for_party
from tissage.people.models import User
from tissage.plan.exchange.extracts import open_extract
from tissage.plan.models import Action, Plan, StatementTotal
from tissage.plan.operations.agreements import add_instalment, create_plan_agreement, judge_proof, pay_instalment, submit_proof
from tissage.plan.operations.booking_imports import apply_extract, preview_extract
from tissage.plan.operations.extract_files import receive_extract
from tissage.plan.operations.money import create_funding, create_help, create_staff, create_stage, save_grid
from tissage.plan.operations.split_rules import keep_rule

from .demonstration_plan import ARTICLE_20, CARRIER, FIRST_YEAR, MINISTRY, REGION

AGREEMENTS: list[tuple[tuple[int, ...], str, str, str]] = [
    ((1,), "ASBL Chantecler", "École de devoirs", "9500.00"),
    ((7,), "ASBL RAMBO", "Accompagnement des assuétudes", "12000.00"),
    ((24,), "ASBL Article 27", "Des spectacles pour sortir de chez soi", "8200.00"),
    ((25, 27), "ASBL Pourquoi pas toi", "Rencontres et soirées de la Gare", "11300.00"),
    ((26,), "Maison St Paul", "Repas partagés", "7000.00"),
]
"""The actions served, the operator, the object, the amount of a year: together what article 20 gives."""
OWN, SUBSIDY = "own", "subsidy"
FUNDING = {
    SUBSIDY: (
        REGION,
        "Subvention PCS",
        "84010",
        {3: 60000, 4: 6000, 5: 14000, 8: 18000, 9: 34000, 13: 42000, 14: 8000, 15: 10000, 21: 36000, 31: 12000},
    ),
    OWN: (CARRIER, "Part communale", "84010", {3: 22000, 9: 10000, 13: 14000, 21: 10000, 31: 10000}),
    ARTICLE_20: (MINISTRY, "Article 20", "84011", {1: 9500, 7: 12000, 24: 8200, 25: 6800, 26: 7000, 27: 4500}),
}
"""By legal basis: who gives, the label, the function code, and what each action gets in a year, in euros."""
TEAM = "Équipe de quartier"
FULL_TIME = {3: "1.2", 4: "0.3", 5: "0.3", 8: "0.4", 9: "0.6", 13: "0.8", 14: "0.2", 15: "0.3", 21: "0.6", 31: "0.3"}
SHARES: dict[str, dict[int, int]] = {
    "Imprimerie du Pont": {5: 50, 29: 50},
    "Boulangerie Delcourt": {13: 50, 21: 50},
    "Bricolage du Canal": {4: 100},
    "Location Sonvic": {5: 60, 21: 40},
    "Grossiste Alivert": {13: 100},
    "Literie Nord": {3: 100},
    "Jardins Bernier": {14: 100},
    "Compagnie du Fil": {17: 70, 18: 30},
    "Numérik asbl": {31: 100},
    "ASBL Chantecler": {1: 100},
    "ASBL RAMBO": {7: 100},
    "ASBL Article 27": {24: 100},
    "ASBL Pourquoi pas toi": {25: 60, 27: 40},
    "Maison St Paul": {26: 100},
}
"""Rules that split what a supplier is paid; one supplier of the extract has none, and waits for somebody."""
PAYROLL = "84010/111-01"
STATEMENT_OF_LAST_YEAR = {"84011": Decimal("48000.00")}
JUSTIFIED_IN_PART = "ASBL Pourquoi pas toi"
STILL_TO_SIGN = "ASBL Article 27"


def make_money(plan: Plan, *, by: User, now: dt.datetime) -> None:
    """Two budgets, the team's time, the rules of the splits, and the two extracts of the accounts, read as a town would."""
    known = {one.name: one for one in Organization.objects.filter(territory=plan.territory)}
    actions = {one.sequence: one for one in Action.objects.filter(plan=plan)}
    for year in (FIRST_YEAR + 1, FIRST_YEAR + 2):
        make_budget(plan, year, known, actions, by=by, now=now)
        for sequence, fte in FULL_TIME.items():
            starts_on, ends_on = dt.date(year, 1, 1), dt.date(year, 12, 31)
            create_staff(
                plan=plan, function=TEAM, action=actions[sequence], starts_on=starts_on, ends_on=ends_on, fte=Decimal(fte), by=by, now=now
            )
    keep_rule(plan=plan, article=PAYROLL, by_staff=True, staff_function=TEAM, by=by, now=now)
    for supplier, shares in SHARES.items():
        parts = {actions[sequence]: Decimal(percent) for sequence, percent in shares.items()}
        keep_rule(plan=plan, supplier=supplier, shares=parts, by=by, now=now)
    for year in (FIRST_YEAR + 1, FIRST_YEAR + 2):
        read_accounts(plan, year, by=by, now=now)
    for code, amount in STATEMENT_OF_LAST_YEAR.items():
        StatementTotal.objects.create(
            plan=plan, year=FIRST_YEAR + 1, function_code=code, kind="expense", amount=amount, source="État des subventions"
        )
    create_help(
        action=actions[1],
        year=FIRST_YEAR + 1,
        organization=known[CARRIER],
        description="Deux classes de l’école du Centre, quatre après-midi par semaine",
        value=None,
        by=by,
        now=now,
    )
    create_help(
        action=actions[26],
        year=FIRST_YEAR + 1,
        organization=known["Maison St Paul"],
        description="Onze bénévoles en cuisine",
        value=Decimal("9800.00"),
        how_estimated="560 heures à 17,50 €, tarif de la plate-forme du volontariat",
        by=by,
        now=now,
    )


def make_budget(plan: Plan, year: int, known: dict[str, Organization], actions: dict[int, Action], *, by: User, now: dt.datetime) -> None:
    stage = create_stage(plan=plan, year=year, voted_on=dt.date(year - 1, 12, 16), by=by, now=now)
    for basis, (funder, label, function_code, given) in FUNDING.items():
        line = create_funding(
            plan=plan,
            year=year,
            funder=known[funder],
            basis=basis,
            label=label,
            function_code=function_code,
            amount=Decimal(sum(given.values())),
            by=by,
            now=now,
        )
        save_grid(
            stage=stage, was={}, cells={(line.pk, actions[number].pk): Decimal(euros) for number, euros in given.items()}, by=by, now=now
        )


def read_accounts(plan: Plan, year: int, *, by: User, now: dt.datetime) -> None:
    """The extract of a year, as the town's accounts give it; what the rules know is split at once."""
    path = Path(str(files("tissage.config").joinpath("demo", f"bookings-{year}.csv")))
    extract = open_extract(path, "csv")
    received = receive_extract(plan=plan, year=year, name=path.name, format="csv", blocks=[path.read_bytes()], by=by, now=now)
    reader = extract.reader(extract.guess)
    preview_extract(booking_import=received, extract=extract, reader=reader)
    apply_extract(booking_import=received, extract=extract, reader=reader, now=now)


def make_agreements(plan: Plan, year: int, *, by: User, now: dt.datetime) -> list[Agreement]:
    """One agreement an operator and a year: two instalments, proofs judged for a year that is over."""
    known = {one.name: one for one in Organization.objects.filter(territory=plan.territory)}
    actions = {one.sequence: one for one in Action.objects.filter(plan=plan)}
    over = year < FIRST_YEAR + 2
    made = []
    for sequences, operator, title, amount in AGREEMENTS:
        one = create_plan_agreement(
            territory=plan.territory,
            title=f"{title} {year}",
            purpose="Aide passée en entier à l’opérateur, pour cette action seulement.",
            starts_on=dt.date(year, 1, 1),
            ends_on=dt.date(year, 12, 31),
            amount=Decimal(amount),
            council_on=dt.date(year, 1, 27),
            actions=dict.fromkeys(actions[number] for number in sequences),
            parties=[
                Party(known[CARRIER], "La bourgmestre et le directeur général"),
                Party(known[operator], "La présidence", receives=True),
            ],
            by=by,
            now=now,
        )
        sign(one, operator, year, over=over, by=by, now=now)
        made.append(one)
    return made


def sign(agreement: Agreement, operator: str, year: int, *, over: bool, by: User, now: dt.datetime) -> None:
    first, second = agreement.parties.order_by("pk")
    sign_for_party(party=first, signed_on=dt.date(year, 2, 3), by=by, now=now)
    if not over and operator == STILL_TO_SIGN:
        return
    sign_for_party(party=second, signed_on=dt.date(year, 2, 10), by=by, now=now)
    assert agreement.amount is not None
    half = (agreement.amount / 2).quantize(Decimal("0.01"))
    advance = add_instalment(agreement=agreement, due_on=dt.date(year, 3, 1), amount=half, by=by, now=now)
    balance = add_instalment(
        agreement=agreement, due_on=dt.date(year, 12, 1), amount=agreement.amount - half, condition="À la remise des pièces", by=by, now=now
    )
    pay_instalment(instalment=advance, paid_on=dt.date(year, 3, 4), by=by, now=now)
    if over:
        pay_instalment(instalment=balance, paid_on=dt.date(year, 12, 8), by=by, now=now)
        justify(agreement, operator, year, by=by, now=now)
    else:
        submit_proof(
            agreement=agreement, title="Pièces du premier semestre", submitted=half, submitted_on=dt.date(year, 9, 15), by=by, now=now
        )


def justify(agreement: Agreement, operator: str, year: int, *, by: User, now: dt.datetime) -> None:
    """Proofs of the whole amount; one operator's are accepted in part."""
    assert agreement.amount is not None
    proof = submit_proof(
        agreement=agreement,
        title=f"Pièces de l’année {year}",
        submitted=agreement.amount,
        submitted_on=dt.date(year + 1, 1, 30),
        by=by,
        now=now,
    )
    if operator == JUSTIFIED_IN_PART:
        accepted, reason = agreement.amount - Decimal("412.60"), "Frais de bouche au-delà du plafond de la convention"
        judge_proof(proof=proof, accepted=accepted, reason=reason, by=by, now=now)
    else:
        judge_proof(proof=proof, accepted=agreement.amount, by=by, now=now)
        move_agreement(agreement=agreement, status=Agreement.Status.ENDED, by=by, now=now)
