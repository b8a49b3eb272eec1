"""Writes on declarations of conflict of interest: made by the member itself or by the team, ended with a date."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tissage.network.models import CollectiveMembership, ConflictDeclaration
from tissage.people.models import User
from tissage.people.operations import record


class ConflictRefused(ValueError):
    """What was asked does not fit the membership or the declaration. The message says why."""


@transaction.atomic
def declare_conflict(
    *, membership: CollectiveMembership, subject: str, declared_on: dt.date, handled_how: str, by: User, now: dt.datetime
) -> ConflictDeclaration:
    """A member says where it is judge and party, and how that is handled. Raises `ConflictRefused` once it left."""
    if membership.until is not None:
        raise ConflictRefused(_("Cette organisation ne siège plus."))
    made = ConflictDeclaration.objects.create(membership=membership, subject=subject, declared_on=declared_on, handled_how=handled_how)
    _record("network.declare_conflict", made, by, now)
    return made


@transaction.atomic
def end_conflict(*, conflict: ConflictDeclaration, on: dt.date, by: User, now: dt.datetime) -> None:
    """It is over from a day on; the declaration is kept. Raises `ConflictRefused`."""
    if conflict.until is not None:
        raise ConflictRefused(_("Cette déclaration a déjà pris fin."))
    if on < conflict.declared_on:
        raise ConflictRefused(
            _("Elle date du %(date)s : elle ne peut pas finir avant.") % {"date": date_format(conflict.declared_on, "j F Y")}
        )
    conflict.until = on
    conflict.save(update_fields=["until"])
    _record("network.end_conflict", conflict, by, now)


def _record(verb: str, conflict: ConflictDeclaration, by: User, now: dt.datetime) -> None:
    """On the collective: what a member declares is for its chair."""
    collective = conflict.membership.collective
    record(verb=verb, by=by, territory=collective.territory, on=collective, now=now)
