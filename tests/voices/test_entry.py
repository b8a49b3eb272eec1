"""Fast entry: each line is checked, good lines go in after a look, nothing typed is lost, and all of it can be undone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tissage.core.codes import Code
from tissage.voices.models import Batch, Coding, Criterion, Expression, HomogeneousGroup, Workshop
from tissage.voices.operations.entry import NothingToEnter, Statement, enter_criteria
from tissage.voices.operations.workshops import WorkshopClosed, close_workshop, reopen_workshop

LINES = "4;avoir beaucoup d’amis;D03\nêtre écouté\n2;texte;Z?9\n\n;un toit; un vrai;A03/P15"


@pytest.fixture
def url(territory) -> str:
    return reverse("voices:entry", args=[territory.slug])


@pytest.fixture
def typed(group, question):
    return {"group": group.pk, "question": question.pk, "mode": "criteria", "lines": LINES}


def record(client, url, typed):
    """Looks, then records."""
    seen = client.post(url, typed).context["seen"]
    return client.post(url, typed | {"seen": seen})


def test_good_lines_go_in_only_after_they_were_looked_at(url, typed, alice, as_user):
    client = as_user(alice)
    looked = client.post(url, typed)
    assert (looked.context["good"], looked.context["bad"], looked.context["expressions"]) == (3, 1, 6)
    assert "Ligne 3" in looked.content.decode()
    assert Criterion.objects.count() == 0
    done = client.post(url, typed | {"seen": looked.context["seen"]})
    assert list(Criterion.objects.order_by("pk").values_list("text", "imported_count", "expression_count", "component", "sense")) == [
        ("avoir beaucoup d’amis", 4, 4, "D03", ""),
        ("être écouté", 1, 1, "", ""),
        ("un toit; un vrai", 1, 1, "A03", "P15"),
    ]
    assert Expression.objects.count() == 0
    assert set(Coding.objects.values_list("coder", "origin", "status")) == {(alice.pk, "human", "proposed")}
    assert "2;texte;Z?9" in client.get(done["Location"]).content.decode()


def test_what_changed_since_the_look_is_looked_at_again(url, typed, alice, as_user):
    client = as_user(alice)
    seen = client.post(url, typed).context["seen"]
    again = client.post(url, typed | {"lines": "autre chose", "seen": seen})
    assert (again.status_code, again.context["good"], Criterion.objects.count()) == (200, 1, 0)


def test_a_missing_field_keeps_every_line_typed(url, typed, alice, as_user):
    answer = as_user(alice).post(url, typed | {"group": ""})
    assert answer.context["form"].errors.keys() == {"group"}
    assert "être écouté" in answer.content.decode()
    assert answer.context["good"] == 3


def test_lines_left_over_are_taken_up_again_and_undoing_gives_the_whole_text_back(url, typed, territory, alice, as_user):
    client = as_user(alice)
    record(client, url, typed)
    batch = Batch.objects.get(kind="entry")
    assert client.get(url, {"suite": str(batch.uuid)}).context["form"].initial["lines"] == "2;texte;Z?9"
    client.post(reverse("voices:undo", args=[territory.slug, batch.uuid]))
    assert Criterion.objects.live().count() == 0
    page = client.get(url, {"suite": str(batch.uuid)})
    assert page.context["form"].initial["lines"] == LINES
    assert page.context["form"].initial["group"] == typed["group"]


def test_the_live_check_writes_nothing_and_points_out_what_deserves_a_look(url, typed, enter, territory, alice, as_user):
    enter("Être  écouté")
    check = reverse("voices:check_lines", args=[territory.slug])
    answer = as_user(alice).post(check, typed | {"lines": "être écouté\n1;un toit;Z99\nun toit\n1;x;a06"})
    body = answer.content.decode()
    assert [bool(view.notices) for view in answer.context["views"]] == [True, True, True, False]
    assert [text for text in ("mot pour mot", "pas dans la nomenclature", "ligne 2", "s’écrit en capitale") if text not in body] == []
    assert "Amitié" in as_user(alice).post(check, typed).content.decode()
    assert Criterion.objects.count() == 1


def test_raw_notes_make_one_expression_a_line_exactly_as_written(url, typed, alice, as_user):
    record(as_user(alice), url, typed | {"mode": "expressions", "lines": "3;mes potes;D03\nMes Potes !"})
    assert list(Expression.objects.values_list("text", "criterion")) == [("3;mes potes;D03", None), ("Mes Potes !", None)]
    assert Criterion.objects.count() == 0


def test_a_closed_workshop_refuses_new_entries_until_it_is_reopened(group, question, territory, alice, erin, now, url, typed, as_user):
    workshop = Workshop.objects.create(territory=territory, group=group, held_on=now.date())
    close_workshop(workshop=workshop, by=alice, now=now)
    with pytest.raises(WorkshopClosed):
        enter_criteria(group=group, question=question, workshop=workshop, statements=[Statement("un toit")], by=alice, now=now)
    refused = as_user(alice).post(url, typed | {"workshop": workshop.pk})
    assert "workshop" in refused.context["form"].errors
    assert "être écouté" in refused.content.decode()
    reopen_workshop(workshop=workshop, by=erin, now=now)
    record(as_user(alice), url, typed | {"workshop": workshop.pk})
    assert set(Criterion.objects.values_list("workshop", "said_on")) == {(workshop.pk, now.date())}


def test_a_workshop_of_another_group_and_a_group_of_another_territory_are_refused(
    url, typed, territory, other_territory, alice, now, as_user
):
    other = HomogeneousGroup.objects.create(territory=territory, name="Aînés")
    workshop = Workshop.objects.create(territory=territory, group=other, held_on=now.date())
    answer = as_user(alice).post(url, typed | {"workshop": workshop.pk})
    assert answer.context["form"].errors.keys() == {"workshop"}
    elsewhere = HomogeneousGroup.objects.create(territory=other_territory, name="Ailleurs CANARI")
    answer = as_user(alice).post(url, typed | {"group": elsewhere.pk})
    assert answer.context["form"].errors.keys() == {"group"}
    assert "CANARI" not in answer.content.decode()


def test_too_many_lines_point_to_the_import_and_lose_nothing(url, typed, alice, as_user):
    answer = as_user(alice).post(url, typed | {"lines": "mot\n" * 2001})
    assert "Importez-les" in answer.content.decode()


def test_an_entry_without_a_line_is_refused(group, question, alice, now):
    with pytest.raises(NothingToEnter):
        enter_criteria(group=group, question=question, statements=[], by=alice, now=now)


def test_a_code_of_an_entry_repeats_in_every_column(enter):
    [criterion] = enter(("du pain", 1, Code("A01", "11", "P15", "k")))
    assert (criterion.code, criterion.dimension, criterion.letter, criterion.search) == ("A01-11/P15/k", "A", "P", "du pain")


def test_without_a_group_the_page_leads_to_making_one(url, territory, alice, as_user):
    create = reverse("voices:create_group", args=[territory.slug])
    assert HomogeneousGroup.objects.filter(territory=territory).count() == 0
    empty = as_user(alice).get(url).content.decode()
    assert [f'href="{create}"' in empty, 'id="entry-form"' in empty] == [True, False]
    HomogeneousGroup.objects.create(territory=territory, name="Aînés")
    ready = as_user(alice).get(url).content.decode()
    assert [f'href="{create}"' in ready, 'id="entry-form"' in ready] == [False, True]
