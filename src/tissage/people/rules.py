"""Who may: predicates on (person, territory or something that has one), composed and named once."""

from __future__ import annotations

from typing import Any

import rules

from .models import INSIDE, Membership, Territory, User, is_known

Role = Membership.Role


def territory_of(thing: Any) -> Territory:
    return thing if isinstance(thing, Territory) else thing.territory


def role_in(user: Any, territory: Territory) -> str:
    """The open role of this person in this territory, or an empty string. One query a person and territory, kept on the person."""
    if not is_known(user):
        return ""
    known: dict[int, str] = user.__dict__.setdefault("_roles", {})
    if territory.pk not in known:
        known[territory.pk] = Membership.objects.open().filter(user=user, territory=territory).values_list("role", flat=True).first() or ""
    return known[territory.pk]


@rules.predicate
def is_coordinator(user: User, thing: Any) -> bool:
    return role_in(user, territory_of(thing)) == Role.COORDINATOR


@rules.predicate
def is_facilitator(user: User, thing: Any) -> bool:
    return role_in(user, territory_of(thing)) == Role.FACILITATOR


@rules.predicate
def is_member(user: User, thing: Any) -> bool:
    return role_in(user, territory_of(thing)) != ""


@rules.predicate
def is_inside(user: User, thing: Any) -> bool:
    """Works with residents' words: coordinates, facilitates, reads, or manages the plan."""
    return role_in(user, territory_of(thing)) in INSIDE


@rules.predicate
def is_plan_manager(user: User, thing: Any) -> bool:
    return role_in(user, territory_of(thing)) == Role.PLAN_MANAGER


@rules.predicate
def is_finance(user: User, thing: Any) -> bool:
    return role_in(user, territory_of(thing)) == Role.FINANCE


@rules.predicate
def is_partner(user: User, thing: Any) -> bool:
    return role_in(user, territory_of(thing)) == Role.PARTNER


@rules.predicate
def reads_adopted_things(user: User, thing: Any) -> bool:
    """Sits in the commission or in the council: reads what was adopted, and comments."""
    return role_in(user, territory_of(thing)) in (Role.COMMISSION, Role.COUNCILLOR)


@rules.predicate
def is_administrator(user: User, thing: Any = None) -> bool:
    """Looks after the installation: reference data, new territories. Opens no territory by itself."""
    return bool(is_known(user) and user.administrator_since)


@rules.predicate
def is_public(user: Any, thing: Any) -> bool:
    return territory_of(thing).is_public


@rules.predicate
def is_open_role(user: Any, membership: Membership) -> bool:
    return membership.ended_at is None


@rules.predicate
def is_own_role(user: Any, membership: Membership) -> bool:
    return bool(membership.user_id == user.pk)


is_team = is_coordinator | is_facilitator

rules.add_perm("people.view_territory", is_public | is_member)
rules.add_perm("people.view_territory_team", is_inside)
rules.add_perm("people.view_membership", is_inside & is_open_role)
rules.add_perm("people.change_membership", is_coordinator & is_open_role)
rules.add_perm("people.reset_second_factor", is_coordinator & is_open_role & ~is_own_role)
rules.add_perm("people.manage_territory", is_coordinator)
rules.add_perm("people.read_journal", is_coordinator)
rules.add_perm("people.administer", is_administrator)
