"""What a phone asks and sends by itself: JSON without any cookie, taken once, bounded, silent about everybody else."""

from __future__ import annotations

import json
import uuid

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import NOW
from tests.voices.halls import open_room, token
from tissage.core.hall import MOST_WRITES
from tissage.people.models import Entry
from tissage.voices.models import Expression, Phone, Recording, WorkshopQuestion
from tissage.voices.operations import halls
from tissage.voices.operations.workshops import close_workshop


@pytest.fixture
def room(territory, alice):
    return open_room(territory, alice)


@pytest.fixture
def client():
    """A device: no session, no CSRF cookie, checks on."""
    return Client(enforce_csrf_checks=True)


def at(room, name: str, *more: object) -> str:
    return reverse(f"phones:{name}", args=[room.hall.code, *more])


def post(client, address, sent, **headers):
    return client.post(address, sent if isinstance(sent, str | bytes) else json.dumps(sent), content_type="application/json", **headers)


def come_in(client, room, name="one", language="fr", **more):
    return post(client, at(room, "join"), {"token": token(name), "language": language, **more})


def one(room, text="un banc", **more):
    return {
        "uuid": str(uuid.uuid4()),
        "question": room.first.question_id,
        "text": text,
        "language": "fr",
        "revision": 1,
        "withdrawn": False,
        **more,
    }


def send(client, room, *answers, name="one"):
    return post(client, at(room, "send"), {"token": token(name), "answers": list(answers)})


# --- Coming in --------------------------------------------------------------------------------------------------


def test_a_device_comes_in_with_its_own_token_and_gets_no_cookie(room, client):
    answer = come_in(client, room, language="ar")
    assert (answer.status_code, answer.json()) == (200, {"language": "ar", "number": 1})
    assert dict(client.cookies) == {}
    assert come_in(client, room).json() == {"language": "fr", "number": 1}
    assert Phone.objects.count() == 1


def test_a_refusal_is_said_in_the_language_of_the_screen(room, client, alice):
    come_in(client, room, "inside")
    halls.close_door(hall=room.hall, by=alice, now=NOW)
    refused = come_in(client, room, language="nl")
    assert (refused.status_code, refused.json()["reason"]) == (403, "door_closed")
    assert refused.json()["message"].startswith("Een nieuwe telefoon")
    assert come_in(client, room, "next", from_token=token("inside")).status_code == 200


@pytest.mark.parametrize("sent", ["[]", "{", '{"token": 3}', '{"token": "short"}', "x" * 5000, "[" * 4000])
def test_a_join_that_cannot_be_read_is_refused(room, client, sent):
    assert post(client, at(room, "join"), sent).json()["reason"] == "refused"
    assert Phone.objects.count() == 0


# --- Where the hall stands --------------------------------------------------------------------------------------


def test_the_state_tells_the_open_question_and_nothing_that_was_said(room, client):
    assert client.get(at(room, "state")).json() == {"question": None}
    room.open()
    WorkshopQuestion.objects.create(workshop=room.hall.workshop, question=room.first.question, language="ar", wording="ما هو الخير؟")
    recording = Recording.objects.create(round=room.first, language="ar", content_type="audio/mpeg", size=1, recorded_at=NOW)
    come_in(client, room)
    send(client, room, one(room, "un secret"))
    assert client.get(at(room, "state")).json() == {
        "question": {
            "id": room.first.question_id,
            "wordings": {"fr": "Mot pour mot WB ?", "ar": "ما هو الخير؟"},
            "recordings": {"ar": str(recording.uuid)},
        }
    }


def test_the_state_that_did_not_change_costs_one_query_and_no_words(room, client):
    room.open()
    etag = client.get(at(room, "state")).headers["ETag"]
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(at(room, "state"), HTTP_IF_NONE_MATCH=etag)
    assert (answer.status_code, answer.content, len(queries)) == (304, b"", 1)
    come_in(client, room)
    send(client, room, one(room))
    assert client.get(at(room, "state"), HTTP_IF_NONE_MATCH=etag).status_code == 304
    room.close()
    assert client.get(at(room, "state"), HTTP_IF_NONE_MATCH=etag).json() == {"question": None}
    room.open(room.second)
    assert client.get(at(room, "state"), HTTP_IF_NONE_MATCH=etag).json()["question"]["id"] == room.second.question_id


def test_after_the_end_everything_answers_that_it_is_over(room, client, alice):
    room.open()
    come_in(client, room)
    close_workshop(workshop=room.hall.workshop, by=alice, now=NOW)
    assert [client.get(at(room, "state")).status_code, send(client, room, one(room)).status_code, come_in(client, room).status_code] == [
        410
    ] * 3
    assert (Expression.objects.count(), Phone.objects.count()) == (0, 0)


# --- Sending ----------------------------------------------------------------------------------------------------


def test_answers_are_kept_once_however_often_they_are_sent(room, client):
    room.open()
    come_in(client, room)
    first, second = one(room, "un banc"), one(room, "du pain", language="ar")
    for expected in ("stored", "already"):
        receipts = send(client, room, first, second).json()["receipts"]
        assert [(each["uuid"], each["status"], each["revision"], each["kept"]) for each in receipts] == [
            (first["uuid"], expected, 1, True),
            (second["uuid"], expected, 1, True),
        ]
    assert sorted(Expression.objects.values_list("text", "language")) == [("du pain", "ar"), ("un banc", "fr")]


