"""What everybody may read of the dates of a territory: by title, place and time only where an activity is sensitive (`agenda.md` §8.1).

Two windows on the same rows: the agenda of a page (what is to come), and a feed (what a calendar that follows must still hear of:
a cancelled date stays there until thirty days after it, and never just vanishes).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone

from tissage.agenda.models import Activity, ActivityPartner, ActivityTerm, Campaign, Occurrence
from tissage.agenda.models.campaigns import ActivityQuerySet
from tissage.core.shown_places import ShownPlace
from tissage.core.vocabulary import ACTIVITY_TYPE
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.models import Organization, Place
from tissage.people.models import Territory

from .activities import AUDIENCE, CONCERNED, SHOWN_CAMPAIGNS, cancelled_for_feeds, terms_of
from .activity_page import public_place

KEPT_CANCELLED = dt.timedelta(days=30)
KEPT_PAST = dt.timedelta(days=400)
VISIBILITY, MODERATION = Activity.Visibility, Activity.Moderation


def shown_activities(territory: Territory) -> ActivityQuerySet:
    """What the public agenda of a territory shows; whether this person may open it is asked before."""
    return Activity.objects.public().filter(Q(campaign__isnull=True) | Q(campaign__status__in=SHOWN_CAMPAIGNS), territory=territory)


@dataclass(frozen=True, slots=True)
class Shown:
    """A date as everybody may read it. Of a sensitive activity: its neutral title, its area, its hours; no free word about it."""

    occurrence: Occurrence
    activity: Activity
    title: str
    summary: str
    type: str
    audiences: tuple[str, ...]
    concerned: tuple[str, ...]
    where: ShownPlace | None
    room: str
    note: str
    price_note: str

    @property
    def is_cancelled(self) -> bool:
        return self.occurrence.status == Occurrence.Status.CANCELLED


def dates_of(
    activities: QuerySet[Activity],
    *,
    audience: str = "",
    organization: int | None = None,
    campaign: Campaign | None = None,
    type: str = "",
) -> QuerySet[Occurrence]:
    """Dates of these activities, in order. An organisation's: those it carries, and those it helps with but for sensitive ones, whose page names no helper."""
    if campaign is not None:
        activities = activities.filter(campaign=campaign)
    if type:
        activities = activities.filter(type=type, sensitivity=Activity.Sensitivity.NORMAL)
    if audience:
        meant = ActivityTerm.objects.filter(kind=AUDIENCE, code=audience).values("activity")
        activities = activities.filter(pk__in=meant, sensitivity=Activity.Sensitivity.NORMAL)
    if organization is not None:
        helped = ActivityPartner.objects.filter(organization=organization).values("activity")
        activities = activities.filter(Q(lead=organization) | Q(pk__in=helped, sensitivity=Activity.Sensitivity.NORMAL))
    found = Occurrence.objects.filter(activity__in=activities.order_by().values("pk"))
    return found.select_related("activity__lead", "activity__campaign", "activity__territory", "place").order_by("starts_at", "pk")


def coming(dates: QuerySet[Occurrence], now: dt.datetime) -> QuerySet[Occurrence]:
    """Those that are not over."""
    return dates.filter(ends_at__gte=now)


def past(dates: QuerySet[Occurrence], now: dt.datetime) -> QuerySet[Occurrence]:
    """Those that are over, the last one first."""
    return dates.filter(ends_at__lt=now).order_by("-starts_at", "-pk")


def shown(dates: Iterable[Occurrence]) -> list[Shown]:
    """One query for the words of all of them."""
    listed = list(dates)
    meant, words = terms_of({one.activity_id for one in listed}), vocabulary()
    found = []
    for one in listed:
        activity, hidden = one.activity, one.activity.is_sensitive
        codes = meant[one.activity_id]
        found.append(
            Shown(
                occurrence=one,
                activity=activity,
                title=activity.public_title,
                summary="" if hidden else activity.summary,
                type="" if hidden else words.label(ACTIVITY_TYPE, activity.type),
                audiences=() if hidden else tuple(words.labels(AUDIENCE, codes[AUDIENCE])),
                concerned=() if hidden else tuple(words.labels(CONCERNED, codes[CONCERNED])),
                where=public_place(one.place, is_sensitive=hidden),
                room="" if hidden or not _says_rooms(one.place) else one.room,
                note="" if hidden else one.status_note,
                price_note="" if hidden else activity.price_note,
            )
        )
    return found


