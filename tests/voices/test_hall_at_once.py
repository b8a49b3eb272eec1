"""Many devices at the same instant: one row each, nobody turned away by an accident. On both engines, with real transactions."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable

import pytest
from django.db import connections, transaction

from tests.conftest import NOW
from tests.voices.halls import Room, open_room, token
from tissage.core.hall import MOST_PHONES
from tissage.voices.models import Criterion, Expression, Phone, Round
from tissage.voices.operations import halls
from tissage.voices.operations.criteria import make_criterion
from tissage.voices.operations.workshops import WorkshopClosed, close_workshop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(territory, alice) -> Room:
    room = open_room(territory, alice)
    room.open()
    return room


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Runs each act in a thread of its own, all let go together; gives what each gave or raised, in order."""
    gate, given = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        gate.wait()
        try:
            given[place] = act()
        except Exception as problem:
            given[place] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_the_same_answer_sent_by_six_requests_at_once_is_one_row(room):
    phone, said = room.phone(), room.answer("du pain")
    given = at_once(*[lambda: halls.write_answers(phone=Phone.objects.get(pk=phone.pk), answers=[said], now=NOW)] * 6)
    assert sorted(receipts[0].status for receipts in given) == ["already"] * 5 + ["stored"]
    assert Expression.objects.count() == 1


def test_one_uuid_sent_by_several_phones_at_once_belongs_to_one_of_them(room):
    phones, name = [room.phone(f"n{number}") for number in range(5)], uuid.uuid4()
    acts = [lambda phone=phone: halls.write_answers(phone=phone, answers=[room.answer("x", uuid=name)], now=NOW) for phone in phones]
    assert sorted(receipts[0].status for receipts in at_once(*acts)) == ["not_yours"] * 4 + ["stored"]


def test_phones_that_come_in_together_get_each_a_number(room):
    acts = [lambda name=name: room.phone(name) for name in ["same", "same", *(f"n{number}" for number in range(6))]]
    given = at_once(*acts)
    assert given[0] == given[1]
    assert sorted(Phone.objects.values_list("number", flat=True)) == list(range(1, 8))
    assert MOST_PHONES > 8


def test_the_door_of_two_halls_knocked_with_one_token_opens_one(room, territory, alice):
    beside = open_room(territory, alice, "Voisins")
    given = at_once(
        *[lambda hall=hall: halls.join(hall=hall, token=token("x"), language="fr", now=NOW) for hall in (room.hall, beside.hall)]
    )
    assert sorted(type(one).__name__ for one in given) == ["BadToken", "Phone"]


def test_closing_while_phones_write_loses_nothing_that_was_acknowledged(room, alice):
    phones = [room.phone(f"n{number}") for number in range(6)]
    answers = [room.answer(f"mot {number}") for number in range(6)]
    writes = [
        lambda phone=phone, answer=answer: halls.write_answers(phone=phone, answers=[answer], now=NOW)
        for phone, answer in zip(phones, answers, strict=True)
    ]
    given = at_once(*writes[:3], lambda: close_workshop(workshop=room.hall.workshop, by=alice, now=NOW), *writes[3:])
    kept = [one for one in given if isinstance(one, list)]
    refused = [one for one in given if isinstance(one, Exception)]
    assert [type(one) for one in refused] == [WorkshopClosed] * len(refused)
    assert (len(kept) + len(refused), Expression.objects.live().count(), Phone.objects.count()) == (6, len(kept), 0)


def test_gathering_while_its_words_are_withdrawn_leaves_a_right_count(room, alice):
    phone = room.phone()
    said = room.say(phone, "du pain", "du bon pain", "pain")
    room.close()
    gone = room.answer("", uuid=said[0].uuid, revision=2, withdrawn=True)
    rows = list(Expression.objects.order_by("pk"))
    given = at_once(
        lambda: make_criterion(expressions=rows, text="avoir du pain", by=alice, now=NOW),
        lambda: halls.write_answers(phone=phone, answers=[gone], now=NOW),
    )
    assert given[1][0].status == "stored"  # type: ignore[index]
    for criterion in Criterion.objects.live():
        assert criterion.expression_count == criterion.expressions.count() == 2
    assert Expression.objects.live().count() == 2


@pytest.mark.parametrize("act", ["join", "write", "open"])
def test_what_waited_for_the_end_of_a_workshop_finds_it_closed(room, alice, act):
    """The hall is held by whoever closes; what waits for it must read the workshop anew, not as it stood when it began to wait."""
    said, workshop = room.answer("trop tard"), room.hall.workshop
    acts = {
        "join": lambda: room.phone("late"),
        "write": lambda: halls.write_cards(hall=room.hall, cards=[said], by=alice, now=NOW),
        "open": lambda: room.open(room.second),
    }
    closing = threading.Event()

    def close() -> None:
        with transaction.atomic():
            close_workshop(workshop=workshop, by=alice, now=NOW)
            closing.set()
            time.sleep(0.6)

    def late() -> object:
        closing.wait()
        return acts[act]()

    [_, given] = at_once(close, late)
    assert isinstance(given, WorkshopClosed)
    assert (Phone.objects.count(), Expression.objects.count(), Round.objects.filter(closed_at=None, opened_at__isnull=False).count()) == (
        0,
        0,
        0,
    )
