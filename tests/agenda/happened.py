"""A campaign of Sormont that is over: who carries what, and dates to tell. Chantecler (Petra) leads, « La Ruche » helps, « Le Refuge » has no account."""

from __future__ import annotations

import datetime as dt

from tissage.agenda.models import Activity, ActivityPartner, ActivityTerm, Campaign, CampaignPartner, Occurrence
from tissage.agenda.operations.reports import file_report
from tissage.core.tokens import hash_token
from tissage.network.models import Organization

TOKEN = "jeton-du-refuge"


def make_campaign(territory, lead, now, **given):
    window = {"starts_on": dt.date(2026, 10, 5), "ends_on": dt.date(2026, 11, 20)}
    details = {"name": "Quinzaine", "edition_year": 2026, "status": "running", "created_at": now, **window, **given}
    return Campaign.objects.create(territory=territory, lead=lead, **details)


def make_activity(campaign, lead, now, title="Atelier slam", **given):
    audiences = given.pop("audiences", ("jeunes",))
    helper = given.pop("helper", None)
    details = {"type": "workshop", "moderation": "accepted", "created_at": now, "modified_at": now, **given}
    if details.get("sensitivity") == "sensitive":
        details.setdefault("neutral_title", f"Rencontre {title[-1]}")
    made = Activity.objects.create(territory=campaign.territory, campaign=campaign, title=title, lead=lead, **details)
    ActivityTerm.objects.bulk_create(ActivityTerm(activity=made, kind="audience", code=code) for code in audiences)
    if helper is not None:
        ActivityPartner.objects.create(activity=made, organization=helper)
    return made


def make_date(activity, now, days_ago=10, **given):
    """A date that began so many days ago, for two hours."""
    starts = now - dt.timedelta(days=days_ago, hours=3)
    return Occurrence.objects.create(activity=activity, starts_at=starts, ends_at=starts + dt.timedelta(hours=2), modified_at=now, **given)


def make_organization(territory, name, **given):
    return Organization.objects.create(territory=territory, name=name, **given)


def make_link(campaign, organization, now, token=TOKEN, **given):
    details = {"email": "lien@refuge.example", "token_hash": hash_token(token), "sent_at": now, "expires_at": now + dt.timedelta(days=9000)}
    return CampaignPartner.objects.create(campaign=campaign, organization=organization, **{**details, **given})


def tell(occurrence, headcount, by, now, method="count", **given):
    return file_report(occurrence=occurrence, by=by, now=now, held="yes", headcount=headcount, method=method, **given)
