"""Which version a territory codes with."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from tissage.frameworks.models import FrameworkChoice, FrameworkVersion
from tissage.people.models import Territory, User
from tissage.people.operations import record


class DraftNotChosen(ValueError):
    """A draft may still change: a territory codes with published versions only."""


@transaction.atomic
def choose_version(*, territory: Territory, version: FrameworkVersion, now: dt.datetime, by: User | None = None) -> FrameworkChoice:
    """Makes this version the one the territory codes with from now on. Stored codes are never rewritten."""
    if version.is_draft:
        raise DraftNotChosen(_("La version « %(label)s » n’est pas publiée. Choisissez une version publiée.") % {"label": version.label})
    Territory.objects.select_for_update().get(pk=territory.pk)  # two people choosing at once: one after the other
    open_choices = FrameworkChoice.objects.filter(territory=territory, ended_at__isnull=True, version__framework=version.framework)
    open_choices.exclude(version=version).update(ended_at=now)
    choice, created = FrameworkChoice.objects.get_or_create(
        territory=territory, version=version, ended_at=None, defaults={"chosen_at": now}
    )
    if created:
        record(verb="frameworks.choose_version", by=by, territory=territory, on=version, now=now)
    return choice
