"""The coding desk: what waits, what is offered, saving, skipping, undoing, and two people on the same criterion."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tissage.core.codes import Code, parse_code
from tissage.people.models import Entry, Membership, User
from tissage.voices.models import BlindCoding, Coding, Criterion, DoubleCoding
from tissage.voices.operations.codings import (
    CannotUndoCoding,
    CodedMeanwhile,
    CriterionGone,
    Seen,
    set_code,
    undo_coding,
    validate_coding,
)
from tissage.voices.operations.criteria import withdraw_criterion
from tissage.voices.queries import suggesters
from tissage.voices.queries.desk import IMPORTED, PROPOSED, Queue, held_by_others, hold, next_criterion, progress_of


@pytest.fixture
def zoe(territory, now) -> User:
    user = User.objects.create_user(email="zoe@example.org", name="Zoé", password="une phrase de passe")
    Membership.objects.create(user=user, territory=territory, role="facilitator", since=now)
    return user


@pytest.fixture
def at_desk(territory, as_user):
    """Sends an act of the desk as the page does: `at_desk(alice, "desk_save", criterion, component="A03")`."""

    def act(user, name, criterion=None, *, query="", htmx=True, client=None, **data):
        url = reverse(f"voices:{name}", args=[territory.slug, *([criterion.pk] if criterion else [])])
        client = client or as_user(user)
        headers = {"HX-Request": "true"} if htmx else {}
        return client.post(url + (f"?{query}" if query else ""), data, headers=headers)

    return act


def state_of(criterion):
    """Everything that says how a criterion is coded: its columns, and every coding in order."""
    criterion = Criterion.objects.get(pk=criterion.pk)
    codings = criterion.codings.order_by("pk").values_list(
        "pk",
        "component",
        "sub_component",
        "sense",
        "beneficiary",
        "facet",
        "origin",
        "status",
        "coder",
        "coded_at",
        "superseded_at",
        "memo",
    )
    return criterion.code, criterion.dimension, criterion.letter, list(codings)


# --- Operations


def test_a_coding_keeps_where_it_came_from_and_its_memo(enter, alice, now):
    [criterion] = enter("un toit")
    coding = set_code(criterion=criterion, code=Code("A03"), by=alice, now=now, origin=Coding.Origin.SUGGESTION, memo="on parle du toit")
    assert (coding.origin, coding.memo, coding.coder) == ("suggestion", "on parle du toit", alice)
    assert criterion.code == "A03"


def test_a_code_is_refused_when_somebody_gave_another_one_meanwhile(enter, alice, zoe, now):
    [criterion] = enter("un toit")
    theirs = set_code(criterion=criterion, code=Code("A03"), by=zoe, now=now, seen=Seen(None))
    with pytest.raises(CodedMeanwhile) as refusal:
        set_code(criterion=criterion, code=Code("F00"), by=alice, now=now, seen=Seen(None))
    assert refusal.value.coding == theirs
    with pytest.raises(CodedMeanwhile):
        validate_coding(criterion=criterion, by=alice, now=now, seen=Seen(None))
    criterion.refresh_from_db()
    assert criterion.code == "A03"
    set_code(criterion=criterion, code=Code("F00"), by=alice, now=now, seen=Seen(theirs.pk))
    assert criterion.code == "F00"


def test_a_code_is_refused_once_the_criterion_was_withdrawn(enter, alice, now):
    [criterion] = enter("un toit")
    withdraw_criterion(criterion=criterion, reason="le groupe", by=alice, now=now)
    with pytest.raises(CriterionGone):
        set_code(criterion=criterion, code=Code("A03"), by=alice, now=now, seen=Seen(None))


@pytest.mark.parametrize("before", [None, "A03", "A01-11/P15/k"])
def test_undoing_a_coding_gives_back_exactly_what_there_was(before, enter, alice, zoe, now):
    [criterion] = enter(("un toit", 1, parse_code(before) if before else None))
    was = state_of(criterion)
    for hours in (1, 2):  # undone, coded again, undone again: always the same
        coding = set_code(criterion=criterion, code=Code("F01", "", "Q"), facet="money", by=zoe, now=now + dt.timedelta(hours=hours))
        assert state_of(criterion) != was
        undo_coding(coding=coding, by=zoe, now=now + dt.timedelta(hours=hours, minutes=1))
        assert state_of(criterion) == was
    assert list(Entry.objects.filter(verb="voices.undo_coding").values_list("actor", flat=True)) == [zoe.pk, zoe.pk]


def test_several_codings_are_undone_one_after_the_other(enter, alice, now):
    [criterion] = enter("un toit")
    states, codings = [state_of(criterion)], []
    for minute, code in enumerate(["A03", "A03/P", "F00"]):
        codings.append(set_code(criterion=criterion, code=parse_code(code), by=alice, now=now + dt.timedelta(minutes=minute)))
        states.append(state_of(criterion))
    for coding in reversed(codings):
        states.pop()
        undo_coding(coding=coding, by=alice, now=now + dt.timedelta(hours=1))
        assert state_of(criterion) == states[-1]


def test_undoing_gives_no_code_back_that_had_been_taken_away(enter, alice, now):
    [criterion] = enter(("un toit", 1, Code("A03")))
    set_code(criterion=criterion, code=None, by=alice, now=now + dt.timedelta(minutes=1))
    was = state_of(criterion)
    coding = set_code(criterion=criterion, code=Code("F00"), by=alice, now=now + dt.timedelta(minutes=2))
    undo_coding(coding=coding, by=alice, now=now + dt.timedelta(minutes=3))
    assert state_of(criterion) == was


def test_a_validation_is_undone_too(enter, alice, zoe, now):
    [criterion] = enter(("un toit", 1, Code("A03")))
    was = state_of(criterion)
    coding = validate_coding(criterion=criterion, by=zoe, now=now + dt.timedelta(minutes=1))
    undo_coding(coding=coding, by=zoe, now=now + dt.timedelta(minutes=2))
    assert state_of(criterion) == was


def test_what_somebody_else_did_is_not_undone(enter, alice, zoe, now, territory):
    [criterion] = enter("un toit")
    mine = set_code(criterion=criterion, code=Code("A03"), by=alice, now=now)
    with pytest.raises(CannotUndoCoding):
        undo_coding(coding=mine, by=zoe, now=now)
    sample = DoubleCoding.objects.create(territory=territory, label="Tirage", coder=zoe, drawn_at=now)
    blind = BlindCoding.objects.create(sample=sample, criterion=criterion, first=mine)
    with pytest.raises(CannotUndoCoding):
        undo_coding(coding=mine, by=alice, now=now)
    blind.delete()
    set_code(criterion=criterion, code=Code("F00"), by=zoe, now=now + dt.timedelta(minutes=1))
    with pytest.raises(CannotUndoCoding):
        undo_coding(coding=mine, by=alice, now=now)
    criterion.refresh_from_db()
    assert criterion.code == "F00"


# --- The queue


def test_the_queue_goes_forward_then_comes_back_to_what_was_skipped(enter, territory, alice):
    one, two, three = enter("un", "deux", "trois")
    queue = Queue()
    assert next_criterion(territory, queue, person=alice.pk) == one
    assert next_criterion(territory, queue, person=alice.pk, after=one.pk) == two
    assert next_criterion(territory, queue, person=alice.pk, after=three.pk) == one
    assert next_criterion(territory, queue, person=alice.pk, after=three.pk, skipped=[two.pk, one.pk]) == three
    assert next_criterion(territory, queue, person=alice.pk, skipped=[two.pk, three.pk, one.pk]) == two
    assert next_criterion(territory, Queue(group=0, state=IMPORTED), person=alice.pk) is None


def test_two_coders_are_kept_apart_while_there_is_enough_for_both(enter, territory, alice, zoe, erin):
    one, two = enter("un", "deux")
    assert hold(one.pk, alice.pk)
    assert hold(one.pk, alice.pk)
    assert not hold(one.pk, zoe.pk)
    assert held_by_others([one.pk, two.pk], zoe.pk) == {one.pk}
    assert next_criterion(territory, Queue(), person=zoe.pk) == two
    assert next_criterion(territory, Queue(), person=alice.pk) == one
    assert held_by_others([one.pk, two.pk], alice.pk) == {two.pk}
    assert next_criterion(territory, Queue(), person=erin.pk) == one  # both are held: better the first than nothing


def test_each_state_has_its_queue(enter, territory, alice, now):
    bare, proposed, validated = enter("un", ("deux", 1, Code("A03")), ("trois", 1, Code("A03")))
    validate_coding(criterion=validated, by=alice, now=now)
    assert next_criterion(territory, Queue(), person=alice.pk) == bare
    assert next_criterion(territory, Queue(state=PROPOSED), person=alice.pk) == proposed
    assert next_criterion(territory, Queue(state=PROPOSED), person=alice.pk, handled=[proposed.pk]) is None
    Coding.objects.filter(criterion=proposed).update(status="imported", origin="imported")
    assert next_criterion(territory, Queue(state=IMPORTED), person=alice.pk) == proposed
    assert (progress_of(territory, Queue()).left, progress_of(territory, Queue()).total) == (1, 3)
    assert progress_of(territory, Queue(state=PROPOSED)).left == 0


# --- The page


def test_who_may_sit_at_the_desk(enter, territory, alice, bob, charlie, dora, erin, as_user):
    [criterion] = enter("un toit")
    url = reverse("voices:desk", args=[territory.slug])
    assert [as_user(one).get(url).status_code for one in (alice, bob, charlie, dora, erin, None)] == [200, 404, 404, 404, 200, 302]
    for name in ("desk_save", "desk_keep", "desk_skip"):
        act = reverse(f"voices:{name}", args=[territory.slug, criterion.pk])
        assert [as_user(one).post(act).status_code for one in (bob, charlie, dora)] == [404, 404, 404]
        assert as_user(alice).get(act).status_code == 405
    assert as_user(bob).post(reverse("voices:desk_undo", args=[territory.slug])).status_code == 404


def test_the_desk_shows_the_criterion_with_its_words_and_ticks_nothing(enter, territory, alice, as_user):
    [criterion] = enter("een dak boven mijn hoofd")
    criterion.language, criterion.french_text = "nl", "un toit sur ma tête"
    criterion.save()
    body = as_user(alice).get(reverse("voices:desk", args=[territory.slug])).content.decode()
    for words in (
        "een dak boven mijn hoofd",
        "un toit sur ma tête",
        "Jeunes de la gare",
        "Il reste 1 critère à coder sur 1",
        "jamais une note",
    ):
        assert words in body
    assert "checked autocomplete" not in body


def test_saving_gives_the_next_criterion_in_the_same_answer(enter, territory, alice, at_desk):
    first, second = enter("un toit", "du pain")
    answer = at_desk(alice, "desk_save", first, component="A03", letter="P", facet="money", memo="cher", shown="A03 A05")
    body = answer.content.decode()
    assert "du pain" in body
    assert "<html" not in body
    assert "Il reste 1 critère à coder sur 2" in body
    assert answer["HX-Replace-Url"].endswith(f"criterion={second.pk}")
    coding = Coding.objects.get(criterion=first)
    assert (coding.component, coding.sense, coding.facet, coding.memo, coding.origin) == ("A03", "P", "money", "cher", "suggestion")


@pytest.mark.parametrize(
    ("shown", "taken", "origin"), [("", "A03", "human"), ("A03 F00", "F00", "suggestion"), ("A05 F00", "A03", "changed")]
)
def test_the_origin_says_what_the_person_had_before_them(shown, taken, origin, enter, alice, at_desk):
    [criterion] = enter("un toit")
    at_desk(alice, "desk_save", criterion, component=taken, shown=shown)
    assert Coding.objects.get(criterion=criterion).origin == origin


def test_without_javascript_a_form_leads_to_the_next_page(enter, territory, alice, at_desk):
    first, second = enter("un toit", "du pain")
    answer = at_desk(alice, "desk_save", first, htmx=False, component="A03")
    assert (answer.status_code, answer["Location"]) == (302, reverse("voices:desk", args=[territory.slug]) + f"?criterion={second.pk}")


def test_skipping_then_undoing_come_back_to_the_same_criterion(enter, territory, alice, as_user, at_desk):
    first, second = enter("un toit", "du pain")
    client = as_user(alice)
    assert "du pain" in at_desk(alice, "desk_skip", first, client=client).content.decode()
    body = at_desk(alice, "desk_save", second, client=client, component="A01").content.decode()
    assert "un toit" in body  # what was skipped, once the rest is done
    body = at_desk(alice, "desk_undo", client=client).content.decode()
    assert "du pain" in body
    assert "comme avant" in body
    assert Criterion.objects.get(pk=second.pk).code == ""
    assert "Rien à annuler" in at_desk(alice, "desk_undo", client=client).content.decode()


def test_a_refused_save_keeps_the_choice_and_says_who_was_first(enter, alice, zoe, at_desk):
    [criterion] = enter("un toit")
    at_desk(zoe, "desk_save", criterion, component="A03")
    body = at_desk(alice, "desk_save", criterion, component="F01", letter="Q", memo="mon mémo", shown="").content.decode()
    assert "Zoé a donné le code A03" in body
    assert "mon mémo" in body
    assert 'value="F01" id="found-F01" checked' in body or 'value="F01" id="offer-F01"' in body
    assert Criterion.objects.get(pk=criterion.pk).code == "A03"
    theirs = Coding.objects.get(criterion=criterion)
    assert f'name="seen" value="{theirs.pk}"' in body
    at_desk(alice, "desk_save", criterion, component="F01", seen=theirs.pk)
    assert Criterion.objects.get(pk=criterion.pk).code == "F01"


def test_a_component_that_does_not_exist_is_refused_and_said(enter, alice, at_desk):
    [criterion] = enter("un toit")
    for htmx in (True, False):
        body = at_desk(alice, "desk_save", criterion, htmx=htmx, component="Z99").content.decode()
        assert "pas dans la nomenclature" in body
        assert "Choisissez une composante" in at_desk(alice, "desk_save", criterion, htmx=htmx, memo="gardé").content.decode()
        assert (
            "Donnez d’abord une lettre"
            in at_desk(alice, "desk_save", criterion, htmx=htmx, component="A03", beneficiary="k").content.decode()
        )
    assert not Coding.objects.exists()


def test_reading_an_import_again_keeps_what_the_desk_does_not_ask(enter, alice, at_desk, as_user, territory):
    [criterion] = enter(("du pain", 1, parse_code("A01-11/P15/k")))
    Coding.objects.update(status="imported", origin="imported")
    body = as_user(alice).get(reverse("voices:desk", args=[territory.slug]), {"state": "imported"}).content.decode()
    assert "A01-11/P15/k" in body
    assert "Il est juste" in body
    seen = Coding.objects.get().pk
    at_desk(alice, "desk_save", criterion, query="state=imported", component="A01", letter="P", beneficiary="k", facet="money", seen=seen)
    assert Criterion.objects.get(pk=criterion.pk).code == "A01-11/P15/k"
    at_desk(alice, "desk_save", criterion, component="A02", letter="Q", seen=Coding.objects.latest("pk").pk)
    assert Criterion.objects.get(pk=criterion.pk).code == "A02/Q"


def test_keeping_a_code_validates_it(enter, alice, at_desk):
    [criterion] = enter(("du pain", 1, Code("A01")))
    body = at_desk(alice, "desk_keep", criterion, query="state=proposed", seen=Coding.objects.get().pk).content.decode()
    assert "Tous les codes proposés sont validés" in body
    assert Coding.objects.get(superseded_at=None).status == "validated"
    assert "déjà validé" in at_desk(alice, "desk_keep", criterion, seen=Coding.objects.latest("pk").pk).content.decode()


def test_the_desk_leads_back_to_the_page_that_sent_there_and_nowhere_else(enter, territory, alice, at_desk):
    first, second = enter("un toit", "du pain")
    back = reverse("voices:criterion", args=[territory.slug, first.pk])
    assert at_desk(alice, "desk_save", first, query=f"back={back}", component="A03")["HX-Redirect"] == back
    assert at_desk(alice, "desk_save", second, query=f"back={back}", htmx=False, component="A03")["Location"] == back
    [third] = enter("la paix")
    answer = at_desk(alice, "desk_save", third, query="back=https://ailleurs.example/", component="F00")
    assert "HX-Redirect" not in answer


def test_a_few_words_bring_components_and_a_dimension_ends_with_the_general_one(enter, territory, alice, as_user):
    enter("un toit")
    url = reverse("voices:desk", args=[territory.slug])
    body = as_user(alice).get(url, {"mots": "logement"}, headers={"HX-Request": "true", "HX-Target": "desk-found"}).content.decode()
    assert 'id="found-A03"' in body
    assert "<html" not in body
    page = as_user(alice).get(url, {"dimension": "A"}).content.decode()
    assert page.index('id="found-A01"') < page.index('id="found-A11"') < page.index('id="found-A00"')


def test_the_desk_of_one_territory_does_not_open_a_criterion_of_another(enter, territory, other_territory, alice, dora, as_user):
    [criterion] = enter("un toit")
    url = reverse("voices:desk", args=[other_territory.slug])
    assert as_user(dora).get(url, {"criterion": criterion.pk}).status_code == 404
    save = reverse("voices:desk_save", args=[other_territory.slug, criterion.pk])
    assert "un toit" not in as_user(dora).post(save, {"component": "A03"}, headers={"HX-Request": "true"}).content.decode()
    assert not Coding.objects.exists()


def test_the_desk_takes_as_many_queries_for_three_as_for_one(enter, territory, alice, as_user, django_assert_num_queries):
    client, url = as_user(alice), reverse("voices:desk", args=[territory.slug])
    enter("un toit")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
        taken = len(one)
    enter("du pain", "la paix")
    client.get(url)
    with django_assert_num_queries(taken):
        client.get(url)


def test_saving_takes_as_many_queries_among_many_as_among_few(enter, alice, at_desk, as_user, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(suggesters, "LOOK_SECONDS", 1e9)
    client, (first, second, third) = as_user(alice), enter("un toit", "du pain", "la paix")
    at_desk(alice, "desk_save", first, client=client, component="A03")
    with CaptureQueriesContext(connection) as one:
        at_desk(alice, "desk_save", second, client=client, component="A01")
        taken = len(one)
    enter(*[(f"un logis {number}", 1, Code("A03")) for number in range(10)], "un jardin", "des arbres")
    with django_assert_num_queries(taken):
        at_desk(alice, "desk_save", third, client=client, component="F00")


def test_a_code_is_no_reason_for_itself(enter, territory, alice, as_user):
    """Read again, a criterion is judged by what the others say of it, not by its own code."""
    [odd, *_others] = enter(
        ("un logement décent", 1, Code("H03")),
        ("un logement", 1, Code("A03")),
        ("un logement chauffé", 1, Code("A03")),
        ("un logis", 1, Code("A03")),
    )
    body = as_user(alice).get(reverse("voices:desk", args=[territory.slug]), {"criterion": odd.pk}).content.decode()
    offered = [part.split('"')[0] for part in body.split('id="offer-')[1:] if "about" not in part.split('"')[0]]
    assert offered[0] == "A03"
    assert "codé ainsi\u00a0: «\u00a0un logement décent\u00a0»" not in body
    assert "codé ainsi\u00a0: «\u00a0un logement\u00a0»" in body


def test_the_history_says_where_each_code_came_from_and_why(enter, territory, alice, zoe, now, as_user):
    [criterion] = enter("un toit")
    at = [now + dt.timedelta(minutes=minute) for minute in range(3)]
    set_code(criterion=criterion, code=Code("A03"), by=alice, now=at[0], origin=Coding.Origin.SUGGESTION, facet="money", memo="cher")
    set_code(criterion=criterion, code=Code("F00"), by=zoe, now=at[1], origin=Coding.Origin.CHANGED)
    set_code(criterion=criterion, code=Code("A05"), by=zoe, now=at[2])
    body = as_user(alice).get(reverse("voices:criterion", args=[territory.slug, criterion.pk])).content.decode()
    for words in (
        "a accepté la suggestion A03",
        "pourquoi\u00a0: argent",
        "mémo\u00a0: «\u00a0cher\u00a0»",
        "a donné le code F00, plutôt qu’une suggestion",
        "a donné le code A05",
    ):
        assert words in body
