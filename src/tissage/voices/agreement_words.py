"""Agreement in words: the first line, a sentence that does not claim more than the figures say, a figure with its interval."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from tissage.core.agreement import ENOUGH, Agreement
from tissage.voices.learning.resampling import Interval
from tissage.voices.queries.agreement import Figures

TENTATIVE, RELIABLE = 0.667, 0.8
"""Krippendorff's customary limits (Content Analysis, 2004, chapter 11); he warns that they depend on what is decided from the data."""


def alike_in_words(measured: Agreement) -> str:
    """« 15 sur 20 pareils »."""
    return ngettext("%(alike)s sur %(units)s pareil", "%(alike)s sur %(units)s pareils", measured.alike) % {
        "alike": measured.alike,
        "units": measured.units,
    }


def number(value: float | None) -> str:
    """A coefficient with two decimals and a French comma; says so when it cannot be computed."""
    if value is None:
        return gettext("ne se calcule pas")
    return f"{value:.2f}".replace("-", "\u2212").replace(".", gettext(","))


def interval(found: Interval | None) -> str:
    if found is None:
        return gettext("pas d’intervalle")
    return gettext("de %(low)s à %(high)s") % {"low": number(found[0]), "high": number(found[1])}


def percent(value: float | None) -> str:
    return gettext("ne se calcule pas") if value is None else f"{value * 100:.0f}\u00a0%"


def percent_interval(found: Interval | None) -> str:
    return "" if found is None else gettext("de %(low)s à %(high)s") % {"low": percent(found[0]), "high": percent(found[1])}


def reading(figures: Figures) -> str:
    """One plain sentence on what alpha lets one say."""
    measured, alpha = figures.measured, figures.intervals.alpha
    if not measured.units:
        return gettext("Rien n’est encore codé deux fois.")
    if not measured.enough:
        return gettext(
            "Trop peu pour conclure : moins de %(enough)s critères codés deux fois. Servez-vous des désaccords pour en parler, pas des chiffres."
        ) % {"enough": ENOUGH}
    if measured.alpha is None or alpha is None:
        return gettext("Les deux personnes ont donné partout le même code : rien ne distingue alors l’accord de l’habitude.")
    if alpha[0] >= RELIABLE:
        return gettext("L’accord est solide : même le bas de l’intervalle passe 0,80.")
    if alpha[1] < TENTATIVE:
        return gettext(
            "L’accord est faible : même le haut de l’intervalle reste sous 0,67. Relisez la clé ensemble avant d’utiliser ces codes."
        )
    if alpha[0] >= TENTATIVE:
        return gettext("L’accord permet des conclusions prudentes : tout l’intervalle passe 0,67, pas 0,80.")
    return gettext(
        "L’intervalle passe de part et d’autre de 0,67 : on ne peut pas encore dire si le codage tient. Faites-en coder davantage."
    )
