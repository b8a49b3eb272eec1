"""The money of the invented town's plan, and what binds it to its partners. Every amount is invented."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from tissage.network.models import Agreement, Organization
from tissage.network.operations.agreements import Party, sign_for_party
from tissage.people.models import User
from tissage.plan.models import Action, Plan
from tissage.plan.operations.agreements import add_instalment, create_plan_agreement, judge_proof, pay_instalment, submit_proof

from .demonstration_plan import CARRIER, FIRST_YEAR

AGREEMENTS: list[tuple[tuple[int, ...], str, str, str]] = [
    ((1,), "ASBL Chantecler", "École de devoirs", "9500.00"),
    ((7,), "ASBL RAMBO", "Accompagnement des assuétudes", "12000.00"),
    ((24,), "ASBL Article 27", "Des spectacles pour sortir de chez soi", "8200.00"),
    ((25, 27), "ASBL Pourquoi pas toi", "Rencontres et soirées de la Gare", "11300.00"),
    ((26,), "Maison St Paul", "Repas partagés", "7000.00"),
]
"""The actions served, the operator, the object, the amount of a year: together what article 20 gives."""
JUSTIFIED_IN_PART = "ASBL Pourquoi pas toi"
STILL_TO_SIGN = "ASBL Article 27"


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
