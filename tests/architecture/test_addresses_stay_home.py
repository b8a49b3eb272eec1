"""The street of a place that is not public leaves the house nowhere: every public page, file, feed, answer of the open interface, refusal and log is read.

Addresses come from the resolver, so that one added later is walked too; whatever shows a place must show the public one, or proves nothing.
"""

from __future__ import annotations

import datetime as dt
import itertools
import logging
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.architecture.conftest import ROUTES, is_public
from tests.architecture.public_world import World, crawl, text_of
from tests.network.listed import received_at, whole_service
from tissage.agenda.models import Activity, Campaign, Occurrence
from tissage.network.models import Organization, Place, Service, ServiceAtPlace

LEVELS = ("public", "area_only", "on_request", "never")
HIDDEN = LEVELS[1:]
STREET = "zqvenelle"
# What is said of a place beside its address, by level (`core.shown_places`): its name and its ways in are as telling as the street.
WORDS = {level: {"street": f"{STREET}{level}", "name": f"zqrefuge{level}", "accessibility": f"zqporte{level}"} for level in LEVELS}
LATITUDES = {level: f"50.4{place}117" for place, level in enumerate(LEVELS)}
LONGITUDES = {level: f"3.9{place}223" for place, level in enumerate(LEVELS)}


@pytest.fixture
def walked(territory, world) -> World:
    """Sormont, open to all, with a service and an activity at a place of each level."""
    territory.visibility = "public"
    territory.save()
    secrets = World()
    house = Organization.objects.get(pk=world["organization"])
    now = timezone.now()
    season = {"starts_on": now.date() - dt.timedelta(days=1), "ends_on": now.date() + dt.timedelta(days=30), "edition_year": now.year}
    campaign = Campaign.objects.create(territory=territory, name="Quinzaine", lead=house, status="published", created_at=now, **season)
    for level in LEVELS:
        house.places.create(territory=territory, address_visibility=level, street=f"{STREET}{level}", name=f"zqrefuge{level}")
        service = whole_service(house, name=f"Écoute {level}")
        service.at_places.all().delete()
        where = {"latitude": LATITUDES[level], "longitude": LONGITUDES[level], "opening_hours": "Mo-Fr 09:00-12:00"}
        at = received_at(service, level, **where, **WORDS[level])
        activity = Activity.objects.create(
            territory=territory, campaign=campaign, title=f"Rencontre {level}", type="workshop", lead=house, moderation="accepted",
            was_published=True, created_at=now, modified_at=now,
        )  # fmt: skip
        Occurrence.objects.create(
            activity=activity,
            starts_at=now + dt.timedelta(days=3),
            ends_at=now + dt.timedelta(days=3, hours=2),
            place=at.place,
            modified_at=now,
        )
    for level in HIDDEN:
        secrets.secrets |= {word: f"{name} of a place {level}" for name, word in WORDS[level].items()}
        for number in (LATITUDES[level], LONGITUDES[level]):
            secrets.secrets |= {number: f"coordinates of a place {level}", number.replace(".", ","): f"coordinates of a place {level}"}
    secrets.published = {WORDS["public"]["street"]: "the street of a public place"}
    return secrets


def everything(territory) -> dict[str, list[object]]:
    """Every object that a place hangs on, by the name of the argument that asks for it."""
    services = Service.objects.filter(territory=territory)
    activities = Activity.objects.filter(territory=territory)
    return {
        "service": [*services.values_list("uuid", flat=True)],
        "service_id": [*services.values_list("uuid", flat=True)],
        "service_at_location_id": [*ServiceAtPlace.objects.filter(service__territory=territory).values_list("uuid", flat=True)],
        "occurrence": [*Occurrence.objects.filter(activity__in=activities).values_list("uuid", flat=True)],
        "activity": [*activities.values_list("pk", flat=True)],
        "campaign": [*Campaign.objects.filter(territory=territory).values_list("pk", flat=True)],
        "place": [*Place.objects.filter(territory=territory).values_list("pk", flat=True)],
    }


def public_addresses(territory, world, address) -> Iterator[tuple[str, str]]:
    """(name, address) of every public page, filled with the world and with every object that a place hangs on."""
    more = everything(territory)
    for route in ROUTES:
        if not is_public(route.name):
            continue
        if unfilled(route, world, more):
            continue
        choices = [more.get(name) or [world[name]] for name in route.arguments]
        for chosen in itertools.product(*choices):
            yield route.name, address(route, {**world, **dict(zip(route.arguments, chosen, strict=True))})


def unfilled(route, world, more) -> set[str]:
    return {name for name in route.arguments if not more.get(name) and name not in world}


def test_every_public_page_is_walked(territory, walked, world):
    more = everything(territory)
    assert {route.name for route in ROUTES if is_public(route.name) and unfilled(route, world, more)} == set()


def test_only_a_public_street_is_met_by_anybody_anywhere(territory, walked, world, address, as_user, dora, caplog):
    caplog.set_level(logging.DEBUG)
    found = {there: name for name, there in public_addresses(territory, world, address)}
    asked = [
        *found,
        *(f"/hsds/{one}?{query}" for one in ("services", "service_at_locations", "organizations") for query in ("full=true", "page=0", "search=venelle")),
        *(f"/hsds/service_at_locations?postcode=7000&proximity={metres}" for metres in (1, 10_000, 500_000)),
        "/sitemap.xml", "/robots.txt", f"/rien/{STREET}", "/hsds/services/rien",
    ]  # fmt: skip
    leaks, where_seen = {}, set()
    for client in (Client(), as_user(dora)):
        walk = crawl(walked, client, start=asked, only="", but=("/compte/", "/territoires/sormont/plans/", "/referentiels/"))
        leaks |= walk.leaks
        assert walk.seen == set(walked.published)
        assert {there: status for there, status in walk.opened.items() if status >= 500} == {}
    for there in found:
        for sent in ({}, {"fichier": SimpleUploadedFile("lieux.csv", b"x")}):
            said = text_of(Client().post(there, sent))
            if met := walked.met(walked.secrets, said):
                leaks[f"POST {there}"] = met
            where_seen |= {there for word in walked.published if word in said}
    assert leaks == {}
    assert walked.met(walked.secrets, caplog.text) == set()


def test_whatever_shows_the_public_street_is_known(territory, walked, world, address):
    """The doors that let an address out; another one is added here with a reason, after a look at `core.shown_places`."""
    shown = set()
    for name, there in public_addresses(territory, world, address):
        if WORDS["public"]["street"] in text_of(Client().get(there, {"full": "true"} if name.startswith("hsds:") else {})):
            shown.add(name)
    assert {"hsds:services", "hsds:service", "hsds:at_places", "hsds:at_place", "directory:service"} <= shown
    assert {name for name in shown if name.split(":")[0] not in MAY_SHOW_A_STREET} == set()


MAY_SHOW_A_STREET = {"hsds", "directory", "directories", "diary", "agendas", "bookings", "agenda"}


def test_no_search_finds_a_hidden_place_by_what_it_hides(territory, walked):
    for words in (STREET, "zqrefuge", "zqporte", STREET + "never"):
        pages = [
            Client().get(reverse("directory:results", args=[territory.slug]), {"q": words}),
            Client().get("/hsds/services", {"search": words}),
            Client().get("/hsds/service_at_locations", {"search": words}),
        ]
        for page in pages:
            said = page.content.decode()
            assert [level for level in HIDDEN if f"Écoute {level}" in said] == [], page.request["PATH_INFO"]
