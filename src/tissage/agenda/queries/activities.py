"""Reads on activities: which ones a person sees, what strangers read of them, what else happens that day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from tissage.agenda.models import Activity, ActivityPartner, ActivityTerm, Campaign, Occurrence
from tissage.agenda.models.campaigns import ActivityQuerySet
from tissage.core.programme import NEAR, Slot, are_near, shared_audiences
from tissage.network.rules import organization_ids_of
from tissage.people.models import Membership, Territory, User
from tissage.people.rules import role_in

AUDIENCE, CONCERNED, THEME = "audience", "concerned_group", "theme"
KINDS = (AUDIENCE, CONCERNED, THEME)
SHOWN_CAMPAIGNS = (Campaign.Status.PUBLISHED, Campaign.Status.RUNNING, Campaign.Status.EVALUATING, Campaign.Status.CLOSED)
TAKES_PLACE = (Occurrence.Status.SCHEDULED, Occurrence.Status.FULL, Occurrence.Status.RESCHEDULED)
Role = Membership.Role
COORDINATION = (Role.COORDINATOR, Role.PLAN_MANAGER)
INVITED = (*COORDINATION, Role.FACILITATOR, Role.READER, Role.FINANCE)


def seen_activities(user: User, territory: Territory) -> ActivityQuerySet:
    """What this person sees of a territory, by the title that `agenda.read_words` lets them read.

    The coordination: everything but what an organisation keeps to itself. A co-organiser or the lead: its own, drafts included.
    Others with a role: what was accepted, without what is by invitation for those who come from outside.
    """
    mine = organization_ids_of(user)
    own = Q(lead__in=mine) | Q(pk__in=ActivityPartner.objects.filter(organization__in=mine).values("activity")) if mine else Q(pk__in=[])
    role = role_in(user, territory)
    found = Activity.objects.filter(territory=territory)
    if role in COORDINATION:
        return found.filter(own | ~Q(visibility=Activity.Visibility.PRIVATE))
    outside = () if role in INVITED else (Activity.Visibility.BY_INVITATION,)
    accepted = Q(moderation=Activity.Moderation.ACCEPTED) & ~Q(visibility__in=(Activity.Visibility.PRIVATE, *outside))
    return found.filter(own | accepted)


def own_activities(user: User, territory: Territory) -> ActivityQuerySet:
    """What the organisations of this person carry or take part in."""
    mine = organization_ids_of(user)
    carried = Q(lead__in=mine) | Q(pk__in=ActivityPartner.objects.filter(organization__in=mine).values("activity"))
    return Activity.objects.filter(carried, territory=territory)


def public_activities(territory: Territory | None = None) -> ActivityQuerySet:
    """What strangers find: accepted, for everyone, in a public territory, its campaign published when it is of one."""
    found = Activity.objects.public().filter(
        Q(campaign__isnull=True) | Q(campaign__status__in=SHOWN_CAMPAIGNS), territory__visibility=Territory.Visibility.PUBLIC
    )
    return found if territory is None else found.filter(territory=territory)


def terms_of(activities: Iterable[int]) -> dict[int, dict[str, list[str]]]:
    """For each activity, the codes of each kind in their order: {number: {"audience": […], …}}. One query."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: {kind: [] for kind in KINDS})
    rows = ActivityTerm.objects.filter(activity__in=list(activities)).order_by("kind", "code")
    for activity, kind, code in rows.values_list("activity", "kind", "code"):
        found[activity].setdefault(kind, []).append(code)
    return found


@dataclass(frozen=True, slots=True)
class Beside:
    """Another date of that day for the same people. `title` is the one anybody may read."""

    occurrence: Occurrence
    title: str
    shared: tuple[str, ...]
    is_near: bool


def same_day(
    when: Occurrence | dt.date | tuple[dt.datetime, dt.datetime], audiences: Iterable[str], territory: Territory, *, but: int | None = None
) -> list[Beside]:
    """What else that day is meant for the same people in the territory, those less than two hours away first. Two queries.

    `when`: a date of an activity (its own activity is left out), a day, or two moments. `but`: the number of an activity to leave out.
    """
    if isinstance(when, Occurrence):
        starts, ends, but = when.starts_at, when.ends_at, when.activity_id
    elif isinstance(when, tuple):
        starts, ends = when
    else:
        starts = ends = timezone.make_aware(dt.datetime.combine(when, dt.time()))
    is_day = not isinstance(when, Occurrence | tuple)
    first = timezone.localtime(starts).replace(hour=0, minute=0, second=0, microsecond=0)
    last = timezone.localtime(ends).replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
    around = Q(starts_at__lt=last, ends_at__gt=first) | Q(starts_at__lt=ends + NEAR, ends_at__gt=starts - NEAR)
    states = (Activity.Moderation.PROPOSED, Activity.Moderation.ACCEPTED)
    dates = Occurrence.objects.filter(around, activity__territory=territory, activity__moderation__in=states, status__in=TAKES_PLACE)
    dates = dates.exclude(activity__visibility=Activity.Visibility.PRIVATE).select_related("activity__lead").order_by("starts_at", "pk")
    found = list(dates if but is None else dates.exclude(activity=but))
    meant = terms_of({one.activity_id for one in found})
    wanted = frozenset(audiences)
    here = Slot(0, starts, ends, wanted)
    beside = []
    for one in found:
        theirs = frozenset(meant[one.activity_id][AUDIENCE])
        if shared := shared_audiences(wanted, theirs):
            near = not is_day and are_near(here, Slot(one.pk, one.starts_at, one.ends_at, theirs))
            beside.append(Beside(one, one.activity.public_title, tuple(sorted(shared)), near))
    return sorted(beside, key=lambda each: (not each.is_near, each.occurrence.starts_at, each.occurrence.pk))


def cancelled_for_feeds(occurrence: Occurrence, activity: Activity) -> bool:
    """Whether a calendar that once carried this date now says « cancelled »: it was, or its activity was refused after it was published."""
    withdrawn = activity.was_published and activity.moderation != Activity.Moderation.ACCEPTED
    return withdrawn or occurrence.status == Occurrence.Status.CANCELLED


def dates_by_activity(activities: Iterable[int]) -> Mapping[int, list[Occurrence]]:
    """The dates of each activity, in order, with their place. One query."""
    found: dict[int, list[Occurrence]] = defaultdict(list)
    dates = Occurrence.objects.filter(activity__in=list(activities)).select_related("place").order_by("starts_at", "pk")
    for one in dates:
        found[one.activity_id].append(one)
    return found
