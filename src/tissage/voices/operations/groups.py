"""Writes on homogeneous groups."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.voices.models import HomogeneousGroup


@transaction.atomic
def create_group(*, territory: Territory, by: User, now: dt.datetime, **details: Any) -> HomogeneousGroup:
    """A new group. `details` are columns of the group; a stated number or consent is signed as in `change_group`."""
    group = HomogeneousGroup(territory=territory, **details)
    _sign(group, {name for name, value in details.items() if value not in (None, "", "none")}, by, now)
    group.save()
    record(verb="voices.create_group", by=by, territory=territory, on=group, now=now)
    return group


@transaction.atomic
def change_group(*, group: HomogeneousGroup, by: User, now: dt.datetime, **details: Any) -> list[str]:
    """Changes what is known of a group; gives the names of the columns that changed.

    A number of participants carries the name of who stated it and the day; a consent carries the day it was recorded.
    """
    changed = {name for name, value in details.items() if getattr(group, name) != value}
    if not changed:
        return []
    for name in changed:
        setattr(group, name, details[name])
    _sign(group, changed, by, now)
    group.save()
    record(verb="voices.change_group", by=by, territory=group.territory, on=group, fields=changed, now=now)
    return sorted(changed)


def _sign(group: HomogeneousGroup, changed: set[str], by: User, now: dt.datetime) -> None:
    today = now.date()
    if "participants_count" in changed:
        known = group.participants_count is not None
        group.participants_stated_by = by if known else None
        if not known or "participants_stated_on" not in changed or group.participants_stated_on is None:
            group.participants_stated_on = today if known else None
    if "consent" in changed and ("consent_recorded_on" not in changed or group.consent_recorded_on is None):
        group.consent_recorded_on = today
