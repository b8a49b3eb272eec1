"""Balances and the year of an organisation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "agenda.issue_campaign_report": _("a émis le bilan n° %(number)s : %(object)s"),
        "agenda.propose_figures": _("a proposé %(figures)s chiffres d’après les comptes rendus : %(object)s"),
        "agenda.download_year": _("a téléchargé l’année %(year)s de %(object)s"),
    }
)
register(
    {"agenda.settle_sensitive_years": _("a arrêté %(years)s nombres annuels d’activités sensibles")}, unsigned=_("Le programme du jour")
)
