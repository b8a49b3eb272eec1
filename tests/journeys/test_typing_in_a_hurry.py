"""Somebody who types faster than the server answers: no key acts twice, none acts on the criterion that leaves."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import expect

from tests.synthesis.voices import group_of, say
from tissage.core.codes import Code
from tissage.people.models import Membership, User
from tissage.voices.models import Criterion
from tissage.voices.operations.codings import set_code
from tissage.voices.operations.double_coding import draw_double_coding

PATIENCE = 20_000
SAID = ["un logement sec", "du pain frais", "voir un dentiste", "des bottes sans trou", "lire le soir à deux", "un banc à l’ombre"]


def codes():
    return {criterion.text: criterion.code for criterion in Criterion.objects.order_by("pk")}


@pytest.fixture
def farid(territory, now):
    user = User.objects.create_user(email="farid@example.org", name="Farid", password="une phrase de passe")
    Membership.objects.create(user=user, territory=territory, role="facilitator", since=now)
    return user


@pytest.fixture
def said(territory):
    group = group_of(territory, "Jeunes du centre", 9, public_name="Jeunes")
    return [say(group, text) for text in SAID]


class Held:
    """What is sent to these addresses waits until `release()`; `sent` counts all of it, before and after."""

    def __init__(self, page, pattern):
        self.page, self.waiting, self.sent, self.open = page, [], 0, False
        page.route(pattern, self.take)

    def take(self, route):
        self.sent += route.request.method == "POST"
        if self.open or route.request.method != "POST":
            route.continue_()
        else:
            self.waiting.append(route)

    def release(self):
        for _turn in range(400):
            if self.waiting:
                break
            self.page.wait_for_timeout(50)
        assert len(self.waiting) == 1
        self.open = True
        self.waiting[0].continue_()


def test_keys_pressed_while_the_server_answers_are_kept_for_what_comes(seat, said, alice):
    page = seat(alice)
    page.goto("codage/")
    criterion = page.locator("#desk-criterion")
    expect(criterion).to_be_focused(timeout=PATIENCE)

    # Two criteria passed in one breath; a number then chooses on the third, and Enter saves nothing that nobody has read.
    held = Held(page, "**/passer/*")
    for key in ("s", "s", "1", "Enter", "p"):
        page.keyboard.press(key)
    expect(page.locator("#desk input[name=component]:checked")).to_have_count(0)
    held.release()
    expect(criterion).to_contain_text(SAID[2], timeout=PATIENCE)
    expect(page.locator("#desk input[data-number='1']")).to_be_checked(timeout=PATIENCE)
    assert held.sent == 2
    assert set(codes().values()) == {""}

    # Enter twice saves once; what is typed next goes to the criterion that comes, never to the one that leaves.
    held = Held(page, "**/enregistrer/*")
    for key in ("Enter", "/", "a", "0", "3"):
        page.keyboard.press(key)
    expect(page.locator("#desk-search")).to_have_value("")
    held.release()
    expect(criterion).to_contain_text(SAID[3], timeout=PATIENCE)
    expect(page.locator("#desk-search")).to_have_value("a03", timeout=PATIENCE)
    expect(page.locator("#found-A03")).to_be_visible(timeout=PATIENCE)
    page.keyboard.press("Escape")
    held = Held(page, "**/enregistrer/*")
    for key in ("1", "Enter", "Enter", "Enter"):
        page.keyboard.press(key)
    held.release()
    expect(criterion).to_contain_text(SAID[4], timeout=PATIENCE)
    assert held.sent == 1
    assert [text for text, code in codes().items() if code] == [SAID[2], SAID[3]]

    # Words, Enter, a sense and Enter without ever waiting for the list.
    page.keyboard.press("/")
    page.keyboard.type("D02")
    for key in ("Enter", "r", "Enter"):
        page.keyboard.press(key)
    expect(criterion).to_contain_text(SAID[5], timeout=PATIENCE)
    assert codes()[SAID[4]] == "D02/R"


def test_a_list_that_comes_late_is_not_taken_for_that_of_the_whole_word(seat, said, alice):
    page = seat(alice)
    page.goto("codage/")
    expect(page.locator("#desk-criterion")).to_be_focused(timeout=PATIENCE)
    page.keyboard.press("/")
    # The rest of the word and Enter come just as the list of its beginning arrives.
    page.evaluate(
        """() => document.body.addEventListener("htmx:beforeSwap", () => {
            const field = document.getElementById("desk-search");
            field.value = "A03";
            field.dispatchEvent(new Event("input", { bubbles: true }));
            field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
        }, { once: true })"""
    )
    page.keyboard.type("manger")
    expect(page.locator("#found-A03")).to_be_checked(timeout=PATIENCE)
    page.keyboard.press("Enter")
    expect(page.locator("#desk-criterion")).to_contain_text(SAID[1], timeout=PATIENCE)
    assert codes()[SAID[0]] == "A03"


def test_enter_pressed_twice_on_the_blind_screen_gives_one_code(seat, territory, farid, alice, now):
    group = group_of(territory, "Jeunes du centre", 9)
    for text in SAID[:3]:
        say(group, text, "")
    for criterion in Criterion.objects.all():
        set_code(criterion=criterion, code=Code("A00"), by=alice, now=now)
    sample = draw_double_coding(territory=territory, coder=farid, label="Essai", draw=random.Random(1), by=alice, now=now, number=3)
    page = seat(farid)
    page.goto(f"double-codage/{sample.pk}/coder/")
    expect(page.locator("#id_words")).to_be_focused(timeout=PATIENCE)
    held = Held(page, "**/coder/*")
    page.keyboard.type("A03/P")
    for key in ("Enter", "Enter", "x", "Enter"):
        page.keyboard.press(key)
    held.release()
    expect(page.locator(".t-progress")).to_contain_text("1 sur 3 codés", timeout=PATIENCE)
    assert held.sent == 1
    assert [blind.component for blind in sample.codings.filter(coded_at__isnull=False)] == ["A03"]
