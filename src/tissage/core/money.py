"""Amounts of money: exact decimals in cents, what is unknown kept apart from zero, and the one rule by which an amount is split.

Euros are `Decimal` with two decimals. None is an amount nobody knows yet: it is said « inconnu », never 0. Floats never hold money.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
WHOLE = Decimal(100)
LARGEST = Decimal("999999999999.99")
"""What the tables hold: fourteen digits, two of them after the comma."""


class PercentsDoNotTotal(ValueError):
    """The shares of an amount do not total 100 %, or one of them is not above zero."""


class AmountUnreadable(ValueError):
    """A text that is not an amount in euros, or that could be read in two ways."""


def to_cents(amount: Decimal) -> Decimal:
    """The amount to the cent, half a cent away from zero."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP) + ZERO  # + ZERO: no « -0.00 »


def split_amount(amount: Decimal, percents: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The part of each percentage, in the order given; the parts total the amount exactly (method of largest remainders).

    Each part is cut down to the cent, then the cents left over go one by one to the parts that lost most in the cutting; where two lost as
    much, to the one that stands first. Callers give actions in the order of the plan, so that splitting again gives the same cents.
    A negative amount (a credit note) is split as its opposite, then turned back: it cancels the invoice it corrects to the cent.
    Raises `PercentsDoNotTotal` unless the percentages are above zero and total 100; ValueError for an amount finer than the cent.
    """
    if not percents or any(percent <= 0 for percent in percents) or sum(percents) != WHOLE:
        raise PercentsDoNotTotal(sum(percents, Decimal(0)))
    return split_by_weights(amount, percents)


def split_by_weights(amount: Decimal, weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The same rule where shares are weights of any sum above zero: full-time equivalents, amounts promised to each."""
    whole = sum((Fraction(weight) for weight in weights), Fraction(0))
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("Weights are not negative and one of them is above zero.")
    cents = Fraction(abs(amount)) * 100
    if cents.denominator != 1:
        raise ValueError("An amount of money has two decimals at most.")
    exact = [cents * Fraction(weight) / whole for weight in weights]
    parts = [int(share) for share in exact]
    left = int(cents) - sum(parts)
    for rank in sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))[:left]:
        parts[rank] += 1
    sign = -1 if amount < 0 else 1
    return tuple(Decimal(sign * part).scaleb(-2) + ZERO for part in parts)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of amounts of which some may be unknown: what the known ones make (None when none is known), and how many are unknown.

    Said « au moins 1 200,00 €, 2 montants inconnus ».
    """

    known: Decimal | None
    unknown: int = 0

    @property
    def exact(self) -> Decimal | None:
        """The total when nothing of it is unknown, else None."""
        return None if self.unknown else self.known

    def __add__(self, other: Total) -> Total:
        return Total(add_known(self.known, other.known), self.unknown + other.unknown)


def total(amounts: Iterable[Decimal | None]) -> Total:
    """Adds what is known and counts what is not. Nothing at all makes zero."""
    listed = list(amounts)
    known = [amount for amount in listed if amount is not None]
    return Total(sum(known, ZERO) if known or not listed else None, len(listed) - len(known))


def add_known(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """The sum of what is known; None when neither is."""
    if one is None or other is None:
        return other if one is None else one
    return one + other


@dataclass(frozen=True, slots=True)
class Money:
    """What stands on a line of the plan's money, in euros. None is unknown; `unknown` counts the budgeted amounts nobody knows yet.

    `budgeted`: what the latest stage allocates, of the amounts known. `committed`: promised and not paid yet. `spent`: booked as paid.
    `received`: booked as received. Help in kind stands beside money and is never one of them.
    """

    budgeted: Decimal | None = None
    committed: Decimal | None = None
    spent: Decimal | None = None
    received: Decimal | None = None
    unknown: int = 0

    @property
    def budget(self) -> Total:
        """The budgeted amount with what is unknown of it."""
        return Total(self.budgeted, self.unknown)

    @property
    def remaining(self) -> Decimal | None:
        """Budgeted less spent, less promised and not paid. Unknown as soon as the budget is, or what was spent is."""
        if self.budgeted is None or self.unknown or self.spent is None:
            return None
        return self.budgeted - self.spent - (self.committed or ZERO)

    def __add__(self, other: Money) -> Money:
        return Money(
            add_known(self.budgeted, other.budgeted),
            add_known(self.committed, other.committed),
            add_known(self.spent, other.spent),
            add_known(self.received, other.received),
            self.unknown + other.unknown,
        )


_SIGN = re.compile(r"^[-−–]")
_SPACES = re.compile(r"[\s\u00a0\u202f']|€|EUR", re.IGNORECASE)
_PLAIN = re.compile(r"\d+([.,]\d{1,2})?")
_BELGIAN = re.compile(r"\d{1,3}(\.\d{3})+(,\d{1,2})?")
_ENGLISH = re.compile(r"\d{1,3}(,\d{3})+\.\d{1,2}")


def read_amount(text: str) -> Decimal:
    """An amount as people and ledgers write it: « 1 234,50 € », « 1.234,50 », « 1234.5 », « -12 ». Two decimals at most.

    « 1.234 » is one thousand two hundred and thirty-four, as Belgian ledgers write; « 1,234 » could be read in two ways and is refused.
    """
    bare = _SPACES.sub("", text)
    in_brackets = bare.startswith("(") and bare.endswith(")")
    negative = in_brackets or bool(_SIGN.match(bare))
    bare = bare[1:-1] if in_brackets else _SIGN.sub("", bare)
    if _PLAIN.fullmatch(bare):
        number = bare.replace(",", ".")
    elif _BELGIAN.fullmatch(bare):
        number = bare.replace(".", "").replace(",", ".")
    elif _ENGLISH.fullmatch(bare):
        number = bare.replace(",", "")
    else:
        raise AmountUnreadable(text)
    amount = Decimal(number).quantize(CENT) if len(number) <= 16 else LARGEST + 1
    if amount > LARGEST or not number.isascii():
        raise AmountUnreadable(text)
    return (-amount if negative else amount) + ZERO
