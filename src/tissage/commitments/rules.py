"""Who may do what with commitments of a territory, and in the space of an association."""

from __future__ import annotations

from typing import Any

import rules

from tissage.people.models import User, is_known
from tissage.people.rules import (
    is_coordinator,
    is_facilitator,
    is_finance,
    is_inside,
    is_member,
    is_partner,
    is_plan_manager,
    is_public,
    reads_adopted_things,
)

from .models import Space, SpaceMembership

Role = SpaceMembership.Role


def space_role(user: Any, thing: Any) -> str:
    """The open role of this person in a space (or in what belongs to one), or an empty string. One query a person and space."""
    space = thing if isinstance(thing, Space) else thing.space
    if space is None or not is_known(user):
        return ""
    known: dict[int, str] = user.__dict__.setdefault("_space_roles", {})
    if space.pk not in known:
        held = SpaceMembership.objects.filter(space=space, user=user, ended_at__isnull=True)
        known[space.pk] = held.values_list("role", flat=True).first() or ""
    return known[space.pk]


@rules.predicate
def is_of_the_space(user: User, thing: Any) -> bool:
    return space_role(user, thing) != ""


@rules.predicate
def writes_in_the_space(user: User, thing: Any) -> bool:
    return space_role(user, thing) in (Role.OWNER, Role.EDITOR)


@rules.predicate
def owns_the_space(user: User, thing: Any) -> bool:
    return space_role(user, thing) == Role.OWNER


keeps = is_coordinator | is_plan_manager

rules.add_perm("commitments.read_public", is_public | is_member)
rules.add_perm("commitments.read", is_inside | is_finance | is_partner | reads_adopted_things)
rules.add_perm("commitments.write", keeps)
rules.add_perm("commitments.judge", keeps | is_facilitator | is_partner)
rules.add_perm("commitments.read_space", is_of_the_space)
rules.add_perm("commitments.write_space", writes_in_the_space)
rules.add_perm("commitments.own_space", owns_the_space)
