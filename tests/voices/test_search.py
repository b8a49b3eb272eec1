"""Finding criteria: accents and case aside, every filter, a total order, stable pages; and what reaches « À faire »."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import RequestFactory
from django.urls import reverse

from tissage.core.codes import Code
from tissage.people.todo import collect
from tissage.voices.models import Criterion, HomogeneousGroup, Question, Workshop
from tissage.voices.operations.changes import undo_act
from tissage.voices.operations.criteria import merge_criteria, withdraw_criterion
from tissage.voices.queries.criteria import SORTS, OrderedCriteria, Search, find_criteria
from tissage.voices.slots import search_groups, search_words, search_workshops, todo_coding, todo_groups, todo_workshops


@pytest.fixture
def base(enter, territory, group, now):
    """Seven criteria that differ in every column."""
    ib = Question.objects.get(territory=territory, code="IB")
    elders = HomogeneousGroup.objects.create(territory=territory, name="Aînés")
    workshop = Workshop.objects.create(territory=territory, group=group, held_on=dt.date(2026, 3, 1))
    enter(("Un cœur à l’écoute", 2, Code("D03", "", "O21")), ("être écouté", 1, Code("D00", "", "Q")), "un toit")
    enter(("un toit sûr", 5, Code("A03", "", "P15")), workshop=workshop)
    enter(("la solitude", 3, Code("D00")), "pas d’argent", question=ib)
    enter(("les voisins", 1, Code("B04")), group=elders)
    return {"elders": elders.pk, "ib": ib.pk}


def texts(territory, **search):
    return sorted(find_criteria(territory, Search(**search)).values_list("text", flat=True))


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ({"words": "ECOUTE"}, ["Un cœur à l’écoute", "être écouté"]),
        ({"words": "coeur l'écoute"}, ["Un cœur à l’écoute"]),
        ({"words": "100%"}, []),
        ({"words": "_"}, []),
        ({"dimension": "D"}, ["Un cœur à l’écoute", "la solitude", "être écouté"]),
        ({"component": "A03"}, ["un toit sûr"]),
        ({"letter": "P"}, ["un toit sûr"]),
        ({"letter": "none", "dimension": "D"}, ["la solitude"]),
        ({"state": "uncoded"}, ["pas d’argent", "un toit"]),
        ({"state": "general"}, ["la solitude", "être écouté"]),
        ({"state": "coded", "words": "toit"}, ["un toit sûr"]),
        ({"since": dt.date(2026, 3, 1), "until": dt.date(2026, 3, 1)}, ["un toit sûr"]),
        ({"since": dt.date(2026, 3, 2)}, []),
    ],
)
def test_each_filter_finds_its_criteria(search, expected, base, territory):
    assert texts(territory, **search) == expected


def test_filters_chain(base, territory):
    assert texts(territory, group=base["elders"]) == ["les voisins"]
    assert texts(territory, question=base["ib"], dimension="D") == ["la solitude"]


def test_undone_merged_and_withdrawn_criteria_are_not_found(enter, territory, alice, now):
    kept, merged, withdrawn = enter("mot un", "mot deux", "mot trois")
    [undone] = enter("mot quatre")
    merge_criteria(target=kept, others=[merged], by=alice, now=now)
    withdraw_criterion(criterion=withdrawn, reason="demandé", by=alice, now=now)
    undo_act(batch=undone.batch, by=alice, now=now)
    assert texts(territory, words="mot") == ["mot un"]


@pytest.mark.parametrize("sort", [sign + name for name in SORTS for sign in ("", "-")])
def test_pages_of_any_order_hold_every_criterion_once_in_the_same_order(sort, base, territory):
    everything = OrderedCriteria(find_criteria(territory, Search()), sort)[:]
    expected = list(Criterion.objects.order_by(*[f"-{f}" if sort[0] == "-" else f for f in SORTS[sort.removeprefix("-")]]))
    assert everything == expected
    paged = [item for start in range(0, 8, 2) for item in OrderedCriteria(find_criteria(territory, Search()), sort)[start : start + 2]]
    assert paged == everything


def test_the_screen_keeps_filters_in_the_address_and_says_when_nothing_answers(base, territory, bob, as_user):
    url = reverse("voices:criteria", args=[territory.slug])
    page = as_user(bob).get(url, {"q": "toit", "sort": "text"})
    assert [criterion.text for criterion, _ in page.context["rows"]] == ["un toit", "un toit sûr"]
    assert "q=toit" in page.content.decode()
    assert "2 critères" in page.content.decode()
    assert "Aucun critère ne répond" in as_user(bob).get(url, {"q": "zzz"}).content.decode()
    assert as_user(bob).get(url, {"group": "x", "since": "pas une date", "page": "999", "sort": "nope"}).status_code == 200


def requested_by(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_the_search_box_finds_groups_workshops_and_words_i_may_see(base, territory, bob, dora, charlie):
    words = {"aines": search_groups, "ecoute": search_words, "1 mars": search_workshops}
    found = {query: [hit.title for hit in provider(requested_by(bob), query)] for query, provider in words.items()}
    assert found == {
        "aines": ["Aînés"],
        "ecoute": ["«\u00a0être écouté\u00a0»", "«\u00a0Un cœur à l’écoute\u00a0»"],
        "1 mars": ["Atelier du 1 mars 2026"],
    }
    for stranger in (dora, charlie):
        assert [hit for query, provider in words.items() for hit in provider(requested_by(stranger), query)] == []


def test_a_faire_names_what_waits_for_whoever_can_do_it(base, territory, group, alice, bob, dora, erin, now):
    silent = Workshop.objects.create(territory=territory, group=group, held_on=now.date() - dt.timedelta(days=30))
    Workshop.objects.create(territory=territory, group=group, held_on=now.date())
    group.participants_count = 9
    group.consent = "statements"
    group.save()

    def lines(user):
        return [
            (line.kind, line.text, line.due_on)
            for provider in (todo_coding, todo_workshops, todo_groups)
            for line in provider(requested_by(user))
        ]

    coding = ("Codage", "Coder 2 critères", None)
    meeting = (
        "Atelier",
        "Saisir ce qui s’est dit\u00a0: Jeunes de la gare, atelier du 23 octobre 2026",
        silent.held_on + dt.timedelta(days=7),
    )
    stating = ("Groupe", "Donner le nombre de participant·e·s et l’accord du groupe Aînés", None)
    assert lines(alice) == [coding, meeting]
    assert lines(erin) == [coding, meeting, stating]
    assert lines(bob) == []
    assert lines(dora) == []
    assert collect(requested_by(erin))[0].text == meeting[1]
