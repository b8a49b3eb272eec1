"""Writes on agreements: parties and their dated signatures, states, numbered amendments. The money they carry is the plan's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tissage.core.agreements import may_follow
from tissage.network.models import Agreement, AgreementParty, Amendment, Document, Organization
from tissage.people.models import Territory, User
from tissage.people.operations import record

AMENDED = ("ends_on", "amount", "notice_days", "renewal", "purpose")
"""What an amendment may change; parties and the beginning make another agreement."""


class AgreementRefused(ValueError):
    """What was asked does not fit the state of the agreement. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Party:
    organization: Organization
    signatory: str = ""
    receives: bool = False


@transaction.atomic
def create_agreement(
    *, territory: Territory, title: str, starts_on: dt.date, parties: Iterable[Party], by: User, now: dt.datetime, **details: Any
) -> Agreement:
    """A draft between at least two parties. Raises `AgreementRefused`."""
    made = Agreement.objects.create(territory=territory, title=title, starts_on=starts_on, **details)
    _write_parties(made, list(parties))
    record(verb="network.create_agreement", by=by, territory=territory, on=made, now=now)
    return made


@transaction.atomic
def change_agreement(*, agreement: Agreement, parties: Iterable[Party], by: User, now: dt.datetime, **details: Any) -> Agreement:
    """Changes a draft that nobody signed. Raises `AgreementRefused`: what was signed changes by an amendment."""
    found = _locked(agreement)
    if found.status != Agreement.Status.DRAFT or found.parties.filter(signed_on__isnull=False).exists():
        raise AgreementRefused(_("Cette convention est déjà signée par une partie : elle ne change plus que par un avenant."))
    changed = {name for name, value in details.items() if getattr(found, name) != value}
    for name in changed:
        setattr(found, name, details[name])
    found.save()
    wanted = list(parties)
    if [(one.organization_id, one.signatory, one.receives) for one in found.parties.order_by("pk")] != [
        (one.organization.pk, one.signatory, one.receives) for one in wanted
    ]:
        _write_parties(found, wanted)
        changed.add("parties")
    if changed:
        record(verb="network.change_agreement", by=by, territory=found.territory, on=found, fields=changed, now=now)
    return found


def _write_parties(agreement: Agreement, parties: list[Party]) -> None:
    if len({one.organization.pk for one in parties}) < 2:
        raise AgreementRefused(_("Une convention lie au moins deux parties différentes. Ajoutez-en une."))
    agreement.parties.all().delete()
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, organization=one.organization, signatory=one.signatory, receives=one.receives)
        for one in parties
    )


@transaction.atomic
def sign_for_party(*, party: AgreementParty, signed_on: dt.date, by: User, now: dt.datetime) -> Agreement:
    """Dates the signature of a party; with the last one the agreement is signed. Raises `AgreementRefused`."""
    agreement = _locked(party.agreement)
    if agreement.status != Agreement.Status.DRAFT:
        raise AgreementRefused(_("Cette convention n’est plus un projet : les signatures sont complètes."))
    if signed_on > now.date():
        raise AgreementRefused(_("Une signature ne peut pas être datée du futur."))
    agreement.parties.filter(pk=party.pk).update(signed_on=signed_on)
    record(verb="network.sign_agreement", by=by, territory=agreement.territory, on=agreement, now=now)
    if not agreement.parties.filter(signed_on__isnull=True).exists():
        agreement.status = Agreement.Status.SIGNED
        agreement.save(update_fields=["status"])
        record(verb="network.agreement_is_signed", by=by, territory=agreement.territory, on=agreement, now=now)
    return agreement


@transaction.atomic
def take_signature_back(*, party: AgreementParty, by: User, now: dt.datetime) -> Agreement:
    """Undoes a date typed by mistake, while the agreement is a draft. Raises `AgreementRefused`."""
    agreement = _locked(party.agreement)
    if agreement.status != Agreement.Status.DRAFT:
        raise AgreementRefused(_("Toutes les parties ont signé : la convention est en vigueur, une signature ne se retire plus."))
    agreement.parties.filter(pk=party.pk).update(signed_on=None)
    record(verb="network.take_signature_back", by=by, territory=agreement.territory, on=agreement, now=now)
    return agreement


@transaction.atomic
def move_agreement(
    *, agreement: Agreement, status: str, by: User, now: dt.datetime, reason: str = "", document: Document | None = None
) -> Agreement:
    """Suspends, resumes, ends or terminates. Terminating needs a reason and a document. Raises `AgreementRefused`."""
    found = _locked(agreement)
    if found.status == Agreement.Status.DRAFT or not may_follow(found.status, status):
        raise AgreementRefused(
            _("Une convention « %(before)s » ne peut pas devenir « %(after)s ».")
            % {"before": found.get_status_display(), "after": Agreement.Status(status).label}
        )
    if status == Agreement.Status.TERMINATED and (document is None or not reason.strip()):
        raise AgreementRefused(_("Résilier demande un motif et la pièce qui le montre. Joignez la lettre ou la décision."))
    found.status, found.ended_reason = status, reason.strip()
    if document is not None:
        Amendment.objects.create(
            agreement=found,
            number=_next_number(found),
            text=reason.strip(),
            changes={"status": status},
            signed_on=now.date(),
            document=document,
        )
    found.save(update_fields=["status", "ended_reason"])
    record(verb=f"network.agreement_{status}", by=by, territory=found.territory, on=found, now=now)
    return found


@transaction.atomic
def amend_agreement(
    *, agreement: Agreement, text: str, signed_on: dt.date, by: User, now: dt.datetime, document: Document | None = None, **changes: Any
) -> Amendment:
    """A numbered amendment that changes some of `AMENDED`, and keeps what stood before. Raises `AgreementRefused`."""
    found = _locked(agreement)
    if found.status not in (Agreement.Status.SIGNED, Agreement.Status.SUSPENDED):
        raise AgreementRefused(
            _("Un avenant change une convention signée. Un projet se modifie directement ; une convention finie ne change plus.")
        )
    before = {name: getattr(found, name) for name in changes if name in AMENDED and getattr(found, name) != changes[name]}
    for name in before:
        setattr(found, name, changes[name])
    if found.ends_on is not None and found.ends_on < found.starts_on:
        raise AgreementRefused(_("La fin ne peut pas précéder le début de la convention."))
    found.save()
    amendment = Amendment.objects.create(
        agreement=found,
        number=_next_number(found),
        text=text,
        changes={name: {"before": _as_text(value), "after": _as_text(changes[name])} for name, value in before.items()},
        signed_on=signed_on,
        document=document,
    )
    record(verb="network.amend_agreement", by=by, territory=found.territory, on=found, fields=before, now=now)
    return amendment


def _next_number(agreement: Agreement) -> int:
    return (agreement.amendments.aggregate(last=Max("number"))["last"] or 0) + 1


def _as_text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return "" if value is None else str(value)


def _locked(agreement: Agreement) -> Agreement:
    locked: Agreement = Agreement.objects.select_for_update(of=("self",)).select_related("territory").order_by("pk").get(pk=agreement.pk)
    return locked
