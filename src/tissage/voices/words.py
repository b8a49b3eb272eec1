"""Counts in words, as the screens say them: counts of notes, never shares of people."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext

from .queries.groups import GroupHeard, Heard


def criteria_in_words(count: int) -> str:
    return ngettext("%(count)s critère", "%(count)s critères", count) % {"count": count}


def expressions_in_words(count: int) -> str:
    return ngettext("%(count)s expression", "%(count)s expressions", count) % {"count": count}


def groups_in_words(count: int) -> str:
    return ngettext("%(count)s groupe", "%(count)s groupes", count) % {"count": count}


def lines_in_words(count: int) -> str:
    return ngettext("%(count)s ligne", "%(count)s lignes", count) % {"count": count}


def notes_in_words(heard: Heard) -> str:
    """« 12 critères, 31 expressions », with the notes that no criterion holds yet."""
    parts = []
    if heard.criteria:
        parts += [criteria_in_words(heard.criteria), expressions_in_words(heard.expressions)]
    if heard.loose:
        parts.append(ngettext("%(count)s expression libre", "%(count)s expressions libres", heard.loose) % {"count": heard.loose})
    return ", ".join(parts) or gettext("pas encore entendu")


def heard_in_words(groups: Sequence[GroupHeard]) -> str:
    """« 9 groupes, dont 8 ont parlé »."""
    spoke = sum(1 for item in groups if item.heard.anything)
    if not groups:
        return gettext("Aucun groupe")
    return ngettext("%(groups)s, dont %(count)s a parlé", "%(groups)s, dont %(count)s ont parlé", spoke) % {
        "groups": groups_in_words(len(groups)),
        "count": spoke,
    }


def silence_in_words(groups: Sequence[GroupHeard]) -> str:
    """Who was not heard yet, by name; empty when everybody was. Absence is not silence."""
    silent = [item.group.name for item in groups if not item.heard.anything]
    if not silent:
        return ""
    return ngettext("Pas encore entendu : %(names)s.", "Pas encore entendus : %(names)s.", len(silent)) % {"names": ", ".join(silent)}
