"""A signed agreement with a tranche, a proof that waits and money claimed back: every argument of the addresses of agreements."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tissage.network.models import Organization
from tissage.network.operations.agreements import Party, sign_for_party
from tissage.network.operations.organizations import create_organization
from tissage.plan.models import Action
from tissage.plan.operations.agreements import add_instalment, claim_back, create_plan_agreement, pay_instalment, submit_proof


def agreed(territory: Any, by: Any, now: Any, canary: str) -> dict[str, int]:
    did = {"by": by, "now": now}
    town = create_organization(territory=territory, name=f"Ville {canary}", kind=Organization.Kind.MUNICIPALITY, **did)
    helpers = create_organization(territory=territory, name=f"Aidants {canary}", **did)
    agreement = create_plan_agreement(
        territory=territory,
        title=f"Convention {canary}",
        purpose=canary,
        starts_on=now.date(),
        ends_on=now.date(),
        amount=Decimal("100.00"),
        actions={Action.objects.filter(plan__territory=territory).order_by("pk").first(): None},
        parties=[Party(town, canary), Party(helpers, canary, receives=True)],
        **did,
    )
    for party in agreement.parties.order_by("pk"):
        sign_for_party(party=party, signed_on=now.date(), **did)
    instalment = add_instalment(agreement=agreement, due_on=now.date(), amount=Decimal("100.00"), condition=canary, **did)
    pay_instalment(instalment=instalment, paid_on=now.date(), **did)
    proof = submit_proof(agreement=agreement, title=f"Pièce {canary}", submitted=Decimal("40.00"), submitted_on=now.date(), **did)
    clawback = claim_back(agreement=agreement, reason="other", amount=Decimal("60.00"), asked_on=now.date(), note=canary, **did)
    keys = {"agreement": agreement, "party": party, "instalment": instalment, "proof": proof, "clawback": clawback}
    return {name: row.pk for name, row in keys.items()}
