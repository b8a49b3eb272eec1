"""The hall without a network, seen from the server: what the page holds, and what becomes of the cards that arrive."""

from __future__ import annotations

import datetime as dt
import json
import uuid

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tissage.people.models import Entry
from tissage.voices.models import Expression, HomogeneousGroup, Question
from tissage.voices.operations.halls import open_hall
from tissage.voices.operations.workshops import Wording, close_workshop, create_workshop
from tissage.voices.queries.offline import hall_on_a_device


@pytest.fixture
def workshop(group, question, alice, now):
    mal_etre = Question.objects.get(territory=group.territory, code="IB")
    return create_workshop(
        group=group,
        held_on=dt.date(2026, 11, 22),
        wordings=[
            Wording(question, "Qu’est-ce qui vous fait du bien ?"),
            Wording(question, "ما الذي يريحك؟", "ar"),
            Wording(mal_etre, "Qu’est-ce qui vous fait du mal ?"),
        ],
        by=alice,
        now=now,
    )


@pytest.fixture
def hall(workshop, alice, now):
    return open_hall(workshop=workshop, mode="both", languages=["fr", "ar"], consent_text="Dites ce que vous voulez.", by=alice, now=now)


@pytest.fixture
def page(workshop):
    return f"/territoires/sormont/ateliers/{workshop.pk}/hors-ligne/"


def card(question, text="sourire", **more):
    return {
        "uuid": str(uuid.uuid4()),
        "question": question.pk,
        "text": text,
        "language": "fr",
        "french": "",
        "revision": 1,
        "withdrawn": False,
        **more,
    }


def post(client, page, *cards):
    return client.post(f"{page}envoyer/", json.dumps({"cards": cards}), content_type="application/json")


def kept_data(answer):
    text = answer.content.decode()
    return json.loads(text.split('<script id="hall" type="application/json">')[1].split("</script>")[0])


def test_the_page_holds_the_questions_of_this_workshop_in_every_wording(hall, page, as_user, alice):
    data = kept_data(as_user(alice).get(page))
    assert [(item["code"], [(one["language"], one["dir"]) for one in item["wordings"]]) for item in data["questions"]] == [
        ("WB", [("fr", "ltr"), ("ar", "rtl")]),
        ("IB", [("fr", "ltr")]),
    ]
    assert [(item["code"], item["dir"]) for item in data["languages"]] == [("fr", "ltr"), ("ar", "rtl")]


def test_the_page_holds_no_words_no_token_no_account_and_nothing_of_another_workshop(hall, page, as_user, alice, question, group, now):
    other = HomogeneousGroup.objects.create(territory=group.territory, name="Aînés des Tilleuls")
    create_workshop(group=other, held_on=dt.date(2026, 11, 22), wordings=[Wording(question, "Autres mots")], by=alice, now=now)
    client = as_user(alice)
    assert post(client, page, card(question, "un mot gardé au serveur")).status_code == 200
    text = client.get(page).content.decode()
    kept_out = ["Aînés des Tilleuls", "Autres mots", "un mot gardé", "csrfmiddlewaretoken", "X-CSRFToken", "Alice", alice.email]
    assert [words for words in kept_out if words in text] == []
    assert "Jeunes de la gare" in text


def test_every_file_that_the_page_asks_for_is_on_its_list(hall, page, as_user, alice):
    import re

    answer = as_user(alice).get(page)
    asked = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', answer.content.decode()))
    listed = set(kept_data(answer)["files"])
    assert asked - listed == {"/static/ui/apple-touch-icon.png"}  # only a device that pins the page to its home screen asks for it
    assert all(finders.find(file.removeprefix("/static/")) for file in listed)
    assert {f"/static/voices/js/{name}.js" for name in ("queue", "keep", "offline/send", "offline/draw", "offline/cards")} <= listed
    assert any(file.endswith("source-serif-4-latin-400-normal.woff2") for file in listed)
    assert answer.headers["Tissage-Release"] == kept_data(answer)["release"]


def test_a_workshop_that_is_not_open_in_a_hall_says_so(workshop, page, as_user, alice):
    answer = as_user(alice).get(page)
    assert "pas encore ouvert en salle" in answer.content.decode()
    assert 'id="hall"' not in answer.content.decode()


@pytest.mark.parametrize(("person", "status"), [("alice", 200), ("erin", 200), ("bob", 404), ("charlie", 404), ("dora", 404)])
def test_who_may_prepare_and_send(hall, page, as_user, request, question, person, status):
    client = as_user(request.getfixturevalue(person))
    assert client.get(page).status_code == status
    assert client.get(f"{page}envoyer/").status_code == status
    assert post(client, page, card(question)).status_code == status
    assert Expression.objects.count() == (1 if status == 200 else 0)


