"""Reads on declarations of conflict of interest: those in force, and those whose subject is on the agenda of a meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils import timezone

from tissage.core.on_the_agenda import is_on_the_agenda
from tissage.network.models import Collective, ConflictDeclaration, Meeting


def conflicts_of(collective: Collective, only: Collection[int] | None = None) -> QuerySet[ConflictDeclaration]:
    """Every declaration of a collective by organisation, the latest first; `only` these organisations' when given."""
    rows = ConflictDeclaration.objects.filter(membership__collective=collective).select_related("membership__organization")
    if only is not None:
        rows = rows.filter(membership__organization__in=only)
    return rows.order_by("membership__organization__search", "-declared_on", "-pk")


def in_force(conflicts: QuerySet[ConflictDeclaration], day: dt.date) -> QuerySet[ConflictDeclaration]:
    """Declared by that day, not ended before it, by a member that still sat."""
    sits = Q(membership__until__isnull=True) | Q(membership__until__gte=day)
    return conflicts.filter(Q(until__isnull=True) | Q(until__gte=day), sits, declared_on__lte=day)


def conflicts_on_the_agenda(meeting: Meeting) -> list[ConflictDeclaration]:
    """Declarations in force on the day of a meeting whose subject its title or agenda names. One query."""
    said = f"{meeting.title}\n{meeting.agenda}"
    day = timezone.localdate(meeting.starts_at)
    return [one for one in in_force(conflicts_of(meeting.collective), day) if is_on_the_agenda(one.subject, said)]
