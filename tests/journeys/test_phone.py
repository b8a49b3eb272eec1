"""A phone in the hall, lived by three people: it answers, loses the network and its browser, speaks Arabic, passes from hand to hand."""

from __future__ import annotations

from functools import partial

import pytest
from playwright.sync_api import expect as expects

from tests.conftest import NOW
from tests.voices.halls import open_room
from tissage.voices.models import Expression, Phone, WorkshopQuestion
from tissage.voices.operations import halls
from tissage.voices.operations.workshops import close_workshop

PATIENCE = 20_000  # ms: two polls of the page, on a machine that does other things
WITHOUT_NETWORK = "net::ERR_"  # what Chromium writes when a request does not leave: expected while the network is off


def expect(found):
    return Patient(expects(found))


class Patient:
    """Playwright's expectations, with our patience."""

    def __init__(self, expectation):
        self._expectation = expectation

    def __getattr__(self, name):
        return partial(getattr(self._expectation, name), timeout=PATIENCE)


@pytest.fixture
def room(territory, alice):
    room = open_room(territory, alice)
    WorkshopQuestion.objects.create(
        workshop=room.hall.workshop, question=room.first.question, language="ar", wording="ما الذي يجعلني بخير؟"
    )
    room.open()
    return room


@pytest.fixture
def phones(browser, live_server):
    """Phones of 390 px; what a console says, but for the absent network, fails the test."""
    said, contexts = [], []

    def make(**options):
        context = browser.new_context(viewport={"width": 390, "height": 800}, locale="fr-BE", base_url=live_server.url, **options)
        contexts.append(context)
        watch(context)
        return context

    def watch(context):
        context.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: said.append(str(error.error)))

    make.watch = watch
    make.contexts = contexts
    yield make
    for context in contexts:
        context.close()
    assert [text for text in said if WITHOUT_NETWORK not in text and "410 (Gone)" not in text] == []


def come_in(context, room, language="fr"):
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(f"/a/{room.hall.code}/?langue={language}")
    page.locator("#join button").click()
    page.wait_for_url(f"**/repondre/?langue={language}")
    expect(page.locator("#question")).not_to_be_empty()
    return page


def write(page, text):
    page.locator("#text").fill(text)
    page.locator("#write button[type=submit]").click()
    expect(page.locator("#answers .p-words").last).to_have_text(text)


def kept_here(page):
    """Waits until the page can open without a network."""
    page.evaluate("""async () => {
        while (!(await caches.keys()).length || !(await navigator.serviceWorker.getRegistration(location.pathname))?.active)
            await new Promise((resolve) => setTimeout(resolve, 100));
    }""")


def arrived(page, *texts):
    """Waits until the server holds exactly these words: a withdrawal shows nothing more on the phone."""
    for _ in range(PATIENCE // 100):
        if words() == sorted(texts):
            return
        page.wait_for_timeout(100)
    assert words() == sorted(texts)


def words() -> list[str]:
    return sorted(Expression.objects.filter(withdrawn_at__isnull=True).values_list("text", flat=True))


def test_answers_are_added_changed_withdrawn_and_each_says_that_it_was_sent(phones, room, violations):
    page = come_in(phones(), room)
    expect(page.get_by_role("heading", name="Mot pour mot WB ?")).to_be_visible()
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_text("Écrivez d’abord une réponse.")).to_be_visible()
    write(page, "un banc")
    write(page, "du pain")
    expect(page.locator("#answers [data-state=sent]")).to_have_count(2)

    page.get_by_role("button", name="Changer : un banc").click()
    assert violations(page) == []
    page.get_by_label("Changez votre réponse").fill("un banc à l’ombre")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Retirer : du pain").click()
    assert violations(page) == []
    page.get_by_role("button", name="Oui, retirer").click()
    expect(page.locator("#answers .p-words")).to_have_text(["un banc à l’ombre"])
    expect(page.locator("#answers [data-state=sent]")).to_have_count(1)
    arrived(page, "un banc à l’ombre")

    # The question closes, another opens: the page follows by itself, and the earlier answer stays within reach.
    room.close()
    expect(page.get_by_role("heading", name="Attendez la question suivante")).to_be_visible()
    page.get_by_text("Mes réponses aux autres questions").click()
    expect(page.locator("#other .p-words")).to_have_text(["un banc à l’ombre"])
    assert violations(page) == []
    room.open(room.second)
    expect(page.get_by_role("heading", name="Mot pour mot IB ?")).to_be_visible()
    expect(page.get_by_text("Pas encore de réponse.")).to_be_visible()


