"""A year is frozen, and reopened with a reason. What was frozen stays; the next version says what changed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from tissage.core.plan_changes import changes
from tissage.core.plan_year import YearData, as_json, checksum, from_json
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Plan
from tissage.reports.documents.words import euros, number
from tissage.reports.models import FrozenYear
from tissage.reports.queries.lacks import lacks_of
from tissage.reports.queries.year_data import LANGUAGE, gather


class FreezingRefused(ValueError):
    """What was asked of a year cannot be; the message says why and what to do."""


@transaction.atomic
def freeze_year(*, plan: Plan, year: int, by: User | None, now: dt.datetime) -> FrozenYear:
    """Keeps the year as it stands, as the next version. What is incomplete does not stop it: it is listed with who owes it.

    Raises `FreezingRefused` for a year out of the plan, one that is not begun, or one that is frozen already.
    """
    if year not in plan.years:
        raise FreezingRefused(_("L’année %(year)s n’est pas dans la période de ce plan.") % {"year": year})
    if year > now.year:
        raise FreezingRefused(_("L’année %(year)s n’a pas commencé : il n’y a rien à arrêter.") % {"year": year})
    Plan.objects.select_for_update(of=("self",)).order_by("pk").get(pk=plan.pk)  # one version at a time
    versions = FrozenYear.objects.filter(plan=plan, year=year)
    if versions.filter(reopened_at__isnull=True).exists():
        raise FreezingRefused(_("L’année %(year)s est déjà arrêtée. Rouvrez-la pour la corriger.") % {"year": year})
    before = versions.order_by("-number").first()
    data = gather(plan, year)
    written = as_json(data)
    with override(LANGUAGE):
        missing = [{"what": one.what, "owed_by": one.owed_by, "url": one.url} for one in lacks_of(plan, year)]
        difference = list(changes(year_of(before), data, euros=euros, number=number)) if before else []
    frozen = FrozenYear.objects.create(
        plan=plan,
        year=year,
        number=(versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        data=written,
        missing=missing,
        difference=difference,
        sha256=checksum(written),
        frozen_at=now,
        frozen_by=by,
    )
    record(
        verb="reports.freeze_year",
        by=by,
        territory=plan.territory,
        on=frozen,
        numbers={"actions": len(data.actions), "missing": len(missing), "changes": len(difference)},
        now=now,
    )
    return frozen


@transaction.atomic
def reopen_year(*, frozen: FrozenYear, reason: str, by: User, now: dt.datetime) -> FrozenYear:
    """Opens the year again, for a reason that is kept. Documents issued from this version stay as they are.

    Raises `FreezingRefused` without a reason, and when it is open already.
    """
    reason = reason.strip()
    if not reason:
        raise FreezingRefused(_("Dites pourquoi l’année est rouverte : la raison reste dans le registre."))
    stored = FrozenYear.objects.select_for_update(of=("self",)).order_by("pk").get(pk=frozen.pk)
    if stored.reopened_at is not None:
        raise FreezingRefused(_("Cette version est déjà rouverte."))
    stored.reopened_at, stored.reopened_by, stored.reopen_reason = now, by, reason[:300]
    stored.save(update_fields=["reopened_at", "reopened_by", "reopen_reason"])
    record(verb="reports.reopen_year", by=by, territory=stored.territory, on=stored, fields=["reopened_at", "reopen_reason"], now=now)
    frozen.refresh_from_db()
    return stored


def year_of(frozen: FrozenYear) -> YearData:
    """The data of a frozen year as a value."""
    return from_json(YearData, frozen.data)


def is_intact(frozen: FrozenYear) -> bool:
    """Whether the data still have the checksum written when they were frozen."""
    return checksum(frozen.data) == frozen.sha256
