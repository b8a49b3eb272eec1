"""The money side of agreements: the actions they serve, instalments, proofs judged, money claimed back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tissage.network.models import Agreement, Document
from tissage.network.operations.agreements import AgreementRefused, Party, change_agreement, create_agreement
from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.plan.models import Action, AgreementAction, Clawback, Instalment, Proof
from tissage.plan.queries.agreements import account_of
from tissage.ui.templatetags.tissage import euros


class ProofRefused(ValueError):
    """An amount or a state that does not fit the agreement. The message says what to do."""


@transaction.atomic
def create_plan_agreement(
    *, territory: Territory, actions: Mapping[Action, Decimal | None], parties: Iterable[Party], by: User, now: dt.datetime, **details: Any
) -> Agreement:
    """A draft that serves actions of a plan. Amounts by action, when all are said, total the agreement's. Raises `AgreementRefused`."""
    _must_total(actions, details.get("amount"))
    made = create_agreement(territory=territory, parties=parties, by=by, now=now, **details)
    _write_actions(made, actions)
    return made


@transaction.atomic
def change_plan_agreement(
    *, agreement: Agreement, actions: Mapping[Action, Decimal | None], parties: Iterable[Party], by: User, now: dt.datetime, **details: Any
) -> Agreement:
    """Changes a draft and the actions it serves. Raises `AgreementRefused`."""
    _must_total(actions, details.get("amount"))
    found = change_agreement(agreement=agreement, parties=parties, by=by, now=now, **details)
    _write_actions(found, actions)
    return found


def _must_total(actions: Mapping[Action, Decimal | None], amount: Decimal | None) -> None:
    if not actions:
        raise AgreementRefused(_("Dites au moins une action que cette convention sert."))
    parts = [part for part in actions.values() if part is not None]
    if amount is not None and (sum(parts) > amount or (len(parts) == len(actions) and sum(parts) != amount)):
        raise AgreementRefused(
            _("Les montants par action font %(sum)s €, la convention %(amount)s €. Corrigez l’un ou l’autre, ou laissez une part vide.")
            % {"sum": f"{sum(parts):.2f}".replace(".", ","), "amount": f"{amount:.2f}".replace(".", ",")}
        )


def _write_actions(agreement: Agreement, actions: Mapping[Action, Decimal | None]) -> None:
    AgreementAction.objects.filter(agreement=agreement).delete()
    AgreementAction.objects.bulk_create(
        AgreementAction(agreement=agreement, action=action, amount=part) for action, part in actions.items()
    )


@transaction.atomic
def add_instalment(
    *, agreement: Agreement, due_on: dt.date, amount: Decimal, by: User, now: dt.datetime, condition: str = ""
) -> Instalment:
    """Foresees a payment; instalments never total more than the agreement. Raises `AgreementRefused`."""
    found = _locked(agreement)
    account = account_of(found)
    if found.amount is not None and account.planned + amount > found.amount:
        raise AgreementRefused(
            _("Les tranches feraient %(sum)s, plus que la convention (%(amount)s). Faites d’abord un avenant.")
            % {"sum": euros(account.planned + amount), "amount": euros(found.amount)}
        )
    last = Instalment.objects.filter(agreement=found).aggregate(last=Max("number"))["last"] or 0
    made = Instalment.objects.create(agreement=found, number=last + 1, due_on=due_on, amount=amount, condition=condition)
    record(verb="plan.add_instalment", by=by, territory=found.territory, on=found, now=now)
    return made


@transaction.atomic
def pay_instalment(*, instalment: Instalment, paid_on: dt.date | None, by: User, now: dt.datetime) -> Instalment:
    """Notes that a tranche was paid, or takes the date back (None). Nothing is paid before every party has signed. Raises `AgreementRefused`."""
    agreement = _locked(instalment.agreement)
    if paid_on is not None:
        if agreement.status == Agreement.Status.DRAFT:
            raise AgreementRefused(_("Rien ne se paie avant que toutes les parties aient signé."))
        if agreement.status == Agreement.Status.SUSPENDED:
            raise AgreementRefused(_("Cette convention est suspendue : reprenez-la avant de payer."))
        if paid_on > now.date():
            raise AgreementRefused(_("Un paiement ne peut pas être daté du futur."))
    instalment.paid_on = paid_on
    instalment.save(update_fields=["paid_on"])
    record(verb="plan.pay_instalment" if paid_on else "plan.take_payment_back", by=by, territory=agreement.territory, on=agreement, now=now)
    return instalment


