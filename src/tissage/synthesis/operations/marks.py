"""Dated marks on a frozen version: discussed, validated by the group."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from tissage.people.models import User
from tissage.people.operations import record
from tissage.synthesis.models import Synthesis

from .refusals import SynthesisRefused


@transaction.atomic
def mark_discussed(*, synthesis: Synthesis, on: dt.date, by: User | None, now: dt.datetime) -> Synthesis:
    """Notes that the version was discussed with the people. Noted again, the date is corrected."""
    _check(synthesis, on, now)
    synthesis.discussed_on = on
    synthesis.save(update_fields=["discussed_on"])
    record(verb="synthesis.mark_discussed", by=by, territory=synthesis.territory, on=synthesis, fields=["discussed_on"], now=now)
    return synthesis


@transaction.atomic
def mark_validated(*, synthesis: Synthesis, on: dt.date, present: int, by: User | None, now: dt.datetime) -> Synthesis:
    """Notes that the people validated the version: when, and how many were present. Noted again, it is corrected."""
    _check(synthesis, on, now)
    if not 1 <= present <= 30_000:
        raise SynthesisRefused(gettext("Indiquez combien de personnes étaient présentes : un nombre entier, au moins 1."))
    if synthesis.discussed_on is not None and on < synthesis.discussed_on:
        raise SynthesisRefused(
            gettext("La validation ne peut pas précéder la discussion du %(date)s.") % {"date": f"{synthesis.discussed_on:%d/%m/%Y}"}
        )
    synthesis.validated_on, synthesis.validated_present = on, present
    synthesis.save(update_fields=["validated_on", "validated_present"])
    record(
        verb="synthesis.mark_validated",
        by=by,
        territory=synthesis.territory,
        on=synthesis,
        fields=["validated_on"],
        numbers={"present": present},
        now=now,
    )
    return synthesis


def _check(synthesis: Synthesis, on: dt.date, now: dt.datetime) -> None:
    if synthesis.frozen_at is None:
        raise SynthesisRefused(gettext("Cette version n’est pas encore figée."))
    if on < timezone.localtime(synthesis.frozen_at).date():
        raise SynthesisRefused(
            gettext("Cette version a été figée le %(date)s : la date ne peut pas être antérieure.")
            % {"date": f"{timezone.localtime(synthesis.frozen_at):%d/%m/%Y}"}
        )
    if on > timezone.localtime(now).date():
        raise SynthesisRefused(gettext("Cette date n’est pas encore passée."))
