"""Reading back: what a group accepts, corrects or refuses is dated, undone as one, and never in the journal in words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.voices.test_criterion_acts import assert_columns_agree
from tissage.core.codes import Code
from tissage.people.models import Entry
from tissage.voices.models import Batch, Coding, Criterion, HomogeneousGroup
from tissage.voices.operations.changes import CannotUndo, undo_act
from tissage.voices.operations.codings import set_code
from tissage.voices.operations.criteria import CriterionRefusal, Part, edit_criterion, split_criterion, withdraw_criterion
from tissage.voices.operations.validation import (
    NothingToReadBack,
    NotYet,
    correct_with_group,
    disagree_with_code,
    validate_with_group,
)
from tissage.voices.operations.workshops import Wording, create_workshop


def standing():
    """What the group said of each criterion: date of its words; status, date and refusal of its current code."""
    codings = {coding.criterion_id: coding for coding in Coding.objects.filter(superseded_at__isnull=True)}
    return {
        criterion.text: (
            criterion.group_validated_on,
            (codings[criterion.pk].status, codings[criterion.pk].group_validated_on, codings[criterion.pk].group_disagreed_on)
            if criterion.pk in codings
            else None,
        )
        for criterion in Criterion.objects.live()
    }


@pytest.fixture
def today(now):
    return now.date()


def test_what_the_group_accepts_is_dated_with_its_code_and_undone_as_one(enter, alice, now, today):
    criteria = enter(("un toit", 2, Code("A03")), "sourire")
    before = standing()
    batch = validate_with_group(criteria=criteria, on=today, coding=True, by=alice, now=now)
    assert standing() == {"un toit": (today, ("validated", today, None)), "sourire": (today, None)}
    assert Entry.objects.get(verb="voices.validate_with_group").numbers == {"criteria": 2, "codings": 1}
    assert_columns_agree()
    undo_act(batch=batch, by=alice, now=now)
    assert standing() == before == {"un toit": (None, ("proposed", None, None)), "sourire": (None, None)}


def test_words_may_be_accepted_without_their_code_and_the_code_at_a_second_meeting(enter, alice, now, today):
    criteria = enter(("un toit", 2, Code("A03")))
    earlier = today - dt.timedelta(days=30)
    validate_with_group(criteria=criteria, on=earlier, coding=False, by=alice, now=now)
    assert standing() == {"un toit": (earlier, ("proposed", None, None))}
    validate_with_group(criteria=criteria, on=today, coding=True, by=alice, now=now)
    assert standing() == {"un toit": (earlier, ("validated", today, None))}
    with pytest.raises(NothingToReadBack):
        validate_with_group(criteria=criteria, on=today, coding=True, by=alice, now=now)
    assert Batch.objects.filter(kind="edit").count() == 2


def test_a_new_code_has_not_been_heard(enter, alice, now, today):
    [criterion] = enter(("un toit", 2, Code("A03")))
    validate_with_group(criteria=[criterion], on=today, coding=True, by=alice, now=now)
    set_code(criterion=criterion, code=Code("A01"), by=alice, now=now)
    assert standing() == {"un toit": (today, ("proposed", None, None))}


def test_words_corrected_by_the_group_are_accepted_in_the_same_act(enter, alice, now, today):
    [criterion] = enter(("un toit", 2, Code("A03")))
    said = {"text": "un toit à soi", "french_text": "", "on": today, "by": alice, "now": now}
    batch = correct_with_group(criterion=criterion, coding=True, **said)
    assert standing() == {"un toit à soi": (today, ("validated", today, None))}
    assert_columns_agree()
    with pytest.raises(NothingToReadBack):
        correct_with_group(criterion=criterion, coding=True, **said)
    undo_act(batch=batch, by=alice, now=now)
    assert standing() == {"un toit": (None, ("proposed", None, None))}


def test_a_code_the_group_refuses_is_proposed_again_with_what_it_said(enter, alice, now, today):
    [criterion] = enter(("un toit", 2, Code("A03")))
    Coding.objects.update(memo="douteux", status="validated")
    batch = disagree_with_code(criterion=criterion, on=today, memo="c’est une question d’argent", by=alice, now=now)
    assert standing() == {"un toit": (today, ("proposed", None, today))}
    assert Coding.objects.get().memo == "douteux\nc’est une question d’argent"
    undo_act(batch=batch, by=alice, now=now)
    assert standing() == {"un toit": (None, ("validated", None, None))}
    assert Coding.objects.get().memo == "douteux"


def test_a_refused_code_that_the_group_accepts_after_all_is_accepted(enter, alice, now, today):
    [criterion] = enter(("un toit", 2, Code("A03")))
    disagree_with_code(criterion=criterion, on=today, memo="", by=alice, now=now)
    validate_with_group(criteria=[criterion], on=today, coding=True, by=alice, now=now)
    assert standing() == {"un toit": (today, ("validated", today, None))}


def test_without_a_code_there_is_nothing_to_refuse(enter, alice, now, today):
    with pytest.raises(CriterionRefusal):
        disagree_with_code(criterion=enter("un toit")[0], on=today, memo="", by=alice, now=now)


def test_a_day_to_come_is_refused(enter, alice, now, today):
    [criterion] = enter(("un toit", 2, Code("A03")))
    tomorrow = {"on": today + dt.timedelta(days=1), "by": alice, "now": now}
    for act in (
        lambda: validate_with_group(criteria=[criterion], coding=True, **tomorrow),
        lambda: correct_with_group(criterion=criterion, text="a", french_text="", coding=True, **tomorrow),
        lambda: disagree_with_code(criterion=criterion, memo="", **tomorrow),
    ):
        with pytest.raises(NotYet):
            act()
    assert standing() == {"un toit": (None, ("proposed", None, None))}


def test_a_group_does_not_read_back_for_another(enter, territory, alice, now, today):
    other = HomogeneousGroup.objects.create(territory=territory, name="Aînés")
    with pytest.raises(CriterionRefusal, match="autre"):
        validate_with_group(criteria=[*enter("un toit"), *enter("sourire", group=other)], on=today, coding=True, by=alice, now=now)
    assert {row[0] for row in standing().values()} == {None}


def test_what_was_withdrawn_is_not_read_back(enter, alice, now, today):
    [criterion] = enter("un toit")
    withdraw_criterion(criterion=criterion, reason="", by=alice, now=now)
    with pytest.raises(CriterionRefusal):
        validate_with_group(criteria=[criterion], on=today, coding=False, by=alice, now=now)


def test_words_changed_or_split_afterwards_must_be_read_again(enter, alice, now, today):
    first, second = enter("un toit", ("un toit et du travail", 2))
    validate_with_group(criteria=[first, second], on=today, coding=False, by=alice, now=now)
    edit_criterion(criterion=first, text="un toit à soi", by=alice, now=now)
    split_criterion(criterion=second, parts=[Part("un toit", 1), Part("du travail", 1)], by=alice, now=now)
    assert {text: row[0] for text, row in standing().items()} == {"un toit à soi": None, "un toit": None, "du travail": None}


def test_undoing_is_refused_once_the_group_said_something_else(enter, alice, now, today):
    [criterion] = enter(("un toit", 2, Code("A03")))
    accepted = validate_with_group(criteria=[criterion], on=today, coding=True, by=alice, now=now)
    disagree_with_code(criterion=criterion, on=today, memo="", by=alice, now=now)
    with pytest.raises(CannotUndo):
        undo_act(batch=accepted, by=alice, now=now)
    assert standing() == {"un toit": (today, ("proposed", None, today))}


def test_the_journal_counts_and_never_quotes(enter, alice, now, today):
    first, second = enter(("CANARI", 2, Code("A03")), ("autre CANARI", 2, Code("A03")))
    did = {"on": today, "by": alice, "now": now}
    correct_with_group(criterion=first, text="CANARI corrigé", french_text="CANARI", coding=True, **did)
    disagree_with_code(criterion=second, memo="CANARI", **did)
    validate_with_group(criteria=[first, second], coding=True, **did)
    lines = [str([e.verb, e.object_label, e.fields, e.numbers]) for e in Entry.objects.filter(verb__startswith="voices.")]
    assert len(lines) == 4
    assert [line for line in lines if "CANARI" in line] == []
    assert [batch.label for batch in Batch.objects.all() if "CANARI" in batch.label] == []


# --- The page ---------------------------------------------------------------------------------------------------


@pytest.fixture
def workshop(group, question, alice, now):
    return create_workshop(group=group, held_on=now.date(), wordings=[Wording(question, "Et pour vous ?")], by=alice, now=now)


@pytest.fixture
def address(territory, workshop):
    return f"/territoires/sormont/ateliers/{workshop.pk}/relire/"


def texts(answer):
    return [item.criterion.text for item in answer.context["items"]]


def test_the_page_reads_the_words_and_the_code_in_words(enter, workshop, address, alice, as_user):
    enter(("un toit", 2, Code("A03")), "sourire", workshop=workshop)
    answer = as_user(alice).get(address)
    assert [(item.criterion.text, item.code, item.waits) for item in answer.context["items"]] == [
        ("un toit", "A03", True),
        ("sourire", "", True),
    ]
    body = answer.content.decode()
    assert "Logement" in body
    assert "0 critère relu sur 2" in body or "0 critères relus sur 2" in body


def test_what_is_accepted_leaves_the_list_and_progress_follows(enter, workshop, address, alice, as_user):
    first, _second = enter(("un toit", 2, Code("A03")), "sourire", workshop=workshop)
    client = as_user(alice)
    answer = client.post(f"{address}?le=2026-10-02", {"act": "accept", "criterion": first.pk, "coding": "1"}, follow=True)
    assert texts(answer) == ["sourire"]
    assert "1 critère relu sur 2" in answer.content.decode()
    assert standing()["un toit"] == (dt.date(2026, 10, 2), ("validated", dt.date(2026, 10, 2), None))
    assert texts(client.get(address, {"voir": "tous"})) == ["un toit", "sourire"]
    assert texts(client.get(address, {"vue": "un", "voir": "tous", "page": 2})) == ["sourire"]
    undone = client.post(f"/territoires/sormont/lots/{answer.context['done'].uuid}/annuler/", follow=True)
    assert undone.status_code == 200
    assert standing() == {"un toit": (None, ("proposed", None, None)), "sourire": (None, None)}


def test_a_second_meeting_reads_what_was_coded_since_in_the_whole_group(enter, workshop, address, group, alice, now, as_user):
    [old] = enter("un toit")
    enter("sourire", workshop=workshop)
    validate_with_group(criteria=[old], on=now.date(), coding=True, by=alice, now=now)
    client = as_user(alice)
    assert texts(client.get(address)) == ["sourire"]
    assert texts(client.get(address, {"de": "groupe"})) == ["sourire"]
    set_code(criterion=old, code=Code("A03"), by=alice, now=now)
    assert texts(client.get(address, {"de": "groupe"})) == ["un toit", "sourire"]
    client.post(f"{address}?de=groupe", {"act": "accept", "criterion": old.pk, "coding": "1"})
    assert texts(client.get(address, {"de": "groupe"})) == ["sourire"]


def test_a_disagreement_and_a_correction_are_noted_on_the_screen(enter, workshop, address, alice, as_user):
    first, second = enter(("un toit", 2, Code("A03")), ("sourire", 1, Code("D03")), workshop=workshop)
    client = as_user(alice)
    client.post(address, {"act": "disagree", "criterion": first.pk, "memo": "plutôt l’argent"})
    client.post(address, {"act": "correct", "criterion": second.pk, "text": "sourire à tous"})
    read = standing()
    assert read["un toit"][1][0] == "proposed"
    assert read["un toit"][1][2] is not None
    assert read["sourire à tous"][0] is not None
    assert read["sourire à tous"][1][1] is None
    body = client.get(address, {"voir": "tous"}).content.decode()
    assert "code refusé par le groupe" in body
    assert "plutôt l’argent" in client.get(f"/territoires/sormont/criteres/{first.pk}/").content.decode()


def test_everything_is_accepted_after_saying_how_many_and_only_what_was_seen(enter, workshop, address, alice, as_user):
    enter(("un toit", 2, Code("A03")), "sourire", workshop=workshop)
    client = as_user(alice)
    page = client.get(f"{address}tout/")
    assert "2 critères" in page.content.decode()
    assert {row[0] for row in standing().values()} == {None}
    enter("du pain", workshop=workshop)
    client.post(f"{address}tout/", {"seen": page.context["seen"]})
    assert [text for text, row in standing().items() if row[0] is None] == ["du pain"]
    assert standing()["un toit"][1][0] == "validated"


def test_a_day_to_come_or_unreadable_is_today(enter, workshop, address, alice, as_user):
    enter("un toit", workshop=workshop)
    client = as_user(alice)
    days = {client.get(address, {"le": day}).context["reading"].on for day in ("2999-01-01", "hier", "")}
    assert days == {timezone.localdate()}


def test_criteria_of_another_workshop_or_group_are_not_accepted_there(enter, workshop, address, territory, alice, as_user):
    [elsewhere] = enter("un toit")
    [stranger] = enter("sourire", group=HomogeneousGroup.objects.create(territory=territory, name="Aînés"))
    client = as_user(alice)
    answers = [client.post(address, {"act": "accept", "criterion": one.pk}).status_code for one in (elsewhere, stranger)]
    answers.append(client.post(f"{address}?de=groupe", {"act": "accept", "criterion": stranger.pk}).status_code)
    assert answers == [404, 404, 404]
    assert {row[0] for row in standing().values()} == {None}


def test_the_base_finds_what_groups_validated_and_a_criterion_says_when(enter, territory, alice, bob, now, as_user):
    first, _second = enter("un toit", "sourire")
    validate_with_group(criteria=[first], on=now.date(), coding=True, by=alice, now=now)
    client = as_user(bob)
    found = {
        heard: [row[0].text for row in client.get("/territoires/sormont/criteres/", {"heard": heard}).context["rows"]]
        for heard in ("yes", "no", "")
    }
    assert found == {"yes": ["un toit"], "no": ["sourire"], "": ["sourire", "un toit"]}
    assert "le 22 novembre 2026" in client.get(f"/territoires/sormont/criteres/{first.pk}/").content.decode()


def test_withdrawing_from_the_reading_comes_back_to_it(enter, workshop, address, alice, as_user):
    [criterion] = enter("un toit", workshop=workshop)
    withdraw = f"/territoires/sormont/criteres/{criterion.pk}/retirer/"
    client = as_user(alice)
    assert client.post(f"{withdraw}?retour=https://evil.example/", {"reason": ""}).status_code == 200
    assert client.post(f"{withdraw}?retour={address}", {"reason": "le groupe, ce soir"}).url == address


def test_the_list_takes_the_same_queries_for_one_and_for_three(enter, workshop, address, alice, as_user, django_assert_num_queries):
    client = as_user(alice)
    enter(("un toit", 2, Code("A03")), workshop=workshop)
    client.get(address)
    with CaptureQueriesContext(connection) as first:
        client.get(address)
        count = len(first)
    enter(("un toit", 2, Code("A03")), ("sourire", 1, Code("D03")), workshop=workshop)
    with django_assert_num_queries(count):
        client.get(address)
