"""What happened, as reports tell it: who owes one, what each says, and the plain dates that `core.balance` adds up."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from tissage.agenda.models import Activity, ActivityTerm, Campaign, Occurrence, OccurrenceReport
from tissage.core.balance import Date, Stand, Told, stand_of

AUDIENCE = "audience"
GONE = (Occurrence.Status.CANCELLED,)


@dataclass(frozen=True, slots=True)
class Due:
    """A date, or an undated output (`occurrence` None), with its report when there is one."""

    activity: Activity
    occurrence: Occurrence | None
    report: OccurrenceReport | None

    @property
    def on(self) -> dt.date | None:
        return timezone.localtime(self.occurrence.starts_at).date() if self.occurrence else None

    @property
    def label(self) -> str:
        """What the journal and letters may call it."""
        return self.activity.public_title


def dues_of(activities: QuerySet[Activity]) -> list[Due]:
    """Every date and undated output of these activities, by day then title; undated ones last. Three queries."""
    shown = activities.select_related("lead", "campaign", "territory")
    by_number = {one.pk: one for one in shown.order_by("title", "pk")}
    dates = Occurrence.objects.filter(activity__in=by_number).order_by("starts_at", "activity__title", "pk")
    reports = {
        (one.activity_id, one.occurrence_id): one
        for one in OccurrenceReport.objects.filter(activity__in=by_number).prefetch_related("partners_present").order_by("pk")
    }
    found = [Due(by_number[one.activity_id], one, reports.get((one.activity_id, one.pk))) for one in dates]
    undated = [one for one in by_number.values() if not one.is_dated]
    return found + [Due(one, None, reports.get((one.pk, None))) for one in undated]


def campaign_dues(campaign: Campaign) -> list[Due]:
    """Those of the accepted activities of a campaign."""
    return dues_of(Activity.objects.filter(campaign=campaign, moderation=Activity.Moderation.ACCEPTED))


def unreported(campaign: Campaign) -> list[Due]:
    """What still keeps a campaign from closing: every date that was not cancelled, every undated output, without report."""
    return [one for one in campaign_dues(campaign) if one.report is None and not (one.occurrence and one.occurrence.status in GONE)]


def plain_date(due: Due, audiences: Iterable[str], *, ends_on: dt.date | None = None) -> Date:
    """A date as `core.balance` reads it. Of a sensitive activity only whether it was held, and whether something serious happened."""
    activity, occurrence, report = due.activity, due.occurrence, due.report
    over = timezone.localtime(occurrence.ends_at).date() if occurrence else ends_on or timezone.localtime(activity.created_at).date()
    return Date(
        activity=activity.pk,
        title=activity.public_title,
        type=activity.type,
        audiences=tuple(audiences),
        lead=activity.lead.name,
        is_sensitive=activity.is_sensitive,
        on=due.on,
        due=over,
        is_cancelled=occurrence is not None and occurrence.status in GONE,
        told=None if report is None else _told(report, sensitive=activity.is_sensitive),
    )


def _told(report: OccurrenceReport, *, sensitive: bool) -> Told:
    serious = report.incident == OccurrenceReport.Incident.SERIOUS
    if sensitive:
        return Told(held=report.held, is_serious=serious)
    return Told(
        held=report.held,
        headcount=report.headcount,
        method=report.method,
        by_audience=report.headcount_by_audience,
        new_public=report.new_public,
        produced=report.produced,
        partners=tuple(one.name for one in report.partners_present.all()),
        worked=report.what_worked,
        to_change=report.what_to_change,
        reason=report.reason,
        is_serious=serious,
    )


def audiences_of(activities: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The audiences of each activity, in their order. One query."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = ActivityTerm.objects.filter(activity__in=list(activities), kind=AUDIENCE).order_by("code")
    for activity, code in rows.values_list("activity", "code"):
        found[activity].append(code)
    return {activity: tuple(codes) for activity, codes in found.items()}


def stand(due: Due, day: dt.date) -> Stand:
    return stand_of(plain_date(due, (), ends_on=due.activity.campaign.ends_on if due.activity.campaign else None), day)


def owed_by(organizations: Iterable[int], now: dt.datetime, *, campaign: Campaign | None = None) -> list[Due]:
    """Dates that are over and undated outputs of windows that are over, that these organisations lead and did not report. Two queries.

    Those of one campaign when it is given; those of closed campaigns are no longer asked.
    """
    today = timezone.localtime(now).date()
    mine: dict[str, Any] = {"lead__in": list(organizations), "moderation": Activity.Moderation.ACCEPTED}
    if campaign is not None:
        mine["campaign"] = campaign
    activities = Activity.objects.filter(**mine).exclude(campaign__status=Campaign.Status.CLOSED).order_by()
    dates = Occurrence.objects.filter(activity__in=activities, report__isnull=True, ends_at__lte=now)
    dates = dates.exclude(status__in=(*GONE, Occurrence.Status.POSTPONED))
    shown = dates.select_related("activity__lead", "activity__territory", "activity__campaign")
    told = OccurrenceReport.objects.filter(occurrence__isnull=True).values("activity")
    outputs = activities.filter(is_dated=False, campaign__ends_on__lt=today).exclude(pk__in=told).order_by("title", "pk")
    return [
        *(Due(one.activity, one, None) for one in shown.order_by("starts_at", "pk")),
        *(Due(one, None, None) for one in outputs.select_related("lead", "territory", "campaign")),
    ]
