"""The dates of a plan as an iCalendar file (RFC 5545): whole days, organisations and functions, never the name of a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayEvent:
    """`uid` is stable: a date that moves moves in the calendars that follow."""

    uid: str
    on: dt.date
    summary: str
    description: str = ""
    url: str = ""


def write_calendar(name: str, events: Iterable[DayEvent], *, now: dt.datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Tissage//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", dt.timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for one in events:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", now.astimezone(dt.UTC))
        event.add("dtstart", one.on)
        event.add("dtend", one.on + DAY)
        event.add("summary", one.summary)
        event.add("transp", "TRANSPARENT")
        if one.description:
            event.add("description", one.description)
        if one.url:
            event.add("url", one.url)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
