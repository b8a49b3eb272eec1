"""Who may do what with organisations, collectives, services, labels and agreements of a territory."""

from __future__ import annotations

from typing import Any

import rules

from tissage.people.models import User, is_known
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

from .models import Collective, CollectiveMembership, LabelAward, Organization
from .models.organizations import organizations_of


def organization_ids_of(user: Any) -> frozenset[int]:
    """The numbers of the organisations this person speaks for: one query a person and request, kept on the person."""
    if not is_known(user):
        return frozenset()
    if "_speaks_for" not in user.__dict__:
        user.__dict__["_speaks_for"] = frozenset(organizations_of(user).order_by().values_list("pk", flat=True))
    known: frozenset[int] = user.__dict__["_speaks_for"]
    return known


@rules.predicate
def speaks_for(user: User, thing: Any) -> bool:
    """Somebody of the organisation itself: `thing` is the organisation, or something that has one."""
    organization = thing.pk if isinstance(thing, Organization) else getattr(thing, "organization_id", None)
    return organization in organization_ids_of(user)


@rules.predicate
def owns_the_label(user: User, thing: Any) -> bool:
    """Somebody of the organisation that runs the label: `thing` is the label, or an award of it."""
    scheme = thing.version.scheme if isinstance(thing, LabelAward) else thing
    return getattr(scheme, "owner_id", None) in organization_ids_of(user)


@rules.predicate
def sits_there(user: User, collective: Collective) -> bool:
    """Somebody of an organisation that sits in this collective today, invited and suspended ones apart: one query a person and collective."""
    sits: dict[int, bool] = user.__dict__.setdefault("_sits_in", {})
    if collective.pk not in sits:
        mine = organization_ids_of(user)
        rows = CollectiveMembership.objects.filter(collective=collective, organization__in=mine, until__isnull=True, status="active")
        sits[collective.pk] = bool(mine) and rows.exists()
    return sits[collective.pk]


keeps_the_plan = is_coordinator | is_plan_manager

rules.add_perm("network.read_network", is_inside | is_finance)
rules.add_perm("network.write_network", keeps_the_plan)
rules.add_perm("network.write_agreements", keeps_the_plan | is_finance)
# The directory: strangers read what is published in a public territory; association staff edit their own organisation and services.
rules.add_perm("network.read_directory", is_public | is_member)
rules.add_perm("network.edit_organization", keeps_the_plan | speaks_for)
rules.add_perm("network.edit_services", keeps_the_plan | speaks_for)
rules.add_perm("network.open_own_page", is_partner)
rules.add_perm("network.moderate", keeps_the_plan)
# Labels, trainings, conflicts, engagement: the coordination, and the organisation for its own.
rules.add_perm("network.read_own", is_inside | is_finance | speaks_for)
rules.add_perm("network.read_engagement", keeps_the_plan | speaks_for)
rules.add_perm("network.read_labels", is_inside | is_finance | is_partner)
rules.add_perm("network.write_label", keeps_the_plan | owns_the_label)
rules.add_perm("network.read_award", is_inside | is_finance | speaks_for | owns_the_label)
rules.add_perm("network.ask_award", keeps_the_plan | speaks_for)
rules.add_perm("network.confirm_award", keeps_the_plan | owns_the_label)
rules.add_perm("network.list_award", keeps_the_plan | owns_the_label | speaks_for)
rules.add_perm("network.handle_label_reports", is_coordinator)
rules.add_perm("network.read_own_collectives", is_partner)
rules.add_perm("network.sit", sits_there)
# What was decided and does not move: everybody who sits somewhere.
rules.add_perm("network.read_standstill", is_inside | is_finance | is_partner | reads_adopted_things)
