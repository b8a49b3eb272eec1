"""Coding by keyboard alone: a suggestion taken, words searched, a code skipped, undone; the next person meets what was done meanwhile."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.synthesis.voices import group_of, say
from tissage.core.codes import Code
from tissage.people.models import Membership, User
from tissage.voices.models import Coding, Criterion
from tissage.voices.operations.codings import set_code

CODED = [("un logement chauffé", "A03"), ("du pain tous les jours", "A01"), ("voir un médecin", "A02"), ("avoir des amis", "D03")]
SAID = ["un logement sec", "du pain frais", "des amis pour parler", "sourire aux gens", "la paix dans le monde"]


@pytest.fixture
def desk(territory, live_server):
    group = group_of(territory, "Jeunes du centre", 9, public_name="Jeunes")
    for text, code in CODED:
        say(group, text, code)
    for text in SAID:
        say(group, text, "")
    return f"{live_server.url}/territoires/sormont/codage/"


def codes():
    return dict(Criterion.objects.filter(text__in=SAID).values_list("text", "component"))


def offered(page, code: str) -> str:
    """The number key of a component among the five."""
    return page.locator(f"#offer-{code}").get_attribute("data-number")


def test_several_criteria_are_coded_with_the_keyboard_alone(page, sign_in, violations, desk, alice, now):
    sign_in(page, alice)
    page.goto(desk)
    criterion, live = page.locator("#desk-criterion"), page.locator("#desk-live")
    expect(criterion).to_be_focused()
    expect(criterion).to_contain_text(SAID[0])
    expect(page.locator("#desk")).to_contain_text("Il reste 5 critères à coder sur 9")
    expect(page.locator("#desk input[name=component]:checked")).to_have_count(0)
    assert violations(page) == []

    # A number takes a suggestion, a letter gives the sense, Enter saves and brings the next one.
    page.keyboard.press(offered(page, "A03"))
    expect(page.locator("#offer-A03")).to_be_checked()
    page.keyboard.press("p")
    page.keyboard.press("Enter")
    expect(criterion).to_contain_text(SAID[1])
    expect(criterion).to_be_focused()
    expect(live).to_contain_text("Codé A03/P")
    expect(live).to_contain_text("Il reste 4 critères à coder sur 9")

    # U takes it back, exactly; the same keys code it again.
    page.keyboard.press("u")
    expect(criterion).to_contain_text(SAID[0])
    assert codes()[SAID[0]] == ""
    assert not Coding.objects.filter(criterion__text=SAID[0]).exists()
    page.keyboard.press(offered(page, "A03"))
    page.keyboard.press("Enter")
    expect(criterion).to_contain_text(SAID[1])

    # S puts one aside for the end.
    page.keyboard.press("s")
    expect(criterion).to_contain_text(SAID[2])

    # A letter opens the search with that letter in it; there S, U and the digits are letters like others; Enter takes the first.
    page.keyboard.type("amis")
    search = page.locator("#desk-search")
    expect(search).to_have_value("amis")
    expect(page.locator("#found-D03")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("#desk-found input:checked")).to_have_count(1)
    page.keyboard.press("m")
    page.keyboard.type("sus, 1 mémo")
    expect(page.locator("#id_memo")).to_have_value("sus, 1 mémo")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(criterion).to_contain_text(SAID[3])
    assert Coding.objects.get(criterion__text=SAID[2]).memo == "sus, 1 mémo"

    # Slash, words, arrow down, then another sense; Escape forgets a choice.
    page.keyboard.press("/")
    page.keyboard.type("sociable")
    expect(page.locator("#found-H03")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#found-H03")).to_be_checked()
    page.keyboard.press("Escape")
    expect(page.locator("#desk input[name=component]:checked")).to_have_count(0)
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("s")  # once a component is chosen, S is a sense
    page.keyboard.press("Enter")
    expect(criterion).to_contain_text(SAID[4])
    assert Criterion.objects.get(text=SAID[3]).code == "H03/S"

    # The key and the help are one key away, and give the keyboard back.
    page.keyboard.press("k")
    expect(page.locator("#desk-key")).to_contain_text("Dans le doute, le plus général")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#desk-help")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(criterion).to_contain_text(SAID[1])
    page.keyboard.press(offered(page, "A01"))
    page.keyboard.press("Enter")
    expect(criterion).to_contain_text(SAID[4])

    # Reloading shows the same criterion.
    page.reload()
    expect(criterion).to_contain_text(SAID[4])
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.locator("#desk")).to_contain_text("Tout est codé")
    assert violations(page) == []
    assert all(codes().values())
    assert set(Coding.objects.filter(criterion__text__in=SAID).values_list("origin", flat=True)) <= {"suggestion", "changed"}


def test_one_letter_keys_can_be_put_out_and_stay_out(page, sign_in, desk, alice):
    sign_in(page, alice)
    page.goto(desk)
    page.keyboard.press("?")
    page.get_by_label("Touches d’une lettre actives").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    page.keyboard.press("s")
    expect(page.locator("#desk input[name=component]:checked")).to_have_count(0)
    expect(page.locator("#desk-criterion")).to_contain_text(SAID[0])
    page.reload()
    page.keyboard.press("1")
    expect(page.locator("#desk input[name=component]:checked")).to_have_count(0)
    page.locator("#desk-form input[name=component]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#desk-criterion")).to_contain_text(SAID[1])


def test_what_somebody_coded_meanwhile_is_shown_and_the_choice_is_kept(page, sign_in, violations, desk, alice, territory, now):
    zoe = User.objects.create_user(email="zoe@example.org", name="Zoé", password="une phrase de passe")
    Membership.objects.create(user=zoe, territory=territory, role="facilitator", since=now)
    sign_in(page, alice)
    page.goto(desk)
    page.keyboard.press(offered(page, "A03"))
    first = Criterion.objects.get(text=SAID[0])
    set_code(criterion=first, code=Code("H03"), by=zoe, now=now)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Zoé a donné le code H03")).to_be_visible()
    expect(page.locator("#offer-A03")).to_be_checked()
    assert violations(page) == []
    assert codes()[SAID[0]] == "H03"
    page.keyboard.press("Enter")
    expect(page.locator("#desk-criterion")).to_contain_text(SAID[1])
    assert codes()[SAID[0]] == "A03"


def test_the_desk_works_without_javascript(browser, browser_context_args, sign_in, desk, alice):
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})
    page = context.new_page()
    sign_in(page, alice)
    page.goto(desk)
    page.get_by_label("Chercher dans la nomenclature").fill("logement")
    page.get_by_role("button", name="Chercher").click()
    page.locator("#found-A03").check()
    page.locator("label[for=letter-P]").click()
    page.get_by_role("button", name="Enregistrer, suivant").click()
    expect(page.locator("#desk-criterion")).to_contain_text(SAID[1])
    page.get_by_role("button", name="Passer").click()
    expect(page.locator("#desk-criterion")).to_contain_text(SAID[2])
    page.get_by_role("button", name="Annuler le dernier").click()
    expect(page.locator("#desk-criterion")).to_contain_text(SAID[0])
    context.close()


def test_the_quality_view_is_one_click_from_mending(page, sign_in, violations, desk, alice, live_server, territory):
    group = group_of(territory, "Aînés", 12)
    say(group, "marcher au parc", "A07")
    say(group, "Marcher au parc !", "H02")
    say(group, "lire un livre et marcher dehors", "A07")
    sign_in(page, alice)
    page.goto(f"{live_server.url}/territoires/sormont/qualite/")
    apart = page.locator("#semblables")
    expect(apart).to_contain_text("Marcher au parc !")
    expect(page.locator("#deux-idees")).to_contain_text("marcher dehors")
    expect(page.locator("#contestes")).to_contain_text("environ 200 codages")
    assert violations(page) == []
    apart.get_by_role("link", name="Recoder").last.click()
    criterion = page.locator("#desk-criterion")
    expect(criterion).to_contain_text("Marcher au parc")
    expect(criterion).to_be_focused()  # the keys are at work
    page.keyboard.press("/")
    page.keyboard.type("A07")
    expect(page.locator("#found-A07")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Presque les mêmes mots")
    expect(page.locator("main")).to_contain_text("Rien à signaler")
