"""Figures of a plan that the reports of activities give: dates held or persons, by indicator and year (`agenda.md` §6, issue 5 §3).

Sensitive activities give persons by whole years of an organisation only, and only when all of them serve that indicator: a part of the year
beside the whole would give the rest by difference.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.agenda.models import Activity, ActivityAction, OccurrenceReport, SensitiveYear
from tissage.core.sensitive_years import COUNTED, ESTIMATED, how_of
from tissage.plan.models import Indicator, Plan

MARK = "Comptes rendus d’activités"
"""How a figure that came from reports begins to say how it was counted: kept as it is in every language, so that it is known again."""
Feeds = ActivityAction.Feeds


@dataclass(slots=True)
class Sums:
    """What the reports of an indicator add up to."""

    dates: int = 0
    counted: int | None = None
    estimated: int | None = None
    uncounted: int = 0

    def add(self, persons: int, how: str) -> None:
        if how == COUNTED:
            self.counted = (self.counted or 0) + persons
        else:
            self.estimated = (self.estimated or 0) + persons


@dataclass(frozen=True, slots=True)
class Fed:
    """A figure ready to be proposed; `value` None with the reason when there is none. `left_out`: what is not in it, in words."""

    indicator: Indicator
    year: int
    value: int | None
    how_counted: str
    reason: str = ""
    left_out: tuple[str, ...] = ()


def feed_figures(plan: Plan, year: int) -> list[Fed]:
    """What the reports of a year give each indicator of a plan, in the order of the plan. Five queries."""
    links = ActivityAction.objects.filter(action__plan=plan, indicator__isnull=False, activity__moderation=Activity.Moderation.ACCEPTED)
    links = links.exclude(feeds=Feeds.NOTHING).select_related(
        "indicator__action__plan__territory", "indicator__organization", "activity__lead"
    )
    by_indicator: defaultdict[Indicator, list[ActivityAction]] = defaultdict(list)
    for link in links.order_by("indicator__action__sequence", "indicator__position", "indicator", "activity"):
        assert link.indicator is not None
        by_indicator[link.indicator].append(link)
    reports = _reports({link.activity_id for found in by_indicator.values() for link in found}, year)
    leads = {link.activity.lead_id for found in by_indicator.values() for link in found if link.activity.is_sensitive}
    every = _sensitive_activities(leads, year)
    settled: defaultdict[int, list[SensitiveYear]] = defaultdict(list)
    for one in SensitiveYear.objects.filter(organization__in=leads, year=year).order_by("organization", "how"):
        settled[one.organization_id].append(one)
    return [_fed(indicator, year, found, reports, every, settled) for indicator, found in by_indicator.items()]


def _year_of(report: OccurrenceReport) -> int:
    return timezone.localtime(report.occurrence.starts_at if report.occurrence else report.filled_at).year


def _reports(activities: set[int], year: int) -> dict[int, list[OccurrenceReport]]:
    rows = OccurrenceReport.objects.filter(activity__in=activities).exclude(held=OccurrenceReport.Held.NO).select_related("occurrence")
    found: defaultdict[int, list[OccurrenceReport]] = defaultdict(list)
    for one in rows.order_by("pk"):
        if _year_of(one) == year:
            found[one.activity_id].append(one)
    return found


def _sensitive_activities(leads: set[int], year: int) -> dict[int, set[int]]:
    """All the sensitive activities of these organisations that somebody counted in a year, whatever they serve."""
    rows = OccurrenceReport.objects.filter(
        activity__lead__in=leads, activity__sensitivity=Activity.Sensitivity.SENSITIVE, headcount__isnull=False
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one in rows.select_related("occurrence", "activity").order_by("pk"):
        if _year_of(one) == year:
            found[one.activity.lead_id].add(one.activity_id)
    return found


def _fed(
    indicator: Indicator,
    year: int,
    links: list[ActivityAction],
    reports: dict[int, list[OccurrenceReport]],
    every: dict[int, set[int]],
    settled: dict[int, list[SensitiveYear]],
) -> Fed:
    kinds = {link.feeds for link in links}
    if len(kinds) > 1:
        return Fed(
            indicator, year, None, "", _("Des activités y apportent des dates, d’autres des personnes : choisissez l’un ou l’autre.")
        )
    if indicator.period != Indicator.Period.YEAR:
        return Fed(indicator, year, None, "", _("Cet indicateur se compte par mois : les comptes rendus donnent l’année."))
    told = Sums()
    ordinary = [link.activity for link in links if not link.activity.is_sensitive]
    sensitive = [link.activity for link in links if link.activity.is_sensitive]
    for activity in ordinary + (sensitive if kinds == {Feeds.DATES} else []):
        for report in reports.get(activity.pk, ()):
            told.dates += report.occurrence_id is not None
            if report.headcount is None:
                told.uncounted += 1
            elif not activity.is_sensitive:
                told.add(report.headcount, how_of(report.method))
    if kinds == {Feeds.DATES}:
        if not told.dates:
            return Fed(indicator, year, None, "", _("Aucune date tenue n’est encore racontée pour cette année."))
        dates = ngettext("%(n)s date tenue", "%(n)s dates tenues", told.dates) % {"n": told.dates}
        return Fed(indicator, year, told.dates, f"{MARK} · {dates}")
    left_out = _add_whole_years(told, sensitive, every, settled)
    if told.counted is None and told.estimated is None:
        return Fed(indicator, year, None, "", _("Aucune personne n’est encore comptée pour cette année."), left_out)
    return Fed(indicator, year, (told.counted or 0) + (told.estimated or 0), _words(told), "", left_out)


def _add_whole_years(
    told: Sums, sensitive: list[Activity], every: dict[int, set[int]], settled: dict[int, list[SensitiveYear]]
) -> tuple[str, ...]:
    """Adds what organisations let out of their sensitive activities; gives what stays out, in words that hold no number."""
    linked: defaultdict[int, set[int]] = defaultdict(set)
    names = {}
    for activity in sensitive:
        linked[activity.lead_id].add(activity.pk)
        names[activity.lead_id] = activity.lead.name
    left_out = []
    for lead, activities in sorted(linked.items()):
        name = {"name": names[lead]}
        rows = settled.get(lead, [])
        said = [one for one in rows if one.persons is not None]
        if every.get(lead, set()) - activities:
            left_out.append(
                _("%(name)s : d’autres de ses activités sensibles ne servent pas cet indicateur, son année ne se coupe pas.") % name
            )
        elif not rows:
            left_out.append(_("%(name)s : le nombre annuel de ses activités sensibles n’est pas encore arrêté.") % name)
        elif not said:
            left_out.append(_("%(name)s : le nombre annuel de ses activités sensibles est sous le seuil.") % name)
        for one in said if not every.get(lead, set()) - activities else ():
            told.add(one.persons or 0, COUNTED if one.how == COUNTED else ESTIMATED)
    return tuple(left_out)


def _words(told: Sums) -> str:
    """Counts and estimates apart: the value is their sum, and says so."""
    parts = []
    if told.counted is not None:
        parts.append(_("comptées : %(n)s") % {"n": told.counted})
    if told.estimated is not None:
        parts.append(_("estimées : %(n)s") % {"n": told.estimated})
    if told.counted is not None and told.estimated is not None:
        parts.append(_("la valeur les additionne"))
    if told.uncounted:
        parts.append(ngettext("%(n)s date sans nombre", "%(n)s dates sans nombre", told.uncounted) % {"n": told.uncounted})
    return f"{MARK} · " + " ; ".join(parts)
