"""Whoever has no code, and whoever has one and means harm: what neither can do."""

from __future__ import annotations

import datetime as dt
import json
import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.voices.halls import open_room, token
from tissage.config.schedule import SCHEDULE
from tissage.voices.models import Expression

FEW = 3


@pytest.fixture
def room(territory, alice):
    return open_room(territory, alice)


def at(room, name: str, *more: object) -> str:
    return reverse(f"phones:{name}", args=[room.hall.code, *more])


def post(room, name: str, sent: object, **headers):
    return Client().post(at(room, name), json.dumps(sent), content_type="application/json", **headers)


@pytest.fixture
def guessed(monkeypatch):
    """An address that tried its wrong codes."""
    monkeypatch.setattr("tissage.voices.operations.halls.codes.WRONG_CODES", FEW)
    for _ in range(FEW):
        Client().get(reverse("phones:state", args=["ZZZZ2222"]))


# --- Guessing a code --------------------------------------------------------------------------------------------


def test_no_address_of_a_hall_tells_a_right_code_from_a_wrong_one_to_whoever_tried_too_many(room, guessed):
    for name in ("welcome", "answer", "state"):
        right, wrong = (Client().get(reverse(f"phones:{name}", args=[code])).status_code for code in (room.hall.code, "ZZZZ2222"))
        assert (name, right, wrong) == (name, 429, 429)
    for name, sent in (("join", {"token": token("x")}), ("send", {"token": token("x"), "answers": []}), ("next_person", {})):
        assert (name, post(room, name, sent).status_code) == (name, 429)


def test_a_phone_that_is_in_goes_on_while_somebody_beside_it_guesses(room, monkeypatch):
    room.open()
    room.phone("one")
    page = Client()
    page.post(at(room, "join"), {"langue": "fr"})
    seen = Client().get(at(room, "state")).headers["ETag"]
    room.close()
    monkeypatch.setattr("tissage.voices.operations.halls.codes.WRONG_CODES", 0)
    assert Client().get(at(room, "state"), HTTP_IF_NONE_MATCH=seen).json() == {"question": None}
    said = {"uuid": str(uuid.uuid4()), "question": room.first.question_id, "text": "un banc", "revision": 1, "withdrawn": False}
    assert post(room, "send", {"token": token("one"), "answers": [said]}).json()["receipts"][0]["kept"]
    assert page.get(at(room, "answer")).status_code == 200
    assert page.post(at(room, "next_person"), {"langue": "fr"}).status_code == 302


def test_the_mark_of_one_hall_proves_nothing_at_another(room, territory, alice, monkeypatch):
    beside = open_room(territory, alice, "Voisins")
    seen = Client().get(at(beside, "state")).headers["ETag"]
    monkeypatch.setattr("tissage.voices.operations.halls.codes.WRONG_CODES", 0)
    assert Client().get(at(room, "state"), HTTP_IF_NONE_MATCH=seen).status_code == 429


def test_the_addresses_of_one_home_are_one_address(room, monkeypatch):
    """A provider gives each home 2^64 addresses of version 6: whoever guesses would never meet the limit."""
    monkeypatch.setattr("tissage.voices.operations.halls.codes.WRONG_CODES", FEW)
    for number in range(FEW):
        Client().get(reverse("phones:state", args=["ZZZZ2222"]), REMOTE_ADDR=f"2001:db8:1:2::{number + 1}")
    assert Client().get(at(room, "welcome"), REMOTE_ADDR="2001:db8:1:2:ffff::9").status_code == 429
    assert Client().get(at(room, "welcome"), REMOTE_ADDR="2001:db8:1:3::1").status_code == 200


def test_what_was_counted_of_an_address_is_gone_from_the_database_soon_after(db):
    Client().get(reverse("phones:state", args=["ZZZZ2222"]))
    assert _counted() == 1
    runs = [act.run for act in SCHEDULE if act.every <= dt.timedelta(minutes=30)]
    for run in runs:
        run(timezone.now() + dt.timedelta(minutes=10))
    assert _counted() == 1
    for run in runs:
        run(timezone.now() + dt.timedelta(minutes=21))
    assert _counted() == 0


def test_counting_many_addresses_does_not_forget_the_first_ones(db):
    """The cache drops what it likes once it is full: whoever comes from many addresses must not fill it."""
    for number in range(400):
        cache.set(f"other:{number:04}", 1)
    assert cache.get_many([f"other:{number:04}" for number in range(400)]).keys() == {f"other:{number:04}" for number in range(400)}


def _counted() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache WHERE cache_key LIKE '%hall-code:%'")
        return cursor.fetchone()[0]


# --- What is sent -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["9" * 20, "-" + "9" * 20, "9" * 5000])
def test_a_form_with_an_absurd_number_is_no_error_of_the_server(room, question):
    room.open()
    client = Client()
    client.post(at(room, "join"), {"langue": "fr"})
    sent = {"geste": "ajouter", "uuid": str(uuid.uuid4()), "question": question, "texte": "x", "revision": "1"}
    assert client.post(at(room, "answer"), sent).status_code in (200, 302)
    assert Expression.objects.count() == 0
