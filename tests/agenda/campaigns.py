"""A campaign with an activity of Chantecler, its date, and what one registers with; made by operations, as people would."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from tissage.agenda.models import Activity, Campaign, Occurrence
from tissage.agenda.operations import activities, campaigns, occurrences
from tissage.people.models import Territory

BRUSSELS = ZoneInfo("Europe/Brussels")
DAY = dt.date(2027, 5, 18)


def moment(hour: int = 18, *, day: dt.date = DAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=BRUSSELS)


def campaign_of(territory: Territory, lead, by, now, **details) -> Campaign:
    window = {"starts_on": dt.date(2027, 5, 10), "ends_on": dt.date(2027, 5, 30)}
    given = {"name": "Autour du 17 mai", "kind": "may17", "edition_year": 2027, **window, **details}
    return campaigns.create_campaign(territory=territory, lead=lead, by=by, now=now, **given)


def activity_of(territory: Territory, lead, by, now, *, accepted: bool = True, audience=("tous-publics",), **details) -> Activity:
    given = {"title": "Ciné-débat", "type": "film_debate", "terms": {"audience": audience}, **details}
    made = activities.create_activity(territory=territory, lead=lead, by=by, now=now, **given)
    if accepted:
        activities.accept_activity(activity=made, by=by, now=now)
    return made


def date_of(activity: Activity, by, now, *, hour: int = 18, day: dt.date = DAY, **details) -> Occurrence:
    given = {"registration_mode": "light", **details}
    times = {"starts_at": moment(hour, day=day), "ends_at": moment(hour + 2, day=day)}
    return occurrences.add_occurrence(activity=activity, by=by, now=now, **times, **given)


def open_to_strangers(territory: Territory) -> None:
    territory.visibility = Territory.Visibility.PUBLIC
    territory.save(update_fields=["visibility"])
