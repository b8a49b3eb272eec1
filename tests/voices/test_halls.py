"""Answers of a hall: written once, whatever the network does; seen only once the question is closed; the counts of criteria follow."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.voices.halls import LATER, Room, open_room, token
from tissage.core.hall import MOST_ANSWERS, MOST_CHARACTERS, MOST_WRITES
from tissage.voices.models import Expression, Phone
from tissage.voices.operations import halls
from tissage.voices.operations.workshops import WorkshopClosed, close_workshop, reopen_workshop
from tissage.voices.queries.halls import hall_by_code, phone_by_token


@pytest.fixture
def room(territory, alice) -> Room:
    return open_room(territory, alice)


def statuses(phone, *answers, now=NOW):
    return [receipt.status for receipt in halls.write_answers(phone=phone, answers=answers, now=now)]


def rows():
    return list(Expression.objects.order_by("pk").values_list("text", "revision", "withdrawn_at"))


def test_the_same_answer_sent_twice_is_written_once(room):
    room.open()
    phone, said = room.phone(), room.answer("du pain")
    assert statuses(phone, said) + statuses(phone, said) + statuses(phone, said, said) == ["stored", "already", "already", "already"]
    assert rows() == [("du pain", 1, None)]


def test_an_older_copy_changes_nothing_and_a_newer_one_does(room):
    room.open()
    phone, name = room.phone(), uuid.uuid4()
    second = room.answer("du bon pain", uuid=name, revision=2)
    assert statuses(phone, second, room.answer("du pain", uuid=name)) == ["stored", "already"]
    assert statuses(phone, room.answer("du très bon pain", uuid=name, revision=3)) == ["stored"]
    assert rows() == [("du très bon pain", 3, None)]


def test_a_late_copy_does_not_bring_back_withdrawn_words(room):
    room.open()
    phone, name = room.phone(), uuid.uuid4()
    first, gone = room.answer("du pain", uuid=name), room.answer("", uuid=name, revision=2, withdrawn=True)
    assert statuses(phone, gone, first) == ["stored", "already"]
    assert rows() == [("", 2, NOW)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(data=st.data())
def test_any_order_any_delay_any_number_of_times_gives_the_same_rows(room, data):
    """Three answers, each with several revisions, withdrawn or not; delivered shuffled, doubled, in packets of any size."""
    Expression.objects.all().delete()
    Phone.objects.all().delete()
    if not room.first.is_open:
        room.open()
    phone = room.phone()
    copies = []
    for name in (uuid.uuid4() for _ in range(3)):
        for revision in range(1, data.draw(st.integers(1, 4)) + 1):
            gone = data.draw(st.booleans())
            copies.append(room.answer(f"mot {revision}", uuid=name, revision=revision, withdrawn=gone))
    last = {copy.uuid: copy for copy in copies}
    expected = {(copy.uuid, "" if copy.withdrawn else copy.text, copy.revision, copy.withdrawn) for copy in last.values()}
    delivered = data.draw(st.permutations([*copies, *data.draw(st.lists(st.sampled_from(copies), max_size=6))]))
    moment = NOW
    while delivered:
        size = data.draw(st.integers(1, len(delivered)))
        assert set(statuses(phone, *delivered[:size], now=moment)) <= {"stored", "already"}
        delivered, moment = delivered[size:], moment + dt.timedelta(minutes=2)
    found = Expression.objects.values_list("uuid", "text", "revision", "withdrawn_at")
    assert {(name, text, revision, gone is not None) for name, text, revision, gone in found} == expected


def test_a_question_never_opened_takes_nothing_and_one_that_closed_takes_what_comes_late(room):
    phone = room.phone()
    assert statuses(phone, room.answer("trop tôt")) == ["closed"]
    room.open()
    [said] = room.say(phone, "à temps")
    room.close()
    late = statuses(phone, room.answer("parti à temps, arrivé tard"), room.answer("corrigé", uuid=said.uuid, revision=2), now=LATER)
    assert late == ["stored", "stored"]
    assert [text for text, _, _ in rows()] == ["corrigé", "parti à temps, arrivé tard"]
    assert statuses(phone, room.answer("autre question", room.second)) == ["closed"]


def test_what_cannot_be_kept_is_refused_answer_by_answer(room):
    room.open()
    long = room.answer("x" * (MOST_CHARACTERS + 1))
    sent = (room.answer(" \n "), long, room.answer("bien"), room.answer("x", question_id=0), room.answer("x", revision=-1))
    assert statuses(room.phone(), *sent) == ["empty", "too_long", "stored", "unknown_question", "unreadable"]
    assert [text for text, _, _ in rows()] == ["bien"]


def test_more_than_forty_writes_a_minute_wait_and_more_than_sixty_answers_are_refused(room):
    room.open()
    phone = room.phone()
    first = statuses(phone, *(room.answer(f"mot {number}") for number in range(MOST_WRITES + 2)))
    assert (first.count("stored"), first[-2:]) == (MOST_WRITES, ["later", "later"])
    assert statuses(phone, room.answer("encore"), now=NOW + dt.timedelta(seconds=59)) == ["later"]
    rest = statuses(phone, *(room.answer(f"autre {number}") for number in range(MOST_WRITES)), now=LATER)
    assert (rest.count("stored"), rest.count("too_many")) == (MOST_ANSWERS - MOST_WRITES, 2 * MOST_WRITES - MOST_ANSWERS)


def test_a_closed_workshop_refuses_and_keeps_nothing_of_any_device(room, alice, erin):
    room.open()
    phone, card = room.phone(), room.answer("du pain")
    statuses(phone, card)
    close_workshop(workshop=room.hall.workshop, by=alice, now=NOW)
    with pytest.raises(WorkshopClosed):
        halls.write_answers(phone=phone, answers=[room.answer("trop tard")], now=LATER)
    with pytest.raises(WorkshopClosed):
        halls.write_cards(hall=room.hall, cards=[room.answer("trop tard")], by=alice, now=LATER)
    with pytest.raises(WorkshopClosed):
        room.phone("two")
    for act in (room.open, room.close):
        with pytest.raises(WorkshopClosed):
            act()
    assert (Phone.objects.count(), list(Expression.objects.values_list("text", "phone", "uuid"))) == (0, [("du pain", None, card.uuid)])
    assert [item.text for item in Expression.objects.loose()] == ["du pain"]
    assert hall_by_code(room.hall.code) is None
    reopen_workshop(workshop=room.hall.workshop, by=erin, now=LATER)
    assert hall_by_code(room.hall.code) == room.hall
    assert phone_by_token(room.hall, token("one")) is None
    assert statuses(room.phone("two"), room.answer("de retour"), now=LATER) == ["stored"]


def test_a_phone_of_one_hall_can_neither_write_nor_read_in_another(room, territory, other_territory, alice, dora):
    here, there = room, open_room(other_territory, dora, "Ailleurs")
    here.open()
    there.open()
    mine, theirs = here.phone("mine"), there.phone("theirs")
    [said] = there.say(theirs, "leurs mots")
    stolen = here.answer("les miens", uuid=said.uuid, revision=9)
    assert statuses(mine, stolen, here.answer("x", question_id=there.first.question_id)) == ["not_yours", "unknown_question"]
    assert statuses(here.phone("next"), here.answer("x", uuid=here.say(mine, "à moi")[0].uuid, revision=5)) == ["not_yours"]
    assert phone_by_token(here.hall, token("theirs")) is None
    with pytest.raises(halls.BadToken):
        halls.join(hall=here.hall, token=token("theirs"), language="fr", now=NOW)
    assert Expression.objects.get(uuid=said.uuid).text == "leurs mots"
