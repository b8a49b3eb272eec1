"""What signed agreements promise and have not paid yet, by action and by funding year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import ExtractYear

from tissage.core.folding import fold
from tissage.core.money import ZERO, split_by_weights, to_cents
from tissage.network.models import Agreement, AgreementParty
from tissage.plan.models import AgreementAction, Booking, Instalment, Plan

from .money_rows import counted

BINDING = (Agreement.Status.SIGNED, Agreement.Status.SUSPENDED)
"""States of an agreement whose instalments are still owed."""


@dataclass(frozen=True, slots=True)
class Promised:
    """Instalments not paid, in euros, by (action, year of the instalment). None as an action: the agreement serves several without saying how
    much for each. `in_accounts`: instalments left out because the accounts hold a commitment for the same organisation that year."""

    by_action: Mapping[tuple[int | None, int], Decimal]
    in_accounts: Decimal


def promised(plan: Plan, years: Iterable[int]) -> Promised:
    """What is owed on agreements that serve actions of this plan. Four queries."""
    serving = AgreementAction.objects.filter(action__plan=plan)
    owed = Instalment.objects.filter(
        agreement__in=serving.values("agreement"), agreement__status__in=BINDING, paid_on__isnull=True, due_on__year__in=list(years)
    )
    sums = owed.order_by().values_list("agreement", ExtractYear("due_on")).annotate(owed=Sum("amount"))
    rows = [(agreement, year, to_cents(amount)) for agreement, year, amount in sums]
    bound = {agreement for agreement, _year, _amount in rows}
    shares: dict[int, list[tuple[int, Decimal | None]]] = defaultdict(list)
    for agreement, action, amount in serving.order_by("action__sequence", "pk").values_list("agreement", "action", "amount"):
        shares[agreement].append((action, amount))
    receivers = AgreementParty.objects.filter(agreement__in=serving.values("agreement"), receives=True)
    names: dict[int, set[str]] = defaultdict(set)
    for agreement, name, other in receivers.values_list("agreement", "organization__name", "organization__alternate_name"):
        if agreement in bound:
            names[agreement] |= {fold(name), fold(other)} - {""}
    booked = counted(plan).filter(kind=Booking.Kind.COMMITMENT, year__in=list(years)).order_by()
    in_accounts = set(booked.values_list("year", "supplier_search").distinct())
    by_action: dict[tuple[int | None, int], Decimal] = defaultdict(lambda: ZERO)
    known = ZERO
    for agreement, year, amount in rows:
        if any((year, name) in in_accounts for name in names[agreement]):
            known += amount
            continue
        for bearer, part in _parts(amount, shares[agreement]):
            by_action[bearer, year] += part
    return Promised(dict(by_action), known)


def _parts(amount: Decimal, shares: list[tuple[int, Decimal | None]]) -> Iterable[tuple[int | None, Decimal]]:
    """What an agreement owes, by action: all of it on the only one, in proportion of the parts when all are said, else on none."""
    if len(shares) == 1:
        return [(shares[0][0], amount)]
    weights = [part for _action, part in shares if part is not None]
    if len(weights) < len(shares) or not sum(weights):
        return [(None, amount)]
    return zip((action for action, _part in shares), split_by_weights(amount, weights), strict=True)
