"""Reading back: what a group accepts, corrects or refuses is dated, undone as one, and never in the journal in words."""

from __future__ import annotations

import datetime as dt

import pytest

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
