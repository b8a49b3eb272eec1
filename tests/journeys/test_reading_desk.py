"""The reading desk, lived by Alice without a mouse; then with htmx: twenty lines at a time, the selection, a freeze that lasts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.synthesis.voices import NOW, group_of, say
from tissage.synthesis import operations
from tissage.synthesis.models import Reading, Synthesis, SynthesisLine
from tissage.synthesis.operations import freezing

SAID = [
    ("avoir un toit", "A03"),
    ("le loyer de madame Vandermeulen, 0470 12 34 56", "A03"),
    ("ma voisine du troisième crie", "D04"),
    ("sourire", "H03"),
]


@pytest.fixture
def frozen(territory, alice):
    group = group_of(territory, "Jeunes du centre", 9, public_name="Jeunes")
    for text, code in SAID:
        say(group, text, code)
    say(group_of(territory, "Aînés", 12), "la paix", "F00")
    return operations.freeze_synthesis(territory=territory, title="Première", groups=[group.pk], by=alice, now=NOW)


def test_three_lines_are_read_with_the_keyboard_alone(page, live_server, sign_in, violations, frozen, alice):
    desk = f"{live_server.url}/territoires/sormont/syntheses/1/lecture/"
    sign_in(page, alice)
    page.goto(desk)
    assert violations(page) == []

    # The line itself has the keyboard: its words, then what the keys do.
    line = page.locator("article[data-reading]")
    expect(line).to_be_focused()
    expect(line).to_contain_text("avoir un toit")
    expect(line.locator(".s-keys")).to_be_visible()
    page.keyboard.press("p")
    expect(page.locator("#reading-progress")).to_contain_text("1 lue sur 4")

    # C opens the redaction, in its field; what is pointed out is marked; letters typed there are letters.
    expect(line).to_be_focused()
    expect(line.locator("mark").first).to_be_visible()
    page.keyboard.press("c")
    field = line.get_by_role("textbox")
    expect(field).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("pcn")
    expect(field).to_have_value("pcn")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("le loyer de [quelqu’un]")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#reading-progress")).to_contain_text("2 lues sur 4")

    # N opens the refusal; without a reason nothing is lost.
    expect(line).to_be_focused()
    page.keyboard.press("n")
    page.keyboard.type("on reconnaît quelqu’un")
    page.keyboard.press("Enter")
    expect(page.locator("#reading-progress")).to_contain_text("3 lues sur 4")
    expect(line).to_contain_text("sourire")

    readings = Reading.objects.order_by("line").values_list("line__text", "decision", "public_text", "reason")
    assert list(readings) == [
        (SAID[0][0], "published", "avoir un toit", ""),
        (SAID[1][0], "redacted", "le loyer de [quelqu’un]", ""),
        (SAID[2][0], "withheld", "", "on reconnaît quelqu’un"),
    ]


def test_twenty_at_a_time_a_decision_swaps_its_line_alone(page, live_server, sign_in, violations, frozen, alice):
    sign_in(page, alice)
    page.goto(f"{live_server.url}/territoires/sormont/syntheses/1/lecture/?mode=vingt")
    page.evaluate("window.still = true")
    first, second = (page.locator(f"#line-{line.pk}") for line in SynthesisLine.objects.order_by("pk")[:2])

    second.locator("summary", has_text="Ne pas publier").click()
    second.get_by_role("button", name="Garder pour l’équipe").click()
    expect(second).to_contain_text("Dites pourquoi cette parole ne sort pas")
    assert Reading.objects.count() == 0

    first.get_by_role("button", name="Publier telle quelle").click()
    expect(first).to_contain_text("publiée telle quelle")
    expect(page.locator("#reading-progress")).to_contain_text("1 lue sur 4")
    expect(second).to_contain_text("Dites pourquoi cette parole ne sort pas")
    assert page.evaluate("window.still") is True
    assert violations(page) == []


def test_choosing_a_group_redraws_the_synthesis_in_place(page, live_server, sign_in, violations, frozen, alice):
    sign_in(page, alice)
    page.goto(f"{live_server.url}/territoires/sormont/syntheses/aujourdhui/")
    expect(page.locator("main")).to_contain_text("5 critères")
    page.evaluate("window.still = true")
    page.get_by_text("Choisir des groupes ou des questions").click()
    page.get_by_label("Aînés").check()
    expect(page.locator("main")).to_contain_text("1 critère, 1 expression dans 1 groupe")
    assert "groupe=" in page.url
    assert page.evaluate("window.still") is True
    assert violations(page) == []


def test_a_long_freeze_shows_how_far_it_is_until_it_is_done(page, live_server, sign_in, violations, frozen, alice, monkeypatch):
    monkeypatch.setattr(freezing, "AT_ONCE", 2)
    version = operations.freeze_synthesis(territory=frozen.territory, title="Seconde", by=alice, now=NOW)
    sign_in(page, alice)
    page.goto(f"{live_server.url}/territoires/sormont/syntheses/2/avancement/")
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert violations(page) == []
    freezing.continue_freezing_lines(synthesis_id=version.pk, now=NOW)
    expect(page.get_by_role("link", name="Ouvrir la version")).to_be_visible()
    assert Synthesis.objects.get(pk=version.pk).lines_done == 5
