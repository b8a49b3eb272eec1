"""Puts the public forms of a territory to rest for a time, and opens them again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from tissage.network.models import FormsPause
from tissage.people.models import Territory, User
from tissage.people.operations import record

LONGEST = dt.timedelta(days=366)


class PauseRefused(ValueError):
    """Why forms do not rest, in words for the user."""


@transaction.atomic
def pause_forms(*, territory: Territory, until: dt.datetime, reason: str = "", by: User, now: dt.datetime) -> FormsPause:
    """Public forms take nothing until a moment, and say `reason`. A pause already there gives way. Raises `PauseRefused`."""
    if until <= now:
        raise PauseRefused(_("Ce moment est déjà passé. Choisissez un moment à venir."))
    if until > now + LONGEST:
        raise PauseRefused(_("Une pause dure un an au plus. Choisissez un moment plus proche."))
    _end(territory, now)
    made = FormsPause.objects.create(territory=territory, until=until, reason=" ".join(reason.split()), by=by, since=now)
    record(verb="network.pause_forms", by=by, territory=territory, on=territory, now=now)
    return made


@transaction.atomic
def resume_forms(*, territory: Territory, by: User, now: dt.datetime) -> bool:
    """Opens public forms again; gives whether they rested."""
    rested = any(pause.until > now for pause in _end(territory, now))
    if rested:
        record(verb="network.resume_forms", by=by, territory=territory, on=territory, now=now)
    return rested


def _end(territory: Territory, now: dt.datetime) -> list[FormsPause]:
    """Ends what is open, at its own hour when that has passed."""
    Territory.objects.select_for_update(of=("self",)).order_by("pk").get(pk=territory.pk)
    open_ones = list(FormsPause.objects.filter(territory=territory, ended_at__isnull=True).order_by("pk"))
    for pause in open_ones:
        pause.ended_at = min(pause.until, now)
        pause.save(update_fields=["ended_at"])
    return open_ones
