"""A sheet that leaves the house with contacts on it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from tissage.network.models import Organization
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Action, Plan


@transaction.atomic
def note_sheet(*, of: Action | Organization, plan: Plan, by: User, now: dt.datetime) -> None:
    """The journal says who took the sheet of what."""
    record(verb="plan.take_sheet", by=by, territory=plan.territory, on=of, now=now)
