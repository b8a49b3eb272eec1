"""The secret address of an organisation's own calendar: drawn, drawn again, closed."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction

from tissage.agenda.models import AgendaFeed
from tissage.core.tokens import TOKEN_BYTES, hash_token
from tissage.network.models import Organization
from tissage.people.models import User
from tissage.people.operations import record


@transaction.atomic
def draw_agenda_feed(*, organization: Organization, by: User, now: dt.datetime) -> str:
    """A new secret, shown once; the one before opens nothing any more."""
    Organization.objects.select_for_update(of=("self",)).order_by("pk").get(pk=organization.pk)
    AgendaFeed.objects.filter(organization=organization, revoked_at__isnull=True).update(revoked_at=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    AgendaFeed.objects.create(organization=organization, token_hash=hash_token(token), made_by=by, made_at=now)
    record(verb="agenda.draw_agenda_feed", by=by, territory=organization.territory, on=organization, now=now)
    return token


@transaction.atomic
def revoke_agenda_feed(*, organization: Organization, by: User, now: dt.datetime) -> bool:
    """Closes the address; says whether one was open."""
    closed = AgendaFeed.objects.filter(organization=organization, revoked_at__isnull=True).update(revoked_at=now)
    if closed:
        record(verb="agenda.revoke_agenda_feed", by=by, territory=organization.territory, on=organization, now=now)
    return bool(closed)
