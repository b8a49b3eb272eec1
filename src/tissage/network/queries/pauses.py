"""Whether the public forms of a territory rest."""

from __future__ import annotations

import datetime as dt

from tissage.network.models import FormsPause
from tissage.people.models import Territory


def forms_paused(territory: Territory, now: dt.datetime) -> FormsPause | None:
    """The pause under which public forms take nothing; None when they are open. It ends by itself at its hour."""
    return FormsPause.objects.filter(territory=territory, ended_at__isnull=True, since__lte=now, until__gt=now).first()


def last_pauses(territory: Territory, most: int = 5) -> list[FormsPause]:
    """The latest pauses, the latest first."""
    return list(FormsPause.objects.filter(territory=territory).select_related("by").order_by("-since", "-pk")[:most])