def test_an_answer_is_changed_and_withdrawn_and_a_late_copy_does_not_bring_it_back(room, client):
    room.open()
    come_in(client, room)
    first = one(room)
    send(client, room, first)
    send(client, room, {**first, "text": "deux bancs", "revision": 2})
    assert Expression.objects.get().text == "deux bancs"
    send(client, room, {**first, "text": "", "revision": 3, "withdrawn": True})
    send(client, room, {**first, "text": "deux bancs", "revision": 2})
    assert (Expression.objects.get().text, Expression.objects.get().withdrawn_at is not None) == ("", True)


def test_each_answer_is_refused_for_itself(room, client):
    room.open()
    come_in(client, room)
    answers = [
        one(room, "bon"),
        one(room, "x" * 281),
        one(room, " "),
        one(room, "plus tard", question=room.second.question_id),
        one(room, "?", question=10**9),
    ]
    assert [each["status"] for each in send(client, room, *answers).json()["receipts"]] == [
        "stored",
        "too_long",
        "empty",
        "closed",
        "unknown_question",
    ]


def test_who_goes_too_fast_is_asked_to_send_again_later(room, client):
    room.open()
    come_in(client, room)
    receipts = send(client, room, *(one(room, f"idée {number}") for number in range(MOST_WRITES + 2))).json()["receipts"]
    assert [each["later"] for each in receipts] == [False] * MOST_WRITES + [True] * 2


def test_an_unknown_token_writes_nothing_and_is_told_to_come_in_again(room, client):
    room.open()
    answer = send(client, room, one(room))
    assert (answer.status_code, answer.json()["reason"]) == (403, "unknown")
    assert Expression.objects.count() == 0


def test_a_token_of_one_workshop_opens_no_other(room, client, territory, alice):
    other = open_room(territory, alice, "Aînés")
    other.open()
    come_in(client, room)
    assert send(client, other, one(other)).status_code == 403


def test_a_signed_in_person_and_a_cookie_count_for_nothing(room, as_user, erin):
    room.open()
    client = as_user(erin)
    client.post(at(room, "join"), {"langue": "fr"})
    assert send(client, room, one(room), name="nobody").status_code == 403


@pytest.mark.parametrize(
    "sent",
    [
        "", "null", "[]", "{}", "{", "[" * 5000, b"\xff\xfe", '{"token": "x", "answers": {}}', '{"token": "x", "answers": [3]}',
        '{"token": "x", "answers": [{"uuid": "no"}]}', '{"token": null, "answers": []}', '{"token": "\\ud800", "answers": []}',
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(room, client, sent):
    answer = post(client, at(room, "send"), sent)
    assert (answer.status_code, answer.json()["reason"]) == (400, "unreadable")
    assert answer.json()["message"].startswith("Cet envoi ne peut pas être lu.")


@pytest.mark.parametrize(
    "broken",
    [
        {"question": True},
        {"question": -1},
        {"revision": 1.5},
        {"revision": 2**40},
        {"text": None},
        {"text": "\x00"},
        {"language": 3},
        {"uuid": 7},
    ],
)
def test_a_field_of_another_kind_is_refused(room, client, broken):
    room.open()
    come_in(client, room)
    assert send(client, room, {**one(room), **broken}).status_code == 400
    assert Expression.objects.count() == 0


def test_a_delivery_that_is_too_long_is_refused_before_it_is_read(room, client):
    assert send(client, room, *(one(room) for _ in range(101))).status_code == 413
    assert post(client, at(room, "send"), "x" * 70_000).status_code == 413


def test_nothing_that_a_phone_sends_is_journalled(room, client):
    room.open()
    before = Entry.objects.count()
    come_in(client, room)
    send(client, room, one(room))
    assert Entry.objects.count() == before


def test_a_get_sends_nothing(room, client):
    assert [client.get(at(room, name)).status_code for name in ("send", "join", "next_person")] == [405] * 3


# --- The voice of a question ------------------------------------------------------------------------------------


@pytest.fixture
def spoken(room, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "TISSAGE_FILES", tmp_path)
    recording = Recording.objects.create(round=room.first, language="fr", content_type="audio/mpeg", size=10, recorded_at=NOW)
    from tissage.voices.queries.phones import recording_file

    file = recording_file(recording)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"0123456789")
    return recording


def test_nobody_hears_a_question_before_it_is_open(room, client, spoken):
    assert client.get(at(room, "recording", spoken.uuid)).status_code == 404
    room.open()
    answer = client.get(at(room, "recording", spoken.uuid))
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, b"0123456789", "audio/mpeg")


def test_a_recording_of_another_workshop_is_not_found(room, client, spoken, territory, alice):
    room.open()
    other = open_room(territory, alice, "Aînés")
    assert client.get(at(other, "recording", spoken.uuid)).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "content", "span"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=4-99", 206, b"456789", "bytes 4-9/10"),
        ("bytes=20-", 416, b"", "bytes */10"),
        ("bytes=-", 200, b"0123456789", None),
        ("lines=1", 200, b"0123456789", None),
    ],
)
def test_a_recording_is_given_in_parts(room, client, spoken, asked, status, content, span):
    room.open()
    answer = client.get(at(room, "recording", spoken.uuid), HTTP_RANGE=asked)
    assert (answer.status_code, answer.content, answer.headers.get("Content-Range")) == (status, content, span)


# --- The shell that a device keeps ------------------------------------------------------------------------------


def test_the_shell_knows_nobody_and_says_its_release(room, client):
    room.open()
    room.say(room.phone(), "un secret")
    page = client.get(at(room, "answer") + "?langue=ar")
    assert page.headers["Tissage-Release"]
    assert '<html lang="ar" dir="rtl">' in page.content.decode()
    for word in ("un secret", "Mot pour mot", token("one"), "Jeunes de la gare"):
        assert word not in page.content.decode()
    assert dict(client.cookies) == {}
