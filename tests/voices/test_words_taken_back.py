"""What somebody takes back on a phone is gone: from every table, every screen, and for good."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models

from tests.conftest import NOW
from tests.voices.halls import LATER, open_room
from tissage.voices.models import Criterion, Expression
from tissage.voices.operations import halls
from tissage.voices.operations.criteria import edit_criterion, make_criterion, merge_criteria, withdraw_criterion
from tissage.voices.queries.criteria import team_criteria
from tissage.voices.queries.halls import wall_cards

SECRET = "quetsche"


@pytest.fixture
def room(territory, alice):
    room = open_room(territory, alice)
    room.open()
    return room


def kept_anywhere(word: str) -> list[str]:
    """The columns of the whole database that hold a word, whatever its accents and case."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            texts = [one for one in model._meta.local_fields if isinstance(one, models.CharField | models.TextField | models.JSONField)]
            for one in texts:
                cursor.execute(f'SELECT CAST("{one.column}" AS TEXT) FROM "{model._meta.db_table}"')
                found += [f"{model._meta.label}.{one.name}" for (value,) in cursor.fetchall() if word in str(value).casefold()]
    return found


def take_back(room, phone, said, revision=2):
    gone = room.answer("", uuid=said.uuid, revision=revision, withdrawn=True)
    [receipt] = halls.write_answers(phone=phone, answers=[gone], now=LATER)
    assert receipt.is_kept


def test_words_taken_back_leave_the_criterion_that_nobody_else_stands_behind(room, alice):
    phone = room.phone()
    [said] = room.say(phone, f"la {SECRET} de ma voisine")
    room.close()
    made = make_criterion(expressions=list(Expression.objects.all()), text=f"La {SECRET} de la voisine", by=alice, now=NOW)
    edit_criterion(criterion=made, by=alice, now=NOW, text=f"Une {SECRET} de voisine", french_text=f"{SECRET} !")
    assert kept_anywhere(SECRET)
    take_back(room, phone, said)
    assert kept_anywhere(SECRET) == []
    assert not Criterion.objects.live().exists()


def test_what_was_merged_into_it_goes_with_it(room, alice):
    phone = room.phone()
    first, second = room.say(phone, f"une {SECRET}", f"des {SECRET}s")
    room.close()
    made = [make_criterion(expressions=[one], text=one.text, by=alice, now=NOW) for one in Expression.objects.order_by("pk")]
    merge_criteria(target=made[0], others=[made[1]], by=alice, now=NOW)
    take_back(room, phone, first)
    assert team_criteria(alice).count() == 2
    take_back(room, phone, second)
    assert team_criteria(alice).count() == 0
    assert kept_anywhere(SECRET) == []


def test_a_criterion_that_others_stand_behind_keeps_its_words(room, alice):
    phone = room.phone()
    said = room.say(phone, "du pain", "du bon pain")
    room.close()
    made = make_criterion(expressions=list(Expression.objects.all()), text="avoir du pain", by=alice, now=NOW)
    take_back(room, phone, said[0])
    made.refresh_from_db()
    assert (made.text, made.expression_count, made.withdrawn_at) == ("avoir du pain", 1, None)


def test_words_changed_after_the_group_withdrew_their_criterion_do_not_bring_it_back_on_the_wall(room, alice):
    phone = room.phone()
    [said] = room.say(phone, "du pain")
    room.close()
    halls.show_round(round=room.first, by=alice, now=NOW)
    made = make_criterion(expressions=list(Expression.objects.all()), text=f"la {SECRET}", by=alice, now=NOW)
    withdraw_criterion(criterion=made, reason="", by=alice, now=NOW)
    halls.write_answers(phone=phone, answers=[room.answer("du lait", uuid=said.uuid, revision=2)], now=LATER)
    room.hall.refresh_from_db()
    wall = wall_cards(room.hall)
    assert [card.text for card in wall.loose] == ["du lait"]
    assert wall.groups == ()
