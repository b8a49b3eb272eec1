"""Words of a space that a template cannot find by itself."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tissage.commitments.models import Ask
from tissage.commitments.refusals import translated
from tissage.core.ask_rows import Problem
from tissage.core.same_for_all import Unequal

register = template.Library()


@register.filter
def competence(code: str) -> str:
    """« zone de police » for `police_zone`."""
    return str(dict(Ask.Competence.choices).get(code, code))


@register.filter
def problem_words(problem: Problem) -> str:
    return translated(problem.message)


@register.filter
def iso_day(written: str) -> str:
    """« 2 mai 2026 » for 2026-05-02."""
    return date_format(dt.date.fromisoformat(written), "j F Y")


@register.filter
def alert_words(alert: Unequal) -> str:
    """What was not the same for all, naming who got what else than the largest group."""
    if alert.kind == "missing":
        return _("Pas encore envoyé à : %(names)s.") % {"names": ", ".join(alert.groups[0])}
    said = {
        "text": _("Des textes différents ont été envoyés. À part : %(names)s."),
        "day": _("L’envoi n’a pas eu lieu le même jour pour toutes. À part : %(names)s."),
        "channel": _("L’envoi n’a pas pris le même canal pour toutes. À part : %(names)s."),
        "reminders": _("Les rappels ne sont pas les mêmes pour toutes. À part : %(names)s."),
    }[alert.kind]
    others = sorted(alert.groups, key=len, reverse=True)[1:]
    return said % {"names": ", ".join(name for group in others for name in group)}
