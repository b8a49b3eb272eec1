"""What stands today, for the team."""

from __future__ import annotations

import csv
import io

import pytest

from tests.synthesis.screens import at, queries_of, quotes, words
from tests.synthesis.voices import group_of, say


def rows(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_the_overview_says_what_is_seen_in_one_sentence(as_user, bob, territory, voices):
    page = as_user(bob).get(at(territory, "aujourdhui"))
    assert "8 critères, 11 expressions dans 4 groupes" in words(page)


def test_a_territory_without_criteria_gets_an_explanation(as_user, bob, territory):
    assert "Rien à montrer pour le moment" in words(as_user(bob).get(at(territory, "aujourdhui")))


def test_the_screen_says_the_nomenclature_and_how_many_labels_are_not_verified(as_user, bob, territory, voices):
    said = words(as_user(bob).get(at(territory, "aujourdhui")))
    assert "Nomenclature SPIRAL" in said
    assert "libellé" in said
    assert "vérifié" in said


def test_the_table_behind_a_picture_counts_criteria_most_first(as_user, bob, territory, voices):
    found = rows(as_user(bob).get(at(territory, "aujourdhui", "image", "dimensions.csv")))
    assert [row[1] for row in found] == ["Critères", "4", "1", "1", "1", "0", "0", "0", "0", "0"]


def test_a_group_not_heard_has_no_zero(as_user, bob, territory, voices):
    group_of(territory, "Zélés jamais vus", 9)
    found = {row[0]: row[1:] for row in rows(as_user(bob).get(at(territory, "aujourdhui", "image", "groupes.csv")))}
    assert found["Zélés jamais vus"] == ["–"] * 9
    assert found["Aînés"] == ["1", "0", "0", "0", "0", "1", "0", "0", "0"]


def test_a_selection_narrows_every_picture_and_stays_in_the_addresses(as_user, bob, territory, voices, aines):
    page = as_user(bob).get(at(territory, "aujourdhui"), {"groupe": aines.pk})
    assert "3 critères, 4 expressions dans 1 groupe" in words(page)
    assert f'href="{at(territory, "aujourdhui", "composante", "A01")}?groupe={aines.pk}"' in page.content.decode()


def test_an_unknown_group_of_the_address_is_left_aside(as_user, bob, territory, voices):
    assert "8 critères" in words(as_user(bob).get(at(territory, "aujourdhui"), {"groupe": "999999", "question": "ZZ"}))


def test_a_component_opens_its_complete_list_in_the_residents_words(as_user, bob, territory, voices):
    page = as_user(bob).get(at(territory, "aujourdhui", "composante", "A01"))
    assert quotes(page) == ["bien manger", "manger à sa faim", "la ferme du seul éleveur", "rien ne doit sortir"]
    assert "3 expressions" in words(page)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"lettre": "P"}, ["bien manger", "manger à sa faim"]),
        ({"seule_question": "WB", "lettre": "O"}, ["la ferme du seul éleveur"]),
        ({"lettre": "nimporte"}, ["bien manger", "manger à sa faim", "la ferme du seul éleveur", "rien ne doit sortir"]),
    ],
)
def test_a_list_is_filtered_and_says_so(as_user, bob, territory, voices, filters, found):
    page = as_user(bob).get(at(territory, "aujourdhui", "composante", "A01"), filters)
    assert quotes(page) == found
    assert ("Effacer les filtres" in words(page)) is (len(found) < 4)


def test_criteria_without_a_code_have_their_own_list(as_user, bob, territory, voices):
    assert quotes(as_user(bob).get(at(territory, "aujourdhui", "sans-code"))) == ["pas encore codé"]


def test_a_long_list_has_pages(as_user, bob, territory, jeunes):
    for number in range(51):
        say(jeunes, f"critère {number}", "A01/P")
    address = at(territory, "aujourdhui", "composante", "A01")
    assert len(quotes(as_user(bob).get(address))) == 50
    assert quotes(as_user(bob).get(address, {"page": 2})) == ["critère 50"]


def test_a_dimension_shows_its_silent_components_too(as_user, bob, territory, voices):
    said = words(as_user(bob).get(at(territory, "aujourdhui", "dimension", "A")))
    assert "A01 Alimentation / boisson 4" in said
    assert "Composantes dont personne n’a parlé" in said
    assert "N’ont pas parlé de cette dimension : Aînés" not in said


def test_what_is_shared_states_its_measure_and_its_source(as_user, bob, territory, voices):
    said = words(as_user(bob).get(at(territory, "aujourdhui", "partage")))
    assert "Lafon" in said
    assert "Trop peu pour conclure" in said
    assert "trop peu pour conclure" in said


@pytest.mark.parametrize(
    "steps",
    [
        ["aujourdhui", "dimension", "Z"],
        ["aujourdhui", "composante", "Z99"],
        ["aujourdhui", "composante", "nimporte"],
        ["aujourdhui", "image", "nimporte.csv"],
        ["aujourdhui", "dimension", "A", "nimporte.csv"],
    ],
)
def test_what_the_nomenclature_does_not_know_is_not_there(as_user, bob, territory, voices, steps):
    assert as_user(bob).get(at(territory, *steps)).status_code == 404


@pytest.mark.parametrize(
    "page", [["aujourdhui"], ["aujourdhui", "partage"], ["aujourdhui", "composante", "A01"], ["aujourdhui", "dimension", "A"]]
)
def test_pages_ask_the_same_queries_with_one_and_three_criteria(as_user, bob, territory, jeunes, page):
    client = as_user(bob)
    say(jeunes, "un", "A01/P")
    one = queries_of(client, at(territory, *page))
    for text in ("deux", "trois"):
        say(jeunes, text, "A01/P")
    assert queries_of(client, at(territory, *page)) == one


PAGES = [
    ["aujourdhui"],
    ["aujourdhui", "partage"],
    ["aujourdhui", "dimension", "A"],
    ["aujourdhui", "composante", "A01"],
    ["aujourdhui", "sans-code"],
    ["aujourdhui", "image", "dimensions.csv"],
    ["comparer"],
]


@pytest.mark.parametrize("steps", PAGES)
def test_only_the_team_reads_what_stands_today(as_user, alice, bob, charlie, dora, erin, territory, voices, steps):
    territory.visibility = "public"
    territory.save()
    answers = {who: as_user(who).get(at(territory, *steps)).status_code for who in (alice, bob, erin, charlie, dora, None)}
    assert answers == {alice: 200, bob: 200, erin: 200, charlie: 404, dora: 404, None: 302}


def test_the_teams_file_is_a_post_and_the_journal_says_who_took_it(as_user, bob, territory, voices):
    from tissage.people.models import Entry

    client = as_user(bob)
    assert client.get(at(territory, "aujourdhui", "telecharger", "csv")).status_code == 405
    answer = client.post(at(territory, "aujourdhui", "telecharger", "paroles"))
    assert [rows(answer)[0][5], min(row[5] for row in rows(answer)[1:])] == ["text", "avoir des amis"]
    entry = Entry.objects.get(verb="synthesis.export_synthesis")
    assert (entry.actor, entry.fields, entry.numbers) == (bob, ["paroles"], {"criteria": 8})


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(as_user, bob, territory, jeunes):
    say(jeunes, "=HYPERLINK(1)", "A01/P")
    found = rows(as_user(bob).post(at(territory, "aujourdhui", "telecharger", "paroles")))
    assert found[1][5] == "'=HYPERLINK(1)"
