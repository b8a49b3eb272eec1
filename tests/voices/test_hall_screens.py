"""The screens of the hall: opening, conducting with and without JavaScript, several tables at once, closing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import NOW
from tests.voices.halls import Room, open_room
from tissage.voices.models import Event, Hall, HomogeneousGroup, Phone, Question, Workshop
from tissage.voices.operations import halls
from tissage.voices.operations.workshops import Wording, create_workshop

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def room(territory, alice) -> Room:
    return open_room(territory, alice)


@pytest.fixture
def client(as_user, alice):
    return as_user(alice)


def page(room: Room, name: str, *more: int) -> str:
    return reverse(f"voices:{name}", args=[room.hall.workshop.territory.slug, room.hall.workshop_id, *more])


def opening(**changed):
    return {
        "mode": "both",
        "languages": ["fr", "ar"],
        "consent_text": "Vos mots restent anonymes.",
        "event": "",
        "table_name": "",
    } | changed


@pytest.fixture
def workshop(territory, alice) -> Workshop:
    group = HomogeneousGroup.objects.create(territory=territory, name="Aînés", language="ar")
    question = Question.objects.get(territory=territory, code="WB")
    return create_workshop(group=group, held_on=NOW.date(), wordings=[Wording(question, "Bien vivre, c’est quoi ?")], by=alice, now=NOW)


def test_a_hall_without_words_to_say_is_offered_ours(room, client):
    Hall.objects.filter(pk=room.hall.pk).update(consent_text="")
    assert "On ne vous demande ni votre nom" in client.get(page(room, "change_hall")).content.decode()


def test_a_facilitator_opens_the_hall_from_the_workshop_and_comes_to_the_code(workshop, territory, client):
    home = reverse("voices:workshop", args=[territory.slug, workshop.pk])
    opens = reverse("voices:open_hall", args=[territory.slug, workshop.pk])
    assert opens in client.get(home).content.decode()
    form = client.get(opens).context["form"]
    assert (form.initial["languages"], "participants_count" in form.fields) == (["fr", "ar"], False)
    done = client.post(opens, opening())
    hall = Hall.objects.get()
    assert (done.url, hall.languages, hall.consent_text) == (
        reverse("voices:conduct", args=[territory.slug, workshop.pk]),
        ["fr", "ar"],
        "Vos mots restent anonymes.",
    )
    body = client.get(done.url).content.decode()
    assert f"{hall.code[:4]}\u00a0{hall.code[4:]}" in body
    assert 'class="t-qr"' in body
    body = client.get(home).content.decode()
    assert [done.url in body, opens in body] == [True, False]
    assert client.get(opens).url == done.url


def test_only_who_coordinates_states_how_many_people_the_group_has(workshop, territory, client, erin, as_user):
    opens = reverse("voices:open_hall", args=[territory.slug, workshop.pk])
    assert "La coordination seule peut le donner" in client.get(opens).content.decode()
    client.post(opens, opening(participants_count="12"))
    assert HomogeneousGroup.objects.get(pk=workshop.group_id).participants_count is None
    as_user(erin).post(reverse("voices:change_hall", args=[territory.slug, workshop.pk]), opening(participants_count="12"))
    group = HomogeneousGroup.objects.get(pk=workshop.group_id)
    assert (group.participants_count, group.participants_stated_by) == (12, erin)


def test_a_wrong_form_keeps_what_was_typed_and_a_workshop_without_question_is_sent_to_them(workshop, territory, client):
    opens = reverse("voices:open_hall", args=[territory.slug, workshop.pk])
    answer = client.post(opens, opening(languages=[], consent_text="Mes mots à moi"))
    assert (set(answer.context["form"].errors), "Mes mots à moi" in answer.content.decode()) == ({"languages"}, True)
    workshop.questions.all().delete()
    assert reverse("voices:edit_workshop", args=[territory.slug, workshop.pk]) in client.get(opens).content.decode()
    assert "pas encore de question" in client.post(opens, opening()).context["form"].errors["__all__"][0]


def test_who_only_reads_does_not_conduct(room, bob, as_user):
    reader = as_user(bob)
    for name in ("open_hall", "conduct", "conduct_state", "change_hall", "close_hall", "wordings"):
        assert reader.get(page(room, name)).status_code == 404, name
    for name, more in (("open_round", [room.first.pk]), ("toggle_door", []), ("hide_wall", [])):
        assert reader.post(page(room, name, *more)).status_code == 404, name


def test_questions_are_conducted_without_javascript_in_the_order_of_the_method(room, client):
    first = room.first.pk
    refused = client.post(page(room, "show_round", first), follow=True)
    assert "Fermez d’abord cette question" in refused.content.decode()
    client.post(page(room, "open_round", first))
    room.say(room.phone(), "parole canari")
    room.phone("two")
    body = client.get(page(room, "conduct")).content.decode()
    assert ["1 personne a répondu" in body, "sur 2" in body, "canari" in body] == [True, True, False]
    client.post(page(room, "close_round", first))
    assert client.get(page(room, "conduct")).context["state"].rounds[0].is_next
    client.post(page(room, "show_round", first))
    state = client.get(page(room, "conduct")).context["state"]
    assert [(item.state, item.on_wall, item.is_next) for item in state.rounds] == [("closed", True, False), ("waiting", False, True)]
    client.post(page(room, "hide_wall"))
    assert not any(item.on_wall for item in client.get(page(room, "conduct")).context["state"].rounds)


def test_an_act_swapped_in_place_gives_the_same_part_as_the_page_reloaded(room, client):
    swapped = client.post(page(room, "open_round", room.first.pk), **HTMX)
    polled = client.get(page(room, "conduct_state"), **HTMX)
    whole = client.get(page(room, "conduct")).content.decode()

    def part(body: str) -> str:
        kept = body[body.index('<div class="c-state"') :]
        return "".join(line.strip() for line in kept.split("\n") if "csrfmiddlewaretoken" not in line)

    assert part(swapped.content.decode()) == part(polled.content.decode())
    assert part(swapped.content.decode()) in part(whole)
    refused = client.post(page(room, "show_round", room.first.pk), **HTMX)
    assert (refused.status_code, 'role="alert"' in refused.content.decode()) == (200, True)


def test_the_state_is_sent_again_only_when_it_moved(room, client):
    url = page(room, "conduct_state")
    etag = client.get(url).headers["ETag"]
    assert client.get(url, HTTP_IF_NONE_MATCH=etag).status_code == 304
    room.phone()
    moved = client.get(url, HTTP_IF_NONE_MATCH=etag)
    assert (moved.status_code, "1 téléphone dans la salle" in moved.content.decode()) == (200, True)


def test_the_door_turns_as_asked_and_a_phone_is_set_aside_by_its_number(room, client):
    phone = room.phone()
    for _ in range(2):
        client.post(page(room, "toggle_door"), {"door": "closed"})
    assert "porte fermée" in client.get(page(room, "conduct")).content.decode()
    client.post(page(room, "toggle_door"), {"door": "open"})
    client.post(page(room, "set_phone_aside", phone.pk))
    state = client.get(page(room, "conduct")).context["state"]
    assert (state.door_is_open, state.present, state.phones[0].set_aside_at is not None) == (True, 0, True)
    client.post(page(room, "take_phone_back", phone.pk))
    assert Phone.objects.get().set_aside_at is None


def test_a_question_or_a_phone_of_another_hall_does_not_exist_here(room, territory, alice, client):
    other = open_room(territory, alice, "Voisins")
    phone = other.phone("beside")
    assert client.post(page(room, "open_round", other.first.pk)).status_code == 404
    assert client.post(page(room, "set_phone_aside", phone.pk)).status_code == 404
    assert Phone.objects.get().set_aside_at is None


def test_the_conductors_screen_asks_the_same_of_the_database_however_full_the_hall(room, client, django_assert_num_queries):
    room.open()
    room.say(room.phone("first"), "un")
    client.get(page(room, "conduct"))
    with django_assert_num_queries(18) as few:
        client.get(page(room, "conduct"))
    for number in range(3):
        room.say(room.phone(f"n{number}"), "deux", "trois")
    with django_assert_num_queries(len(few)):
        client.get(page(room, "conduct"))


def test_closing_says_what_will_happen_and_to_how_many(room, client):
    room.open()
    room.phone()
    room.phone("two")
    asked = client.get(page(room, "close_hall")).content.decode()
    assert ["2 téléphones sortent" in asked, "La question encore ouverte se ferme" in asked] == [True, True]
    assert Phone.objects.count() == 2
    done = client.post(page(room, "close_hall"))
    assert (done.url, Phone.objects.count()) == (page(room, "workshop"), 0)
    assert client.get(page(room, "close_hall")).url == page(room, "workshop")
    late = client.post(page(room, "open_round", room.first.pk), follow=True)
    assert "est clos" in late.content.decode()


def test_questions_are_worded_in_several_languages_and_changing_the_workshop_keeps_them(room, territory, client):
    first, second = room.first.question_id, room.second.question_id
    url = page(room, "wordings") + "?langue=ar"
    client.post(url, {f"wording_{first}": "ما هو العيش الكريم؟", f"wording_{second}": ""})
    asked = room.hall.workshop.questions.order_by("position").values_list("question", "language")
    assert list(asked) == [(first, "fr"), (second, "fr"), (first, "ar")]
    assert 'dir="rtl"' in client.get(url).content.decode()
    edit = reverse("voices:edit_workshop", args=[territory.slug, room.hall.workshop_id])
    form = client.get(edit).context["form"]
    kept = {name: value for name, value in form.initial.items() if value not in (None, False, "", [])}
    assert client.post(edit, kept | {f"wording_{first}": "Mieux dit ?", "held_on": "2026-11-22"}).status_code == 302
    wordings = dict(room.hall.workshop.questions.filter(question=first).values_list("language", "wording"))
    assert wordings == {"fr": "Mieux dit ?", "ar": "ما هو العيش الكريم؟"}
    client.post(url, {f"wording_{first}": "", f"wording_{second}": ""})
    assert list(asked.all()) == [(first, "fr"), (second, "fr")]
    assert [item.question_id for item in (room.first, room.second)] == [first, second]


@pytest.fixture
def event(territory, alice) -> Event:
    return halls.create_event(territory=territory, name="Journée", held_on=NOW.date(), by=alice, now=NOW)


def test_an_event_is_created_on_its_page_and_once(territory, client):
    url = reverse("voices:events", args=[territory.slug])
    typed = {"name": "Assemblée", "held_on": "2026-11-22", "place": ""}
    assert client.post(url, typed).url == reverse("voices:event", args=[territory.slug, Event.objects.get().pk])
    again = client.post(url, typed)
    assert (again.status_code, set(again.context["form"].errors), Event.objects.count()) == (200, {"name"}, 1)


def test_pages_of_events_ask_the_same_of_the_database_with_one_table_and_with_three(
    event, territory, alice, client, django_assert_num_queries
):
    def lit(name: str) -> None:
        room = open_room(territory, alice, name, event)
        room.open()
        room.say(room.phone(name), "dit")
        room.close()
        halls.show_round(round=room.first, by=alice, now=NOW)

    urls = [reverse("voices:events", args=[territory.slug])]
    urls += [reverse(f"voices:{name}", args=[territory.slug, event.pk]) for name in ("event", "event_wall")]
    lit("A")
    for url in urls:
        client.get(url)
    counts = []
    for url in urls:
        with CaptureQueriesContext(connection) as counted:
            client.get(url)
        counts.append(len(counted))
    lit("B")
    lit("C")
    for url, count in zip(urls, counts, strict=True):
        with django_assert_num_queries(count):
            client.get(url)


def test_the_same_question_starts_and_ends_at_every_table_from_one_page(event, territory, alice, client):
    tables = [open_room(territory, alice, name, event) for name in ("A", "B")]
    where = [territory.slug, event.pk]
    client.post(reverse("voices:open_everywhere", args=[*where, tables[0].first.question_id]))
    tables[1].say(tables[1].phone("b"), "dit")
    page = client.get(reverse("voices:event", args=where))
    assert [(item.open_round is not None, item.answered) for item in page.context["state"].tables] == [(True, 0), (True, 1)]
    assert "ouverte à 2 tables" in page.content.decode()
    client.post(reverse("voices:close_everywhere", args=where))
    assert [table.first.is_open for table in tables] == [False, False]


def test_the_walls_of_an_event_come_in_turn_and_only_those_that_are_shown(event, territory, alice, client):
    rooms = {name: open_room(territory, alice, name, event) for name in ("A", "B", "C")}
    url = reverse("voices:event_wall", args=[territory.slug, event.pk])
    assert "Les murs s’allument ici" in client.get(url).content.decode()
    for name, room in rooms.items():
        room.open()
        room.say(room.phone(name), f"parole {name}")
        room.close()
    for name in ("A", "C"):
        halls.show_round(round=rooms[name].first, by=alice, now=NOW)
    seen = [
        [word in client.get(url, {"table": place}).content.decode() for word in ("parole A", "parole B", "parole C")] for place in "0123"
    ]
    assert seen == [[True, False, False], [False, False, True]] * 2
    assert client.get(url, {"table": "9" * 30}).context["number"] == 1
    part = client.get(url, {"table": "1"}, **HTMX)
    assert "<html" not in part.content.decode()
    assert client.get(url, {"table": "1"}, HTTP_IF_NONE_MATCH=part.headers["ETag"], **HTMX).status_code == 304
    assert client.get(url, {"table": "0"}, HTTP_IF_NONE_MATCH=part.headers["ETag"], **HTMX).status_code == 200