def _says_rooms(place: Place | None) -> bool:
    """A room is said where the address is: it would tell the place otherwise."""
    return place is None or place.address_visibility == Place.Visibility.PUBLIC


def outputs_of(activities: QuerySet[Activity]) -> list[Activity]:
    """What has no date: a podcast, a mural."""
    found = activities.filter(is_dated=False, sensitivity=Activity.Sensitivity.NORMAL)
    return list(found.select_related("lead", "campaign").order_by("title", "pk")[:40])


def used_terms(activities: QuerySet[Activity]) -> tuple[set[str], set[str], set[int]]:
    """Audiences, types and organisations that the agenda holds: what its filters offer. Three queries."""
    ordinary = activities.filter(sensitivity=Activity.Sensitivity.NORMAL).order_by()
    audiences = ActivityTerm.objects.filter(kind=AUDIENCE, activity__in=ordinary.values("pk")).order_by()
    return (
        set(audiences.values_list("code", flat=True).distinct()),
        set(ordinary.values_list("type", flat=True).distinct()),
        set(activities.order_by().values_list("lead", flat=True).distinct()),
    )


def public_feed(territory: Territory, now: dt.datetime) -> QuerySet[Activity]:
    """Activities a public feed may still speak of: those shown, and those withdrawn after they had been."""
    shown_once = Q(moderation=MODERATION.ACCEPTED) | Q(was_published=True)
    in_view = Q(campaign__isnull=True) | Q(campaign__status__in=SHOWN_CAMPAIGNS)
    return Activity.objects.filter(shown_once, in_view, territory=territory, visibility=VISIBILITY.PUBLIC)


def private_feed(organization: Organization) -> QuerySet[Activity]:
    """What an organisation follows: all it carries, what it helps with, and what its network is invited to."""
    helped = ActivityPartner.objects.filter(organization=organization).values("activity")
    own = Q(lead=organization) | (Q(pk__in=helped) & ~Q(visibility=VISIBILITY.PRIVATE))
    network = Q(visibility__in=(VISIBILITY.PUBLIC, VISIBILITY.NETWORK), moderation=MODERATION.ACCEPTED)
    withdrawn = Q(visibility=VISIBILITY.PUBLIC, was_published=True)
    return Activity.objects.filter(own | network | withdrawn, territory=organization.territory_id).exclude(
        Q(moderation=MODERATION.REFUSED, was_published=False)
    )


def feed_dates(dates: QuerySet[Occurrence], now: dt.datetime) -> QuerySet[Occurrence]:
    """The window of a feed: four hundred days back; what is cancelled, until thirty days after its day."""
    cancelled = Q(status=Occurrence.Status.CANCELLED) | (Q(activity__was_published=True) & ~Q(activity__moderation=MODERATION.ACCEPTED))
    return dates.filter(ends_at__gte=now - KEPT_PAST).exclude(cancelled & Q(ends_at__lt=now - KEPT_CANCELLED))


def stamp_of(dates: QuerySet[Occurrence]) -> str:
    """Changes when a date does, comes or goes, and when what its place lets be said does. Two queries."""
    last, activity = Max("modified_at"), Max("activity__modified_at")
    found = dates.order_by().aggregate(last=last, activity=activity, numbers=Sum("sequence"), count=Count("pk"))
    places = Place.objects.filter(pk__in=dates.order_by().values("place")).order_by("pk")
    said = places.values_list("pk", "address_visibility", "name", "street", "postal_code", "public_area_label", "latitude", "longitude")
    return "/".join(str(value) for value in (*found.values(), *said))


def is_cancelled_in_feeds(one: Occurrence) -> bool:
    return cancelled_for_feeds(one, one.activity)


def local_day(one: Occurrence) -> dt.date:
    return timezone.localdate(one.starts_at)
