"""Twenty criteria coded by keyboard alone, twice by two people, and their disagreements settled.

Alice codes at the desk; Erin draws a second, blind coding for Farid; the agreement page says what the two typed; Erin settles what
differs.
"""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.synthesis.voices import group_of, say
from tissage.core.agreement import agreement_of, count_pairs
from tissage.people.models import Entry, Membership, User
from tissage.voices.models import BlindCoding, Coding, Criterion, DoubleCoding

PATIENCE = 20_000
OFFERED, SEARCHED, BY_NAME, TYPED = "offered", "searched", "by name", "typed whole"
# What each person says; what Alice gives, and how (a suggestion if it is there; else by code; by the name of the component; in full).
FIRST = {
    "un logement sec et clair": ("A03", "P", OFFERED),
    "du pain frais sur la table": ("A01", "", OFFERED),
    "un dentiste qui répond": ("A02", "Q", OFFERED),
    "des bottes sans trou": ("A04", "", OFFERED),
    "lire le soir à deux": ("D02", "R", SEARCHED),
    "le bus de sept heures": ("A10", "P", OFFERED),
    "un salaire qui tombe chaque mois": ("A08", "", OFFERED),
    "des cailloux bleus dans la poche": ("H01", "", SEARCHED),
    "la rivière derrière chez nous": ("B05", "R", OFFERED),
    "dire bonjour dans l’escalier": ("H03", "", BY_NAME),
    "un banc à l’ombre": ("B04", "O", OFFERED),
    "mon chat qui m’attend": ("D06", "", OFFERED),
    "un chef qui écoute": ("D05", "", OFFERED),
    "voter aux élections": ("C06", "P", OFFERED),
    "dormir d’une traite": ("F01", "", OFFERED),
    "choisir moi-même mes journées": ("F02", "S", OFFERED),
    "rire aux éclats": ("G05", "", OFFERED),
    "le tambour du quartier voisin": ("E01", "", SEARCHED),
    "une soirée en couple": ("D01", "", OFFERED),
    "aller à la mosquée le vendredi": ("F05", "P", TYPED),
}
# What Farid gives where he reads something else: five other components, and once the same one with another sense.
SECOND = {
    "lire le soir à deux": ("A07", "R"),
    "des cailloux bleus dans la poche": ("B05", ""),
    "un banc à l’ombre": ("B02", "O"),
    "un chef qui écoute": ("B07", ""),
    "le tambour du quartier voisin": ("A07", ""),
    "voter aux élections": ("C06", "O"),
}
KEEP, TAKE, OTHER = range(3)
NOTE = "vu à deux, la clé tranche"
DECIDED = {
    "lire le soir à deux": (KEEP, ""),
    "des cailloux bleus dans la poche": (OTHER, "F04/Q"),
    "un banc à l’ombre": (TAKE, ""),
    "un chef qui écoute": (TAKE, ""),
    "le tambour du quartier voisin": (OTHER, "A07/P"),
    "voter aux élections": (KEEP, ""),
}


def written(component, letter):
    return component + (f"/{letter}" if letter else "")


def second(text):
    return SECOND.get(text, FIRST[text][:2])


def codes():
    return {criterion.text: criterion.code for criterion in Criterion.objects.order_by("pk")}


def shown(page, quote) -> str:
    """The words that stand before the person."""
    read = page.locator(quote).first.inner_text()
    return next(text for text in FIRST if text in read)


