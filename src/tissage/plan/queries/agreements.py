"""Agreements of a plan: what each says, where its money stands, what it calls for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from tissage.core.agreements import Account, Warning, account, warning_on
from tissage.network.models import Agreement, AgreementParty, Amendment, Organization
from tissage.plan.models import Action, AgreementAction, Clawback, Instalment, Plan, Proof


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One agreement as a list shows it. `receivers` are the parties that get the help; `unsigned` those that have not dated a signature."""

    agreement: Agreement
    parties: tuple[AgreementParty, ...]
    actions: tuple[AgreementAction, ...]
    account: Account
    warning: Warning | None
    proofs_waiting: int

    @property
    def receivers(self) -> str:
        named = [party for party in self.parties if party.receives] or list(self.parties)
        return ", ".join(str(party.organization) for party in named)

    @property
    def unsigned(self) -> int:
        return sum(party.signed_on is None for party in self.parties)


def agreements_of(plan: Plan) -> QuerySet[Agreement]:
    """Agreements that serve an action of this plan."""
    serving = AgreementAction.objects.filter(action__plan=plan).values("agreement")
    return Agreement.objects.filter(pk__in=serving).select_related("territory", "document").order_by("-starts_on", "title", "pk")


def agreement_lines(agreements: Iterable[Agreement], *, today: dt.date) -> list[AgreementLine]:
    """Each with its parties, actions and account, in six queries whatever their number."""
    found = list(agreements)
    keys = [agreement.pk for agreement in found]
    parties: dict[int, list[AgreementParty]] = defaultdict(list)
    for party in (
        AgreementParty.objects.filter(agreement__in=keys).select_related("organization").order_by("receives", "organization__search", "pk")
    ):
        parties[party.agreement_id].append(party)
    actions: dict[int, list[AgreementAction]] = defaultdict(list)
    for served in AgreementAction.objects.filter(agreement__in=keys).select_related("action").order_by("action__sequence", "pk"):
        actions[served.agreement_id].append(served)
    money = _accounts(found)
    waiting: dict[int, int] = defaultdict(int)
    for key in Proof.objects.filter(agreement__in=keys, state=Proof.State.SUBMITTED).values_list("agreement", flat=True):
        waiting[key] += 1
    return [
        AgreementLine(
            agreement=one,
            parties=tuple(parties[one.pk]),
            actions=tuple(actions[one.pk]),
            account=money[one.pk],
            warning=warning_on(state=one.status, ends_on=one.ends_on, notice_days=one.notice_days, renewal=one.renewal, today=today),
            proofs_waiting=waiting[one.pk],
        )
        for one in found
    ]


def account_of(agreement: Agreement) -> Account:
    return _accounts([agreement])[agreement.pk]


def _accounts(agreements: list[Agreement]) -> dict[int, Account]:
    keys = [agreement.pk for agreement in agreements]
    instalments: dict[int, list[tuple[Decimal, bool]]] = defaultdict(list)
    for key, amount, paid_on in Instalment.objects.filter(agreement__in=keys).values_list("agreement", "amount", "paid_on"):
        instalments[key].append((amount, paid_on is not None))
    proofs: dict[int, list[tuple[str, Decimal, Decimal | None]]] = defaultdict(list)
    for key, state, submitted, accepted in Proof.objects.filter(agreement__in=keys).values_list(
        "agreement", "state", "submitted", "accepted"
    ):
        proofs[key].append((state, submitted, accepted))
    clawbacks: dict[int, list[tuple[Decimal, bool, bool]]] = defaultdict(list)
    rows = Clawback.objects.filter(agreement__in=keys).values_list("agreement", "amount", "received_on", "dropped_on")
    for key, amount, received_on, dropped_on in rows:
        clawbacks[key].append((amount, received_on is not None, dropped_on is not None))
    return {
        one.pk: account(amount=one.amount, instalments=instalments[one.pk], proofs=proofs[one.pk], clawbacks=clawbacks[one.pk])
        for one in agreements
    }


def agreements_serving(action: Action) -> QuerySet[AgreementAction]:
    """Agreements that serve an action, latest first."""
    return (
        AgreementAction.objects.filter(action=action)
        .select_related("agreement")
        .order_by("-agreement__starts_on", "agreement__title", "pk")
    )


def open_clawbacks(organizations: Iterable[Organization]) -> QuerySet[Clawback]:
    """Money that was claimed back from agreements these organisations receive help by, and that has not come back.

    New help stays suspended meanwhile, in the published regime that gives the shape (`pcs.md` §5, to confirm for Wallonia).
    """
    theirs = AgreementParty.objects.filter(organization__in=list(organizations), receives=True).values("agreement")
    waiting = Clawback.objects.filter(agreement__in=theirs, received_on__isnull=True, dropped_on__isnull=True)
    return waiting.select_related("agreement").order_by("asked_on", "pk")


def amendments_of(agreement: Agreement) -> QuerySet[Amendment]:
    return agreement.amendments.select_related("document").order_by("-number")
