"""The balance of a campaign as plain values, and the yearly numbers that sensitive activities let out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from tissage.agenda.models import Activity, ActivityAction, Campaign, Occurrence, OccurrenceReport, SensitiveYear
from tissage.core.balance import Balance, Date, balance_of
from tissage.core.sensitive_years import SensitiveDate, closes_on
from tissage.core.vocabulary import ACTIVITY_TYPE, AUDIENCE
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.people.models import Territory

from .reports import Due, audiences_of, campaign_dues, plain_date


@dataclass(frozen=True, slots=True)
class Served:
    """An action of the plan, and how many activities serve it. `plan` and `action` are numbers of rows, for a link; the words are frozen."""

    plan: int
    action: int
    number: str
    title: str
    activities: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What left an organisation of its sensitive activities in a year. `persons` None: too few."""

    organization: str
    year: int
    how: str
    persons: int | None
    dates: int


@dataclass(frozen=True, slots=True)
class Book:
    """All that the balance of a campaign says on a day, page and paper alike. `number` and `narrative` once it is issued."""

    campaign: str
    territory: str
    lead: str
    starts_on: dt.date
    ends_on: dt.date
    day: dt.date
    balance: Balance
    types: Mapping[str, str]
    audiences: Mapping[str, str]
    actions: tuple[Served, ...]
    settled: tuple[Settled, ...]
    threshold: int
    is_demonstration: bool = False
    number: int | None = None
    narrative: str = ""

    def as_json(self) -> dict[str, Any]:
        made = asdict(replace(self, number=None, narrative=""))
        made["balance"] = self.balance.as_json()
        for name in ("starts_on", "ends_on", "day"):
            made[name] = made[name].isoformat()
        return made

    @classmethod
    def from_json(cls, value: Mapping[str, Any], *, number: int, narrative: str) -> Book:
        days: dict[str, Any] = {name: dt.date.fromisoformat(value[name]) for name in ("starts_on", "ends_on", "day")}
        plain = {name: value[name] for name in ("campaign", "territory", "lead", "types", "audiences", "threshold", "is_demonstration")}
        return cls(
            **plain,
            **days,
            balance=Balance.from_json(value["balance"]),
            actions=tuple(Served(**one) for one in value["actions"]),
            settled=tuple(Settled(**one) for one in value["settled"]),
            number=number,
            narrative=narrative,
        )


def balance(campaign: Campaign, day: dt.date) -> Balance:
    """What happened in a campaign, as it is known on a day."""
    return _balance(campaign, campaign_dues(campaign), day)


def book_of(campaign: Campaign, day: dt.date) -> Book:
    """The whole balance of a campaign with its words, ready for a page or a paper. Never a head count of a sensitive activity."""
    found = balance(campaign, day)
    words = vocabulary()
    return Book(
        campaign=str(campaign),
        territory=campaign.territory.name,
        lead=campaign.lead.name,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        day=day,
        balance=found,
        types={line.code: words.label(ACTIVITY_TYPE, line.code) for line in found.by_type},
        audiences={line.code: words.label(AUDIENCE, line.code) for line in found.by_audience},
        actions=tuple(actions_served(campaign)),
        settled=tuple(settled_years(campaign.territory, {campaign.starts_on.year, campaign.ends_on.year})) if found.sensitive else (),
        threshold=campaign.territory.suppression_threshold,
        is_demonstration=campaign.territory.is_demonstration,
    )


def _balance(campaign: Campaign, dues: list[Due], day: dt.date) -> Balance:
    activities = list(
        Activity.objects.filter(campaign=campaign, moderation=Activity.Moderation.ACCEPTED).select_related("lead").order_by("title", "pk")
    )
    audiences = audiences_of([one.pk for one in activities])
    dates = [plain_date(due, audiences.get(due.activity.pk, ()), ends_on=campaign.ends_on) for due in dues]
    each = [
        Date(one.pk, one.public_title, one.type, audiences.get(one.pk, ()), one.lead.name, one.is_sensitive, None, campaign.ends_on)
        for one in activities
    ]
    return balance_of(dates, each, day)


def actions_served(campaign: Campaign) -> list[Served]:
    """The actions of the plan that its accepted activities serve, in the order of the plan. One query."""
    links = ActivityAction.objects.filter(activity__campaign=campaign, activity__moderation=Activity.Moderation.ACCEPTED)
    rows = links.values_list("action__plan", "action", "action__sequence", "action__title").annotate(n=Count("activity", distinct=True))
    ordered = rows.order_by("action__plan", "action__sequence", "action")
    return [Served(plan, action, str(sequence), title, number) for plan, action, sequence, title, number in ordered]


def settled_years(territory: Territory, years: Iterable[int]) -> list[Settled]:
    """The yearly numbers that organisations of a territory let out, by year and name. One query."""
    rows = SensitiveYear.objects.filter(organization__territory=territory, year__in=list(years)).select_related("organization")
    return [
        Settled(one.organization.name, one.year, one.how, one.persons, one.dates)
        for one in rows.order_by("year", "organization__search", "organization", "how")
    ]


def sensitive_dates(territory: Territory, *, today: dt.date) -> dict[tuple[int, int], list[SensitiveDate]]:
    """Dates to settle on a day, by organisation and year: over, every report in or waited for long enough, never settled before. Two queries.

    The year is that of the date where it was; of an undated output, the year its report came.
    """
    sensitive = Q(activity__territory=territory, activity__sensitivity=Activity.Sensitivity.SENSITIVE)
    done = set(SensitiveYear.objects.filter(organization__territory=territory).values_list("organization", "year"))
    found: dict[tuple[int, int], list[SensitiveDate]] = {}
    waiting: set[tuple[int, int]] = set()
    rows = OccurrenceReport.objects.filter(sensitive).exclude(held=OccurrenceReport.Held.NO).select_related("activity", "occurrence")
    for one in rows.order_by("pk"):
        year = timezone.localtime(one.occurrence.starts_at if one.occurrence else one.filled_at).year
        found.setdefault((one.activity.lead_id, year), []).append(SensitiveDate(one.activity.lead_id, year, one.headcount, one.method))
    silent = Occurrence.objects.filter(sensitive, report__isnull=True, activity__moderation=Activity.Moderation.ACCEPTED)
    for lead, starts_at in silent.exclude(status=Occurrence.Status.CANCELLED).values_list("activity__lead", "starts_at").order_by("pk"):
        waiting.add((lead, timezone.localtime(starts_at).year))
    return {key: dates for key, dates in found.items() if key not in done and today >= closes_on(key[1], all_reported=key not in waiting)}
