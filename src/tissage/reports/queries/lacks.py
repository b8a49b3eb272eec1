"""What is incomplete in a year, and who owes it: said before the year is frozen, and kept with it. Read from the data of the year alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.core.plan_year import MISSING, YearData
from tissage.plan.models import Plan


@dataclass(frozen=True, slots=True)
class Lack:
    """Something incomplete: what, who owes it, and the page where it is set right."""

    what: str
    owed_by: str
    url: str = ""


def lacks_of(plan: Plan, year: int, data: YearData) -> list[Lack]:
    """In the order one would ask: figures, accounts, money, agreements, the commission, the version in force. No query."""
    here = (plan.territory.slug, plan.pk)
    return [
        *_figures(data, reverse("plan:figures", args=here) + f"?annee={year}"),
        *_money(data, here, year),
        *_agreements(data, reverse("plan:agreements", args=here)),
        *_meetings(data, reverse("plan:obligations", args=here)),
        *_version(data, reverse("plan:versions", args=here)),
    ]


def _figures(data: YearData, url: str) -> Iterator[Lack]:
    for action in data.actions:
        for figure in action.figures:
            if figure.state == MISSING:
                what = _("Chiffre « %(indicator)s » de l’action %(number)s") % {"indicator": figure.indicator, "number": action.sequence}
                yield Lack(what, figure.owed, url)
            elif figure.months is not None and figure.months < 12:
                told = _("« %(indicator)s » de l’action %(number)s : %(known)s mois sur 12")
                values = {"indicator": figure.indicator, "number": action.sequence, "known": figure.months}
                yield Lack(told % values, figure.counted_by or action.lead_service or _("l’équipe"), url)
    for action in data.actions:
        if not action.accounts and action.state in ("ongoing", "stopped", "terminated"):
            owed = next((one.name for one in action.partners if one.role == "operator"), action.lead_service) or _("l’équipe")
            yield Lack(_("Bilan écrit de l’action %(number)s") % {"number": action.sequence}, owed, url)


def _money(data: YearData, here: tuple[str, int], year: int) -> Iterator[Lack]:
    finance = _("le service des finances")
    if data.total.spent is None:
        yield Lack(_("Extrait comptable de l’année"), finance, reverse("plan:bookings", args=here))
    if data.unsplit_bookings:
        told = ngettext("%(count)s écriture à répartir", "%(count)s écritures à répartir", data.unsplit_bookings)
        yield Lack(told % {"count": data.unsplit_bookings}, finance, reverse("plan:bookings", args=here))
    for line in data.funding:
        if line.amount is None:
            yield Lack(_("Montant de « %(line)s »") % {"line": line.label}, line.funder, reverse("plan:funding", args=here))
    if data.total.unknown:
        told = ngettext("%(count)s affectation sans montant", "%(count)s affectations sans montant", data.total.unknown)
        yield Lack(told % {"count": data.total.unknown}, finance, reverse("plan:allocations", args=here) + f"?annee={year}")


def _agreements(data: YearData, url: str) -> Iterator[Lack]:
    for one in data.agreements:
        if one.waiting:
            told = ngettext("%(count)s justificatif à juger", "%(count)s justificatifs à juger", one.waiting) % {"count": one.waiting}
            yield Lack(f"{told} · {one.title}", _("le service des finances"), url)


def _meetings(data: YearData, url: str) -> Iterator[Lack]:
    for one in data.meetings:
        if one.minutes_adopted_on is None:
            yield Lack(_("Procès-verbal à approuver, réunion du %(day)s") % {"day": f"{one.held_on:%d/%m/%Y}"}, one.body, url)


def _version(data: YearData, url: str) -> Iterator[Lack]:
    if data.version is None:
        yield Lack(_("Aucune version du plan n’était en vigueur à la fin de l’année"), _("l’équipe du plan"), url)
