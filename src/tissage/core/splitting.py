"""To which actions a booking goes: percentages that total 100, the rule that fits best, and the shares of the people who work on them.

Amounts of the parts come from `money.split_amount`.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from .extracts import article_key
from .messages import Explained, gettext_noop

Rule = TypeVar("Rule")
WHOLE = Decimal(100)
STEP = Decimal("0.0001")
"""The finest share: four decimals of a percent."""


class SharesRefused(Explained):
    """Shares that cannot stand, in words that say what is missing."""


def french(percent: Decimal) -> str:
    """A percentage as a person writes it, without needless zeros: 33,3333."""
    text = f"{percent:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def check_shares(percents: Sequence[Decimal]) -> None:
    """Raises `SharesRefused` unless the percentages are above 0, have four decimals at most and total exactly 100."""
    if not percents:
        raise SharesRefused(gettext_noop("Choisissez au moins une action."))
    for percent in percents:
        if percent <= 0:
            raise SharesRefused(gettext_noop("Une part est un pourcentage au-dessus de 0."))
        if percent != percent.quantize(STEP):
            raise SharesRefused(gettext_noop("La part %(percent)s %% a plus de quatre décimales."), percent=french(percent))
    total = sum(percents, Decimal(0))
    if total < WHOLE:
        raise SharesRefused(
            gettext_noop("Les parts font %(total)s %%, pas 100 : il manque %(gap)s %%."), total=french(total), gap=french(WHOLE - total)
        )
    if total > WHOLE:
        raise SharesRefused(
            gettext_noop("Les parts font %(total)s %%, pas 100 : il y a %(gap)s %% de trop."),
            total=french(total),
            gap=french(total - WHOLE),
        )


def complete(percents: Sequence[Decimal | None]) -> list[Decimal]:
    """The shares with what was left empty filled so that the whole makes 100, in equal parts (largest remainders).

    Raises `SharesRefused` when nothing is left to give.

    >>> complete([Decimal(60), None])
    [Decimal('60'), Decimal('40.0000')]
    """
    given = sum((percent for percent in percents if percent is not None), Decimal(0))
    empty = [place for place, percent in enumerate(percents) if percent is None]
    filled = [percent or Decimal(0) for percent in percents]
    if not empty:
        return filled
    if given >= WHOLE:
        raise SharesRefused(gettext_noop("Les parts écrites font déjà %(total)s %% : il ne reste rien à donner."), total=french(given))
    shared = proportional([Decimal(1)] * len(empty), of=WHOLE - given)
    for place, percent in zip(empty, shared, strict=True):
        filled[place] = percent
    return filled


def proportional(weights: Sequence[Decimal], *, of: Decimal = WHOLE) -> list[Decimal]:
    """Percentages in proportion of weights, to four decimals, that total `of` exactly (largest remainders, first come first)."""
    units, total = int(of / STEP), sum(weights, Decimal(0))
    exact = [units * weight / total for weight in weights]
    parts = [int(share) for share in exact]
    for rank in sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))[: units - sum(parts)]:
        parts[rank] += 1
    return [part * STEP for part in parts]


# --- Rules --------------------------------------------------------------------------------------------------------

_ORDER = ((1, 1, 1), (1, 1, 0), (1, 0, 1), (1, 0, 0), (0, 1, 1), (0, 1, 0), (0, 0, 1))
"""The most specific first: the article weighs more than the supplier, the supplier more than the function code, and two more than one of them."""


class RuleBook(Generic[Rule]):
    """Open rules by what they look at: (article, supplier folded, function code), an empty one fitting all."""

    def __init__(self, rules: Iterable[tuple[tuple[str, str, str], Rule]]) -> None:
        self.rules: dict[tuple[str, str, str], Rule] = {(article_key(key[0]), key[1], key[2]): rule for key, rule in rules}

    def find(self, article: str, supplier: str, function: str) -> Rule | None:
        """The most specific rule that fits a booking. Order: article + supplier + function, article + supplier, article + function,
        article, supplier + function, supplier, function."""
        said = (article_key(article), supplier, function)
        if not self.rules:
            return None
        for mask in _ORDER:
            looked = tuple(value if kept else "" for value, kept in zip(said, mask, strict=True))
            if all(bool(value) == bool(kept) for value, kept in zip(looked, mask, strict=True)):
                found = self.rules.get((looked[0], looked[1], looked[2]))
                if found is not None:
                    return found
        return None


# --- People -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Work:
    """Full-time equivalents of a function on an action over a period."""

    action: int
    function: str
    starts_on: dt.date
    ends_on: dt.date
    fte: Decimal


def staff_shares(work: Iterable[Work], function: str, day: dt.date) -> dict[int, Decimal]:
    """Action → percentage, in proportion of the full-time equivalents of a function over the month of `day`, each counted for its days.

    An empty `function` takes all. Empty when nobody is known to work that month: an unknown share is not made up.
    """
    first = day.replace(day=1)
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    weights: dict[int, Decimal] = {}
    for one in work:
        days = (min(one.ends_on, last) - max(one.starts_on, first)).days + 1
        if days > 0 and (not function or one.function == function):
            weights[one.action] = weights.get(one.action, Decimal(0)) + one.fte * days
    if not weights:
        return {}
    actions = sorted(weights)
    shares: Mapping[int, Decimal] = dict(zip(actions, proportional([weights[one] for one in actions]), strict=True))
    return {action: percent for action, percent in shares.items() if percent > 0}
