"""Freezing, versions, marks, comparison: for the team."""

from __future__ import annotations

import pytest

from tests.synthesis.screens import at, queries_of, quotes, words
from tests.synthesis.voices import NOW, say
from tissage.synthesis import operations
from tissage.synthesis.models import Synthesis
from tissage.voices.models import Criterion


@pytest.fixture
def frozen(territory, voices, alice):
    return operations.freeze_synthesis(territory=territory, title="Première", note="Avant l’été.", by=alice, now=NOW)


def test_freezing_keeps_the_selection_of_the_page(as_user, alice, territory, voices, aines):
    address = at(territory, "figer") + f"?groupe={aines.pk}&question=WB"
    assert "3 critères, 4 expressions dans 1 groupe" in words(as_user(alice).get(address))
    answer = as_user(alice).post(address, {"title": "Les aînés", "note": ""})
    made = Synthesis.objects.get()
    assert (answer.status_code, answer.url) == (302, at(territory, made.number))
    assert (made.title, made.selection, made.lines_total) == ("Les aînés", {"groups": [aines.pk], "questions": ["WB"]}, 3)


def test_a_version_without_a_title_is_refused_and_the_note_is_kept(as_user, alice, territory, voices):
    answer = as_user(alice).post(at(territory, "figer"), {"title": "", "note": "Ce que j’ai écrit"})
    assert answer.status_code == 422
    assert "Ce que j’ai écrit" in answer.content.decode()
    assert not Synthesis.objects.exists()


def test_nothing_to_freeze_is_said_before_trying(as_user, alice, territory):
    assert "il n’y a rien à figer" in words(as_user(alice).get(at(territory, "figer")))


def test_a_large_version_shows_its_progress_and_can_be_stopped(as_user, alice, territory):
    under_way = Synthesis.objects.create(
        territory=territory,
        number=1,
        title="Grande",
        nomenclature=nomenclature(territory),
        lines_total=9000,
        lines_done=4000,
        started_at=NOW,
    )
    client = as_user(alice)
    page = client.get(at(territory, 1, "avancement"))
    assert "4 000 sur 9 000" in words(page).replace("\u202f", " ").replace("\u00a0", " ")
    bar = client.get(at(territory, 1, "avancement"), headers={"HX-Request": "true"}).content.decode()
    assert "<progress" in bar
    assert "<html" not in bar
    assert client.get(at(territory, 1)).status_code == 404
    assert client.post(at(territory, 1, "arreter")).status_code == 302
    assert not Synthesis.objects.filter(pk=under_way.pk).exists()


def nomenclature(territory):
    from tissage.frameworks.queries import chosen_version

    return chosen_version(territory)


def test_a_version_keeps_the_words_and_codes_of_its_day(as_user, bob, territory, frozen, jeunes):
    Criterion.objects.filter(text="bien manger").update(text="autre chose", component="B01", dimension="B")
    say(jeunes, "dit après", "A01/P")
    client = as_user(bob)
    assert quotes(client.get(at(territory, 1, "composante", "A01"))) == [
        "bien manger",
        "manger à sa faim",
        "la ferme du seul éleveur",
        "rien ne doit sortir",
    ]
    said = words(client.get(at(territory, 1)))
    assert "8 critères, 11 expressions dans 4 groupes" in said
    assert "Avant l’été." in said
    assert "à partir de 5 participant·e·s" in said


def test_marks_are_dated_and_count_people(as_user, alice, territory, frozen):
    client = as_user(alice)
    client.post(at(territory, 1, "marques"), {"mark": "discussed", "discussed-on": "22/11/2026"})
    client.post(at(territory, 1, "marques"), {"mark": "validated", "validated-on": "2026-11-22", "validated-present": "14"})
    said = words(client.get(at(territory, 1)))
    assert "Discutée 22 novembre 2026" in said
    assert "Validée par le groupe 22 novembre 2026 · 14 personnes présentes" in said


@pytest.mark.parametrize("on", ["pas une date", "2026-11-21", "2999-01-01"])
def test_a_mark_on_a_wrong_date_is_refused_with_its_remedy(as_user, alice, territory, frozen, on):
    answer = as_user(alice).post(at(territory, 1, "marques"), {"mark": "discussed", "discussed-on": on})
    assert answer.status_code == 422
    assert on in answer.content.decode()
    frozen.refresh_from_db()
    assert frozen.discussed_on is None


