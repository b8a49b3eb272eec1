"""Reminders of reports, two and seven days after a date: one letter a person, or one an organisation without account, never twice for a delay."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from tissage.agenda.models import Activity, Campaign, CampaignPartner, Occurrence, ReportReminder
from tissage.core.tokens import TOKEN_BYTES, hash_token
from tissage.network.models import Organization, Person
from tissage.people.mail import send_letter
from tissage.people.models import Membership, Territory, User
from tissage.people.operations import record

DELAYS = (7, 2)
"""Days after a date, the longest first: whoever was never reminded receives the one of its day."""
KEPT_ASKING = dt.timedelta(days=21)
"""After that the balance says « non évalué », and nobody is written to."""
LINK_LASTS = dt.timedelta(days=30)
Line = tuple[Occurrence, str]
"""A date, and the address where it is reported."""


def remind_reports(*, now: dt.datetime) -> int:
    """Writes to whoever carries dates without report; gives how many letters left. Run again, late or twice, it sends none twice."""
    due = _due(now)
    by_lead: defaultdict[int, list[tuple[Occurrence, int]]] = defaultdict(list)
    for one, days in due:
        by_lead[one.activity.lead_id].append((one, days))
    people = _people_of(by_lead)
    letters: defaultdict[User, list[tuple[Occurrence, int]]] = defaultdict(list)
    sent = 0
    for lead, dates in sorted(by_lead.items()):
        if lead in people:
            for user in people[lead]:
                letters[user].extend(dates)
        else:
            sent += _write_to_partner(dates[0][0].activity.lead, dates, now)
    told: set[tuple[int, int]] = set()
    for user, dates in sorted(letters.items(), key=lambda one: one[0].pk):
        sent += _write_to_person(user, dates, told, now)
    return sent


def _due(now: dt.datetime) -> list[tuple[Occurrence, int]]:
    """Dates to remind today, each with its delay. One query."""
    day, today = dt.timedelta(days=1), timezone.localtime(now).date()
    rows = Occurrence.objects.filter(
        activity__moderation=Activity.Moderation.ACCEPTED, report__isnull=True, ends_at__lte=now - day, ends_at__gt=now - KEPT_ASKING
    )
    rows = rows.exclude(status__in=(Occurrence.Status.CANCELLED, Occurrence.Status.POSTPONED))
    rows = rows.exclude(activity__campaign__status=Campaign.Status.CLOSED)
    for delay in DELAYS:
        sent = ReportReminder.objects.filter(occurrence=OuterRef("pk"), days__gte=delay)
        rows = rows.annotate(**{f"told_{delay}": Exists(sent)})
    found = []
    for one in rows.select_related("activity__lead", "activity__territory", "activity__campaign").order_by("starts_at", "pk"):
        passed = (today - timezone.localtime(one.ends_at).date()).days
        reached = [delay for delay in DELAYS if passed >= delay]
        if reached and not getattr(one, f"told_{reached[0]}"):
            found.append((one, reached[0]))
    return found


def _people_of(leads: Iterable[int]) -> dict[int, list[User]]:
    """Who answers for each organisation with an account, wants reminders or not. Organisations without anybody are absent. One query."""
    open_role = Membership.objects.open().filter(user=OuterRef("user"), territory=OuterRef("territory"))
    cards = Person.objects.filter(Exists(open_role), organization__in=list(leads), user__is_active=True, ended_on__isnull=True)
    found: defaultdict[int, dict[int, User]] = defaultdict(dict)
    for card in cards.select_related("user").order_by("organization", "user", "pk"):
        assert card.organization_id is not None
        assert card.user is not None
        found[card.organization_id][card.user.pk] = card.user
    return {lead: list(users.values()) for lead, users in found.items()}


def _note(dates: Iterable[tuple[Occurrence, int]], territory: Territory, now: dt.datetime) -> None:
    rows = [ReportReminder(occurrence=one, days=days, sent_at=now) for one, days in dates]
    ReportReminder.objects.bulk_create(rows)
    record(verb="agenda.remind_reports", by=None, territory=territory, numbers={"dates": len(rows)}, now=now)


def _write_to_person(user: User, dates: list[tuple[Occurrence, int]], told: set[tuple[int, int]], now: dt.datetime) -> int:
    """One letter for all its dates; several people of an organisation each receive theirs, the row being written once."""
    fresh = [(one, days) for one, days in dates if (one.pk, days) not in told]
    try:
        with transaction.atomic():
            for territory in dict.fromkeys(one.activity.territory for one, _days in fresh):
                _note([pair for pair in fresh if pair[0].activity.territory == territory], territory, now)
            if user.wants_reminders:
                lines = [(one, _origin() + reverse("agenda:report", args=[one.activity.territory.slug, one.uuid])) for one, _days in dates]
                _send(user.email, user.language, lines, "")
    except IntegrityError:  # another process wrote meanwhile
        return 0
    told.update((one.pk, days) for one, days in fresh)
    return int(user.wants_reminders)


def _write_to_partner(organization: Organization, dates: list[tuple[Occurrence, int]], now: dt.datetime) -> int:
    """One letter for all the dates of an organisation, each behind the link of its campaign. Without address or link, nobody is written to."""
    with_campaign = [(one, days) for one, days in dates if one.activity.campaign_id is not None]
    partners = {
        one.campaign_id: one
        for one in CampaignPartner.objects.filter(
            organization=organization, campaign__in={one.activity.campaign_id for one, _days in with_campaign}, revoked_at__isnull=True
        )
        .exclude(email="", organization__email="")
        .select_related("organization")
        .order_by("pk")
    }
    told = [(one, days) for one, days in with_campaign if one.activity.campaign_id in partners]
    if not told:
        return 0
    try:
        with transaction.atomic():
            _note(told, organization.territory, now)
            tokens: dict[int | None, str] = {campaign: _renew(partner, now) for campaign, partner in partners.items()}
            lines = [
                (one, _origin() + reverse("proposals:report", args=[tokens[one.activity.campaign_id], one.uuid])) for one, _days in told
            ]
            address = next(iter(partners.values()))
            _send(address.email or organization.email, settings.LANGUAGE_CODE, lines, organization.name)
    except IntegrityError:
        return 0
    return 1


def _renew(partner: CampaignPartner, now: dt.datetime) -> str:
    """A new secret, the hash alone being kept: the one sent before can be read nowhere."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    partner.token_hash, partner.sent_at = hash_token(token), now
    partner.expires_at = max(partner.expires_at or now, now + LINK_LASTS)
    partner.save(update_fields=["token_hash", "sent_at", "expires_at"])
    return token


def _send(to: str, language: str | None, lines: list[Line], organization: str) -> None:
    with override(language or settings.LANGUAGE_CODE):
        send_letter("agenda/mail/reports_due", to=to, language=language, lines=lines, count=len(lines), organization=organization)


def _origin() -> str:
    return str(settings.TISSAGE_ORIGIN).rstrip("/")
