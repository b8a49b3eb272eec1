"""Invitations: a secret link by mail, its hash in the database, fourteen days, one use."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tissage.core.tokens import TOKEN_BYTES, hash_token
from tissage.people.mail import send_letter
from tissage.people.models import Invitation, Membership, Territory, User, fold_email

from .accounts import create_account
from .journal import record
from .territories import grant_role

VALIDITY = dt.timedelta(days=14)


class AlreadyMember(Exception):
    def __init__(self, email: str) -> None:
        super().__init__(_("%(email)s a déjà un rôle dans ce territoire. Changez-le sur la page des personnes.") % {"email": email})


class InvitationClosed(Exception):
    def __init__(self) -> None:
        super().__init__(_("Cette invitation n’est plus valable : elle a servi, elle a été retirée ou sa date est passée."))


class InvitationForSomebodyElse(Exception):
    def __init__(self, email: str) -> None:
        super().__init__(_("Cette invitation est adressée à %(email)s.") % {"email": email})


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation and its link. The link is known here only: the database keeps a hash of its secret."""

    invitation: Invitation
    link: str


@transaction.atomic
def invite(
    *,
    email: str,
    role: str,
    territory: Territory | None,
    now: dt.datetime,
    by: User | None = None,
    name: str = "",
    makes_administrator: bool = False,
    by_mail: bool = True,
) -> Invited:
    """Invites an address to a role. An invitation of the same address to the same territory that is still open gives way to this one."""
    email = fold_email(email)
    if territory is not None and Membership.objects.open().filter(user__email=email, territory=territory).exists():
        raise AlreadyMember(email)
    Invitation.objects.pending().filter(email=email, territory=territory).update(revoked_at=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        territory=territory,
        email=email,
        name=name.strip(),
        role=role,
        makes_administrator=makes_administrator,
        token_hash=hash_token(token),
        invited_by=by,
        created_at=now,
        expires_at=now + VALIDITY,
    )
    record(verb="people.invite", by=by, territory=territory, on=invitation, fields=[role], now=now)
    return _sent(invitation, token, by_mail=by_mail)


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: User, now: dt.datetime) -> Invited:
    """A new link, good for fourteen days; the former one no longer opens."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.revoked_at:
        raise InvitationClosed
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.token_hash, invitation.expires_at = hash_token(token), now + VALIDITY
    invitation.save(update_fields=["token_hash", "expires_at"])
    record(verb="people.resend_invitation", by=by, territory=invitation.territory, on=invitation, now=now)
    return _sent(invitation, token, by_mail=True)


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User, now: dt.datetime) -> None:
    if not Invitation.objects.pending().filter(pk=invitation.pk).update(revoked_at=now):
        raise InvitationClosed
    record(verb="people.revoke_invitation", by=by, territory=invitation.territory, on=invitation, now=now)


def find_invitation(token: str) -> Invitation | None:
    """The invitation this secret opens, whatever became of it; None for a secret that was never given or was renewed."""
    return Invitation.objects.select_related("territory", "invited_by").filter(token_hash=hash_token(token)).first()


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User, now: dt.datetime) -> Membership | None:
    """A person with an account takes the role offered to their address. None when the invitation names no territory."""
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("territory").get(pk=invitation.pk)
    if not invitation.is_open(now):
        raise InvitationClosed
    if fold_email(user.email) != invitation.email:
        raise InvitationForSomebodyElse(invitation.email)
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    if invitation.makes_administrator and not user.administrator_since:
        user.administrator_since = now
        user.save(update_fields=["administrator_since"])
        record(verb="people.make_administrator", by=None, territory=None, on=user, now=now)
    record(verb="people.accept_invitation", by=user, territory=invitation.territory, on=invitation, now=now)
    if invitation.territory is None:
        return None
    return grant_role(user=user, territory=invitation.territory, role=invitation.role, now=now, by=user)


@transaction.atomic
def join_with_new_account(*, invitation: Invitation, name: str, password: str, now: dt.datetime) -> User:
    """Opens the account of the invited address and takes the role offered to it."""
    if not Invitation.objects.select_for_update().get(pk=invitation.pk).is_open(now):
        raise InvitationClosed
    user = create_account(email=invitation.email, name=name, password=password, now=now)
    user.language = get_language() or settings.LANGUAGE_CODE
    user.save(update_fields=["language"])
    accept_invitation(invitation=invitation, user=user, now=now)
    return user


def _sent(invitation: Invitation, token: str, *, by_mail: bool) -> Invited:
    link = settings.TISSAGE_ORIGIN.rstrip("/") + reverse("people:invitation", args=[token])
    if by_mail:
        language = User.objects.filter(email=invitation.email).values_list("language", flat=True).first()
        send_letter("invitation", to=invitation.email, language=language or get_language(), invitation=invitation, link=link)
    return Invited(invitation, link)
