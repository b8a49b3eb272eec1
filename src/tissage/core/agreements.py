"""Agreements: which state may follow which, when to be warned before one lapses, and where its money stands.

States: draft → signed → (suspended ⇄ signed) → ended | terminated (`network.md` §4.2). A warning comes at the end minus the notice, and
sixty days before the end. Help that was paid is justified by accepted proofs; what is neither justified nor paid back may be claimed
(shape of a published municipal regime, `pcs.md` §5: to confirm for Wallonia).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

WARNING_DAYS = 60
NEXT_STATES = {
    "draft": ("signed",),
    "signed": ("suspended", "ended", "terminated"),
    "suspended": ("signed", "ended", "terminated"),
    "ended": (),
    "terminated": (),
}
"""`signed` after `draft` is reached by the last dated signature, never by a choice."""

ZERO = Decimal(0)


def may_follow(state: str, following: str) -> bool:
    return following in NEXT_STATES[state]


@dataclass(frozen=True, slots=True)
class Warning:
    """A day before which somebody should act: `kind` is `notice` (last day to say that it is not renewed), `soon` or `lapsed`."""

    kind: str
    on: dt.date


def warning_on(*, state: str, ends_on: dt.date | None, notice_days: int, renewal: str, today: dt.date) -> Warning | None:
    """What an agreement in force calls for today, or None.

    >>> warning_on(state="signed", ends_on=dt.date(2026, 12, 31), notice_days=0, renewal="none", today=dt.date(2026, 11, 22))
    Warning(kind='soon', on=datetime.date(2026, 12, 31))
    """
    if state not in ("signed", "suspended") or ends_on is None:
        return None
    if today > ends_on:
        return Warning("lapsed", ends_on)
    last_day_of_notice = ends_on - dt.timedelta(days=notice_days)
    if notice_days and renewal == "tacit" and today <= last_day_of_notice <= today + dt.timedelta(days=WARNING_DAYS):
        return Warning("notice", last_day_of_notice)
    if today >= min(ends_on - dt.timedelta(days=WARNING_DAYS), last_day_of_notice):
        return Warning("soon", ends_on)
    return None


@dataclass(frozen=True, slots=True)
class Account:
    """Where the money of one agreement stands. Amounts to the cent; `amount` None: the agreement names none.

    `submitted`: proofs that wait for a decision. `claimed`: asked back and not dropped. `returned`: of it, what came back.
    """

    amount: Decimal | None
    planned: Decimal = ZERO
    paid: Decimal = ZERO
    submitted: Decimal = ZERO
    accepted: Decimal = ZERO
    refused: Decimal = ZERO
    claimed: Decimal = ZERO
    returned: Decimal = ZERO

    @property
    def to_justify(self) -> Decimal:
        """Paid, and neither justified, nor waiting for a decision, nor paid back."""
        return max(self.paid - self.accepted - self.submitted - self.returned, ZERO)

    @property
    def may_claim(self) -> Decimal:
        """The most that may still be asked back: what was paid beyond accepted and waiting proofs, less what is already claimed."""
        return max(self.paid - self.accepted - self.submitted - self.claimed, ZERO)

    @property
    def to_pay(self) -> Decimal | None:
        """What the agreement still promises; None when it names no amount."""
        return None if self.amount is None else max(self.amount - self.paid, ZERO)

    @property
    def awaits_return(self) -> Decimal:
        return self.claimed - self.returned


def account(
    *,
    amount: Decimal | None,
    instalments: Iterable[tuple[Decimal, bool]],
    proofs: Iterable[tuple[str, Decimal, Decimal | None]],
    clawbacks: Iterable[tuple[Decimal, bool, bool]],
) -> Account:
    """The account of one agreement.

    `instalments`: (amount, paid). `proofs`: (state, submitted, accepted). `clawbacks`: (amount, received, dropped).

    >>> account(amount=Decimal(100), instalments=[(Decimal(60), True)], proofs=[("partly", Decimal(60), Decimal(50))], clawbacks=[]).to_justify
    Decimal('10')
    """
    instalments, proofs = list(instalments), list(proofs)
    claims = [(value, received) for value, received, dropped in clawbacks if not dropped]
    return Account(
        amount=amount,
        planned=sum((value for value, _paid in instalments), ZERO),
        paid=sum((value for value, paid in instalments if paid), ZERO),
        submitted=sum((value for state, value, _accepted in proofs if state == "submitted"), ZERO),
        accepted=sum((accepted or ZERO for _state, _value, accepted in proofs), ZERO),
        refused=sum((value - (accepted or ZERO) for state, value, accepted in proofs if state in ("refused", "partly")), ZERO),
        claimed=sum((value for value, _received in claims), ZERO),
        returned=sum((value for value, received in claims if received), ZERO),
    )
