"""Reads on campaigns: the list, the programme in order with its gaps and clashes, the partners and where each stands."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from tissage.agenda.models import Activity, Campaign, CampaignPartner, Occurrence
from tissage.core import programme as method
from tissage.core.tokens import hash_token
from tissage.core.vocabulary import AUDIENCE
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.people.models import Membership, Territory, User

from .activities import TAKES_PLACE, cancelled_for_feeds, dates_by_activity, seen_activities, terms_of


def campaigns_of(territory: Territory) -> QuerySet[Campaign]:
    """The campaigns of a territory, the latest first, with `accepted` and `waiting` activities counted."""
    accepted = Count("activities", filter=Q(activities__moderation=Activity.Moderation.ACCEPTED))
    waiting = Count("activities", filter=Q(activities__moderation=Activity.Moderation.PROPOSED))
    found = Campaign.objects.filter(territory=territory).select_related("lead").annotate(accepted=accepted, waiting=waiting)
    listed: QuerySet[Campaign] = found.order_by("-starts_on", "name", "pk")
    return listed


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity with its dates and the words said of it. `title`: the one this person may read."""

    activity: Activity
    title: str
    audiences: tuple[str, ...]
    dates: tuple[Occurrence, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class DateLine:
    occurrence: Occurrence
    line: ActivityLine
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class Clash:
    first: DateLine
    second: DateLine
    audiences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """By state, then day by day in the order of time. `undated`: accepted or proposed, without a date, for good or not yet."""

    by_state: tuple[tuple[str, str, tuple[ActivityLine, ...]], ...]
    days: tuple[tuple[dt.date, tuple[DateLine, ...]], ...]
    undated: tuple[ActivityLine, ...]
    gaps: tuple[method.Gap, ...]
    clashes: tuple[Clash, ...]
    activities: int
    dates: int


ORDER = (Activity.Moderation.PROPOSED, Activity.Moderation.DRAFT, Activity.Moderation.ACCEPTED, Activity.Moderation.REFUSED)


def lines_of(activities: Iterable[Activity], *, reads_all: bool, own: frozenset[int]) -> list[ActivityLine]:
    """Activities with their dates and audiences, in their order. Three queries however many there are.

    `reads_all`: sees the true title of sensitive ones; `own`: the organisations this person speaks for.
    """
    found = list(activities)
    numbers = [one.pk for one in found]
    meant, dates, words = terms_of(numbers), dates_by_activity(numbers), vocabulary()
    takes_part = _taking_part(numbers, own)
    lines = []
    for one in found:
        is_own = one.lead_id in own or one.pk in takes_part
        title = one.title if reads_all or is_own else one.public_title
        hidden = one.is_sensitive and not (reads_all or is_own)
        labels = () if hidden else tuple(words.labels(AUDIENCE, meant[one.pk][AUDIENCE]))
        lines.append(ActivityLine(one, title, labels, tuple(dates.get(one.pk, ())), is_own))
    return lines


def _taking_part(activities: list[int], own: frozenset[int]) -> frozenset[int]:
    from tissage.agenda.models import ActivityPartner

    if not own:
        return frozenset()
    return frozenset(ActivityPartner.objects.filter(activity__in=activities, organization__in=own).values_list("activity", flat=True))


def programme(campaign: Campaign, user: User, *, reads_all: bool, own: frozenset[int]) -> Programme:
    """What is in a campaign, as this person sees it."""
    activities = seen_activities(user, campaign.territory).filter(campaign=campaign).select_related("lead").order_by("search", "pk")
    lines = lines_of(activities, reads_all=reads_all, own=own)
    by_state: dict[str, list[ActivityLine]] = defaultdict(list)
    for line in lines:
        by_state[line.activity.moderation].append(line)
    states = tuple((str(state), str(state.label), tuple(by_state[state])) for state in ORDER if by_state[state])
    alive = [line for line in lines if line.activity.moderation in (Activity.Moderation.PROPOSED, Activity.Moderation.ACCEPTED)]
    dated = sorted(
        (DateLine(one, line, cancelled_for_feeds(one, line.activity)) for line in alive for one in line.dates),
        key=lambda each: (each.occurrence.starts_at, each.occurrence.pk),
    )
    days: dict[dt.date, list[DateLine]] = defaultdict(list)
    for each in dated:
        days[timezone.localdate(each.occurrence.starts_at)].append(each)
    held = [each for each in dated if each.occurrence.status in TAKES_PLACE and not each.is_cancelled]
    return Programme(
        by_state=states,
        days=tuple((day, tuple(some)) for day, some in days.items()),
        undated=tuple(line for line in alive if not line.dates),
        gaps=tuple(method.gaps([timezone.localdate(each.occurrence.starts_at) for each in held], campaign.starts_on, campaign.ends_on)),
        clashes=tuple(_clashes(held)),
        activities=len(lines),
        dates=len(dated),
    )


def _clashes(held: list[DateLine]) -> list[Clash]:
    words = vocabulary()
    meant = terms_of({each.occurrence.activity_id for each in held})
    by_date = {each.occurrence.pk: each for each in held}
    slots = [
        method.Slot(one.pk, one.starts_at, one.ends_at, frozenset(meant[one.activity_id][AUDIENCE]))
        for one in (each.occurrence for each in held)
    ]
    pairs = []
    for first, second in method.clashes(slots):
        one, other = by_date[first.key], by_date[second.key]
        if one.occurrence.activity_id != other.occurrence.activity_id:
            shared = method.shared_audiences(first.audiences, second.audiences)
            pairs.append(Clash(one, other, tuple(words.labels(AUDIENCE, shared))))
    return pairs


class LinkState(StrEnum):
    """What the link of a partner opens today."""

    NONE = "none"
    OPEN = "open"
    EXPIRED = "expired"
    REVOKED = "revoked"
    CLOSED = "closed"  # its campaign is


def link_state(partner: CampaignPartner, now: dt.datetime) -> LinkState:
    if not partner.token_hash:
        return LinkState.NONE
    if partner.revoked_at is not None:
        return LinkState.REVOKED
    if partner.campaign.status == Campaign.Status.CLOSED:
        return LinkState.CLOSED
    return LinkState.OPEN if partner.expires_at is not None and partner.expires_at > now else LinkState.EXPIRED


def find_link(token: str) -> CampaignPartner | None:
    """The partner behind a secret; None for one that was never given, or that a newer one replaced."""
    links = CampaignPartner.objects.select_related("campaign__territory", "campaign__lead", "organization")
    return links.filter(token_hash=hash_token(token)).first()


@dataclass(frozen=True, slots=True)
class PartnerLine:
    partner: CampaignPartner
    state: str
    has_account: bool
    proposed: int
    accepted: int
    drafts: int


def partners_of(campaign: Campaign, now: dt.datetime) -> list[PartnerLine]:
    """The partners of a campaign by name, what each brings, the state of its link. Two queries."""
    from tissage.network.models import Person

    members = Membership.objects.open().filter(territory=campaign.territory_id).values("user")
    people = Person.objects.filter(organization=OuterRef("organization"), user__in=members, ended_on__isnull=True)
    rows = campaign.partners.select_related("organization", "campaign").annotate(has_account=Exists(people))
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    for lead, moderation in campaign.activities.order_by().values_list("lead", "moderation"):
        counted[lead][moderation] += 1
    return [
        PartnerLine(
            partner=one,
            state=link_state(one, now).value,
            has_account=bool(getattr(one, "has_account", False)),
            proposed=counted[one.organization_id]["proposed"],
            accepted=counted[one.organization_id]["accepted"],
            drafts=counted[one.organization_id]["draft"],
        )
        for one in rows.order_by("organization__search", "pk")
    ]
