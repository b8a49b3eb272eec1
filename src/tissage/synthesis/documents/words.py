"""Dates, decimals and reserves as a document writes them, in the language of the moment. Counts in words are in `sentences`."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tissage.core.nomenclature import Term
from tissage.synthesis.sentences import number


def short_language() -> str:
    """« fr » or « en »: the language of the moment without its country."""
    return (get_language() or "fr").split("-")[0]


def decimal(value: float) -> str:
    """One decimal: 3,4."""
    return str(number_format(value, decimal_pos=1, use_l10n=True, force_grouping=True))


def day(value: dt.date) -> str:
    """22 novembre 2026; the first of a month is « 1er » in French."""
    written = date_format(value, "j F Y")
    return written.replace("1 ", "1er ", 1) if value.day == 1 and short_language() == "fr" else written


def said(count: int) -> str:
    """« dit 3 fois », and nothing when it was said once: once is not less."""
    return _("dit %(count)s fois") % {"count": number(count)} if count > 1 else ""


def reserve(term: Term | None) -> str:
    """What must be known about a label: nothing when it was read in a published source."""
    if term is None:
        return _("absent de cette nomenclature")
    return {"unverified": _("libellé non vérifié"), "partial": _("libellé à confirmer")}.get(term.status, "")