def test_whoever_is_signed_out_is_sent_to_the_door_and_nothing_is_written(hall, page, question):
    answer = post(Client(), page, card(question))
    assert answer.status_code == 302
    assert answer.url.startswith("/compte/login/")
    assert Expression.objects.count() == 0


def test_a_card_sent_again_is_written_once_and_journalled_once(hall, page, as_user, alice, question):
    client, said = as_user(alice), card(question, "un toit")
    first, again = post(client, page, said).json(), post(client, page, said, said).json()
    assert [one["kept"] for one in first["receipts"] + again["receipts"]] == [True, True, True]
    assert list(Expression.objects.values_list("text", "revision")) == [("un toit", 1)]
    assert Entry.objects.filter(verb="voices.write_cards").count() == 1


def test_a_card_keeps_its_language_and_stands_beside_its_french_wording(hall, page, as_user, alice, question):
    client, said = as_user(alice), card(question, "الخبز", language="ar", french="le pain")
    post(client, page, said)
    assert list(Expression.objects.values_list("text", "language", "french_text")) == [("الخبز", "ar", "le pain")]
    post(client, page, {**said, "revision": 2, "french": "du pain"})
    assert list(Expression.objects.values_list("text", "language", "french_text")) == [("الخبز", "ar", "du pain")]


def test_a_card_taken_back_is_emptied_and_a_late_copy_does_not_bring_it_back(hall, page, as_user, alice, question):
    client, said = as_user(alice), card(question, "à retirer", french="à retirer aussi")
    post(client, page, said)
    post(client, page, {**said, "text": "", "french": "", "withdrawn": True, "revision": 2})
    post(client, page, said)
    row = Expression.objects.get()
    assert (row.text, row.french_text, row.withdrawn_at is not None) == ("", "", True)


def test_a_closed_workshop_refuses_politely(hall, page, as_user, alice, question, workshop, now):
    client = as_user(alice)
    assert client.get(f"{page}envoyer/").json()["closed"] is False
    close_workshop(workshop=workshop, by=alice, now=now)
    answer = post(client, page, card(question))
    assert (answer.status_code, answer.json()["error"]) == (409, "closed")
    assert "clos" in answer.json()["message"]
    assert client.get(f"{page}envoyer/").json()["closed"] is True
    assert Expression.objects.count() == 0


def test_cards_need_the_token_that_the_page_asks_for(hall, page, alice, question):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    body = json.dumps({"cards": [card(question)]})
    assert strict.post(f"{page}envoyer/", body, content_type="application/json").status_code == 403
    token = strict.get(f"{page}envoyer/").json()["token"]
    answer = strict.post(f"{page}envoyer/", body, content_type="application/json", headers={"X-CSRFToken": token})
    assert answer.status_code == 200


GOOD = {"uuid": str(uuid.uuid4()), "question": 1, "text": "a", "language": "fr", "french": "", "revision": 1, "withdrawn": False}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        '{"cards": {}}',
        '{"cards": [3]}',
        "[" * 100_000,
        *(
            json.dumps({"cards": [{**GOOD, **wrong}]})
            for wrong in (
                {"uuid": "x"},
                {"uuid": 3},
                {"question": "1"},
                {"question": True},
                {"question": 2**70},
                {"revision": -1},
                {"revision": 1.5},
                {"text": None},
                {"text": "a\0b"},
                {"language": []},
                {"french": 3},
            )
        ),
        json.dumps({"cards": [GOOD] * 101}),
    ],
)
def test_a_message_that_cannot_be_read_is_refused_whole(hall, page, as_user, alice, body):
    answer = as_user(alice).post(f"{page}envoyer/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (400, "unreadable")
    assert Expression.objects.count() == 0


def test_a_card_for_a_question_that_is_not_of_this_hall_is_refused_alone(hall, page, as_user, alice, question):
    stray = Question.objects.get(territory=question.territory, code="ACT")
    receipts = post(as_user(alice), page, card(stray), card(question, "bien")).json()["receipts"]
    assert [(one["kept"], one["status"]) for one in receipts] == [(False, "unknown_question"), (True, "stored")]


def test_preparing_asks_as_much_with_one_question_as_with_three(hall, workshop, question, alice, now, django_assert_num_queries):
    from tissage.voices.models import Hall
    from tissage.voices.operations.halls import follow_questions
    from tissage.voices.operations.workshops import change_workshop

    def read():
        return hall_on_a_device(Hall.objects.select_related("workshop__group", "workshop__territory").get(pk=hall.pk))

    with django_assert_num_queries(5):
        assert len(read()["questions"]) == 2
    act = Question.objects.get(territory=question.territory, code="ACT")
    more = [Wording(item.question, item.wording, item.language) for item in workshop.questions.select_related("question")]
    change_workshop(workshop=workshop, wordings=[*more, Wording(act, "Que pouvons-nous faire ?")], by=alice, now=now)
    follow_questions(hall=hall)
    with django_assert_num_queries(5):
        assert len(read()["questions"]) == 3
