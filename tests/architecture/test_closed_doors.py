"""Closed doors: a stranger is sent to the door, another territory's objects do not exist, a GET never writes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from tests.architecture.conftest import ROUTES, is_public, raw_canary
from tissage.config.middleware import GetWroteToDatabase, refuse_writes
from tissage.config.public import PUBLIC

CLOSED = [route for route in ROUTES if not is_public(route.name)]
OF_A_TERRITORY = [route for route in ROUTES if route.concerns_a_territory]


def test_the_public_list_names_exactly_the_pages_without_a_door():
    open_views = {
        route.name
        for route in ROUTES
        if not getattr(route.pattern.callback, "login_required", True) and not route.name.startswith(("account_", "mfa_"))
    }
    assert open_views == set(PUBLIC)


def test_a_stranger_is_sent_to_the_door(world, address):
    stranger = Client()
    wrong = {}
    for route in CLOSED:
        for method in (stranger.get, stranger.post):
            answer = method(address(route, world))
            if not (answer.status_code == 302 and answer.url.startswith("/compte/login/")):
                wrong[route.name] = answer.status_code
    assert wrong == {}


def test_public_pages_of_a_members_only_territory_do_not_exist_for_a_stranger(world, address):
    answers = {route.name: Client().get(address(route, world)).status_code for route in OF_A_TERRITORY if is_public(route.name)}
    assert set(answers.values()) == {404}


def test_another_territorys_objects_do_not_exist(world, address, as_user, dora, charlie):
    wrong = {}
    for person in (dora, charlie):
        client = as_user(person)
        for route in OF_A_TERRITORY:
            for method in (client.get, client.post):
                status = method(address(route, world)).status_code
                if status not in (404, 405):
                    wrong[f"{person} {method.__name__} {route.name}"] = status
    assert wrong == {}


def test_ones_own_territory_does_not_open_the_objects_of_another(world, address, as_user, dora, other_territory):
    """The same identifiers under Dora's own territory: found by number, they must still not exist."""
    client = as_user(dora)
    wrong = {}
    for route in OF_A_TERRITORY:
        ours = set(route.arguments) & {
            "group",
            "workshop",
            "question",
            "criterion",
            "expression",
            "batch",
            "number",
            "line",
            "pk",
            "event",
            "rainbow",
            "rainbow_workshop",
            "wording",
            "organization",
            "place",
            "document",
            "collective",
            "meeting",
        }
        if ours:
            status = client.get(address(route, {**world, "territory": other_territory.slug})).status_code
            if status not in (404, 405):
                wrong[route.name] = status
    assert wrong == {}


def test_no_page_of_the_team_breaks_or_lets_a_residents_words_become_code(world, address, as_user, erin):
    """Every page, as the coordinator who may see all: none fails, and the canary in every text field stays text."""
    client = as_user(erin)
    broken, leaking = {}, []
    for route in ROUTES:
        if route.name.startswith(("account_", "mfa_")):
            continue
        answer = client.get(address(route, world))
        if answer.status_code >= 500:
            broken[route.name] = answer.status_code
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if "html" in answer.headers.get("Content-Type", "") and raw_canary(body.decode()):
            leaking.append(route.name)
    assert (broken, leaking) == ({}, [])


def test_every_page_tells_crawlers_and_shared_caches_to_stay_away(world, address, as_user, erin):
    client = as_user(erin)
    bare = []
    for route in ROUTES:
        answer = client.get(address(route, world))
        caching = {part.strip() for part in answer.headers.get("Cache-Control", "").split(",")}
        if "noindex" not in answer.headers.get("X-Robots-Tag", "") or not caching & {"private", "no-store"}:
            bare.append(route.name)
    assert bare == []


@pytest.mark.parametrize(
    "statement", ['INSERT INTO "voices_criterion" VALUES (1)', "UPDATE people_user SET name='x'", 'DELETE FROM "people_territory"']
)
def test_a_get_may_not_write(db, statement):
    with connection.execute_wrapper(refuse_writes), connection.cursor() as cursor, pytest.raises(GetWroteToDatabase):
        cursor.execute(statement)


@pytest.mark.parametrize("statement", ["SELECT 1", 'DELETE FROM "django_session" WHERE 1=0', "DELETE FROM cache WHERE 1=0"])
def test_a_get_may_read_and_keep_its_session(db, statement):
    with connection.execute_wrapper(refuse_writes), connection.cursor() as cursor:
        cursor.execute(statement)
