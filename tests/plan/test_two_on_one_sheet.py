"""Two people on one action sheet lose nothing: the second to save sees both, field by field, and chooses."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.plans import node
from tissage.network.models import Place
from tissage.plan.models import Action


@pytest.fixture
def address(action):
    return f"/territoires/sormont/plans/{action.plan_id}/actions/{action.pk}/modifier/"


def fields(page: str) -> dict[str, list[str]]:
    """What a browser would post from the first form of the main part: hidden and text inputs, chosen options, ticked boxes."""
    main = page[page.index("<main") :]
    form = main[main.index("<form", main.index("csrfmiddlewaretoken") - 400) :]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        ticks = given.get("type") in ("checkbox", "radio")
        if "name" in given and (not ticks or " checked" in tag):
            found.setdefault(given["name"], []).append(unescape(given.get("value", "on" if ticks else "")))
    for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s?(.*?)</textarea>', form, re.S):
        found[name] = [unescape(text)]
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = [unescape(chosen.group(1)) if chosen else ""]
    found.pop("csrfmiddlewaretoken", None)
    return found


def opened(client, address):
    return fields(client.get(address).content.decode())


def test_nobody_else_nothing_is_asked(as_user, paul, action, address):
    client = as_user(paul)
    answer = client.post(address, {**opened(client, address), "title": "Titre de Paul"})
    assert answer.status_code == 302
    assert Action.objects.get().title == "Titre de Paul"


def test_the_second_sees_both_texts_and_nothing_is_written_before_a_choice(as_user, paul, erin, action, address):
    ours, theirs = as_user(paul), as_user(erin)
    mine, hers = opened(ours, address), opened(theirs, address)
    theirs.post(address, {**hers, "title": "Titre d’Erin", "description": "Texte d’Erin"})
    page = ours.post(address, {**mine, "title": "Titre de Paul", "description": "Texte de Paul", "pst_reference": "PST 4"}).content.decode()
    for words in ("Titre d’Erin", "Titre de Paul", "Texte d’Erin", "Texte de Paul", "PST 4", "Erin a enregistré cette fiche"):
        assert words in page
    stored = Action.objects.get()
    assert (stored.title, stored.description, stored.pst_reference) == ("Titre d’Erin", "Texte d’Erin", "")

    posted = fields(page)
    assert posted["choose_pst_reference"] == ["mine"]  # Erin did not touch it
    assert "choose_title" not in posted  # both did: nothing is chosen for them
    again = ours.post(address, posted).content.decode()
    assert "Il reste à choisir" in again
    assert Action.objects.get().title == "Titre d’Erin"

    done = ours.post(address, {**fields(again), "choose_title": "theirs", "choose_description": "both"})
    assert done.status_code == 302
    stored = Action.objects.get()
    assert (stored.title, stored.pst_reference) == ("Titre d’Erin", "PST 4")
    assert stored.description == "Texte d’Erin\n\nTexte de Paul"


def test_what_only_the_other_changed_is_proposed_as_theirs_lists_too(as_user, paul, erin, action, plan_framework, territory, address):
    place = Place.objects.create(territory=territory, name="Nord", kind="neighbourhood")
    goal = node(plan_framework, "objective", "O2")
    ours, theirs = as_user(paul), as_user(erin)
    mine, hers = opened(ours, address), opened(theirs, address)
    theirs.post(address, {**hers, "neighbourhoods": [place.pk], "target_groups": "jeunes\nfamilles"})
    page = ours.post(address, {**mine, "objectives": [goal.pk]}).content.decode()
    posted = fields(page)
    assert {name: value for name, value in posted.items() if name.startswith("choose_")} == {
        "choose_neighbourhoods": ["theirs"],
        "choose_target_groups": ["theirs"],
        "choose_objectives": ["mine"],
    }
    ours.post(address, posted)
    stored = Action.objects.get()
    assert (list(stored.neighbourhoods.all()), stored.target_groups, list(stored.objectives.all())) == (
        [place],
        ["jeunes", "familles"],
        [goal],
    )


def test_a_third_save_during_the_choice_asks_again(as_user, paul, erin, action, address):
    ours, theirs = as_user(paul), as_user(erin)
    mine = opened(ours, address)
    theirs.post(address, {**opened(theirs, address), "title": "Titre d’Erin"})
    page = ours.post(address, {**mine, "title": "Titre de Paul"}).content.decode()
    theirs.post(address, {**opened(theirs, address), "title": "Deuxième titre d’Erin"})
    page = ours.post(address, {**fields(page), "choose_title": "mine"}).content.decode()
    assert "Deuxième titre d’Erin" in page
    assert Action.objects.get().title == "Deuxième titre d’Erin"
    ours.post(address, {**fields(page), "choose_title": "mine"})
    assert Action.objects.get().title == "Titre de Paul"


def test_the_same_words_twice_are_saved_without_a_question(as_user, paul, erin, action, address):
    ours, theirs = as_user(paul), as_user(erin)
    mine = opened(ours, address)
    theirs.post(address, {**opened(theirs, address), "title": "Le même titre"})
    assert ours.post(address, {**mine, "title": "Le même titre"}).status_code == 302


@pytest.mark.parametrize("lost", ["revision", "seen"])
def test_a_page_that_lost_its_mark_asks_rather_than_overwrites(as_user, paul, erin, action, address, lost):
    ours, theirs = as_user(paul), as_user(erin)
    mine = opened(ours, address)
    theirs.post(address, {**opened(theirs, address), "title": "Titre d’Erin"})
    mine.pop(lost)
    page = ours.post(address, {**mine, "title": "Titre de Paul"})
    assert page.status_code == 200
    assert Action.objects.get().title == "Titre d’Erin"
