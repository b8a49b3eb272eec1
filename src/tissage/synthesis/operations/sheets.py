"""Handing a group its sheet, on paper or by a link that it accepted."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction
from django.utils import timezone

from tissage.people.models import User
from tissage.people.operations import record
from tissage.synthesis.models import SheetLink
from tissage.voices.models import Workshop

TOKEN_BYTES = 16
"""128 bits: nobody finds a link by trying."""
DAYS_OPEN = 90


@transaction.atomic
def note_workshop_sheet(*, workshop: Workshop, criteria: int, expressions: int, by: User, now: dt.datetime) -> None:
    """Notes that somebody took the sheet of a workshop to hand it to the group."""
    numbers = {"criteria": criteria, "expressions": expressions}
    record(
        verb="synthesis.export_workshop_sheet", by=by, territory=workshop.territory, on=workshop, fields=["pdf"], numbers=numbers, now=now
    )


@transaction.atomic
def open_sheet_link(*, workshop: Workshop, by: User, now: dt.datetime, days: int = DAYS_OPEN) -> SheetLink:
    """A new secret address, which the group accepted; one that was there is closed. `days` counts from today, today included."""
    SheetLink.objects.filter(workshop=workshop, revoked_at__isnull=True).update(revoked_at=now)
    link = SheetLink.objects.create(
        workshop=workshop,
        token=secrets.token_urlsafe(TOKEN_BYTES),
        made_by=by,
        made_at=now,
        expires_on=timezone.localtime(now).date() + dt.timedelta(days=days),
    )
    record(verb="synthesis.open_sheet_link", by=by, territory=workshop.territory, on=link, numbers={"days": days}, now=now)
    return link


@transaction.atomic
def revoke_sheet_link(*, link: SheetLink, by: User, now: dt.datetime) -> SheetLink:
    """From now on the address says that it is closed. Asked twice, it is nothing new."""
    link = SheetLink.objects.select_for_update().get(pk=link.pk)
    if link.revoked_at is None:
        link.revoked_at = now
        link.save(update_fields=["revoked_at"])
        record(verb="synthesis.revoke_sheet_link", by=by, territory=link.workshop.territory, on=link, now=now)
    return link