def tab_to(page, target, most=90):
    """Tab, until what is wanted has the keyboard."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("(node) => node === document.activeElement"):
            return
    raise AssertionError(f"no Tab reaches {target}")


@pytest.fixture
def farid(territory, now):
    user = User.objects.create_user(email="farid@example.org", name="Farid", password="une phrase de passe")
    Membership.objects.create(user=user, territory=territory, role="facilitator", since=now)
    return user


@pytest.fixture
def said(territory):
    group = group_of(territory, "Jeunes du centre", 9, public_name="Jeunes")
    return [say(group, text) for text in FIRST]


def code_at_the_desk(page, text) -> str:
    """Codes what stands on the desk; gives the origin that the coding must have."""
    component, letter, how = FIRST[text]
    offers = page.locator("#desk input[data-number]").evaluate_all("(all) => all.map((one) => [one.value, one.dataset.number])")
    numbers = dict(offers)
    assert len(numbers) == 5
    if how == TYPED:
        tab_to(page, page.get_by_role("link", name="Code écrit en entier"))
        page.keyboard.press("Enter")
        field = page.get_by_label("Code écrit en entier")
        expect(field).to_be_visible(timeout=PATIENCE)
        tab_to(page, field)
        page.keyboard.type(written(component, letter))
        page.keyboard.press("Enter")
        expect(page.get_by_text(written(component, letter)).first).to_be_visible(timeout=PATIENCE)
        return "human"
    if how == OFFERED and component in numbers:
        page.keyboard.press(numbers[component])
        expect(page.locator(f"#offer-{component}")).to_be_checked(timeout=PATIENCE)
    elif how == BY_NAME:
        page.keyboard.press("/")
        page.keyboard.type("sociable")
        wanted = page.locator(f"#found-{component}")
        expect(wanted).to_be_visible(timeout=PATIENCE)
        page.keyboard.press("ArrowDown")
        for _press in range(8):
            if wanted.is_checked():
                break
            page.keyboard.press("ArrowDown")
        expect(wanted).to_be_checked()
    else:
        page.keyboard.press("/")
        page.keyboard.type(component)
        page.keyboard.press("Enter")  # at once: the first of the list is taken when the list is there
        expect(page.locator(f"#found-{component}")).to_be_checked(timeout=PATIENCE)
    if letter:
        page.keyboard.press(letter.lower())
        expect(page.locator(f"#letter-{letter}")).to_be_checked()
    page.keyboard.press("Enter")
    return "suggestion" if component in numbers else "changed"


def code_blind(page, text, way):
    """Codes what stands on the blind screen: the code in full, or words, the list and a letter."""
    component, letter = second(text)
    words = page.locator("#id_words")
    expect(words).to_be_focused(timeout=PATIENCE)
    if way == "whole":
        page.keyboard.type(written(component, letter).lower())
    else:
        page.keyboard.type(component)
        page.keyboard.press("ArrowDown")  # at once: taken when the list is there
        expect(page.locator("#match-1")).to_be_focused(timeout=PATIENCE)
        expect(page.locator("#match-1")).to_have_value(component)
        if letter:
            page.keyboard.press(letter.lower())
            expect(page.locator(f"input[name=letter][value={letter}]")).to_be_checked()
    page.keyboard.press("Enter")


def test_twenty_criteria_are_coded_twice_and_what_differs_is_settled(seat, violations, said, territory, alice, erin, farid):
    # Alice, at the desk, by keyboard alone.
    page = seat(alice)
    page.goto("codage/")
    criterion, desk = page.locator("#desk-criterion"), page.locator("#desk")
    expect(criterion).to_be_focused(timeout=PATIENCE)
    assert violations(page) == []
    origins = {}
    order = list(FIRST)
    for place, text in enumerate(order[:-1]):
        expect(criterion).to_contain_text(text, timeout=PATIENCE)
        expect(criterion).to_be_focused(timeout=PATIENCE)
        if place == 2:  # put aside, it comes back when the others are done
            page.keyboard.press("s")
            continue
        origins[text] = code_at_the_desk(page, text)
        if place == 4:  # taken back, and given again
            expect(criterion).to_contain_text(order[5], timeout=PATIENCE)
            page.keyboard.press("u")
            expect(criterion).to_contain_text(text, timeout=PATIENCE)
            assert not Coding.objects.filter(criterion__text=text).exists()
            expect(criterion).to_be_focused(timeout=PATIENCE)
            origins[text] = code_at_the_desk(page, text)  # what is offered may have changed since: the model learns
    expect(criterion).to_contain_text(order[-1], timeout=PATIENCE)
    expect(desk).to_contain_text("Il reste 2 critères à coder sur 20")
    page.keyboard.press("s")
    expect(criterion).to_contain_text(order[2], timeout=PATIENCE)
    origins[order[2]] = code_at_the_desk(page, order[2])
    expect(criterion).to_contain_text(order[-1], timeout=PATIENCE)
    origins[order[-1]] = code_at_the_desk(page, order[-1])
    page.goto("codage/")
    expect(desk).to_contain_text("Tout est codé", timeout=PATIENCE)
    assert violations(page) == []
    assert codes() == {text: written(component, letter) for text, (component, letter, _how) in FIRST.items()}
    given = Coding.objects.filter(superseded_at__isnull=True, coder=alice)
    assert dict(given.values_list("criterion__text", "origin")) == origins
    assert set(origins.values()) == {"suggestion", "changed", "human"}

    # Erin draws all twenty for Farid.
    page = seat(erin)
    page.goto("double-codage/")
    assert violations(page) == []
    page.get_by_label("Qui code une deuxième fois ?").select_option(label="Farid : 20 critères possibles")
    page.get_by_label("Combien ?").fill("20")
    page.get_by_label("un nombre de critères").check()
    page.get_by_role("button", name="Tirer", exact=True).click()
    expect(page.get_by_text("0 sur 20 codés")).to_be_visible(timeout=PATIENCE)
    assert violations(page) == []
    erins = page
    sample = DoubleCoding.objects.get()
    before = list(Criterion.objects.order_by("pk").values()), list(Coding.objects.order_by("pk").values())

    # Farid codes them blind, by keyboard alone: neither the first code nor who gave it is anywhere in the page.
    page = seat(farid)
    page.goto(f"double-codage/{sample.pk}/")
    assert violations(page) == []
    tab_to(page, page.get_by_role("link", name="Commencer à coder"))
    page.keyboard.press("Enter")
    skipped = taken_back = False
    done = 0
    while done < 20:
        expect(page.locator(".t-progress")).to_contain_text(f"{done} sur 20 codés", timeout=PATIENCE)
        expect(page.locator("#id_words")).to_be_focused(timeout=PATIENCE)
        text = shown(page, ".t-quote")
        component, letter, _how = FIRST[text]
        main = page.locator("main").evaluate(
            "(main) => { main = main.cloneNode(true); main.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((one) => one.remove());"
            " return main.outerHTML; }"
        )
        assert component not in main
        assert "Alice" not in page.content()
        assert f"{component}/{letter}" not in page.content()
        if done == 0:
            assert violations(page) == []
        if done == 3 and not skipped:
            skipped = True
            tab_to(page, page.get_by_role("link", name="Passer", exact=True))
            page.keyboard.press("Enter")
            expect(page.locator(".t-quote").first).not_to_contain_text(text, timeout=PATIENCE)
            continue
        code_blind(page, text, "whole" if done % 2 else "words")
        done += 1
        if done == 6 and not taken_back:
            taken_back = True
            expect(page.locator(".t-progress")).to_contain_text("6 sur 20 codés", timeout=PATIENCE)
            tab_to(page, page.get_by_role("button", name="Reprendre mon dernier code"))
            page.keyboard.press("Enter")
            expect(page.locator(".t-quote").first).to_contain_text(text, timeout=PATIENCE)
            done -= 1
    expect(page.get_by_text("Tout est codé.")).to_be_visible(timeout=PATIENCE)
    assert violations(page) == []
    given = BlindCoding.objects.filter(sample=sample, coded_at__isnull=False).select_related("criterion")
    assert {blind.criterion.text: written(blind.component, blind.sense) for blind in given} == {
        text: written(*second(text)) for text in FIRST
    }
    assert (list(Criterion.objects.order_by("pk").values()), list(Coding.objects.order_by("pk").values())) == before

    # The agreement page says what the two typed.
    page = erins
    measured = agreement_of(count_pairs((FIRST[text][0], second(text)[0]) for text in FIRST))
    assert (measured.alike, measured.units) == (15, 20)
    page.goto("accord/")
    expect(page.get_by_text("15 sur 20 pareils").first).to_be_visible(timeout=PATIENCE)
    figures = page.locator(".t-stat-figure").all_inner_texts()
    assert figures == ["75\u00a0%", f"{measured.kappa:.2f}".replace(".", ","), f"{measured.alpha:.2f}".replace(".", ",")]
    expect(page.get_by_role("row").filter(has_text="Alice · Farid")).to_contain_text("15 sur 20 pareils")
    assert violations(page) == []
    said_before = page.locator("main").inner_text()
    page.goto("accord/?niveau=code")
    whole = agreement_of(count_pairs((written(*FIRST[text][:2]), written(*second(text))) for text in FIRST))
    expect(page.get_by_text("14 sur 20 pareils").first).to_be_visible(timeout=PATIENCE)
    assert page.locator(".t-stat-figure").all_inner_texts()[1:] == [
        f"{whole.kappa:.2f}".replace(".", ","),
        f"{whole.alpha:.2f}".replace(".", ","),
    ]

    # Erin settles the six, one after the other, by keyboard.
    page.goto("desaccords/")
    expect(page.get_by_text("0 tranchés sur 6 désaccords")).to_be_visible(timeout=PATIENCE)
    assert violations(page) == []
    tab_to(page, page.get_by_role("link", name="Trancher «").first)
    page.keyboard.press("Enter")
    settled = set()
    for place in range(6):
        expect(page.get_by_role("heading", level=1)).to_have_text("Trancher un désaccord", timeout=PATIENCE)
        if place == 0:
            assert violations(page) == []
        text = shown(page, ".t-quote")
        settled.add(text)
        choice, code = DECIDED[text]
        choices = page.locator("input[name=choice]")
        tab_to(page, choices.first)
        page.keyboard.press("Space")
        for _step in range(choice):
            page.keyboard.press("ArrowDown")
        expect(choices.nth(choice)).to_be_checked()
        page.keyboard.press("Tab")
        page.keyboard.type(code)
        page.keyboard.press("Tab")
        page.keyboard.type(NOTE)
        expect(page.locator("#id_note")).to_have_value(NOTE)
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Trancher et passer au suivant")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("main")).not_to_contain_text(f"« {text} »".replace("« ", "«\u00a0").replace(" »", "\u00a0»"), timeout=PATIENCE)
    expect(page.get_by_text("6 tranchés sur 6 désaccords")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Tout est tranché à ce niveau.")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Voir les 6 qui sont tranchés").press("Enter")
    expect(page.get_by_text(NOTE)).to_have_count(6, timeout=PATIENCE)
    assert violations(page) == []
    assert settled == set(DECIDED) == set(SECOND)

    # The codes are as decided; the figures have not moved; the two codes compared are as they were; the journal holds no words.
    decided = {
        text: {KEEP: written(*FIRST[text][:2]), TAKE: written(*second(text)), OTHER: code}[choice]
        for text, (choice, code) in DECIDED.items()
    }
    assert codes() == {text: decided.get(text, written(*FIRST[text][:2])) for text in FIRST}
    for blind in BlindCoding.objects.select_related("criterion", "first", "settled_coding"):
        text = blind.criterion.text
        assert written(blind.first.component, blind.first.sense) == written(*FIRST[text][:2])
        assert written(blind.component, blind.sense) == written(*second(text))
        if text not in DECIDED:
            assert blind.settled_at is None
            continue
        assert (blind.settled_by, blind.settled_note) == (erin, NOTE)
        current = blind.criterion.codings.get(superseded_at__isnull=True)
        assert blind.settled_coding == current
        if DECIDED[text][0] == KEEP:
            assert current == blind.first
        else:
            assert (current.coder, current.origin, current.memo) == (erin, "human", NOTE)
    page.goto("accord/")
    expect(page.get_by_text("15 sur 20 pareils").first).to_be_visible(timeout=PATIENCE)
    assert page.locator("main").inner_text() == said_before
    journal = list(Entry.objects.values("verb", "object_type", "object_label", "fields", "numbers"))
    assert sum(entry["verb"] == "voices.settle_disagreement" for entry in journal) == 6
    assert sum(entry["verb"] == "voices.code_blind" for entry in journal) == 21
    everything = json.dumps(journal, ensure_ascii=False)
    assert [words for words in (*FIRST, NOTE) if words in everything] == []
