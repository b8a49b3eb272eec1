"""Coming in and answering without JavaScript: what a participant meets, in her language, with no account and no trace."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import NOW
from tests.voices.halls import open_room, token
from tissage.people.models import Entry
from tissage.voices.models import Expression, Phone, WorkshopQuestion
from tissage.voices.operations import halls
from tissage.voices.operations.workshops import close_workshop
from tissage.voices.queries.halls import hall_by_code
from tissage.voices.views.phones.holding import COOKIE


@pytest.fixture
def room(territory, alice):
    room = open_room(territory, alice)
    group = room.hall.workshop.group
    group.public_name = "Des jeunes de Sormont"
    group.save(update_fields=["public_name"])
    room.hall = hall_by_code(room.hall.code)
    return room


def at(room, name: str, **query: str) -> str:
    return reverse(f"phones:{name}", args=[room.hall.code]) + (
        "?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else ""
    )


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\u00a0", " ")


def field(answer, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode()).group(1)


@pytest.fixture
def inside(room):
    """A phone without JavaScript that is in."""
    client = Client()
    client.post(at(room, "join"), {"langue": "fr"})
    return client


def write(client, room, text, **more):
    page = client.get(at(room, "answer"))
    fields = {name: field(page, name) for name in ("uuid", "question", "revision")}
    return client.post(at(room, "answer"), {**fields, "geste": "ajouter", "texte": text, "langue_reponse": "fr", **more}), fields


# --- The door ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelled", ["{}", " {} ", "{}-{}"])
def test_a_code_typed_anyhow_leads_to_the_welcome(room, spelled):
    code = room.hall.code
    typed = spelled.format(code) if spelled.count("{}") == 1 else spelled.format(code[:4], code[4:]).lower()
    assert Client().get(reverse("phones:door"), {"code": typed}).url == at(room, "welcome")


def test_the_language_chosen_at_the_door_stays(room):
    assert Client().get(reverse("phones:door"), {"code": room.hall.code, "langue": "ar"}).url == at(room, "welcome", langue="ar")


def test_a_code_written_anyhow_in_the_address_goes_to_its_own_address(room):
    assert Client().get(reverse("phones:welcome", args=[room.hall.code.lower()])).url == at(room, "welcome")


def test_a_wrong_code_is_refused_politely_and_keeps_what_was_typed(db):
    answer = Client().get(reverse("phones:door"), {"code": "ZZZZ 2222"})
    assert answer.status_code == 404
    assert "Ce code n’ouvre pas d’atelier maintenant." in words(answer)
    assert 'value="ZZZZ 2222"' in answer.content.decode()


def test_too_many_wrong_codes_from_one_address_wait(room, monkeypatch):
    monkeypatch.setattr("tissage.voices.operations.halls.codes.WRONG_CODES", 3)
    for _ in range(3):
        assert Client().get(reverse("phones:welcome", args=["ZZZZ2222"])).status_code == 404
    refused = Client().get(at(room, "welcome"))
    assert refused.status_code == 429
    assert "Attendez quelques minutes" in words(refused)
    assert Client().get(at(room, "welcome"), REMOTE_ADDR="10.0.0.9").status_code == 200


def test_slips_and_the_code_of_a_workshop_that_is_over_are_no_guesses(room, alice, monkeypatch):
    monkeypatch.setattr("tissage.voices.operations.halls.codes.WRONG_CODES", 1)
    close_workshop(workshop=room.hall.workshop, by=alice, now=NOW)
    for code in (room.hall.code, "court", "AEIOU000"):
        for name in ("welcome", "answer", "state"):
            assert Client().get(reverse(f"phones:{name}", args=[code])).status_code in (404, 410)
    assert Client().get(reverse("phones:door"), {"code": "ZZZZ2222"}).status_code == 404
    assert Client().get(reverse("phones:door"), {"code": "ZZZZ2222"}).status_code == 429


# --- The welcome ------------------------------------------------------------------------------------------------


def test_the_welcome_says_what_will_happen_and_names_the_group_by_its_public_name_only(room):
    said = words(Client().get(at(room, "welcome")))
    for sentence in (
        "Sormont",
        "Groupe : Des jeunes de Sormont",
        "Nous ne demandons pas votre nom.",
        "Vos mots restent anonymes.",
        "Commencer",
    ):
        assert sentence in said
    assert "Jeunes de la gare" not in said


def test_a_group_without_public_name_is_not_named(territory, alice):
    room = open_room(territory, alice)
    said = words(Client().get(at(room, "welcome")))
    assert "Jeunes de la gare" not in said
    assert "Groupe" not in said


def test_the_arabic_welcome_runs_from_right_to_left_and_says_what_no_speaker_read_and_what_is_french(room):
    answer = Client().get(at(room, "welcome", langue="ar"))
    html = answer.content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert answer.headers["Content-Language"] == "ar"
    assert "أهلاً وسهلاً" in html
    assert "ترجمة لم تُراجَع" in html
    assert "Traduction non relue" in html
    assert "بالفرنسية" in html
    assert "Traduction non relue" not in Client().get(at(room, "welcome", langue="fr")).content.decode()


def test_the_browsers_language_is_taken_when_the_hall_offers_it(room):
    assert '<html lang="ar"' in Client().get(at(room, "welcome"), HTTP_ACCEPT_LANGUAGE="tr,ar-MA;q=0.8,fr;q=0.5").content.decode()
    assert '<html lang="fr"' in Client().get(at(room, "welcome"), HTTP_ACCEPT_LANGUAGE="tr").content.decode()


def test_a_closed_door_is_said_politely(room, alice):
    halls.close_door(hall=room.hall, by=alice, now=NOW)
    assert "elle peut écrire pour vous" in words(Client().get(at(room, "welcome")))
    refused = Client().post(at(room, "join"), {"langue": "fr"})
    assert refused.status_code == 403
    assert "elle peut écrire pour vous" in words(refused)
    assert Phone.objects.count() == 0


def test_where_the_facilitator_writes_no_phone_comes_in(territory, alice):
    room = open_room(territory, alice, mode="facilitator")
    assert "Dites-lui vos idées." in words(Client().get(at(room, "welcome")))
    assert "Dites-lui vos idées." in words(Client().post(at(room, "join"), {"langue": "fr"}))
    assert Phone.objects.count() == 0


# --- Answering --------------------------------------------------------------------------------------------------


def test_the_cookie_is_signed_and_sent_to_this_workshop_only(room):
    client = Client()
    answer = client.post(at(room, "join"), {"langue": "ar"}, secure=True)
    cookie = answer.cookies[COOKIE]
    assert answer.url == at(room, "answer", langue="ar")
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["secure"]) == (at(room, "welcome"), True, "Strict", True)
    phone = Phone.objects.get()
    assert phone.language == "ar"
    assert phone.token_hash not in cookie.value
    assert set(client.cookies) == {COOKIE}
    client.cookies[COOKIE] = cookie.value.replace(cookie.value[:6], "forged")
    assert "Cet écran ne vous connaît plus." in words(client.get(at(room, "answer")))
    assert client.post(at(room, "answer"), {}).url == at(room, "welcome")


def test_coming_back_goes_on_with_the_same_phone(room, inside):
    inside.post(at(room, "join"), {"langue": "fr"})
    assert inside.get(at(room, "welcome")).url == at(room, "answer", langue="fr")
    assert Phone.objects.count() == 1


def test_before_a_question_is_open_the_page_says_to_wait(room, inside):
    said = words(inside.get(at(room, "answer")))
    assert "Attendez la question suivante" in said
    assert "Mot pour mot" not in said


def test_an_answer_is_added_changed_and_withdrawn_without_a_script(room, inside):
    room.open()
    done, fields = write(inside, room, "un banc à l’ombre")
    assert done.url == at(room, "answer", langue="fr", fait="ajout")
    assert "Votre réponse est ajoutée." in words(inside.get(done.url))
    expression = Expression.objects.get()
    assert (expression.text, expression.language, expression.revision) == ("un banc à l’ombre", "fr", 1)

    page = inside.get(at(room, "answer", modifier=fields["uuid"]))
    assert "un banc à l’ombre" in words(page)
    inside.post(
        at(room, "answer"),
        {
            "geste": "changer",
            "uuid": fields["uuid"],
            "question": field(page, "question"),
            "revision": field(page, "revision"),
            "texte": "deux bancs",
            "langue_reponse": "und",
        },
    )
    expression.refresh_from_db()
    assert (expression.text, expression.revision, expression.language) == ("deux bancs", 2, "und")

    page = inside.get(at(room, "answer", retirer=fields["uuid"]))
    assert "Retirer cette réponse ?" in words(page)
    assert Expression.objects.get().withdrawn_at is None
    inside.post(
        at(room, "answer"),
        {"geste": "retirer", "uuid": fields["uuid"], "question": field(page, "question"), "revision": field(page, "revision")},
    )
    expression.refresh_from_db()
    assert (expression.text, expression.withdrawn_at is not None) == ("", True)
    assert "Pas encore de réponse." in words(inside.get(at(room, "answer")))


def test_a_form_sent_twice_writes_once(room, inside):
    room.open()
    _, fields = write(inside, room, "un banc")
    inside.post(at(room, "answer"), {**fields, "geste": "ajouter", "texte": "un banc", "langue_reponse": "fr"})
    assert Expression.objects.count() == 1


def test_a_refused_answer_keeps_its_words_and_says_why(room, inside):
    room.open()
    refused, _ = write(inside, room, "x" * 281)
    assert "Votre réponse est trop longue. Elle peut avoir 280 signes." in words(refused)
    assert "x" * 281 in refused.content.decode()
    assert "Écrivez d’abord une réponse." in words(write(inside, room, "  ")[0])
    assert Expression.objects.count() == 0


def test_nobody_changes_the_answer_of_another_phone(room, inside):
    room.open()
    _, fields = write(inside, room, "à moi")
    other = Client()
    other.post(at(room, "join"), {"langue": "fr"})
    assert "à moi" not in other.get(at(room, "answer", modifier=fields["uuid"])).content.decode()
    other.post(at(room, "answer"), {**fields, "revision": "5", "geste": "changer", "texte": "à toi", "langue_reponse": "fr"})
    assert Expression.objects.get().text == "à moi"


def test_earlier_answers_stay_within_reach_between_two_questions(room, inside):
    room.open()
    write(inside, room, "un banc")
    room.close()
    said = words(inside.get(at(room, "answer")))
    for sentence in ("Attendez la question suivante", "Mes réponses aux autres questions", "Mot pour mot WB ?", "un banc", "Changer"):
        assert sentence in said


def test_a_form_from_another_site_writes_nothing(room, inside):
    room.open()
    fields = {
        "uuid": "6f1c0a52-8c38-4e39-9a5f-58ad3bd4ad32",
        "question": room.first.question_id,
        "revision": 1,
        "geste": "ajouter",
        "texte": "intrus",
    }
    inside.post(at(room, "answer"), fields, HTTP_SEC_FETCH_SITE="cross-site")
    inside.post(at(room, "answer"), fields, HTTP_ORIGIN="https://ailleurs.example")
    inside.post(at(room, "next_person"), HTTP_SEC_FETCH_SITE="cross-site")
    assert (Expression.objects.count(), Phone.objects.count()) == (0, 1)


def test_the_question_is_asked_in_the_language_chosen_and_french_is_said_to_be_french(room, inside):
    room.open()
    page = inside.get(at(room, "answer", langue="ar")).content.decode()
    assert 'lang="fr" dir="auto">Mot pour mot WB' in page
    assert "بالفرنسية" in page
    WorkshopQuestion.objects.create(workshop=room.hall.workshop, question=room.first.question, language="ar", wording="ما هو الخير؟")
    page = inside.get(at(room, "answer", langue="ar")).content.decode()
    assert "ما هو الخير؟" in page
    assert "بالفرنسية" not in page


# --- A shared device --------------------------------------------------------------------------------------------


def test_the_next_person_sees_nothing_of_the_one_before_and_comes_in_by_a_closed_door(room, inside, alice):
    room.open()
    write(inside, room, "mon secret")
    halls.close_door(hall=room.hall, by=alice, now=NOW)
    assert "Vous ne pouvez plus les changer ici." in words(inside.get(at(room, "answer", suivante="1")))
    cleared = inside.post(at(room, "next_person"), {"langue": "ar"})
    assert cleared.url == at(room, "answer", langue="ar", pret="1")
    page = inside.get(cleared.url)
    assert "mon secret" not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert Phone.objects.count() == 2
    assert Expression.objects.get().phone.number == 1


# --- The end ----------------------------------------------------------------------------------------------------


def test_a_closed_workshop_says_thank_you_forgets_the_phone_and_refuses_what_comes(room, inside, alice):
    room.open()
    _, fields = write(inside, room, "un banc")
    close_workshop(workshop=room.hall.workshop, by=alice, now=NOW)
    answer = inside.post(at(room, "answer"), {**fields, "revision": "2", "geste": "changer", "texte": "deux"})
    assert answer.status_code == 410
    assert "L’atelier est fini" in words(answer)
    assert answer.cookies[COOKIE].value == ""
    assert Expression.objects.get().text == "un banc"


def test_a_wrong_code_and_the_code_of_a_workshop_that_is_over_get_the_same_answer(room, alice):
    close_workshop(workshop=room.hall.workshop, by=alice, now=NOW)
    for name in ("welcome", "answer", "state"):
        wrong, over = (Client().get(reverse(f"phones:{name}", args=[code])) for code in ("ZZZZ2222", room.hall.code))
        assert wrong.status_code == over.status_code
        assert words(wrong).replace("ZZZZ2222", room.hall.code) == words(over)


def test_nothing_that_a_participant_does_is_journalled(room, inside):
    before = Entry.objects.count()
    room.open()
    opened = Entry.objects.count()
    write(inside, room, "un banc")
    inside.post(at(room, "next_person"), {"langue": "fr"})
    assert (opened, Entry.objects.count()) == (before + 1, before + 1)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_queries_with_one_answer_and_with_three(room, inside, django_assert_num_queries, count):
    room.open()
    for number in range(count):
        write(inside, room, f"idée {number}")
    with django_assert_num_queries(11):
        inside.get(at(room, "answer"))


def test_a_token_is_known_by_its_hash_only(room):
    room.phone("one")
    assert token("one") not in str(list(Phone.objects.values()))
