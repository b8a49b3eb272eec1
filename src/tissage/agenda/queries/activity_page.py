"""What the page of an activity shows: its words, its dates with what else happens then, who takes part, what it serves."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from tissage.agenda.models import Activity, ActivityAction, ActivityPartner, Occurrence
from tissage.core.programme import NEAR, Slot, are_near, shared_audiences
from tissage.core.shown_places import ShownPlace, shown_place
from tissage.core.vocabulary import ACTIVITY_TYPE
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.models import Place

from .activities import AUDIENCE, CONCERNED, TAKES_PLACE, THEME, Beside, terms_of


@dataclass(frozen=True, slots=True)
class DateOfSheet:
    occurrence: Occurrence
    beside: tuple[Beside, ...]
    shown: ShownPlace | None


@dataclass(frozen=True, slots=True)
class Sheet:
    type: str
    audiences: tuple[str, ...]
    concerned: tuple[str, ...]
    themes: tuple[str, ...]
    partners: tuple[ActivityPartner, ...]
    actions: tuple[ActivityAction, ...]
    dates: tuple[DateOfSheet, ...]


def sheet_of(activity: Activity) -> Sheet:
    """Six queries however many dates there are."""
    meant, words = terms_of([activity.pk])[activity.pk], vocabulary()
    dates = list(activity.occurrences.select_related("place").order_by("starts_at", "pk"))
    beside = _beside(activity, dates, frozenset(meant[AUDIENCE]))
    return Sheet(
        type=words.label(ACTIVITY_TYPE, activity.type),
        audiences=tuple(words.labels(AUDIENCE, meant[AUDIENCE])),
        concerned=tuple(words.labels(CONCERNED, meant[CONCERNED])),
        themes=tuple(words.labels(THEME, meant[THEME])),
        partners=tuple(activity.partners.select_related("organization").order_by("organization__search", "role", "pk")),
        actions=tuple(activity.plan_actions.select_related("action__plan", "indicator").order_by("action", "pk")),
        dates=tuple(
            DateOfSheet(one, tuple(beside.get(one.pk, ())), public_place(one.place, is_sensitive=activity.is_sensitive)) for one in dates
        ),
    )


def public_place(place: Place | None, *, is_sensitive: bool = False) -> ShownPlace | None:
    """What strangers read of where a date is. A sensitive one says its area at most, whatever its place lets out."""
    if place is None:
        return None
    level = place.address_visibility
    if is_sensitive and level == Place.Visibility.PUBLIC:
        level = Place.Visibility.AREA_ONLY
    area = place.public_area_label or (place.name if place.kind == Place.Kind.NEIGHBOURHOOD else "")
    return shown_place(
        level,
        name=place.name,
        street=place.street,
        postal_code=place.postal_code,
        area=area,
        latitude=place.latitude,
        longitude=place.longitude,
    )


def _beside(activity: Activity, dates: list[Occurrence], audiences: frozenset[str]) -> dict[int, list[Beside]]:
    """For each coming date, what else that day or within two hours is meant for the same people. Two queries for all of them."""
    coming = [one for one in dates if one.status in TAKES_PLACE and one.ends_at > timezone.now()]
    if not coming or not audiences:
        return {}
    states = (Activity.Moderation.PROPOSED, Activity.Moderation.ACCEPTED)
    first, last = coming[0].starts_at - NEAR, max(one.ends_at for one in coming) + NEAR
    others = Occurrence.objects.filter(
        activity__territory=activity.territory_id,
        activity__moderation__in=states,
        status__in=TAKES_PLACE,
        starts_at__lt=last.replace(hour=23, minute=59),
        ends_at__gt=first.replace(hour=0, minute=0),
    ).exclude(activity=activity)
    others = others.exclude(activity__visibility=Activity.Visibility.PRIVATE).select_related("activity__lead").order_by("starts_at", "pk")
    found = list(others[:2000])
    meant = terms_of({one.activity_id for one in found})
    beside: dict[int, list[Beside]] = {}
    for one in coming:
        day, here = timezone.localdate(one.starts_at), Slot(0, one.starts_at, one.ends_at, audiences)
        for other in found:
            theirs = frozenset(meant[other.activity_id][AUDIENCE])
            near = are_near(here, Slot(other.pk, other.starts_at, other.ends_at, theirs))
            if (near or timezone.localdate(other.starts_at) == day) and (shared := shared_audiences(audiences, theirs)):
                beside.setdefault(one.pk, []).append(Beside(other, other.activity.public_title, tuple(sorted(shared)), near))
    return beside
