"""An activity as schema.org sees it (JSON-LD): what a search engine may say of it. None for what is sensitive, undated or not public."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from tissage.agenda.models import Activity, Occurrence
from tissage.agenda.queries.diary import Shown

from .calendar import place_words

STATUS = {
    Occurrence.Status.CANCELLED: "EventCancelled",
    Occurrence.Status.POSTPONED: "EventPostponed",
    Occurrence.Status.RESCHEDULED: "EventRescheduled",
}
MODE = {
    Occurrence.Mode.ON_SITE: "OfflineEventAttendanceMode",
    Occurrence.Mode.ONLINE: "OnlineEventAttendanceMode",
    Occurrence.Mode.MIXED: "MixedEventAttendanceMode",
}


def events_of(activity: Activity, dates: list[Shown]) -> dict[str, Any] | None:
    """One event; with several dates, each a `subEvent` of it."""
    if activity.is_sensitive or activity.visibility != Activity.Visibility.PUBLIC or not dates:
        return None
    whole = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": activity.title,
        "description": activity.summary or activity.description[:300],
        "url": settings.TISSAGE_ORIGIN.rstrip("/") + reverse("diary:activity", args=[activity.territory.slug, activity.uuid]),
        "isAccessibleForFree": activity.is_free,
        "inLanguage": activity.language,
        "organizer": {"@type": "Organization", "name": activity.lead.name},
        "audience": [{"@type": "Audience", "audienceType": words} for words in dates[0].audiences],
    }
    if activity.campaign is not None:
        campaign = activity.campaign
        whole["superEvent"] = {
            "@type": "Event",
            "name": str(campaign),
            "startDate": campaign.starts_on.isoformat(),
            "endDate": campaign.ends_on.isoformat(),
        }
    if len(dates) == 1:
        return whole | _date(dates[0])
    return whole | {
        "startDate": _moment(dates[0].occurrence.starts_at),
        "endDate": _moment(dates[-1].occurrence.ends_at),
        "subEvent": [{"@type": "Event", "name": activity.title, **_date(one)} for one in dates],
    }


def _moment(moment: dt.datetime) -> str:
    return timezone.localtime(moment).isoformat()


def _date(one: Shown) -> dict[str, Any]:
    date = one.occurrence
    said: dict[str, Any] = {
        "startDate": _moment(date.starts_at),
        "endDate": _moment(date.ends_at),
        "eventStatus": f"https://schema.org/{STATUS.get(Occurrence.Status(date.status), 'EventScheduled')}",
        "eventAttendanceMode": f"https://schema.org/{MODE[Occurrence.Mode(date.attendance_mode)]}",
    }
    if date.previous_start is not None:
        said["previousStartDate"] = _moment(date.previous_start)
    if date.capacity:
        said["maximumAttendeeCapacity"] = date.capacity
    if date.attendance_mode == Occurrence.Mode.ONLINE:
        said["location"] = {"@type": "VirtualLocation", "url": said.get("url", settings.TISSAGE_ORIGIN)}
    elif where := place_words(one.where, one.room):
        place: dict[str, Any] = {"@type": "Place", "name": (one.where.name or where) if one.where else where}
        if one.where is not None and one.where.street:
            place["address"] = {
                "@type": "PostalAddress",
                "streetAddress": one.where.street,
                "postalCode": one.where.postal_code,
                "addressCountry": "BE",
            }
        said["location"] = place
    return said
