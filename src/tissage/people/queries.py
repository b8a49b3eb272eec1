"""Reads of accounts, roles, invitations and the journal."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from .models import Entry, Invitation, Membership, Territory, User, is_known

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: User) -> bool:
    """An application or a passkey. Recovery codes alone are none: they go with one of these."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists())


def territories_requiring_second_factor(user: Any) -> QuerySet[Territory]:
    """Territories where this person holds a role and that ask for a second factor."""
    return Territory.objects.of(user).filter(two_factor_required=True)


def closed_for_want_of_second_factor(user: Any) -> set[int]:
    """Keys of the territories whose pages stay closed until this person sets up a second factor."""
    if not is_known(user):
        return set()
    closed = set(territories_requiring_second_factor(user).values_list("pk", flat=True))
    return set() if not closed or has_second_factor(user) else closed


def members_of(territory: Territory) -> QuerySet[Membership]:
    """Roles held today, by name, each with its person and whether they have a second factor (`has_second_factor`)."""
    second_factors = Authenticator.objects.filter(user_id=OuterRef("user_id"), type__in=SECOND_FACTORS)
    return (
        Membership.objects.open()
        .filter(territory=territory)
        .select_related("user", "territory")
        .annotate(has_second_factor=Exists(second_factors))
        .order_by("user__name", "pk")
    )


def my_memberships(user: User) -> list[Membership]:
    """The territories of a person with the role held in each, by name."""
    return list(Membership.objects.open().filter(user=user).select_related("territory").order_by("territory__name", "pk"))


def pending_invitations(territory: Territory) -> QuerySet[Invitation]:
    return Invitation.objects.pending().filter(territory=territory).select_related("invited_by").order_by("expires_at", "pk")


def invitations_expiring(user: User, *, now: dt.datetime, within: dt.timedelta) -> list[Invitation]:
    """Unanswered invitations of the territories this person coordinates that end soon, or ended within the same time."""
    return list(
        Invitation.objects.visible_to(user)
        .pending()
        .filter(expires_at__lte=now + within, expires_at__gt=now - within)
        .select_related("territory")
        .order_by("expires_at", "pk")
    )


def journal_of(territory: Territory, *, actor: User | None = None, verb: str = "") -> QuerySet[Entry]:
    """The journal of a territory, latest first, with the person of each line."""
    entries = Entry.objects.filter(territory=territory).select_related("actor").order_by("-pk")
    if actor is not None:
        entries = entries.filter(actor=actor)
    if verb:
        entries = entries.filter(verb=verb)
    return entries


def journal_actors(territory: Territory) -> QuerySet[User]:
    """Everybody who did something in this territory."""
    return User.objects.filter(pk__in=Entry.objects.filter(territory=territory).values("actor")).order_by("name", "pk")


def journal_verbs(territory: Territory) -> list[str]:
    return list(Entry.objects.filter(territory=territory).order_by("verb").values_list("verb", flat=True).distinct())
