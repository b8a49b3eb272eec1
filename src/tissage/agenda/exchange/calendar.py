"""Dates as an iCalendar file (RFC 5545): a UID for life, a SEQUENCE that rises, cancelled events kept, Brussels time, nobody's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from tissage.agenda.models import Occurrence
from tissage.agenda.queries.diary import Shown, is_cancelled_in_feeds
from tissage.core.shown_places import ShownPlace

REFRESH = dt.timedelta(hours=6)


def uid_of(occurrence: Occurrence) -> str:
    """Never changes: the number of the date and the name of the site."""
    return f"{occurrence.uuid}@{urlsplit(settings.TISSAGE_ORIGIN).hostname or 'tissage'}"


def write_dates(name: str, dates: Iterable[Shown]) -> bytes:
    """A calendar of dates as everybody may read them. `DTSTAMP` is when the row last changed: the same rows give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tissage//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add_component(brussels())
    for one in dates:
        calendar.add_component(_event(one))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def brussels() -> Timezone:
    """Brussels time by its rule (last Sundays of March and October, since 1996): some calendars read no list of dates."""
    zone = Timezone()
    zone.add("tzid", "Europe/Brussels")
    changes = (
        (TimezoneDaylight(), "CEST", 1, 2, 3, dt.datetime.fromisoformat("1996-03-31T02:00")),
        (TimezoneStandard(), "CET", 2, 1, 10, dt.datetime.fromisoformat("1996-10-27T03:00")),
    )
    for part, name, before, after, month, first in changes:
        part.add("tzname", name)
        part.add("tzoffsetfrom", dt.timedelta(hours=before))
        part.add("tzoffsetto", dt.timedelta(hours=after))
        part.add("dtstart", first)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        zone.add_component(part)
    return zone


def _event(one: Shown) -> Event:
    date, activity = one.occurrence, one.activity
    zone = ZoneInfo(date.timezone)
    cancelled = is_cancelled_in_feeds(date)
    event = Event()
    event.add("uid", uid_of(date))
    # A date that was not cancelled itself, of an activity refused since: higher than all that was sent.
    event.add("sequence", date.sequence + (1 if cancelled and date.status != Occurrence.Status.CANCELLED else 0))
    event.add("dtstamp", date.modified_at.astimezone(dt.UTC))
    event.add("last-modified", date.modified_at.astimezone(dt.UTC))
    event.add("dtstart", date.starts_at.astimezone(zone))
    event.add("dtend", date.ends_at.astimezone(zone))
    event.add("summary", one.title)
    event.add("status", "CANCELLED" if cancelled else "TENTATIVE" if date.status == Occurrence.Status.POSTPONED else "CONFIRMED")
    if where := place_words(one.where, one.room):
        event.add("location", where)
    if one.where is not None and one.where.latitude is not None and one.where.longitude is not None:
        event.add("geo", (float(one.where.latitude), float(one.where.longitude)))
    if said := [text for text in (one.note, one.summary, "" if activity.is_sensitive else activity.description) if text]:
        event.add("description", "\n\n".join(said))
    if one.type:
        event.add("categories", [one.type])
    if activity.visibility == activity.Visibility.PUBLIC:
        address = reverse("diary:activity", args=[activity.territory.slug, activity.uuid])
        event.add("url", settings.TISSAGE_ORIGIN.rstrip("/") + address)
    return event


def place_words(where: ShownPlace | None, room: str = "") -> str:
    """« Salle du Canal, Quai du Canal 1, 7000 » ; an area, and how to know more, where the address is kept back."""
    if where is None:
        return room
    if where.street or where.name:
        return ", ".join(part for part in (where.name, room, where.street, where.postal_code) if part)
    area = " ".join(part for part in (where.postal_code, where.area) if part)
    if where.level == "on_request":
        return ", ".join(part for part in (area, _("adresse donnée au contact")) if part)
    return area
