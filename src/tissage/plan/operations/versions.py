"""Writes on versions of a plan: what the council voted, what was sent, what was answered. Sent versions are frozen by triggers."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from tissage.network.models import Document
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import ActionVersion, Plan, PlanVersion
from tissage.plan.queries.versions import said_now, stored_form

ACCEPTED = (PlanVersion.Answer.ACCEPTED, PlanVersion.Answer.REMARKS)


class VersionRefused(ValueError):
    """What was asked of a version cannot be; the message says what to do."""


@transaction.atomic
def create_version(*, plan: Plan, reason: str, by: User | None, now: dt.datetime) -> PlanVersion:
    """A new version: every action as the team works with it now, with targets and latest amounts, as plain values.

    One version at a time waits to be sent. Raises `VersionRefused` when one does, without a reason, or without any action.
    """
    Plan.objects.select_for_update(of=("self",)).order_by("pk").get(pk=plan.pk)
    if not reason.strip():
        raise VersionRefused(gettext("Dites pourquoi cette version est faite."))
    if waiting := plan.versions.filter(sent_on__isnull=True).first():
        raise VersionRefused(
            gettext("La version %(number)s n’est pas encore envoyée : mettez-la à jour, ou retirez-la.") % {"number": waiting.number}
        )
    number = (plan.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = PlanVersion.objects.create(plan=plan, number=number, reason=reason.strip(), made_by=by, made_at=now)
    count = _write(version)
    record(verb="plan.create_version", by=by, territory=plan.territory, on=version, numbers={"actions": count}, now=now)
    return version


@transaction.atomic
def retake_version(*, version: PlanVersion, by: User, now: dt.datetime, reason: str | None = None) -> PlanVersion:
    """Takes the actions of a version not sent yet again, as they stand now. Raises `VersionRefused` once it is sent."""
    stored = _waiting(version)
    if reason is not None and reason.strip():
        stored.reason = reason.strip()
    stored.made_by, stored.made_at = by, now
    stored.save(update_fields=["reason", "made_by", "made_at"])
    stored.actions.all().delete()
    count = _write(stored)
    record(verb="plan.retake_version", by=by, territory=stored.territory, on=stored, numbers={"actions": count}, now=now)
    return stored


@transaction.atomic
def drop_version(*, version: PlanVersion, by: User, now: dt.datetime) -> None:
    """Takes away a version that was never sent; the team's work does not move."""
    stored = _waiting(version)
    record(verb="plan.drop_version", by=by, territory=stored.territory, on=stored, now=now)
    stored.actions.all().delete()
    stored.delete()


@transaction.atomic
def send_version(
    *,
    version: PlanVersion,
    sent_on: dt.date,
    by: User | None,
    now: dt.datetime,
    council_on: dt.date | None = None,
    document: Document | None = None,
) -> PlanVersion:
    """The version leaves for the region, with the day of the vote and the deliberation: from here on nothing of it moves."""
    stored = _waiting(version)
    if council_on and council_on > sent_on:
        raise VersionRefused(gettext("L’envoi vient après le vote."))
    if not stored.actions.exists():
        raise VersionRefused(gettext("Cette version ne contient aucune action."))
    stored.council_on, stored.sent_on, stored.document = council_on, sent_on, document or stored.document
    stored.save(update_fields=["council_on", "sent_on", "document"])
    record(verb="plan.send_version", by=by, territory=stored.territory, on=stored, now=now)
    version.refresh_from_db()
    return stored


@transaction.atomic
def record_answer(
    *,
    version: PlanVersion,
    answer: str,
    answered_on: dt.date,
    by: User | None,
    now: dt.datetime,
    effective_from: dt.date | None = None,
    remarks: str = "",
) -> PlanVersion:
    """What the region answered, and from when an accepted version is in force. Can be corrected. Raises `VersionRefused`."""
    stored = _locked(version)
    if stored.sent_on is None:
        raise VersionRefused(gettext("Cette version n’est pas encore envoyée."))
    if answer not in PlanVersion.Answer.values or not answer:
        raise VersionRefused(gettext("Dites ce que la réponse est."))
    if answered_on < stored.sent_on:
        raise VersionRefused(gettext("La réponse vient après l’envoi."))
    if answer in ACCEPTED and effective_from is None:
        raise VersionRefused(gettext("Une version acceptée a une date d’effet : dites à partir de quand elle est en vigueur."))
    if answer not in ACCEPTED:
        effective_from = None
    wanted = {"answer": answer, "answered_on": answered_on, "effective_from": effective_from, "remarks": remarks.strip()}
    changed = [name for name, value in wanted.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, wanted[name])
    if changed:
        stored.save(update_fields=changed)
        record(verb="plan.record_answer", by=by, territory=stored.territory, on=stored, fields=changed, now=now)
    version.refresh_from_db()
    return stored


def _locked(version: PlanVersion) -> PlanVersion:
    return PlanVersion.objects.select_for_update(of=("self",)).select_related("plan__territory").order_by("pk").get(pk=version.pk)


def _waiting(version: PlanVersion) -> PlanVersion:
    stored = _locked(version)
    if stored.sent_on is not None:
        raise VersionRefused(gettext("Cette version est envoyée : elle ne change plus. Faites une nouvelle version."))
    return stored


def _write(version: PlanVersion) -> int:
    said = said_now(version.plan)
    if not said:
        raise VersionRefused(gettext("Ce plan n’a pas encore d’action : il n’y a rien à mettre dans une version."))
    ActionVersion.objects.bulk_create(ActionVersion(version=version, **stored_form(one)) for one in said)
    return len(said)
