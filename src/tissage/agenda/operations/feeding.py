"""Activities feed figures of the plan: each is handed in like a partner's, and the plan manager approves it.

What somebody typed, and what was approved, is never overwritten.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from tissage.agenda.queries.feeding import MARK, Fed, feed_figures
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Observation, Plan
from tissage.plan.models.actions import ReviewState
from tissage.plan.operations.figures import FiguresRefused, put_figure, submit_month


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one figure: `is_proposed`, or `words` that say why not."""

    fed: Fed
    is_proposed: bool
    words: str = ""


@transaction.atomic
def propose_figures(*, plan: Plan, year: int, by: User, now: dt.datetime) -> list[Outcome]:
    """Hands in what reports of a year give each indicator of a plan; an outcome an indicator. Journalled when something was handed in."""
    outcomes = [_propose(fed, by=by, now=now) for fed in feed_figures(plan, year)]
    if proposed := sum(one.is_proposed for one in outcomes):
        record(verb="agenda.propose_figures", by=by, territory=plan.territory, on=plan, numbers={"figures": proposed}, now=now)
    return outcomes


def _propose(fed: Fed, *, by: User, now: dt.datetime) -> Outcome:
    if fed.value is None:
        return Outcome(fed, False, fed.reason)
    known = Observation.objects.filter(indicator=fed.indicator, year=fed.year, month__isnull=True).first()
    if known is not None and (why := _kept(known, fed)):
        return Outcome(fed, False, why)
    try:
        figure, _changed = put_figure(
            indicator=fed.indicator,
            year=fed.year,
            value=Decimal(fed.value),
            month=None,
            how_counted=fed.how_counted,
            sentence=known.sentence if known else "",
            is_unknown=False,
            by=by,
            link=None,
            now=now,
        )
        submit_month(figure=figure, by=by, now=now)
    except FiguresRefused as refusal:
        return Outcome(fed, False, str(refusal))
    return Outcome(fed, True)


def _kept(known: Observation, fed: Fed) -> str:
    """Why what stands there stays; empty when it may be written over: nothing was said, or it came from reports and nobody touched it since."""
    if known.state == ReviewState.APPROVED:
        same = known.value == fed.value
        return (
            _("Déjà approuvé, avec le même nombre.")
            if same
            else _("Déjà approuvé avec un autre nombre : il reste tel quel. Renvoyez-le pour le revoir.")
        )
    if known.state == ReviewState.SUBMITTED:
        return _("Déjà remis : il attend sa relecture.")
    if known.value is None and not known.is_unknown and not known.how_counted:
        return ""
    if known.how_counted.startswith(MARK) and known.submitted_at is not None and known.changed_at <= known.submitted_at:
        return ""
    return _("Quelqu’un a déjà écrit ce chiffre à la main : il reste tel quel.")
