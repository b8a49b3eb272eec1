"""The wall in the hall: two screens follow the conductor, keep their cards when the connection fails, and scroll when cards do not fit."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from tissage.voices.models import Expression, HomogeneousGroup, Question, Round
from tissage.voices.operations.halls import Answer, close_round, join, open_hall, open_round, show_round, write_answers
from tissage.voices.operations.workshops import Wording, create_workshop

NO_NETWORK = ("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")


@pytest.fixture
def hall(territory, alice, now):
    group = HomogeneousGroup.objects.create(territory=territory, name="Jeunes de la gare", language="fr")
    question = Question.objects.get(territory=territory, code="WB")
    workshop = create_workshop(
        group=group, held_on=dt.date(2026, 11, 22), wordings=[Wording(question, "Qu’est-ce qui vous fait du bien ?")], by=alice, now=now
    )
    return open_hall(workshop=workshop, mode="both", languages=["fr", "ar"], consent_text="", by=alice, now=now)


@pytest.fixture
def round_(hall, alice):
    found = Round.objects.get(hall=hall)
    open_round(round=found, by=alice, now=timezone.now())
    return found


@pytest.fixture
def say(hall, round_):
    def say(*words):
        phone = join(hall=hall, token=uuid.uuid4().hex, language="fr", now=timezone.now())
        said = [(word, "fr") if isinstance(word, str) else word for word in words]
        answers = [Answer(uuid=uuid.uuid4(), question_id=round_.question_id, text=text, language=language) for text, language in said]
        write_answers(phone=phone, answers=answers, now=timezone.now())

    return say


@pytest.fixture
def put_on_the_wall(round_, alice):
    def put():
        close_round(round=round_, by=alice, now=timezone.now())
        round_.refresh_from_db()
        show_round(round=round_, by=alice, now=timezone.now())

    return put


@pytest.fixture
def address(live_server, hall):
    return f"{live_server.url}/territoires/sormont/ateliers/{hall.workshop_id}/mur/"


def test_two_screens_follow_the_conductor(page, address, sign_in, alice, say, put_on_the_wall, violations):
    sign_in(page, alice)
    screens = [page, page.context.new_page()]
    say("sourire", ("الخبز", "ar"))
    say("Sourire")
    for screen in screens:
        screen.goto(address)
        expect(screen.locator(".w-code")).to_be_visible()
        expect(screen.locator("body")).not_to_contain_text("sourire")
    assert violations(page) == []

    put_on_the_wall()
    for screen in screens:
        expect(screen.locator(".h-card")).to_have_count(2)
        expect(screen.locator(".h-card").first).to_contain_text("×\u00a02")
    for width in (1280, 1920, 390):
        page.set_viewport_size({"width": width, "height": 1080})
        assert violations(page) == []
        assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.get_by_role("button", name="Salle sombre").click()
    assert violations(page) == []

    # A reload shows the same; hiding a card reaches the other screen.
    page.reload()
    expect(page.locator(".h-card")).to_have_count(2)
    page.get_by_role("link", name="Modérer").click()
    page.locator(".h-card", has_text="sourire").locator("summary").click()
    page.get_by_role("button", name="elle désigne quelqu’un").click()
    expect(page.get_by_role("heading", name="1 carte masquée")).to_be_visible()
    assert violations(page) == []
    expect(screens[1].locator(".h-card")).to_have_count(1)
    assert Expression.objects.filter(hidden_at__isnull=False).count() == 2
    page.get_by_role("button", name="Remettre").click()
    expect(screens[1].locator(".h-card")).to_have_count(2)


def test_what_did_not_change_is_not_drawn_again(page, address, sign_in, alice, say, put_on_the_wall):
    say("sourire")
    put_on_the_wall()
    sign_in(page, alice)
    page.goto(address)
    with page.expect_response("**/mur/cartes/"):
        pass
    page.locator(".h-card").evaluate("card => { card.dataset.seen = 'yes' }")
    for _ in range(2):
        with page.expect_response("**/mur/cartes/"):
            pass
    expect(page.locator(".h-card[data-seen=yes]")).to_have_count(1)


def test_a_lost_connection_says_so_and_keeps_the_cards(new_context, address, sign_in, alice, say, put_on_the_wall):
    context = new_context()
    page, errors = context.new_page(), []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    say("sourire")
    put_on_the_wall()
    sign_in(page, alice)
    page.goto(address)
    context.set_offline(True)
    expect(page.get_by_role("status")).to_have_text("Connexion perdue, nouvel essai…")
    expect(page.locator(".h-card")).to_have_count(1)
    context.set_offline(False)
    expect(page.get_by_role("status")).to_be_empty()

    # The sign-in of the projector ends: the cards stay, no sign-in form takes their place.
    Session.objects.all().delete()
    expect(page.get_by_role("status")).to_contain_text("reconnectez-vous")
    expect(page.locator(".h-card")).to_have_count(1)
    assert [error for error in errors if not any(known in error for known in NO_NETWORK)] == []


@pytest.mark.parametrize(("motion", "moves"), [("no-preference", True), ("reduce", False)])
def test_too_many_cards_scroll_by_themselves_unless_motion_is_unwelcome(
    new_context, address, sign_in, alice, say, put_on_the_wall, motion, moves
):
    page = new_context(reduced_motion=motion).new_page()
    for person in range(4):
        say(*(f"mot {person} {number}" for number in range(40)))
    put_on_the_wall()
    sign_in(page, alice)
    page.goto(address)
    expect(page.locator(".h-card")).to_have_count(160)
    page.wait_for_timeout(7_000)
    assert (page.evaluate("() => scrollY") > 10) is moves
    if moves:
        page.get_by_role("button", name="Arrêter le défilement").click()
        page.wait_for_timeout(300)
        place = page.evaluate("() => scrollY")
        page.wait_for_timeout(1_500)
        assert page.evaluate("() => scrollY") == place
    else:
        expect(page.get_by_role("button", name="Faire défiler")).to_be_visible()
