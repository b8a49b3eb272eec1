"""Writes on accounts, territories and roles. Keyword-only, atomic, journalled, the clock passed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from .models import Entry, Membership, Territory, User


def record(
    *,
    verb: str,
    by: User | None,
    territory: Territory | None,
    now: dt.datetime,
    on: models.Model | None = None,
    fields: Iterable[str] = (),
    numbers: dict[str, int] | None = None,
) -> Entry:
    """Writes one line of the journal: who did what, when, on what.

    `fields` names what changed, never its value; `numbers` holds counts only. Nothing of a participant is ever recorded.
    """
    return Entry.objects.create(
        verb=verb,
        actor=by,
        territory=territory,
        object_type=on._meta.label_lower if on is not None else "",
        object_id=str(on.pk) if on is not None else "",
        object_label=journal_label(on),
        fields=sorted(fields),
        numbers=numbers or {},
        at=now,
    )


def journal_label(on: Any) -> str:
    """How the journal names an object: `journal_label` of the object where its text is a resident's words, else its str."""
    if on is None:
        return ""
    return str(getattr(on, "journal_label", on))[:160]


@transaction.atomic
def create_territory(*, slug: str, name: str, now: dt.datetime, by: User | None = None, **details: Any) -> Territory:
    territory = Territory(slug=slug, name=name, **details)
    territory.full_clean()
    territory.save()
    record(verb="people.create_territory", by=by, territory=territory, on=territory, now=now)
    return territory


@transaction.atomic
def create_account(*, email: str, name: str, password: str | None = None, now: dt.datetime, by: User | None = None) -> User:
    user = User.objects.create_user(email=email, name=name, password=password)
    record(verb="people.create_account", by=by, territory=None, on=user, now=now)
    return user


@transaction.atomic
def grant_role(*, user: User, territory: Territory, role: str, now: dt.datetime, by: User | None = None) -> Membership:
    """Gives a role; a role already open in that territory is closed, so that history stays."""
    Membership.objects.open().filter(user=user, territory=territory).exclude(role=role).update(ended_at=now)
    membership, created = Membership.objects.open().get_or_create(
        user=user, territory=territory, ended_at=None, defaults={"role": role, "since": now}
    )
    if created:
        user.__dict__.pop("_roles", None)
        record(verb="people.grant_role", by=by, territory=territory, on=user, fields=[role], now=now)
    return membership