def test_a_phone_without_network_keeps_its_answers_says_so_and_sends_them_once(phones, room, violations):
    context = phones()
    page = come_in(context, room)
    write(page, "avant")
    expect(page.locator("#answers [data-state=sent]")).to_have_count(1)
    kept_here(page)

    context.set_offline(True)
    write(page, "pendant")
    expect(page.get_by_text("Pas de réseau. Vos réponses restent sur ce téléphone.")).to_be_visible()
    expect(page.get_by_text("Réponses en attente : 1")).to_be_visible()
    expect(page.locator("#answers [data-state=waiting]")).to_have_count(1)
    assert violations(page) == []

    page.reload()
    expect(page.locator("#answers .p-words")).to_have_text(["avant", "pendant"])
    expect(page.locator("#answers [data-state=waiting]")).to_have_count(1)
    page.get_by_role("button", name="Changer : pendant").click()
    page.get_by_label("Changez votre réponse").fill("pendant la panne")
    page.get_by_role("button", name="Enregistrer").click()
    page.locator("#text").fill("pas encore fini")
    page.wait_for_timeout(600)
    page.close()

    # Another tab, later: what was typed and not added is still in the field.
    page = context.new_page()
    page.goto(f"/a/{room.hall.code}/repondre/")
    expect(page.locator("#answers .p-words")).to_have_text(["avant", "pendant la panne"])
    expect(page.locator("#text")).to_have_value("pas encore fini")
    assert words() == ["avant"]

    context.set_offline(False)
    expect(page.locator("#answers [data-state=sent]")).to_have_count(2)
    expect(page.locator("#network")).to_be_hidden()
    assert words() == ["avant", "pendant la panne"]
    page.reload()
    expect(page.locator("#answers [data-state=sent]")).to_have_count(2)
    assert words() == ["avant", "pendant la panne"]


def test_a_killed_browser_loses_nothing(phones, browser_type, browser_type_launch_args, tmp_path, live_server, room):
    options = {**browser_type_launch_args, "viewport": {"width": 390, "height": 800}, "locale": "fr-BE", "base_url": live_server.url}
    context = browser_type.launch_persistent_context(tmp_path, **options)
    phones.watch(context)
    page = come_in(context, room)
    kept_here(page)
    context.set_offline(True)
    write(page, "écrit juste avant la fin")
    context.close()

    context = browser_type.launch_persistent_context(tmp_path, **options)
    phones.contexts.append(context)
    phones.watch(context)
    page = context.new_page()
    page.goto(f"/a/{room.hall.code}/repondre/")
    expect(page.locator("#answers [data-state=sent] .p-words")).to_have_text(["écrit juste avant la fin"])
    assert words() == ["écrit juste avant la fin"]