@transaction.atomic
def remove_instalment(*, instalment: Instalment, by: User, now: dt.datetime) -> None:
    """Removes a tranche that was not paid. Raises `AgreementRefused`."""
    agreement = _locked(instalment.agreement)
    if instalment.paid_on is not None:
        raise AgreementRefused(_("Cette tranche est payée : elle reste."))
    record(verb="plan.remove_instalment", by=by, territory=agreement.territory, on=agreement, now=now)
    instalment.delete()


@transaction.atomic
def submit_proof(
    *,
    agreement: Agreement,
    title: str,
    submitted: Decimal,
    submitted_on: dt.date,
    now: dt.datetime,
    by: User | None,
    document: Document | None = None,
) -> Proof:
    """A justification of use, that waits for a decision."""
    made = Proof.objects.create(agreement=agreement, title=title, submitted=submitted, submitted_on=submitted_on, document=document)
    record(verb="plan.submit_proof", by=by, territory=agreement.territory, on=agreement, now=now)
    return made


@transaction.atomic
def judge_proof(*, proof: Proof, accepted: Decimal, by: User, now: dt.datetime, reason: str = "") -> Proof:
    """Accepts a proof for an amount: all of it, a part, or nothing; less than all needs a reason. Raises `ProofRefused`."""
    agreement = _locked(proof.agreement)
    found = Proof.objects.select_for_update(of=("self",)).order_by("pk").get(pk=proof.pk)
    if not 0 <= accepted <= found.submitted:
        raise ProofRefused(_("Le montant accepté va de 0 à %(amount)s, le montant présenté.") % {"amount": euros(found.submitted)})
    if accepted < found.submitted and not reason.strip():
        raise ProofRefused(_("Dites pourquoi une partie est refusée : le partenaire doit pouvoir corriger."))
    found.state = Proof.State.ACCEPTED if accepted == found.submitted else Proof.State.PARTLY if accepted else Proof.State.REFUSED
    found.accepted, found.reason, found.decided_on, found.decided_by = accepted, reason.strip(), now.date(), by
    found.save()
    record(verb="plan.judge_proof", by=by, territory=agreement.territory, on=agreement, fields=[found.state], now=now)
    return found


@transaction.atomic
def claim_back(
    *, agreement: Agreement, reason: str, amount: Decimal, asked_on: dt.date, by: User, now: dt.datetime, note: str = ""
) -> Clawback:
    """Asks money back, never more than what was paid and is not justified. Raises `AgreementRefused`."""
    found = _locked(agreement)
    account = account_of(found)
    if amount > account.may_claim:
        raise AgreementRefused(
            _("Il reste %(amount)s payés et non justifiés : on ne peut pas réclamer davantage.") % {"amount": euros(account.may_claim)}
        )
    made = Clawback.objects.create(agreement=found, reason=reason, note=note, amount=amount, asked_on=asked_on)
    record(verb="plan.claim_back", by=by, territory=found.territory, on=found, now=now)
    return made


@transaction.atomic
def close_clawback(*, clawback: Clawback, on: dt.date, received: bool, by: User, now: dt.datetime) -> Clawback:
    """Notes that the money came back, or that it is no longer asked."""
    agreement = _locked(clawback.agreement)
    if received:
        clawback.received_on = on
    else:
        clawback.dropped_on = on
    clawback.save(update_fields=["received_on", "dropped_on"])
    verb = "plan.clawback_received" if received else "plan.clawback_dropped"
    record(verb=verb, by=by, territory=agreement.territory, on=agreement, now=now)
    return clawback


def _locked(agreement: Agreement) -> Agreement:
    locked: Agreement = Agreement.objects.select_for_update(of=("self",)).select_related("territory").order_by("pk").get(pk=agreement.pk)
    return locked
