"""Who may do what with campaigns, activities, dates and their reports."""

from __future__ import annotations

from typing import Any

import rules

from tissage.network.rules import organization_ids_of
from tissage.people.models import User
from tissage.people.rules import (
    is_coordinator,
    is_finance,
    is_inside,
    is_member,
    is_partner,
    is_plan_manager,
    is_public,
    reads_adopted_things,
)

from .models import Activity, ActivityPartner, Occurrence, OccurrenceReport


def activity_of(thing: Any) -> Activity:
    if isinstance(thing, Occurrence | OccurrenceReport):
        return thing.activity
    assert isinstance(thing, Activity)
    return thing


@rules.predicate
def leads(user: User, thing: Any) -> bool:
    """Somebody of the organisation that carries the activity."""
    return activity_of(thing).lead_id in organization_ids_of(user)


@rules.predicate
def co_organizes(user: User, thing: Any) -> bool:
    mine = organization_ids_of(user)
    return bool(mine) and ActivityPartner.objects.filter(activity=activity_of(thing), organization__in=mine).exists()


@rules.predicate
def is_ordinary(user: User, thing: Any) -> bool:
    """Not sensitive: the coordination may see its dates with their head counts."""
    return not activity_of(thing).is_sensitive


coordinates = is_coordinator | is_plan_manager

rules.add_perm("agenda.read_public_agenda", is_public | is_member)
rules.add_perm("agenda.read_agenda", is_inside | is_finance | is_partner | reads_adopted_things)
rules.add_perm("agenda.coordinate", coordinates)
rules.add_perm("agenda.propose", coordinates | is_partner)
rules.add_perm("agenda.write_activity", coordinates | leads)
# The true title and description of a sensitive activity: who moderates it and who carries it; everybody else reads what strangers read.
rules.add_perm("agenda.read_words", is_ordinary | coordinates | leads | co_organizes)
rules.add_perm("agenda.see_registrations", leads)
rules.add_perm("agenda.file_report", leads | (coordinates & is_ordinary))
rules.add_perm("agenda.read_report", leads | co_organizes & is_ordinary | (is_inside & is_ordinary))
rules.add_perm("agenda.comment_report", co_organizes & is_ordinary)
