"""Observed figures: reading a number as people type it, and a year from its months. An unknown figure is no zero."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MOST_DIGITS = 12
"""Before the comma, as the column holds."""
MONTHS = range(1, 13)
ADD, LAST, MEAN = "add", "last", "mean"
RETURNED, DRAFT, SUBMITTED, APPROVED = "returned", "draft", "submitted", "approved"

_SPACES = re.compile(r"[\s\u00a0\u202f'’]+")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d{1,2})?")
_CENT = Decimal("0.01")


class UnreadableNumber(ValueError):
    """What was typed is no number of at most twelve digits and two decimals."""


def read_number(typed: str) -> Decimal | None:
    """A number as people write it: spaces or apostrophes between thousands, comma or point; None when nothing was typed.

    >>> read_number("1 234,5")
    Decimal('1234.5')

    Raises `UnreadableNumber`. « 1.234 » is refused rather than guessed: a thousand, or one and a bit.
    """
    bare = _SPACES.sub("", typed)
    if not bare:
        return None
    if not _NUMBER.fullmatch(bare) or len(bare.lstrip("-").replace(",", ".").partition(".")[0]) > MOST_DIGITS:
        raise UnreadableNumber(typed)
    return Decimal(bare.replace(",", "."))


def write_number(value: Decimal | None) -> str:
    """A number as a field shows it to be changed: « 1234,5 »; empty when there is none.

    >>> write_number(Decimal("1234.50"))
    '1234,5'
    """
    if value is None:
        return ""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


@dataclass(frozen=True, slots=True)
class YearFigure:
    """A year as it is known. `value` is None when nothing is; `known` of `of` parts (months, or the year itself) have a number."""

    value: Decimal | None
    known: int
    of: int

    @property
    def is_whole(self) -> bool:
        return self.known == self.of


def year_from_months(months: Mapping[int, Decimal | None], rule: str) -> YearFigure:
    """A year from its months (1 to 12; absent or None: unknown) by the indicator's rule: `add`, `last` known month, or `mean` of known months.

    Unknown months are left out, never counted as zero: the reader is told how many months stand behind the number.

    >>> year_from_months({1: Decimal(10), 2: None, 3: Decimal(4)}, "add")
    YearFigure(value=Decimal('14'), known=2, of=12)
    """
    known = [value for month in MONTHS if (value := months.get(month)) is not None]
    if not known:
        return YearFigure(None, 0, len(MONTHS))
    if rule == LAST:
        value = known[-1]
    elif rule == MEAN:
        value = (sum(known, Decimal(0)) / len(known)).quantize(_CENT, ROUND_HALF_UP)
    else:
        value = sum(known, Decimal(0))
    return YearFigure(value, len(known), len(MONTHS))


def state_of_all(states: Iterable[str]) -> str:
    """The state of several figures together: the one that still asks something of its author first, `approved` only when all are; "" for none."""
    found = set(states)
    return next((state for state in (RETURNED, DRAFT, SUBMITTED, APPROVED) if state in found), "")


def changed_share(value: Decimal | None, before: Decimal | None) -> Decimal | None:
    """How far a figure moved from the year before, as a share of it (0.25 is a quarter more); None when either is unknown or it was zero."""
    if value is None or before is None or before == 0:
        return None
    return (value - before) / abs(before)
