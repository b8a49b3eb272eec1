"""Writes on campaigns: made, copied from an edition, opened, published, run. Closing is written with the balance."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.agenda.models import Activity, ActivityAction, ActivityPartner, ActivityTerm, Campaign, CampaignPartner
from tissage.network.models import Organization
from tissage.people.models import Territory, User
from tissage.people.operations import record

Status = Campaign.Status
STEPS = (Status.DRAFT, Status.OPEN, Status.PUBLISHED, Status.RUNNING, Status.EVALUATING)
VERBS = {
    Status.DRAFT: "agenda.reopen_draft",
    Status.OPEN: "agenda.open_campaign",
    Status.PUBLISHED: "agenda.publish_campaign",
    Status.RUNNING: "agenda.begin_campaign",
    Status.EVALUATING: "agenda.evaluate_campaign",
}


class CampaignRefused(ValueError):
    """What was asked does not fit the state of the campaign. The message says why and what to do."""


@transaction.atomic
def create_campaign(
    *,
    territory: Territory,
    name: str,
    kind: str,
    edition_year: int,
    starts_on: dt.date,
    ends_on: dt.date,
    lead: Organization,
    by: User,
    now: dt.datetime,
    **details: Any,
) -> Campaign:
    """A new edition, in preparation. `details`: columns of the table. Raises `CampaignRefused` when this edition exists."""
    window = {"starts_on": starts_on, "ends_on": ends_on}
    made = _insert(
        Campaign(
            territory=territory,
            name=" ".join(name.split()),
            kind=kind,
            edition_year=edition_year,
            lead=lead,
            created_at=now,
            **window,
            **details,
        )
    )
    record(verb="agenda.create_campaign", by=by, territory=territory, on=made, now=now)
    return made


@transaction.atomic
def change_campaign(*, campaign: Campaign, by: User, now: dt.datetime, **details: Any) -> list[str]:
    """Changes what is said of a campaign; gives the names of what changed."""
    changed = sorted(name for name, value in details.items() if getattr(campaign, name) != value)
    for name in changed:
        setattr(campaign, name, details[name])
    if changed:
        _save(campaign, changed)
        record(verb="agenda.change_campaign", by=by, territory=campaign.territory, on=campaign, fields=changed, now=now)
    return changed


@transaction.atomic
def copy_campaign(
    *, campaign: Campaign, edition_year: int, starts_on: dt.date, ends_on: dt.date, by: User, now: dt.datetime, name: str = ""
) -> Campaign:
    """The next edition: partners, activities as drafts, objectives, open points and lessons. Never dates, figures, registrations, feedback."""
    made = _insert(
        Campaign(
            territory=campaign.territory,
            name=name or campaign.name,
            kind=campaign.kind,
            edition_year=edition_year,
            starts_on=starts_on,
            ends_on=ends_on,
            objectives=list(campaign.objectives),
            lessons=list(campaign.lessons),
            lead=campaign.lead,
            copied_from=campaign,
            created_at=now,
        )
    )
    partners = campaign.partners.order_by("pk")
    CampaignPartner.objects.bulk_create(
        [CampaignPartner(campaign=made, organization_id=one.organization_id, email=one.email) for one in partners]
    )
    copies = _copy_activities(campaign, made, by, now)
    numbers = {"activities": copies, "partners": len(partners)}
    record(verb="agenda.copy_campaign", by=by, territory=campaign.territory, on=made, numbers=numbers, now=now)
    return made


COPIED = (
    "title", "neutral_title", "summary", "description", "type", "is_dated", "lead_id", "language", "min_age", "max_age", "is_free",
    "price_note", "visibility", "sensitivity", "resources",
)  # fmt: skip


def _copy_activities(campaign: Campaign, made: Campaign, by: User, now: dt.datetime) -> int:
    kept = campaign.activities.exclude(moderation=Activity.Moderation.REFUSED).exclude(visibility=Activity.Visibility.PRIVATE)
    copies: dict[int, Activity] = {}
    for one in kept.order_by("pk"):
        copy = Activity(
            territory=made.territory, campaign=made, copied_from=one, added_by=by, created_at=now, modified_at=now,
            **{name: getattr(one, name) for name in COPIED},
        )  # fmt: skip
        copy.save()
        copies[one.pk] = copy
    ActivityTerm.objects.bulk_create(
        ActivityTerm(activity=copies[one.activity_id], kind=one.kind, code=one.code)
        for one in ActivityTerm.objects.filter(activity__in=copies).order_by("pk")
    )
    ActivityPartner.objects.bulk_create(
        ActivityPartner(activity=copies[one.activity_id], organization_id=one.organization_id, role=one.role)
        for one in ActivityPartner.objects.filter(activity__in=copies).order_by("pk")
    )
    ActivityAction.objects.bulk_create(
        ActivityAction(activity=copies[one.activity_id], action_id=one.action_id, indicator_id=one.indicator_id, feeds=one.feeds)
        for one in ActivityAction.objects.filter(activity__in=copies).order_by("pk")
    )
    return len(copies)


def open_campaign(*, campaign: Campaign, by: User, now: dt.datetime) -> None:
    """Partners may propose."""
    move_campaign(campaign=campaign, to=Status.OPEN, by=by, now=now)


def publish_campaign(*, campaign: Campaign, by: User, now: dt.datetime) -> None:
    """The programme may be read by everybody; what was accepted stands in calendars from now on."""
    move_campaign(campaign=campaign, to=Status.PUBLISHED, by=by, now=now)


@transaction.atomic
def move_campaign(*, campaign: Campaign, to: str, by: User, now: dt.datetime) -> None:
    """One step forward, or one step back to undo it. Raises `CampaignRefused`; a closed campaign does not move."""
    held = Campaign.objects.select_for_update(of=("self",)).order_by("pk").get(pk=campaign.pk)
    if held.status == Status.CLOSED:
        raise CampaignRefused(_("Cette campagne est close : elle ne change plus d’état."))
    if to not in STEPS or abs(STEPS.index(Status(to)) - STEPS.index(Status(held.status))) != 1:
        raise CampaignRefused(_("Une campagne avance d’un pas à la fois. Rechargez la page : quelqu’un l’a peut-être déjà fait avancer."))
    if to == Status.RUNNING and timezone.localdate(now) < held.starts_on and held.status == Status.PUBLISHED:
        raise CampaignRefused(_("Elle ne commence que le %(day)s.") % {"day": held.starts_on.strftime("%d/%m/%Y")})
    campaign.status = to
    campaign.save(update_fields=["status"])
    if to == Status.PUBLISHED:
        campaign.activities.filter(moderation=Activity.Moderation.ACCEPTED).update(was_published=True)
    record(verb=VERBS[Status(to)], by=by, territory=campaign.territory, on=campaign, now=now)


def next_step(campaign: Campaign) -> Status | None:
    """The state that comes next by a click here; closing has its own page."""
    if campaign.status not in STEPS or campaign.status == Status.EVALUATING:
        return None
    return STEPS[STEPS.index(Status(campaign.status)) + 1]


def former_step(campaign: Campaign) -> Status | None:
    if campaign.status not in STEPS or campaign.status == Status.DRAFT:
        return None
    return STEPS[STEPS.index(Status(campaign.status)) - 1]


def _insert(campaign: Campaign) -> Campaign:
    _save(campaign, None)
    return campaign


def _save(campaign: Campaign, fields: list[str] | None) -> None:
    try:
        with transaction.atomic():
            campaign.save(update_fields=fields)
    except IntegrityError as fault:
        if Campaign.objects.filter(territory=campaign.territory, name=campaign.name, edition_year=campaign.edition_year).exists():
            raise CampaignRefused(
                _("L’édition %(year)s de « %(name)s » existe déjà.") % {"year": campaign.edition_year, "name": campaign.name}
            ) from fault
        raise
