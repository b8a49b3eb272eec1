"""The secret address of a person's calendar of a plan: drawn, drawn again, closed. Only its hash is kept."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction

from tissage.core.tokens import TOKEN_BYTES, hash_token
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import CalendarFeed, Plan


@transaction.atomic
def draw_feed(*, plan: Plan, user: User, now: dt.datetime) -> str:
    """A new secret for this person's calendar of the plan; the former one opens nothing any more. The secret is given once, here."""
    Plan.objects.select_for_update(of=("self",)).order_by("pk").get(pk=plan.pk)  # two clicks at once: one open address
    CalendarFeed.objects.filter(plan=plan, user=user, revoked_at__isnull=True).update(revoked_at=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.create(plan=plan, user=user, token_hash=hash_token(token), made_at=now)
    record(verb="plan.draw_feed", by=user, territory=plan.territory, on=plan, now=now)
    return token


@transaction.atomic
def revoke_feed(*, plan: Plan, user: User, now: dt.datetime) -> bool:
    """Closes the address of this person; False when none was open."""
    closed = CalendarFeed.objects.filter(plan=plan, user=user, revoked_at__isnull=True).update(revoked_at=now)
    if closed:
        record(verb="plan.revoke_feed", by=user, territory=plan.territory, on=plan, now=now)
    return bool(closed)
