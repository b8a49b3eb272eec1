"""What the rules of a plan framework say, in the language of the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tissage.core import plan_framework as core
from tissage.core.plan_framework import Entry, PlanFramework

KIND_NAMES = {
    core.OBJECTIVE: gettext_lazy("objectif"),
    core.AXIS: gettext_lazy("axe"),
    core.RIGHT: gettext_lazy("droit"),
    core.THEME: gettext_lazy("thème"),
    core.ACTION: gettext_lazy("action du catalogue"),
    core.FUNDING: gettext_lazy("base de financement"),
    core.CARRIER: gettext_lazy("porteur"),
    core.ROLE: gettext_lazy("rôle"),
    core.BODY: gettext_lazy("organe"),
    core.DELAY: gettext_lazy("délai"),
    core.CHECK: gettext_lazy("contrôle"),
    core.CLAWBACK: gettext_lazy("motif de restitution"),
    core.PROOF_KIND: gettext_lazy("genre de justificatif"),
    core.TEMPLATE: gettext_lazy("modèle de document"),
    core.PLAN_NAME: gettext_lazy("nom d’un plan"),
}
RULE_TITLES = {
    core.FUNDING: gettext_lazy("Bases de financement"),
    core.CARRIER: gettext_lazy("Qui peut porter le plan"),
    core.ROLE: gettext_lazy("Rôles"),
    core.BODY: gettext_lazy("Organes"),
    core.DELAY: gettext_lazy("Délais, à rebours de la séance"),
    core.CHECK: gettext_lazy("Contrôles"),
    core.CLAWBACK: gettext_lazy("Motifs de restitution"),
    core.PROOF_KIND: gettext_lazy("Genres de justificatifs"),
    core.TEMPLATE: gettext_lazy("Modèles de documents"),
}
"""Kinds that hold rules, in the order of their page."""
CARRIERS = {
    "municipality": gettext_lazy("commune"),
    "cpas": gettext_lazy("CPAS"),
    "association": gettext_lazy("association de communes"),
    "other": gettext_lazy("autre"),
}
ROLES = {
    "subsidy": gettext_lazy("la subvention"),
    "passed_on": gettext_lazy("à reverser en entier"),
    "own_share": gettext_lazy("la part propre"),
    "other": gettext_lazy("un autre apport"),
}
STEPS = {
    "sitting": gettext_lazy("la séance"),
    "convocation": gettext_lazy("la convocation"),
    "executive": gettext_lazy("le passage au collège ou au bureau"),
    "director": gettext_lazy("la remise au directeur financier"),
    "commission": gettext_lazy("la commission"),
    "steering": gettext_lazy("le comité de pilotage"),
    "freeze": gettext_lazy("l’arrêt des données"),
}


def count_words(framework: PlanFramework, obligations: int) -> list[str]:
    """What a version holds, in counts; a kind it has none of is left out."""
    words: dict[str, Callable[[int], str]] = {
        core.OBJECTIVE: lambda count: ngettext("%(count)d objectif", "%(count)d objectifs", count),
        core.AXIS: lambda count: ngettext("%(count)d axe", "%(count)d axes", count),
        core.RIGHT: lambda count: ngettext("%(count)d droit", "%(count)d droits", count),
        core.THEME: lambda count: ngettext("%(count)d thème", "%(count)d thèmes", count),
        core.ACTION: lambda count: ngettext("%(count)d action au catalogue", "%(count)d actions au catalogue", count),
    }
    said = [text(count) % {"count": count} for kind, text in words.items() if (count := len(framework.of_kind(kind)))]
    if obligations:
        said.append(ngettext("%(count)d obligation", "%(count)d obligations", obligations) % {"count": obligations})
    return said


def rule_words(entry: Entry) -> list[str]:
    """What a rule says beside its name: days and way of counting, rate, function codes, council, missions, formats."""
    extra = entry.extra
    said: list[str] = []
    if entry.kind == core.DELAY:
        said.append(delay_words(extra))
        if carriers := extra.get("carriers"):
            said.append(_("pour : %(who)s") % {"who": _listed(CARRIERS, carriers)})
        if threshold := extra.get("threshold"):
            said.append(_("au-delà de %(amount)s") % {"amount": _euros(threshold)})
        if owner := extra.get("owner"):
            said.append(_("qui : %(who)s") % {"who": owner})
    elif entry.kind == core.CHECK and "rate" in extra:
        said.append(_("taux : %(rate)s") % {"rate": f"{Decimal(str(extra['rate'])):.0%}".replace("%", "\u00a0%")})
    elif entry.kind == core.FUNDING:
        said.append(str(ROLES.get(extra.get("role", ""), extra.get("role", ""))))
        if marks := extra.get("marks"):
            said.append(_("mention dans un plan publié : %(marks)s") % {"marks": ", ".join(marks)})
        said += [
            _("code fonctionnel %(code)s (%(who)s)") % {"code": code, "who": CARRIERS.get(carrier, carrier)}
            for carrier, code in extra.get("function_codes", {}).items()
        ]
    elif entry.kind == core.CARRIER:
        said.append(_("voté par : %(council)s") % {"council": extra.get("council", _("inconnu"))})
    elif entry.kind == core.BODY:
        said += extra.get("missions", [])
    elif entry.kind == core.TEMPLATE:
        said.append(_("formats : %(formats)s") % {"formats": ", ".join(str(one).upper() for one in extra.get("formats", []))})
    if extra.get("optional"):
        said.insert(0, _("facultatif"))
    return [one for one in said if one]


def delay_words(extra: Mapping[str, Any]) -> str:
    """« 7 jours francs avant la séance »; « délai inconnu » when no days are known."""
    days, counting = extra.get("days"), extra.get("counting", "calendar")
    if days is None:
        return _("délai inconnu")
    if counting == "clear":
        text = ngettext("%(days)d jour franc avant %(step)s", "%(days)d jours francs avant %(step)s", days)
    elif counting == "working":
        text = ngettext("%(days)d jour ouvrable avant %(step)s", "%(days)d jours ouvrables avant %(step)s", days)
    else:
        text = ngettext("%(days)d jour avant %(step)s", "%(days)d jours avant %(step)s", days)
    before = extra.get("before", "sitting")
    return text % {"days": days, "step": STEPS.get(before, before)}


def due_words(due: Mapping[str, Any]) -> str:
    """When an obligation is due: « le 31 mars de l’année suivante », « chaque année »…"""
    if "month" in due:
        day = date_format(dt.date(2000, due["month"], due["day"]), "j F")
        years = due.get("years_after", 0)
        if years == 0:
            return _("le %(day)s de l’année") % {"day": day}
        if years == 1:
            return _("le %(day)s de l’année suivante") % {"day": day}
        return _("le %(day)s, %(years)d ans après") % {"day": day, "years": years}
    if "on" in due:
        return _("le %(day)s") % {"day": date_format(dt.date.fromisoformat(due["on"]), "j F Y")}
    if "months_before_end" in due:
        months = due["months_before_end"]
        if not months:
            return _("à la fin du plan")
        return ngettext("%(count)d mois avant la fin du plan", "%(count)d mois avant la fin du plan", months) % {"count": months}
    if "sitting_of" in due:
        return _("à la séance qui vote les rapports")
    return {"year": _("chaque année"), "drafting": _("à la rédaction du plan et à chaque changement")}.get(
        due.get("every", ""), _("sans date")
    )


def _listed(names: Mapping[str, Any], codes: list[str]) -> str:
    return ", ".join(str(names.get(code, code)) for code in codes)


def _euros(amount: str) -> str:
    """A round amount of a rule: « 12 500 € »."""
    return f"{Decimal(amount):,.0f}".replace(",", "\u00a0") + "\u00a0€"
