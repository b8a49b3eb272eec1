"""What a document is made from: a year as everybody may read it, its form, and where it comes from. No query, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tissage.core.plan_public import BESIDE, PREVIOUS, SMALL, for_everybody
from tissage.core.plan_year import APPROVED, MISSING, ActionOfYear, FigureOfYear, YearData
from tissage.reports.queries.templates import ReportTemplate

from . import words


@dataclass(frozen=True, slots=True)
class Missing:
    """Something incomplete, and who owes it."""

    what: str
    owed_by: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """One document to make. `version` None: from live data, a draft. `number`: of the issued document, within the territory.

    `data` is what everybody may read; `hidden` says why figures are not shown.
    """

    data: YearData
    hidden: Mapping[tuple[int, str], str]
    kind: str
    templates: Mapping[str, ReportTemplate]
    made_on: dt.date
    version: int | None = None
    frozen_on: dt.date | None = None
    sha256: str = ""
    missing: Sequence[Missing] = ()
    difference: Sequence[str] = ()
    number: int | None = None
    sitting_on: dt.date | None = None

    @property
    def is_draft(self) -> bool:
        return self.version is None

    @property
    def template(self) -> ReportTemplate:
        return self.templates[self.kind]

    @property
    def title(self) -> str:
        return f"{self.template.label} {self.data.facts.year}"

    @property
    def state(self) -> str:
        """« PROJET » for a draft, else « version 2 »."""
        return _("PROJET") if self.is_draft else _("version %(number)s") % {"number": self.version}

    @property
    def dated(self) -> str:
        return words.day(self.frozen_on or self.made_on)

    @property
    def source(self) -> str:
        """What stands under every figure."""
        facts = self.data.facts
        if self.is_draft:
            told = _("Source : registre du plan %(plan)s, année %(year)s, données non arrêtées du %(day)s.")
            return told % {"plan": facts.plan, "year": facts.year, "day": words.day(self.made_on)}
        told = _("Source : données %(year)s du plan %(plan)s, version %(number)s arrêtée le %(day)s (empreinte %(sha)s).")
        return told % {
            "plan": facts.plan,
            "year": facts.year,
            "number": self.version,
            "day": words.day_or(self.frozen_on),
            "sha": self.sha256[:12],
        }

    # --- Words of figures ------------------------------------------------------------------------------------------
    def value(self, action: ActionOfYear, figure: FigureOfYear) -> str:
        """« 12 personnes », « moins de 5 personnes », « inconnu »; what is missing says so."""
        why = self.hidden.get((action.key, figure.indicator))
        if why == SMALL:
            return _("moins de %(threshold)s %(unit)s") % {"threshold": self.data.facts.threshold, "unit": figure.unit}
        if why is not None:
            return _("non montré")
        if figure.state == MISSING:
            return _("manque")
        if figure.state != APPROVED or figure.value is None:
            return _("inconnu")
        told = f"{words.number(figure.value)} {figure.unit}".strip()
        if figure.months is not None and figure.months < 12:
            told += " " + _("(%(known)s mois connus sur 12)") % {"known": figure.months}
        return told

    def previous(self, action: ActionOfYear, figure: FigureOfYear) -> str:
        """The count of the year before, with the same manners."""
        why = self.hidden.get((action.key, PREVIOUS + figure.indicator))
        if why == BESIDE:
            return _("non montré")
        if why is not None:
            return _("moins de %(threshold)s") % {"threshold": self.data.facts.threshold}
        return words.number(figure.previous)

    def how(self, action: ActionOfYear, figure: FigureOfYear) -> str:
        """How a figure was counted, by whom; why it is not shown; who owes it."""
        why = self.hidden.get((action.key, figure.indicator))
        if figure.state == MISSING:
            return _("dû par %(owed)s") % {"owed": figure.owed}
        told = words.dot(figure.how_counted or _("comptage non précisé"), figure.counted_by)
        if why is not None and why != SMALL:
            told = _("montré, il ferait retrouver un petit nombre")
        return told


def book_of(
    data: YearData,
    *,
    kind: str,
    templates: Mapping[str, ReportTemplate],
    made_on: dt.date,
    version: int | None = None,
    frozen_on: dt.date | None = None,
    sha256: str = "",
    missing: Sequence[Missing] = (),
    difference: Sequence[str] = (),
    number: int | None = None,
    sitting_on: dt.date | None = None,
) -> Book:
    """A book of this year, with what nobody may read already out of it."""
    shown, hidden = for_everybody(data)
    return Book(
        data=shown,
        hidden=hidden,
        kind=kind,
        templates=templates,
        made_on=made_on,
        version=version,
        frozen_on=frozen_on,
        sha256=sha256,
        missing=tuple(missing),
        difference=tuple(difference),
        number=number,
        sitting_on=sitting_on,
    )
