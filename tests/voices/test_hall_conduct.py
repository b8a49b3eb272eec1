"""Conducting a hall: the method's order, phones set aside, cards hidden, counts of criteria, what the journal says and never says."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from tests.conftest import NOW
from tests.voices.halls import LATER, Room, open_room, token
from tissage.core.hall import MOST_PHONES, MOST_WRITES
from tissage.people.models import Entry
from tissage.voices.models import Criterion, Event, Expression, Hall, Phone, Question, Round, Workshop
from tissage.voices.operations import halls
from tissage.voices.operations.criteria import attach_expressions, make_criterion
from tissage.voices.operations.workshops import Wording, WorkshopClosed, change_workshop, close_workshop
from tissage.voices.queries.groups import silent_workshops
from tissage.voices.queries.halls import (
    event_state,
    events_held,
    hall_by_code,
    hall_state,
    phone_answers,
    rounds_etag,
    state_etag,
    wall_cards,
    wall_etag,
)

DID = {"now": NOW}


@pytest.fixture
def room(territory, alice) -> Room:
    return open_room(territory, alice)


def fresh(room: Room) -> Hall:
    return Hall.objects.select_related("workshop__group").get(pk=room.hall.pk)


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_words_of_an_open_question_are_nowhere_until_it_closes(room, territory, alice, as_user):
    room.open()
    room.say(room.phone(), "parole canari")
    client = as_user(alice)
    pages = [
        reverse("voices:workshop", args=[territory.slug, room.hall.workshop_id]),
        reverse("voices:expressions", args=[territory.slug]),
        reverse("voices:group", args=[territory.slug, room.hall.workshop.group_id]),
        reverse("people:todo"),
    ]

    def seen() -> list[bool]:
        export = client.post(reverse("voices:export_download", args=[territory.slug]), {"format": "jsonl"})
        bodies = [client.get(page).content.decode() for page in pages] + [b"".join(export.streaming_content).decode()]
        return ["canari" in body for body in bodies]

    assert (Expression.objects.live().count(), Expression.objects.loose().count(), any(seen())) == (0, 0, False)
    with pytest.raises(halls.RoundNotClosed):
        halls.show_round(round=room.first, by=alice, **DID)
    assert [item.pk for item in silent_workshops([territory], LATER.date().replace(month=12))] == [room.hall.workshop_id]
    room.close()
    assert (Expression.objects.live().count(), Expression.objects.loose().count(), seen()[1]) == (1, 1, True)


def test_one_question_at_a_time_and_one_opened_again_leaves_the_wall(room, alice):
    room.open()
    room.say(room.phone(), "d’abord")
    room.open(room.second)
    assert [item.state for item in hall_state(fresh(room)).rounds] == ["closed", "open"]
    halls.show_round(round=room.first, by=alice, **DID)
    assert wall_cards(fresh(room)).total == 1
    room.open()
    assert wall_cards(fresh(room)).is_dark
    assert [item.state for item in hall_state(fresh(room)).rounds] == ["open", "closed"]
    room.say(room.phone("two"), "ensuite")
    assert [item.text for item in Expression.objects.live()] == ["d’abord"]
    room.close()
    assert Expression.objects.live().count() == 2


def test_words_changed_while_their_question_is_open_again_wait_for_its_end(room):
    room.open()
    phone = room.phone()
    [said] = room.say(phone, "d’abord")
    room.close()
    room.open()
    halls.write_answers(phone=phone, answers=[room.answer("mieux dit", uuid=said.uuid, revision=2)], **DID)
    assert Expression.objects.live().count() == 0
    room.close()
    assert [item.text for item in Expression.objects.live()] == ["mieux dit"]


def test_the_state_counts_phones_that_answered_and_never_tells_what(room):
    room.open()
    one, two = room.phone("one"), room.phone("two")
    room.phone("silent")
    said = room.say(one, "parole canari", "autre canari")
    gone = room.say(two, "repris canari")
    halls.write_answers(phone=two, answers=[room.answer("", uuid=gone[0].uuid, revision=2, withdrawn=True)], **DID)
    state = hall_state(fresh(room))
    assert [(item.answered, item.cards) for item in state.rounds] == [(1, 2), (0, 0)]
    assert (state.present, len(said), "canari" in repr(state)) == (3, 2, False)


def test_etags_change_with_what_their_page_shows_and_with_nothing_else(room, alice):
    room.phone("one")
    seen: list[tuple[str, str, str]] = []

    def moved() -> str:
        hall = fresh(room)
        seen.append((state_etag(hall), rounds_etag(hall), wall_etag(hall)))
        same = [old == new for old, new in zip(seen[-2], seen[-1], strict=True)] if len(seen) > 1 else [False] * 3
        return "".join(letter for letter, still in zip("srw", same, strict=True) if not still)

    assert (moved(), moved()) == ("srw", "")
    phone = room.phone("two")
    assert moved() == "s"
    room.open()
    assert moved() == "sr"
    [said] = room.say(phone, "du pain")
    assert moved() == "s"
    room.close()
    assert moved() == "sr"
    halls.show_round(round=room.first, by=alice, **DID)
    assert moved() == "srw"
    halls.write_answers(phone=phone, answers=[room.answer("du bon pain", uuid=said.uuid, revision=2)], **DID)
    assert moved() == "sw"
    halls.hide_card(expression=Expression.objects.get(), reason="trial", by=alice, **DID)
    assert moved() == "w"


def test_counts_follow_attached_words_that_are_changed_or_withdrawn(room, alice):
    room.open()
    one, two = room.phone("one"), room.phone("two")
    first, second = room.say(one, "du pain", "du bon pain")
    [third] = room.say(two, "pain")
    room.close()
    by_uuid = {item.uuid: item for item in Expression.objects.all()}
    criterion = make_criterion(expressions=[by_uuid[first.uuid], by_uuid[third.uuid]], text="avoir du pain", by=alice, **DID)
    alone = make_criterion(expressions=[by_uuid[second.uuid]], text="du bon pain", by=alice, **DID)

    def counts():
        return [Criterion.objects.get(pk=item.pk).expression_count for item in (criterion, alone)]

    def send(phone, said, revision, text="", *, withdrawn=False):
        answer = room.answer(text, uuid=said.uuid, revision=revision, withdrawn=withdrawn)
        assert [item.status for item in halls.write_answers(phone=phone, answers=[answer], now=LATER)] == ["stored"]

    send(one, first, 2, "du pain chaque jour")
    assert (counts(), Expression.objects.get(uuid=first.uuid).criterion) == ([2, 1], criterion)
    send(one, first, 3, withdrawn=True)
    assert counts() == [1, 1]
    assert Expression.objects.filter(criterion=criterion).count() == 1
    send(one, second, 2, withdrawn=True)
    assert [item.pk for item in Criterion.objects.live()] == [criterion.pk]
    send(two, third, 2, withdrawn=True)
    assert (Criterion.objects.live().count(), Expression.objects.live().count()) == (0, 0)


def test_a_criterion_typed_by_hand_stays_when_attached_words_leave(enter, room, alice):
    room.open()
    phone = room.phone()
    [said] = room.say(phone, "du pain")
    room.close()
    [criterion] = enter(("avoir du pain", 3))
    attach_expressions(criterion=criterion, expressions=list(Expression.objects.all()), by=alice, **DID)
    assert criterion.expression_count == 4
    halls.write_answers(phone=phone, answers=[room.answer("", uuid=said.uuid, revision=2, withdrawn=True)], **DID)
    criterion.refresh_from_db()
    assert (criterion.expression_count, criterion.withdrawn_at) == (3, None)


def test_a_phone_set_aside_leaves_screens_and_counts_and_comes_back_loose(room, alice):
    room.open()
    noisy, calm = room.phone("noisy"), room.phone("calm")
    room.say(noisy, "bruit", "du pain")
    room.say(calm, "du pain")
    room.close()
    halls.show_round(round=room.first, by=alice, **DID)
    criterion = make_criterion(expressions=list(Expression.objects.filter(text="du pain")), text="du pain", by=alice, **DID)
    lonely = make_criterion(expressions=list(Expression.objects.filter(text="bruit")), text="bruit", by=alice, **DID)
    halls.set_phone_aside(phone=noisy, by=alice, **DID)
    assert [(item.pk, item.expression_count) for item in Criterion.objects.live()] == [(criterion.pk, 1)]
    assert (wall_cards(fresh(room)).total, hall_state(fresh(room)).rounds[0].answered, hall_state(fresh(room)).present) == (1, 1, 1)
    room.say(noisy, "encore du bruit")
    assert [item.text for item in Expression.objects.live()] == ["du pain"]
    halls.take_phone_back(phone=noisy, by=alice, **DID)
    assert sorted(item.text for item in Expression.objects.loose()) == ["bruit", "du pain", "encore du bruit"]
    assert Criterion.objects.get(pk=lonely.pk).withdrawn_by == alice
    assert phone_answers(noisy)[0].text == "bruit"


def test_the_wall_makes_one_card_of_the_same_words_and_groups_what_a_criterion_gathers(room, alice):
    room.open()
    for name, text in (("one", "Marcher le soir"), ("two", "marcher  le soir"), ("three", "dormir")):
        room.say(room.phone(name), text)
    room.say(room.phone("four", "ar"), "النوم")
    room.close()
    assert wall_cards(fresh(room)).is_dark
    halls.show_round(round=room.first, by=alice, **DID)
    wall = wall_cards(fresh(room))
    assert [(card.text, card.times) for card in wall.loose] == [("Marcher le soir", 2), ("dormir", 1), ("النوم", 1)]
    make_criterion(expressions=list(Expression.objects.filter(text__contains="archer")), text="marcher", by=alice, **DID)
    wall = wall_cards(fresh(room))
    assert [(group.text, group.times) for group in wall.groups] == [("marcher", 2)]
    assert ([item.wording for item in wall.wordings], wall.total) == (["Mot pour mot WB ?"], 4)
    halls.hide_wall(hall=room.hall, by=alice, **DID)
    assert wall_cards(fresh(room)).is_dark


def test_a_hidden_card_is_not_deleted_and_the_journal_says_why_without_its_words(room, alice):
    room.open()
    for name in ("one", "two"):
        room.say(room.phone(name), "Parole canari" if name == "one" else "parole  CANARI")
    room.close()
    halls.show_round(round=room.first, by=alice, **DID)
    expression = Expression.objects.order_by("pk").first()
    with pytest.raises(halls.UnknownReason):
        halls.hide_card(expression=expression, reason="canari", by=alice, **DID)
    assert halls.hide_card(expression=expression, reason="names_someone", by=alice, **DID) == 2
    wall = wall_cards(fresh(room))
    assert (wall.total, [card.times for card in wall.hidden], Expression.objects.live().count()) == (0, [2], 2)
    assert halls.show_card(expression=expression, by=alice, **DID) == 2
    assert wall_cards(fresh(room)).total == 2
    assert verbs()[-2:] == ["voices.hide_card_names_someone", "voices.show_card"]


def test_every_reason_has_its_sentence_in_the_journal():
    from tissage.people.journal import WORDS

    assert [reason for reason in halls.HidingReason.values if f"voices.hide_card_{reason}" not in WORDS] == []


def test_nothing_a_participant_does_is_in_the_journal_and_facilitators_acts_are_without_words(room, alice):
    before = verbs()
    room.phone("one")
    room.phone("two", "ar")
    assert verbs() == before
    room.open()
    opened = verbs()
    phone = room.phone("three")
    [said] = room.say(phone, "parole canari")
    halls.write_answers(phone=phone, answers=[room.answer("canari", uuid=said.uuid, revision=2)], **DID)
    halls.write_answers(phone=phone, answers=[room.answer("", uuid=said.uuid, revision=3, withdrawn=True)], **DID)
    assert verbs() == opened
    card = room.answer("fiche canari")
    for _ in range(2):
        halls.write_cards(hall=room.hall, cards=[card], by=alice, **DID)
    halls.set_phone_aside(phone=phone, by=alice, **DID)
    halls.take_phone_back(phone=phone, by=alice, **DID)
    halls.close_door(hall=room.hall, by=alice, **DID)
    close_workshop(workshop=room.hall.workshop, by=alice, **DID)
    assert verbs()[len(opened) :] == [
        "voices.write_cards",
        "voices.set_phone_aside",
        "voices.take_phone_back",
        "voices.close_door",
        "voices.close_round",
        "voices.close_workshop",
    ]
    kept = [str((entry.object_label, entry.fields, entry.numbers)) for entry in Entry.objects.all()]
    assert [one for one in kept if "canari" in one or token("three") in one] == []


def test_cards_of_the_facilitator_are_written_once_and_only_for_questions_of_the_hall(room, alice):
    cards = [room.answer("sur papier"), room.answer("autre", room.second), room.answer("x", question_id=0)]
    first = halls.write_cards(hall=room.hall, cards=cards, by=alice, **DID)
    again = halls.write_cards(hall=room.hall, cards=cards, by=alice, **DID)
    assert [item.status for item in first + again] == ["stored", "stored", "unknown_question", "already", "already", "unknown_question"]
    assert sorted(item.text for item in Expression.objects.live()) == ["autre", "sur papier"]
    room.open()
    halls.write_cards(hall=room.hall, cards=[room.answer(f"carte {number}") for number in range(MOST_WRITES + 5)], by=alice, **DID)
    assert (Expression.objects.count(), Expression.objects.live().count()) == (MOST_WRITES + 7, 2)
    stolen = room.answer("x", uuid=room.say(room.phone(), "à moi")[0].uuid, revision=4)
    assert [item.status for item in halls.write_cards(hall=room.hall, cards=[stolen], by=alice, **DID)] == ["not_yours"]


def test_a_closed_door_lets_in_nobody_new_but_the_next_person_of_a_device_that_is_in(room, alice):
    phone = room.phone("one")
    halls.close_door(hall=room.hall, by=alice, **DID)
    with pytest.raises(halls.DoorClosed):
        room.phone("two")
    with pytest.raises(halls.DoorClosed):
        halls.join(hall=room.hall, token=token("two"), language="fr", from_token=token("unknown"), **DID)
    assert room.phone("one") == phone
    second = halls.join(hall=room.hall, token=token("next"), language="xx", from_token=token("one"), **DID)
    assert (second.number, second.language) == (2, "fr")
    halls.open_door(hall=room.hall, by=alice, **DID)
    assert room.phone("two").number == 3
    assert Phone.objects.filter(token_hash__contains="one").count() == 0


def test_joining_twice_is_joining_once_and_a_hall_has_its_limits(room, territory, alice):
    assert room.phone("one") == room.phone("one", "ar")
    assert Phone.objects.get().language == "ar"
    for bad in ("court", "é" * 30, "x" * 200, ""):
        with pytest.raises(halls.BadToken):
            halls.join(hall=room.hall, token=bad, language="fr", **DID)
    Phone.objects.update(number=MOST_PHONES)
    with pytest.raises(halls.HallFull):
        room.phone("late")
    with pytest.raises(halls.NoPhonesHere):
        open_room(territory, alice, "Papier", mode="facilitator").phone("two")


def test_a_code_is_read_however_it_is_typed_and_drawn_among_many(room, territory, alice):
    code = room.hall.code
    assert hall_by_code(f" {code[:4].lower()}-{code[4:]} ") == room.hall
    assert [hall_by_code(typed) for typed in ("", code[:7], code + "2", "O" + code[1:], "é" * 8)] == [None] * 5
    assert open_room(territory, alice, "Autre").hall.code != code


def test_wrong_codes_of_one_address_stop_after_three_hundred_and_another_address_goes_on(room):
    from django.core.cache import cache

    cache.clear()
    for _ in range(300):
        assert halls.may_try_code("192.0.2.1", NOW)
        halls.note_wrong_code("192.0.2.1", NOW)
    assert [halls.may_try_code("192.0.2.1", NOW), halls.may_try_code("192.0.2.2", NOW)] == [False, True]
    assert halls.may_try_code("192.0.2.1", NOW.replace(hour=NOW.hour + 1))


def test_a_hall_opens_once_with_questions_and_in_an_open_workshop(room, territory, other_territory, alice):
    details = {"mode": "both", "languages": ["fr"], "consent_text": "", "by": alice, "now": NOW}
    with pytest.raises(halls.AlreadyOpen):
        halls.open_hall(workshop=room.hall.workshop, **details)
    bare = Workshop.objects.create(territory=territory, group=room.hall.workshop.group, held_on=NOW.date())
    with pytest.raises(halls.NothingToAsk):
        halls.open_hall(workshop=bare, **details)
    assert Hall.objects.filter(workshop=bare).count() == 0
    elsewhere = Event.objects.create(territory=other_territory, name="Ailleurs", held_on=NOW.date())
    with pytest.raises(halls.HallRefused):
        halls.change_hall(hall=room.hall, event=elsewhere, **details)
    close_workshop(workshop=bare, by=alice, now=NOW)
    with pytest.raises(WorkshopClosed):
        halls.open_hall(workshop=bare, **details)


def test_questions_of_the_hall_follow_those_of_the_workshop_and_one_that_was_put_stays(room, territory, alice):
    first, third = Question.objects.get(territory=territory, code="WB"), Question.objects.get(territory=territory, code="ACT")
    room.open(room.second)
    asked = [Wording(third, "Et vous ?"), Wording(third, "And you?", "en"), Wording(first, "Bien-être ?")]
    change_workshop(workshop=room.hall.workshop, wordings=asked, by=alice, **DID)
    rounds = Round.objects.filter(hall=room.hall).order_by("position")
    assert [item.question.code for item in rounds] == ["ACT", "WB", "IB"]
    change_workshop(workshop=room.hall.workshop, wordings=asked[:1], by=alice, **DID)
    assert [item.question.code for item in rounds.all()] == ["ACT", "IB"]


def test_tables_of_an_event_start_the_same_question_at_once_and_end_it_at_once(territory, alice, django_assert_num_queries):
    event = halls.create_event(territory=territory, name="Journée", held_on=NOW.date(), by=alice, **DID)
    with pytest.raises(halls.EventExists):
        halls.create_event(territory=territory, name="Journée", held_on=NOW.date(), by=alice, **DID)
    tables = [open_room(territory, alice, name, event) for name in ("A", "B", "C")]
    close_workshop(workshop=tables[2].hall.workshop, by=alice, **DID)
    question = tables[0].first.question
    assert halls.open_question_everywhere(event=event, question=question, by=alice, **DID) == 2
    tables[0].say(tables[0].phone("one"), "du pain")
    with django_assert_num_queries(4):
        state = event_state(event)
    assert [(table.hall.table_name, table.open_round is not None, table.answered, table.present) for table in state.tables] == [
        ("Table A", True, 1, 1),
        ("Table B", True, 0, 0),
        ("Table C", False, 0, 0),
    ]
    assert [(item.question.code, item.tables, item.opened) for item in state.questions] == [("WB", 2, 2), ("IB", 2, 0)]
    assert halls.close_every_question(event=event, by=alice, **DID) == 2
    assert (event_state(event).any_open, events_held(territory)) == (False, [(event, 3)])


def test_an_uuid_of_another_hall_is_not_mine_even_for_the_same_question(room, territory, alice):
    room.open()
    [said] = room.say(room.phone("one"), "leurs mots")
    beside = open_room(territory, alice, "Voisins")
    beside.open()
    answer = beside.answer("les miens", uuid=said.uuid, revision=5)
    receipts = halls.write_answers(phone=beside.phone("beside"), answers=[answer, beside.answer("à moi", uuid=uuid.uuid4())], **DID)
    assert [item.status for item in receipts] == ["not_yours", "stored"]
    assert Expression.objects.get(uuid=said.uuid).text == "leurs mots"


def test_writing_a_packet_costs_the_same_few_queries_however_many_answers(room, django_assert_num_queries):
    room.open()
    phone = room.phone()
    for count in (1, 12):
        answers = [room.answer(f"mot {count} {number}") for number in range(count)]
        with django_assert_num_queries(9):
            halls.write_answers(phone=phone, answers=answers, **DID)
