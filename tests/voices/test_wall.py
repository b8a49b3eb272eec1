"""The wall: nothing before individual expression is over, nobody's name, nothing lost when it is hidden."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from tissage.people.models import Entry
from tissage.voices.models import Expression, HomogeneousGroup, Question, Round
from tissage.voices.operations.halls import (
    Answer,
    close_door,
    close_round,
    create_event,
    hide_wall,
    join,
    open_hall,
    open_round,
    show_round,
    write_answers,
    write_cards,
)
from tissage.voices.operations.workshops import Wording, close_workshop, create_workshop

WALL = "/territoires/sormont/ateliers/{}/mur/"


@pytest.fixture
def hall(group, question, alice, now):
    other = Question.objects.get(territory=group.territory, code="IB")
    wordings = [Wording(question, "Qu’est-ce qui vous fait du bien ?"), Wording(other, "Qu’est-ce qui vous fait du mal ?")]
    workshop = create_workshop(group=group, held_on=dt.date(2026, 11, 22), wordings=wordings, by=alice, now=now)
    return open_hall(workshop=workshop, mode="both", languages=["fr", "ar"], consent_text="", by=alice, now=now)


@pytest.fixture
def round_(hall, question, alice, now):
    found = Round.objects.get(hall=hall, question=question)
    open_round(round=found, by=alice, now=now)
    return found


@pytest.fixture
def say(hall, now):
    """Someone with a phone says these words: `say("sourire", ("الخبز", "ar"))`."""

    def say(*words):
        phone = join(hall=hall, token=uuid.uuid4().hex, language="fr", now=now)
        said = [(word, "fr") if isinstance(word, str) else word for word in words]
        question = Round.objects.filter(hall=hall, opened_at__isnull=False).order_by("-opened_at").first().question_id
        answers = [Answer(uuid=uuid.uuid4(), question_id=question, text=text, language=language) for text, language in said]
        receipts = write_answers(phone=phone, answers=answers, now=now)
        assert all(receipt.is_kept for receipt in receipts)

    return say


@pytest.fixture
def shown(round_, say, alice, now):
    """A question that was answered, closed, and is on the wall."""
    say("sourire", "un toit", ("الخبز", "ar"))
    say("Sourire", "mon voisin Jules crie")
    close_round(round=round_, by=alice, now=now)
    round_.refresh_from_db()
    show_round(round=round_, by=alice, now=now)
    return round_


def look(client, hall, part="", query=""):
    return client.get(WALL.format(hall.workshop_id) + part + query)


def words_on(client, hall, part="cartes/", query=""):
    return look(client, hall, part, query).content.decode()


def test_nothing_is_on_the_wall_while_people_write(round_, hall, say, as_user, alice, now):
    say("un secret encore")
    client = as_user(alice)
    for part in ("", "cartes/"):
        text = words_on(client, hall, part)
        assert "un secret" not in text
        assert "Qu’est-ce qui vous fait du bien ?" in text
    close_round(round=round_, by=alice, now=now)
    assert "un secret" not in words_on(client, hall)  # closed, but the facilitator does not show it yet


def test_while_it_waits_the_wall_says_how_to_come_in_until_the_door_closes(round_, hall, as_user, alice, now):
    client = as_user(alice)
    code = f"{hall.code[:4]}\u00a0{hall.code[4:]}"
    text = words_on(client, hall)
    assert code in text
    assert "<svg" in text.split("w-door")[1]
    before = look(client, hall, "cartes/").headers["ETag"]
    close_door(hall=hall, by=alice, now=now)
    assert code not in words_on(client, hall)
    assert look(client, hall, "cartes/").headers["ETag"] != before


def test_the_same_words_stand_once_with_how_many_times(shown, hall, as_user, alice):
    text = words_on(as_user(alice), hall)
    assert text.count('class="h-card"') == 4
    assert "dit 2 fois" in text
    assert "5 réponses" in text


def test_a_card_keeps_its_language_and_shows_the_french_wording_beside(shown, hall, as_user, alice):
    Expression.objects.filter(language="ar").update(french_text="le pain")
    text = words_on(as_user(alice), hall)
    assert '<p class="h-words" lang="ar" dir="auto">الخبز</p>' in text
    assert '<p class="h-french" lang="fr">«\u00a0le pain\u00a0»</p>' in text


def test_cards_gathered_in_a_criterion_stand_under_its_words(shown, hall, as_user, alice, enter):
    criterion = enter("pouvoir sourire")[0]
    Expression.objects.filter(text__in=["sourire", "un toit"]).update(criterion=criterion)
    text = words_on(as_user(alice), hall)
    group, loose = text.split('class="h-group"')[1].split("h-loose")
    assert "pouvoir sourire" in group
    assert all(words in group for words in ("sourire", "un toit"))
    assert "un toit" not in loose
    assert "mon voisin Jules crie" in loose


def test_words_become_no_code_on_the_wall(round_, hall, say, as_user, alice, now):
    say("<script>alert('canari')</script>")
    close_round(round=round_, by=alice, now=now)
    round_.refresh_from_db()
    show_round(round=round_, by=alice, now=now)
    text = words_on(as_user(alice), hall)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_a_screen_that_has_the_cards_is_answered_in_a_word(shown, hall, as_user, alice, now):
    first, second = as_user(alice), as_user(alice)
    etag = look(first, hall, "cartes/").headers["ETag"]
    address = WALL.format(hall.workshop_id) + "cartes/"
    for client in (first, second):  # several screens show the same
        answer = client.get(address, headers={"If-None-Match": etag})
        assert (answer.status_code, answer.content) == (304, b"")
    said = Answer(uuid=uuid.uuid4(), question_id=shown.question_id, text="en retard", language="fr")
    write_cards(hall=hall, cards=[said], by=alice, now=now)
    answer = first.get(address, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert "en retard" in answer.content.decode()


def test_whoever_moderates_never_gets_the_answer_meant_for_the_projector(shown, hall, as_user, alice):
    client = as_user(alice)
    etag = look(client, hall, "cartes/").headers["ETag"]
    answer = client.get(WALL.format(hall.workshop_id) + "cartes/?moderer=1", headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert "Masquer" in answer.content.decode()


def test_a_card_is_hidden_for_a_reason_and_put_back(shown, hall, as_user, alice):
    client = as_user(alice)
    card = Expression.objects.get(text="mon voisin Jules crie")
    address = WALL.format(hall.workshop_id) + f"cartes/{card.pk}/"
    answer = client.post(address + "masquer/", {"reason": "names_someone"})
    assert answer.url == WALL.format(hall.workshop_id) + "?moderer=1"
    assert "Jules" not in words_on(client, hall)
    moderated = words_on(client, hall, query="?moderer=1")
    assert "Jules" in moderated.split("carte masquée")[1]
    assert Expression.objects.get(pk=card.pk).text == "mon voisin Jules crie"
    entry = Entry.objects.get(verb="voices.hide_card_names_someone")
    assert "Jules" not in str(entry.__dict__)

    part = client.post(address + "remettre/", headers={"HX-Request": "true"})
    assert "Jules" in part.content.decode()
    assert "Jules" in words_on(client, hall)


def test_a_reason_that_is_not_among_the_choices_hides_nothing(shown, hall, as_user, alice):
    card = Expression.objects.get(text="un toit")
    answer = as_user(alice).post(WALL.format(hall.workshop_id) + f"cartes/{card.pk}/masquer/", {"reason": "parce que"})
    assert answer.status_code == 400
    assert "un toit" in words_on(as_user(alice), hall)


def test_a_reader_sees_the_wall_and_cannot_moderate(shown, hall, as_user, bob):
    client = as_user(bob)
    card = Expression.objects.get(text="un toit")
    assert "Modérer" not in words_on(client, hall, "")
    assert "Masquer" not in words_on(client, hall, query="?moderer=1")
    for act in ("masquer", "remettre"):
        address = WALL.format(hall.workshop_id) + f"cartes/{card.pk}/{act}/"
        assert client.post(address, {"reason": "hurtful"}).status_code == 404
    assert "un toit" in words_on(client, hall)


@pytest.mark.parametrize("person", ["charlie", "dora"])
def test_the_wall_of_another_territory_does_not_exist(shown, hall, as_user, request, person):
    client = as_user(request.getfixturevalue(person))
    assert [look(client, hall, part).status_code for part in ("", "cartes/")] == [404, 404]


def test_a_card_of_another_workshop_cannot_be_hidden_from_here(shown, hall, as_user, alice, question, now):
    elsewhere = HomogeneousGroup.objects.create(territory=hall.workshop.territory, name="Aînés")
    other = create_workshop(group=elsewhere, held_on=dt.date(2026, 11, 22), wordings=[Wording(question, "Et vous ?")], by=alice, now=now)
    open_hall(workshop=other, mode="both", languages=["fr"], consent_text="", by=alice, now=now)
    card = Expression.objects.get(text="un toit")
    answer = as_user(alice).post(WALL.format(other.pk) + f"cartes/{card.pk}/masquer/", {"reason": "hurtful"})
    assert answer.status_code == 404
    assert Expression.objects.get(pk=card.pk).hidden_at is None


def test_the_projector_never_shows_the_name_that_the_team_gave_the_group(shown, hall, as_user, alice, now):
    """It may say health, origin or housing (`spiral.md` §16.3), and other tables read the same wall."""
    group = hall.workshop.group
    group.name, group.public_name = "Femmes du refuge", ""
    group.save()
    hall.refresh_from_db()
    hall.event = create_event(territory=group.territory, name="Forum", held_on=dt.date(2026, 11, 22), by=alice, now=now)
    hall.save()
    client = as_user(alice)
    turning = reverse("voices:event_wall", args=[group.territory.slug, hall.event_id])
    lit = [words_on(client, hall, ""), client.get(turning).content.decode()]
    hide_wall(hall=hall, by=alice, now=now)
    pages = [*lit, words_on(client, hall, ""), words_on(client, hall), client.get(turning).content.decode()]
    assert all("refuge" not in page for page in pages)
    assert "un toit" in lit[1]
    group.public_name = "Des habitantes"
    group.save()
    assert "Des habitantes" in words_on(client, hall)


def test_the_wall_goes_dark_when_the_facilitator_hides_it_and_when_the_workshop_closes(shown, hall, as_user, alice, now):
    client = as_user(alice)
    hide_wall(hall=hall, by=alice, now=now)
    assert "un toit" not in words_on(client, hall)
    show_round(round=shown, by=alice, now=now)
    assert "un toit" in words_on(client, hall)
    close_workshop(workshop=hall.workshop, by=alice, now=now)
    text = words_on(client, hall)
    assert "un toit" not in text
    assert "Cet atelier est clos" in text


def test_the_wall_asks_as_much_with_one_card_as_with_many(shown, hall, say, as_user, alice, now, django_assert_num_queries, question):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_user(alice)
    Expression.objects.exclude(text="un toit").update(withdrawn_at=now, text="")
    with CaptureQueriesContext(connection) as few:
        assert words_on(client, hall).count('class="h-card"') == 1
    cards = [Answer(uuid=uuid.uuid4(), question_id=question.pk, text=f"mot {number}", language="fr") for number in range(30)]
    write_cards(hall=hall, cards=cards, by=alice, now=now)
    with django_assert_num_queries(len(few)):
        assert words_on(client, hall).count('class="h-card"') == 31
