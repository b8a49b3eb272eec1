"""The agenda at 5,000 dates: public pages and a calendar of all of them, beside the calendar of an empty territory.

Fails when a page makes more queries than with 50 dates.
"""

from __future__ import annotations

import datetime as dt
import random
import sys

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.base import seconds, settle, show, size
from bench.directory import asked
from bench.hsds import processor
from tissage.agenda.models import Activity, ActivityTerm, Occurrence
from tissage.network.models import Organization, Place
from tissage.people.models import Territory

AUDIENCES = ["tous-publics", "professionnels", "femmes", "jeunes", "etudiants"]


def agenda_of(dates: int) -> Territory:
    """A public territory whose agenda holds this many dates, a third of them over; ten dates an activity."""
    territory, made = Territory.objects.get_or_create(
        slug=f"agenda-{dates}", defaults={"name": f"Agenda {dates}", "visibility": Territory.Visibility.PUBLIC}
    )
    if not made:
        return territory
    chance, now = random.Random(dates), timezone.now()
    leads = [Organization.objects.create(territory=territory, name=f"Association {number}") for number in range(20)]
    places = [
        Place.objects.create(
            territory=territory, organization=lead, name=f"Salle {lead.pk}", street="Rue 1", postal_code="7000", address_visibility="public"
        )
        for lead in leads
    ]
    activities = [
        Activity(
            territory=territory,
            title=f"Activité {number}",
            summary="Une activité ouverte.",
            type="workshop",
            lead=chance.choice(leads),
            moderation="accepted",
            was_published=True,
            created_at=now,
            modified_at=now,
            search=f"activite {number}",
        )
        for number in range(max(1, dates // 10))
    ]
    Activity.objects.bulk_create(activities)
    ActivityTerm.objects.bulk_create(ActivityTerm(activity=one, kind="audience", code=chance.choice(AUDIENCES)) for one in activities)
    rows = []
    for number in range(dates):
        starts = now + dt.timedelta(hours=chance.randrange(-120 * 24, 240 * 24))
        rows.append(
            Occurrence(
                activity=activities[number % len(activities)],
                starts_at=starts,
                ends_at=starts + dt.timedelta(hours=2),
                place=chance.choice(places),
                modified_at=now,
            )
        )
    Occurrence.objects.bulk_create(rows, batch_size=1000)
    settle()
    return territory


def main() -> int:
    Territory.objects.get_or_create(slug="agenda-0", defaults={"name": "Vide", "visibility": Territory.Visibility.PUBLIC})
    small, large = agenda_of(50), agenda_of(size(5_000))
    client = Client(SERVER_NAME="127.0.0.1")
    bare = reverse("agendas:territory", args=["agenda-0"])
    baseline = seconds(lambda: client.get(bare))
    few, many = pages_of(small), pages_of(large)
    grown = []
    for label, address in many.items():
        before, after = asked(client, few[label]), asked(client, address)
        answer = client.get(address)
        took = seconds(lambda address=address: client.get(address))
        show(
            f"{label}, {len(answer.content):,} bytes, {after} queries, processor {processor(client, address):.0f} ms",
            took,
            baseline,
            "empty calendar",
        )
        if after > before:
            grown.append(f"{label}: {before} queries of 50 dates, {after} of {size(5_000)}")
    address = many["calendar of all"]
    tag = client.get(address)["ETag"]
    took = seconds(lambda: client.get(address, headers={"If-None-Match": tag}))
    show("calendar of all, not modified", took, baseline, "empty calendar")
    for line in grown:
        print(f"GROWS  {line}", flush=True)
    return 1 if grown else 0


def pages_of(territory: Territory) -> dict[str, str]:
    home = reverse("diary:home", args=[territory.slug])
    activity = Activity.objects.filter(territory=territory).order_by("pk").first()
    assert activity is not None
    return {
        "agenda": home,
        "agenda, last page": f"{home}?page=9999",
        "agenda, for an audience": f"{home}?public=femmes",
        "agenda, what is over": f"{home}?passe=1",
        "activity": reverse("diary:activity", args=[territory.slug, activity.uuid]),
        "calendar of all": reverse("agendas:territory", args=[territory.slug]),
        "calendar of an organisation": reverse("agendas:organization", args=[activity.lead.uuid]),
    }


if __name__ == "__main__":
    sys.exit(main())