def test_the_arabic_screen_runs_from_right_to_left(phones, room, violations):
    page = come_in(phones(), room, "ar")
    assert (page.locator("html").get_attribute("dir"), page.locator("html").get_attribute("lang")) == ("rtl", "ar")
    expect(page.get_by_role("heading", name="ما الذي يجعلني بخير؟")).to_be_visible()
    expect(page.get_by_text("Traduction non relue")).to_be_visible()
    write(page, "الخبز رخيص")
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    box, frame = page.locator("#answers .p-words").bounding_box(), page.locator("#answers .p-answer").bounding_box()
    assert box["x"] + box["width"] > frame["x"] + frame["width"] - 24
    expect(page.locator("#answers [data-state=sent]")).to_have_count(1)
    assert list(Expression.objects.values_list("text", "language")) == [("الخبز رخيص", "ar")]

    # The second question was noted in French only: it is asked in French, and says so.
    room.open(room.second)
    expect(page.get_by_role("heading", name="Mot pour mot IB ?")).to_be_visible()
    assert page.locator("#question").get_attribute("lang") == "fr"
    expect(page.locator("#in-french")).to_be_visible()


def test_the_next_person_on_a_shared_phone_starts_with_a_clear_screen(phones, room, alice, violations):
    context = phones()
    page = come_in(context, room)
    kept_here(page)
    context.set_offline(True)
    write(page, "la première")
    page.get_by_role("button", name="Personne suivante").click()
    assert violations(page) == []
    page.get_by_role("button", name="Oui, personne suivante").click()
    expect(page.get_by_text("Les réponses d’avant ne se voient plus.")).to_be_visible()
    expect(page.locator("#answers li")).to_have_count(0)
    write(page, "la deuxième")
    assert "la première" not in page.content()

    # The door closed meanwhile: the phone is in, and so is whoever holds it next; each has the number that the conductor sees.
    halls.close_door(hall=room.hall, by=alice, now=NOW)
    context.set_offline(False)
    expect(page.locator("#answers [data-state=sent]")).to_have_count(1)
    assert words() == ["la deuxième", "la première"]
    expect(page.get_by_text("Téléphone 2", exact=True)).to_be_visible()
    assert sorted(Phone.objects.values_list("number", "expressions__text")) == [(1, "la première"), (2, "la deuxième")]


def test_the_end_wipes_the_phone_once_everything_left(phones, room, alice, violations):
    context = phones()
    page = come_in(context, room)
    write(page, "un mot")
    expect(page.locator("#answers [data-state=sent]")).to_have_count(1)
    kept_here(page)
    close_workshop(workshop=room.hall.workshop, by=alice, now=NOW)
    expect(page.get_by_role("heading", name="L’atelier est fini")).to_be_visible()
    expect(page.get_by_text("Il ne reste rien de vous sur ce téléphone.")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("async () => [await indexedDB.databases(), await caches.keys(), localStorage.length]") == [[], [], 0]
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    assert context.cookies() == []


def test_answers_that_could_not_leave_before_the_end_are_shown_and_not_lost(phones, room, alice):
    context = phones()
    page = come_in(context, room)
    kept_here(page)
    context.set_offline(True)
    write(page, "resté ici")
    close_workshop(workshop=room.hall.workshop, by=alice, now=NOW)
    context.set_offline(False)
    expect(page.get_by_text("Réponses qui ne sont pas parties : 1.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Réponses qui ne sont pas parties : 1.")).to_be_visible()
    expect(page.locator("#unsent li")).to_have_text(["resté ici"])
    page.get_by_role("button", name="Effacer de ce téléphone").click()
    expect(page.get_by_text("Il ne reste rien de vous sur ce téléphone.")).to_be_visible()
    assert page.evaluate("async () => (await indexedDB.databases()).length") == 0
    assert words() == []


def test_everything_works_without_a_script(phones, room):
    page = phones(java_script_enabled=False).new_page()
    page.goto(f"/a/?code={room.hall.code.lower()}")
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Votre réponse").fill("sans script")
    page.get_by_role("button", name="Ajouter").click()
    page.get_by_role("link", name="Changer").click()
    page.get_by_label("Changez votre réponse").fill("toujours sans script")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Personne suivante").click()
    page.get_by_role("button", name="Oui, personne suivante").click()
    expect(page.get_by_text("Pas encore de réponse.")).to_be_visible()
    assert words() == ["toujours sans script"]
