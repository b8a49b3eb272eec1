"""Settling what sensitive activities let out, and issuing the balance of a campaign."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.agenda.models import Activity, Campaign, CampaignReport, SensitiveYear
from tissage.agenda.queries.balances import book_of, sensitive_dates
from tissage.core.sensitive_years import wholes
from tissage.network.models import Organization
from tissage.people.models import Territory, User
from tissage.people.operations import record


class BalanceRefused(ValueError):
    """Why nothing was issued, in words for the user."""


def settle_sensitive_years(*, now: dt.datetime) -> int:
    """Settles the years that are over, once an organisation and year; gives how many. What comes later changes nothing of what was said."""
    concerned = Activity.objects.filter(sensitivity=Activity.Sensitivity.SENSITIVE).values("territory")
    return sum(_settle(territory, now) for territory in Territory.objects.filter(pk__in=concerned).order_by("pk"))


def _settle(territory: Territory, now: dt.datetime) -> int:
    settled = 0
    for _key, dates in sorted(sensitive_dates(territory, today=timezone.localtime(now).date()).items()):
        rows = [
            SensitiveYear(
                organization_id=one.organization, year=one.year, how=one.how, persons=one.persons, dates=one.dates, settled_at=now
            )
            for one in wholes(dates, territory.suppression_threshold)
        ]
        try:
            with transaction.atomic():
                SensitiveYear.objects.bulk_create(rows)
        except IntegrityError:  # another process settled it meanwhile
            continue
        settled += bool(rows)
    if settled:
        record(verb="agenda.settle_sensitive_years", by=None, territory=territory, numbers={"years": settled}, now=now)
    return settled


@transaction.atomic
def issue_campaign_report(*, campaign: Campaign, narrative: str, by: User, now: dt.datetime) -> CampaignReport:
    """Freezes the balance of today under the next number. Raises `BalanceRefused`."""
    rows = Campaign.objects.select_related("territory", "lead")
    kept = rows.select_for_update(of=("self",)).order_by("pk").get(pk=campaign.pk)
    if kept.status not in (Campaign.Status.EVALUATING, Campaign.Status.CLOSED):
        raise BalanceRefused(_("Le bilan s’émet quand la campagne s’évalue ou est close. Ouvrez d’abord l’évaluation."))
    day = timezone.localtime(now).date()
    last = CampaignReport.objects.filter(campaign=kept).order_by("-number").values_list("number", flat=True).first() or 0
    made = CampaignReport.objects.create(
        campaign=kept,
        number=last + 1,
        indicators=book_of(kept, day).as_json(),
        narrative=narrative.strip(),
        published_on=day,
        made_by=by,
        made_at=now,
    )
    record(verb="agenda.issue_campaign_report", by=by, territory=kept.territory, on=kept, numbers={"number": made.number}, now=now)
    return made


def note_download(*, organization: Organization, year: int, by: User, now: dt.datetime) -> None:
    """An organisation took its own year away: the journal keeps that it did."""
    record(verb="agenda.download_year", by=by, territory=organization.territory, on=organization, numbers={"year": year}, now=now)
