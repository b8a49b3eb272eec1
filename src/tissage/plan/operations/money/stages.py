"""Stages of a budget: the initial one, then its amendments, in the order of their votes."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext

from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import BudgetStage, Plan

from .refusals import MoneyRefused, year_of_plan


def stage_label(number: int) -> str:
    """« Budget initial », « Modification budgétaire 1 »."""
    return gettext("Modification budgétaire %(number)s") % {"number": number} if number else gettext("Budget initial")


@transaction.atomic
def create_stage(*, plan: Plan, year: int, by: User, now: dt.datetime, label: str = "", voted_on: dt.date | None = None) -> BudgetStage:
    """The next stage of the year: the initial budget, then amendments 1, 2… Raises `MoneyRefused` for a vote before the one it amends."""
    year_of_plan(plan, year)
    Plan.objects.select_for_update(of=("self",)).order_by("pk").get(pk=plan.pk)  # two new amendments do not take the same number
    last = latest_stage(plan, year)
    number = 0 if last is None else last.number + 1
    stage = BudgetStage(plan=plan, year=year, number=number, label=label.strip() or stage_label(number), voted_on=voted_on)
    _in_order(stage)
    stage.save()
    record(verb="plan.create_stage", by=by, territory=plan.territory, on=stage, now=now)
    return stage


@transaction.atomic
def change_stage(*, stage: BudgetStage, label: str, voted_on: dt.date | None, by: User, now: dt.datetime) -> list[str]:
    """Gives the names of the fields that changed. Raises `MoneyRefused` for a vote out of order."""
    stored = BudgetStage.objects.select_for_update(of=("self",)).select_related("plan__territory").order_by("pk").get(pk=stage.pk)
    values = {"label": label.strip() or stage_label(stored.number), "voted_on": voted_on}
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, values[name])
    if changed:
        _in_order(stored)
        stored.save(update_fields=changed)
        record(verb="plan.change_stage", by=by, territory=stored.plan.territory, on=stored, fields=changed, now=now)
    return changed


@transaction.atomic
def remove_stage(*, stage: BudgetStage, by: User, now: dt.datetime) -> None:
    """Takes away the last stage of a year, with what it says. Raises `MoneyRefused` when a later one stands on it, or once it was voted."""
    stored = BudgetStage.objects.select_for_update(of=("self",)).select_related("plan__territory").order_by("pk").get(pk=stage.pk)
    if BudgetStage.objects.filter(plan=stored.plan, year=stored.year, number__gt=stored.number).exists():
        raise MoneyRefused(gettext("Une étape plus récente s’appuie sur celle-ci : retirez d’abord la plus récente."))
    if stored.voted_on is not None:
        raise MoneyRefused(gettext("Cette étape a été votée : elle reste. Une nouvelle modification budgétaire peut la corriger."))
    counts = {"amounts": stored.amounts.count(), "allocations": stored.allocations.count()}
    record(verb="plan.remove_stage", by=by, territory=stored.plan.territory, on=stored, numbers=counts, now=now)
    stored.delete()


def latest_stage(plan: Plan, year: int) -> BudgetStage | None:
    return BudgetStage.objects.filter(plan=plan, year=year).order_by("-number").first()


def stage_to_write(plan: Plan, year: int, *, by: User, now: dt.datetime) -> BudgetStage:
    """The latest stage of the year; the initial one is opened when there is none."""
    return latest_stage(plan, year) or create_stage(plan=plan, year=year, by=by, now=now)


def _in_order(stage: BudgetStage) -> None:
    """Votes follow the numbers of the stages."""
    if stage.voted_on is None:
        return
    others = BudgetStage.objects.filter(plan=stage.plan, year=stage.year, voted_on__isnull=False)
    if (before := others.filter(number__lt=stage.number, voted_on__gt=stage.voted_on).order_by("number").first()) is not None:
        raise MoneyRefused(
            gettext("« %(label)s » a été votée le %(day)s, plus tard : vérifiez la date.")
            % {"label": before.label, "day": f"{before.voted_on:%d/%m/%Y}"},
            "voted_on",
        )
    if (after := others.filter(number__gt=stage.number, voted_on__lt=stage.voted_on).order_by("number").first()) is not None:
        raise MoneyRefused(
            gettext("« %(label)s », qui vient après, a été votée le %(day)s : vérifiez la date.")
            % {"label": after.label, "day": f"{after.voted_on:%d/%m/%Y}"},
            "voted_on",
        )
