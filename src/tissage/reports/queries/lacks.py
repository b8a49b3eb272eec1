"""What is incomplete in a year, and who owes it: said before the year is frozen, and kept with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from tissage.plan.models import Plan
from tissage.plan.queries.missing import missing_of
from tissage.plan.queries.versions import version_on

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Lack:
    """Something incomplete: what, who owes it, and the page where it is set right."""

    what: str
    owed_by: str
    url: str = ""


def lacks_of(plan: Plan, year: int) -> list[Lack]:
    """What the plan's own list says, and what only documents see: no version in force at the end of the year."""
    found = [Lack(_named(one.what, one.items), one.owed_by, one.url) for one in missing_of(plan, year)]
    if version_on(plan, dt.date(year, 12, 31)) is None:
        url = reverse("plan:versions", args=[plan.territory.slug, plan.pk])
        found.append(Lack(_("Aucune version du plan n’était en vigueur à la fin de l’année"), _("l’équipe du plan"), url))
    return found


def _named(what: str, items: tuple[str, ...]) -> str:
    """« 3 chiffres pas encore remis : Nuitées ; Repas ; Colis », « 31 actions sans bilan, dont … »."""
    if not items:
        return what
    told = _("%(what)s : %(items)s") if len(items) <= MOST_NAMED else _("%(what)s, dont %(items)s")
    return told % {"what": what, "items": " ; ".join(items[:MOST_NAMED])}
