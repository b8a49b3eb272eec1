"""Counts in words, as the screens say them: counts of notes, never shares of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from tissage.core.importing import ENCODING, WHOLE_LINE
from tissage.core.messages import Message
from tissage.frameworks.queries import explain

from .queries.groups import GroupHeard, Heard


def finding_in_words(kept: Mapping[str, Any]) -> dict[str, Any]:
    """A problem or a notice as a batch keeps it, in the language of the screen. Its column is named as the file names it."""
    column = kept["column"]
    if column in (WHOLE_LINE, ENCODING):
        column = gettext(column)
    message = explain(Message(tuple(kept["templates"]), kept["values"])) if "templates" in kept else kept["message"]
    return {**kept, "column": column, "message": message}


def error_in_words(report: Mapping[str, Any]) -> str:
    """Why an import stopped, in the language of the screen; empty when it did not."""
    if "error_templates" not in report:
        return str(report.get("error", ""))
    return explain(Message(tuple(report["error_templates"]), report["error_values"]))


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
    return ngettext("Pas encore entendu : %(names)s.", "Pas encore entendus : %(names)s.", len(silent)) % {"names": ", ".join(silent)}