def test_two_versions_are_compared_by_what_changed(as_user, bob, territory, frozen, jeunes, alice):
    Criterion.objects.filter(text="bien manger").update(text="bien se nourrir")
    Criterion.objects.filter(text="être en paix").update(component="F01", sense="P", letter="P")
    Criterion.objects.filter(text="sourire").update(withdrawn_at=NOW)
    say(jeunes, "dit après", "B01/P")
    operations.freeze_synthesis(territory=territory, title="Deuxième", by=alice, now=NOW)
    page = as_user(bob).get(at(territory, "comparer"), {"avant": "1", "apres": "2"})
    said = words(page)
    for kind in ("Ajoutés : 1 critère", "Partis : 1 critère", "Codés autrement : 1 critère", "Écrits autrement : 1 critère"):
        assert kind in said.replace("\u00a0", " ")
    assert "« bien manger » Après « bien se nourrir »" in said.replace("\u00a0", " ")
    assert "F00 → F01/P" in said
    backwards = as_user(bob).get(at(territory, "comparer"), {"avant": "2", "apres": "1"})
    assert "Ajoutés : 1 critère" in words(backwards).replace("\u00a0", " ")


def test_a_version_is_compared_with_what_stands_today(as_user, bob, territory, frozen):
    page = as_user(bob).get(at(territory, "comparer"), {"avant": "1", "apres": "aujourdhui"})
    assert "Rien n’a changé entre les deux" in words(page)


def test_a_version_is_not_compared_with_itself(as_user, bob, territory, frozen):
    assert "Choisissez deux versions différentes" in words(as_user(bob).get(at(territory, "comparer"), {"avant": "1", "apres": "1"}))


def test_the_list_of_versions_asks_the_same_queries_with_one_and_three(as_user, erin, territory, frozen, alice):
    client = as_user(erin)
    one = queries_of(client, at(territory))
    for title in ("Deuxième", "Troisième"):
        operations.freeze_synthesis(territory=territory, title=title, by=alice, now=NOW)
    assert queries_of(client, at(territory)) == one
    assert "3 versions figées" in words(client.get(at(territory)))


def test_every_file_of_a_version_is_given_by_post_to_the_team(as_user, bob, territory, frozen):
    client = as_user(bob)
    beginnings = {
        "pdf": b"%PDF",
        "docx": b"PK",
        "xlsx": b"PK",
        "csv": b"\xef\xbb\xbfgroup;",
        "paroles": b"\xef\xbb\xbfgroup;",
        "json": b"{",
        "dictionnaire": b"\xef\xbb\xbfname;",
    }
    for kind, beginning in beginnings.items():
        assert client.get(at(territory, 1, "telecharger", kind)).status_code == 405
        answer = client.post(at(territory, 1, "telecharger", kind))
        assert (answer.status_code, answer.content[: len(beginning)]) == (200, beginning)
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="synthese-sormont-v1')
    assert client.post(at(territory, 1, "telecharger", "exe")).status_code == 404


WHO_MAY = {
    ("GET", ""): "alice bob erin",
    ("GET", "1"): "alice bob erin",
    ("GET", "1/composante/A01"): "alice bob erin",
    ("GET", "1/dimension/A"): "alice bob erin",
    ("GET", "1/partage"): "alice bob erin",
    ("GET", "1/sans-code"): "alice bob erin",
    ("POST", "1/telecharger/json"): "alice bob erin",
    ("GET", "comparer"): "alice bob erin",
    ("GET", "statistiques"): "alice bob erin",
    ("GET", "figer"): "alice erin",
    ("GET", "1/avancement"): "alice erin",
    ("GET", "1/marques"): "alice erin",
    ("GET", "1/lecture"): "alice erin",
    ("GET", "1/publier"): "erin",
    ("GET", "1/retirer"): "erin",
}


@pytest.mark.parametrize(("method", "step"), WHO_MAY)
def test_who_may_open_what_of_a_territory_reserved_to_its_members(request, as_user, territory, frozen, dora, method, step):
    address = at(territory, *filter(None, [step]))
    allowed = {
        name
        for name in ("alice", "bob", "charlie", "dora", "erin")
        if as_user(request.getfixturevalue(name)).generic(method, address).status_code == 200
    }
    assert allowed == set(WHO_MAY[method, step].split())
    assert as_user(None).generic(method, address).status_code in (302, 404)


def test_a_reader_is_not_shown_buttons_that_would_not_work(as_user, bob, territory, frozen):
    body = as_user(bob).get(at(territory, 1)).content.decode() + as_user(bob).get(at(territory, "aujourdhui")).content.decode()
    for step in (["figer"], [1, "lecture"], [1, "publier"], [1, "marques"]):
        assert f'href="{at(territory, *step)}' not in body
