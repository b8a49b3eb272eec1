"""Numbers, amounts and days as a document of the plan writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.core.money import Money, Total
from tissage.core.plan_year import Facts
from tissage.synthesis.documents.words import day as day_words
from tissage.synthesis.documents.words import short_language
from tissage.ui.templatetags.tissage import euros

NARROW = "\u202f"

__all__ = ["budget", "cents", "counted", "day", "day_or", "dot", "euros", "number", "short_language", "yes_no"]


def day(value: dt.date) -> str:
    """22 novembre 2026."""
    return day_words(value)


def day_or(value: dt.date | None, words: str = "") -> str:
    """A day, or what is said when there is none (« inconnu » unless told)."""
    return day(value) if value else words or _("inconnu")


def number(value: Decimal | int | None) -> str:
    """A number without useless zeros: 1 234,5; « inconnu » for None."""
    if value is None:
        return _("inconnu")
    written = f"{Decimal(value):,f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written.replace(",", NARROW).replace(".", ",").replace("-", "−")


def cents(value: Decimal | None) -> str:
    """An amount, « inconnu » for None."""
    return euros(value)


def budget(money: Money) -> str:
    """What is budgeted, with how much of it nobody knows."""
    return euros(money.budget if money.unknown else money.budgeted)


def total(value: Total) -> str:
    return euros(value)


def counted(count: int, one: str, many: str) -> str:
    """« 3 actions »; both forms already translated."""
    return f"{number(count)} {one if count < 2 else many}"


def actions(count: int) -> str:
    return ngettext("%(count)s action", "%(count)s actions", count) % {"count": number(count)}


def dot(*words: str) -> str:
    """Words that are there, with a dot between."""
    return " · ".join(filter(None, words))


def yes_no(passed: bool | None) -> str:
    return _("respecté") if passed else _("inconnu") if passed is None else _("non respecté")


def period(facts: Facts) -> str:
    if facts.starts_on is None or facts.ends_on is None:
        return _("inconnue")
    return _("du %(first)s au %(last)s") % {"first": day(facts.starts_on), "last": day(facts.ends_on)}
