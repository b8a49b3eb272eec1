"""Who may come in without a password: by a code sent by e-mail, or through the town's own door."""

from __future__ import annotations

import datetime as dt

from .models import Invitation, Membership, User, fold_email
from .queries import has_second_factor, territories_requiring_second_factor
from .todo import providers

RESTRICTED = (
    Membership.Role.COORDINATOR,
    Membership.Role.FACILITATOR,
    Membership.Role.READER,
    Membership.Role.PLAN_MANAGER,
    Membership.Role.FINANCE,
)
"""Roles that read residents' words before publication, or money and people of a territory: a mailbox alone is too little to open them."""


def may_use_a_code(user: User) -> bool:
    """Whether a code by e-mail opens this account: no restricted role anywhere, nothing kept apart downstream, no second factor, asked or set up."""
    if not user.is_active or user.administrator_since or has_second_factor(user):
        return False
    roles = Membership.objects.open().filter(user=user)
    if roles.filter(role__in=RESTRICTED).exists() or territories_requiring_second_factor(user).exists():
        return False
    return not any(holds(user) for holds in providers("restricted_account"))


def account_of(email: str) -> User | None:
    """The open account of an address."""
    return User.objects.filter(email=fold_email(email), is_active=True).first()


def invitations_of(email: str, *, now: dt.datetime) -> list[Invitation]:
    """Open invitations of an address that the town's door may answer; one that makes an administrator is answered by its own link."""
    waiting = Invitation.objects.pending().filter(email=fold_email(email), expires_at__gt=now, makes_administrator=False)
    return list(waiting.select_related("territory").order_by("created_at", "pk"))
