"""The totals that the accounts' own statement gives, typed in or read from a small table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Plan, StatementTotal


@transaction.atomic
def set_statement_totals(
    *, plan: Plan, year: int, totals: Mapping[tuple[str, str], Decimal | None], source: str = "", by: User | None, now: dt.datetime
) -> int:
    """(function code, kind) → total of the statement; None takes a total away: it is unknown again. Gives how many changed."""
    Plan.objects.select_for_update(of=("self",)).order_by("pk").get(pk=plan.pk)
    known = {(one.function_code, one.kind): one for one in StatementTotal.objects.filter(plan=plan, year=year).order_by("pk")}
    changed = 0
    for key, amount in totals.items():
        one = known.get(key)
        if amount is None:
            if one is not None:
                one.delete()
                changed += 1
        elif one is None:
            StatementTotal.objects.create(plan=plan, year=year, function_code=key[0], kind=key[1], amount=amount, source=source)
            changed += 1
        elif (one.amount, one.source) != (amount, source or one.source):
            one.amount, one.source = amount, source or one.source
            one.save(update_fields=["amount", "source"])
            changed += 1
    if changed:
        record(
            verb="plan.set_statement_totals", by=by, territory=plan.territory, on=plan, numbers={"totals": changed, "year": year}, now=now
        )
    return changed
