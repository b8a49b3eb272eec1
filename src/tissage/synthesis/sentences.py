"""Counts in words: counts are counts, never shares of a population (`spiral.md` §14.3)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.core.synthesis import Overview


def number(value: int) -> str:
    """A whole number as it is written in the language of the screen: 1 234."""
    return str(number_format(value, use_l10n=True, force_grouping=True))


def criteria(count: int) -> str:
    return ngettext("%(count)s critère", "%(count)s critères", count) % {"count": number(count)}


def expressions(count: int) -> str:
    return ngettext("%(count)s expression", "%(count)s expressions", count) % {"count": number(count)}


def groups(count: int) -> str:
    return ngettext("%(count)s groupe", "%(count)s groupes", count) % {"count": number(count)}


def statements(count: int) -> str:
    return ngettext("%(count)s parole", "%(count)s paroles", count) % {"count": number(count)}


def seen(overview: Overview) -> str:
    """« 272 critères, 401 expressions dans 8 groupes »."""
    heard = len(overview.heard)
    if not heard:
        return _("Aucun critère pour le moment")
    return _("%(criteria)s, %(expressions)s dans %(groups)s") % {
        "criteria": criteria(overview.criteria),
        "expressions": expressions(overview.expressions),
        "groups": groups(heard),
    }


def doubt(overview: Overview) -> str:
    """« 16 critères sur 238 codés » under an x00 code."""
    return _("%(criteria)s sur %(coded)s codés") % {"criteria": criteria(overview.in_general), "coded": number(overview.coded)}


def coded(overview: Overview) -> str:
    """What a picture by dimension stands on: « 238 critères ont un code ; 34 n’en ont pas encore. »"""
    if not overview.uncoded:
        return _("Tous les critères ont un code.")
    said = ngettext("%(criteria)s a un code ;", "%(criteria)s ont un code ;", overview.coded) % {"criteria": criteria(overview.coded)}
    left = ngettext("%(count)s n’en a pas encore.", "%(count)s n’en ont pas encore.", overview.uncoded)
    return f"{said} {left % {'count': number(overview.uncoded)}}"


def listed(words: Iterable[str]) -> str:
    """« a, b et c »."""
    *first, last = [*words] or [""]
    return _("%(first)s et %(last)s") % {"first": ", ".join(first), "last": last} if first else last
