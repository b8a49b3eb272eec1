"""What syntheses bring to pages upstream, to whom, and nothing to others."""

from __future__ import annotations

import io

import pytest
from django.test import RequestFactory
from django.urls import reverse
from pypdf import PdfReader

from tests.synthesis.screens import at, words
from tests.synthesis.voices import NOW, say
from tissage.people.models import Entry, Territory
from tissage.synthesis import operations, queries, slots


@pytest.fixture
def frozen(territory, voices, alice):
    return operations.freeze_synthesis(territory=territory, title="Première", by=alice, now=NOW)


def publish(synthesis, by):
    keys = [shown.line.id for shown in queries.lines_to_read(synthesis, size=500)]
    operations.read_lines_as_they_are(synthesis=synthesis, lines=keys, by=by, now=NOW)
    return operations.publish_synthesis(synthesis=synthesis, by=by, now=NOW)


def asked_by(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def group_page(group) -> str:
    return reverse("voices:group", args=[group.territory.slug, group.pk])


def sheet(group) -> str:
    return at(group.territory, "aujourdhui", "feuille", group.pk)


def test_a_group_leads_to_its_synthesis_and_to_the_versions_it_stands_in(as_user, bob, territory, frozen, jeunes):
    body = as_user(bob).get(group_page(jeunes)).content.decode()
    assert f'href="{at(territory, "aujourdhui")}?groupe={jeunes.pk}"' in body
    assert f'href="{at(territory, 1)}"' in body
    assert f'action="{sheet(jeunes)}"' in body


def test_a_criterion_says_in_which_versions_it_stands(bob, dora, frozen, voices):
    assert at(frozen.territory, 1) in (slots.criterion(asked_by(bob), voices[0]) or "")
    assert slots.criterion(asked_by(dora), voices[0]) is None


def test_a_criterion_noted_since_stands_in_no_version(bob, frozen, voices):
    assert slots.criterion(asked_by(bob), say(voices[0].group, "dit après", "A01")) is None


def test_strangers_see_of_a_territory_only_publications(bob, charlie, erin, territory, frozen):
    territory.visibility = "public"
    territory.save()
    shown = {name: slots.territory(asked_by(user), territory) or "" for name, user in {"bob": bob, "charlie": charlie}.items()}
    assert {name: "Première" in html for name, html in shown.items()} == {"bob": True, "charlie": False}
    publish(frozen, erin)
    assert "Première" in (slots.territory(asked_by(charlie), territory) or "")
    operations.withdraw_publication(synthesis=frozen, reason="erreur", by=erin, now=NOW)
    assert "Première" not in (slots.territory(asked_by(charlie), territory) or "")


def test_a_closed_territory_shows_strangers_nothing(charlie, erin, territory, frozen):
    publish(frozen, erin)
    assert slots.territory(asked_by(charlie), territory) is None
    assert slots.territory_statistics(asked_by(charlie), territory) is None


def test_the_menu_is_for_members(bob, charlie, territory):
    assert at(territory) in (slots.territory_menu(asked_by(bob), territory) or "")
    assert slots.territory_menu(asked_by(charlie), territory) is None


def test_what_waits_is_told_to_whom_it_concerns(alice, bob, charlie, erin, frozen):
    lines = {name: [line.url for line in slots.todo(asked_by(user))] for name, user in {"alice": alice, "charlie": charlie}.items()}
    assert lines == {"alice": [at(frozen.territory, 1, "lecture")], "charlie": []}


def test_the_search_box_finds_versions_one_may_read(bob, charlie, erin, territory, frozen):
    territory.visibility = "public"
    territory.save()
    find = {"bob": bob, "charlie": charlie}
    assert {name: len(slots.search(asked_by(user), "premiere")) for name, user in find.items()} == {"bob": 1, "charlie": 0}
    publish(frozen, erin)
    assert len(slots.search(asked_by(charlie), "PREMIÈRE sormont")) == 1
    assert slots.search(asked_by(charlie), "deuxième") == []


def test_the_sheet_of_a_group_holds_its_words_and_no_others_and_the_journal_says_who_took_it(as_user, bob, jeunes, voices):
    client = as_user(bob)
    assert client.get(sheet(jeunes)).status_code == 405
    answer = client.post(sheet(jeunes))
    assert (
        answer["Content-Type"],
        answer["Content-Disposition"].startswith('attachment; filename="feuille-sormont-jeunes-du-centre-'),
    ) == (
        "application/pdf",
        True,
    )
    said = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())
    assert [text for text in ("bien manger", "avoir des amis", "sourire") if text not in said] == []
    assert "manger à sa faim" not in said
    entry = Entry.objects.get(verb="synthesis.export_group_sheet")
    assert (entry.actor, entry.object_label, entry.numbers) == (bob, "Jeunes du centre", {"criteria": 3})


def test_the_sheet_of_a_group_not_yet_heard_says_so(as_user, bob, jeunes):
    answer = as_user(bob).post(sheet(jeunes))
    said = " ".join(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    assert "Aucune parole à cette question" in said


def test_only_members_take_the_sheet_of_a_group(request, as_user, jeunes, voices, dora):
    allowed = {
        name
        for name in ("alice", "bob", "charlie", "dora", "erin")
        if as_user(request.getfixturevalue(name)).post(sheet(jeunes)).status_code != 404
    }
    assert allowed == {"alice", "bob", "erin"}


def test_the_group_page_shows_no_sheet_to_others(as_user, dora, jeunes, voices):
    assert as_user(dora).get(group_page(jeunes)).status_code == 404
    assert slots.group(asked_by(dora), jeunes) is None


def test_a_word_on_the_group_page_says_that_taking_the_sheet_is_noted(as_user, bob, jeunes, voices):
    assert "le journal note qui la prend" in words(as_user(bob).get(group_page(jeunes)))


def test_the_home_of_strangers_leads_to_the_publications_in_force_of_public_territories(
    client, erin, dora, territory, other_territory, frozen
):
    publish(frozen, erin)
    assert at(territory, 1) not in client.get("/").content.decode()
    territory.visibility = "public"
    territory.save()
    body = client.get("/").content.decode()
    assert [at(territory, 1) in body, "Première" in body, at(other_territory) in body] == [True, True, False]
    operations.withdraw_publication(synthesis=frozen, reason="erreur", by=erin, now=NOW)
    assert at(territory, 1) not in client.get("/").content.decode()


def test_the_home_of_strangers_asks_as_much_for_one_territory_as_for_three(
    client, erin, alice, territory, voices, frozen, django_assert_num_queries
):
    publish(frozen, erin)
    territory.visibility = "public"
    territory.save()
    with django_assert_num_queries(6):
        client.get("/")
    for number in (2, 3):
        Territory.objects.create(slug=f"place-{number}", name=f"Place {number}", visibility="public")
    with django_assert_num_queries(6):
        client.get("/")
