"""Locations and opening hours. What of an address goes out is said by `core.shown_places`, here as everywhere."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]

from tissage.core.provinces import province_of
from tissage.core.shown_places import NEVER, ON_REQUEST, PUBLIC, shown_place
from tissage.network.models import Place, ServiceAtPlace
from tissage.network.queries.postcodes import postcodes

from .identities import made_from

Record = dict[str, Any]
BRUSSELS = ZoneInfo("Europe/Brussels")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TYPES = {Place.Kind.POSTAL: "postal", Place.Kind.VIRTUAL: "virtual"}


def location_id(at: ServiceAtPlace) -> str:
    """A place whose address is withheld has another identifier for each service: two services in one shelter do not tell that they share it."""
    place = at.place
    return made_from("place", place.pk) if place.address_visibility == PUBLIC else made_from("place of", at.uuid)


def location(at: ServiceAtPlace, *, full: bool) -> Record:
    place = at.place
    shown = shown_place(
        place.address_visibility,
        name=place.name,
        street=place.street,
        postal_code=place.postal_code,
        area=place.public_area_label,
        latitude=place.latitude,
        longitude=place.longitude,
    )
    here = location_id(at)
    record: Record = {"id": here, "location_type": _TYPES.get(Place.Kind(place.kind), "physical"), "x_redacted": shown.is_withheld}
    if shown.is_withheld:
        record["location_type"] = "virtual" if shown.level not in ("area_only", ON_REQUEST) else record["location_type"]
        if name := " ".join(part for part in (shown.postal_code, shown.area) if part):
            record["name"] = name
        record["description"] = _why_withheld(shown.level)
        return record
    record["name"] = shown.name
    if shown.latitude is not None and shown.longitude is not None:
        record |= {"latitude": float(shown.latitude), "longitude": float(shown.longitude)}
    if place.nis_code:
        record |= {"external_identifier": place.nis_code, "external_identifier_type": "NIS"}
    if full:
        if address := _address(here, place, shown.street, shown.postal_code):
            record["addresses"] = [address]
        if place.accessibility:
            record["accessibility"] = [{"id": made_from(here, "accessibility"), "location_id": here, "description": place.accessibility}]
    return record


def _why_withheld(level: str) -> str:
    if level == NEVER:
        return gettext("L’adresse n’est pas communiquée, à dessein.")
    if level == ON_REQUEST:
        return gettext("L’adresse est donnée lors du contact, à dessein.")
    return gettext("Seul le quartier ou la commune est communiqué, à dessein.")


def _address(here: str, place: Place, street: str, postal_code: str) -> Record | None:
    """What the standard asks of an address, whole or not at all."""
    province, known = province_of(postal_code), postcodes().get(postal_code)
    city = known.municipality if known else place.public_area_label
    if not (street and province and city):
        return None
    return {
        "id": made_from(here, "address"),
        "location_id": here,
        "address_1": street,
        "city": city,
        "state_province": province,
        "postal_code": postal_code,
        "country": "BE",
        "address_type": "postal" if place.kind == Place.Kind.POSTAL else "physical",
    }


def schedules(at: ServiceAtPlace, day: dt.date) -> list[Record]:
    """The week of the day asked for, as weekly rules; the whole text of the hours stands in `description`, for those who read its syntax.

    `valid_to` means « ask again after this date ».
    """
    if not at.opening_hours:
        return []
    shared: Record = {"service_at_location_id": str(at.uuid), "description": at.opening_hours}
    if at.valid_from:
        shared["valid_from"] = at.valid_from.isoformat()
    if at.valid_to:
        shared["valid_to"] = at.valid_to.isoformat()
    found: list[Record] = []
    for (opens, closes), spans in groupby(
        sorted(_week(at.opening_hours, day), key=lambda one: (one[1], one[2], one[0])), lambda one: one[1:]
    ):
        days = ",".join(DAYS[weekday] for weekday, *_ in spans)
        found.append({"id": made_from(at.uuid, days, opens, closes), **shared, "freq": "WEEKLY", "interval": 1, "wkst": "MO", "byday": days,
                      "opens_at": opens, "closes_at": closes})  # fmt: skip
    return found or [{"id": made_from(at.uuid, "hours"), **shared}]


def _week(text: str, day: dt.date) -> list[tuple[int, str, str]]:
    """(weekday from 0, opens, closes) of each span that begins in the seven days from Monday; times with the offset of that day."""
    try:
        hours = OpeningHours(text, timezone=BRUSSELS, country="BE")
    except (ParserError, ValueError):
        return []
    monday = dt.datetime.combine(day - dt.timedelta(days=day.weekday()), dt.time(), BRUSSELS)
    spans: list[tuple[int, str, str]] = []
    for start, end, state, _comment in hours.intervals(monday, monday + dt.timedelta(days=7)):
        if state == State.OPEN:
            spans += _day_by_day(start, end)
    return spans


def _day_by_day(start: dt.datetime, end: dt.datetime) -> list[tuple[int, str, str]]:
    """A span that lasts over several days, cut at midnights; a night that ends before noon stays whole."""
    spans = []
    while end - start > dt.timedelta(hours=24) or (end.date() > start.date() and end.hour >= 12):
        midnight = dt.datetime.combine(start.date() + dt.timedelta(days=1), dt.time(), BRUSSELS)
        spans.append((start.weekday(), _time(start), _time(midnight)))
        start = midnight
    if end > start:
        spans.append((start.weekday(), _time(start), _time(end)))
    return spans


def _time(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="minutes")[11:]
