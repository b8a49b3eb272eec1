"""Editing, merging, splitting, gathering, withdrawing and undoing: nothing said is lost, and columns never lie."""

from __future__ import annotations

import random

import pytest

from tissage.core.codes import Code, parse_code
from tissage.core.criteria import code_columns, search_columns
from tissage.people.models import Entry
from tissage.voices.models import Batch, Coding, Criterion, Expression, Question, Workshop
from tissage.voices.operations.changes import CannotUndo, undo_act
from tissage.voices.operations.codings import NothingToValidate, set_code, validate_coding
from tissage.voices.operations.criteria import (
    CriterionRefusal,
    Part,
    attach_expressions,
    detach_expressions,
    edit_criterion,
    make_criterion,
    merge_criteria,
    split_criterion,
    withdraw_criterion,
)
from tissage.voices.operations.entry import enter_expressions
from tissage.voices.operations.workshops import create_workshop


def picture():
    """Everything about live criteria that a person can see, by id."""
    return {
        criterion.pk: (
            criterion.text,
            criterion.imported_count,
            criterion.expression_count,
            criterion.code,
            criterion.group_id,
            criterion.question_id,
            sorted(criterion.expressions.values_list("pk", flat=True)),
            [(coding.component, coding.sense, coding.status) for coding in criterion.codings.filter(superseded_at__isnull=True)],
        )
        for criterion in Criterion.objects.live()
    }


def said():
    """How many expressions stand somewhere: behind a live criterion, or loose."""
    return sum(Criterion.objects.live().values_list("expression_count", flat=True)) + Expression.objects.loose().count()


def assert_columns_agree():
    for criterion in Criterion.objects.applied():
        assert (criterion.search, criterion.sort_key) == search_columns(criterion.text, criterion.french_text)
        coding = criterion.codings.filter(superseded_at__isnull=True).first()
        code = Code(coding.component, coding.sub_component, coding.sense, coding.beneficiary) if coding else None
        assert {name: getattr(criterion, name) for name in code_columns(None)} == code_columns(code)
        if criterion.merged_into_id is None:
            assert criterion.expression_count == criterion.imported_count + criterion.expressions.count()


def test_merging_adds_counts_moves_expressions_and_undo_gives_everything_back(enter, group, question, alice, now):
    first, second, third = enter(("un toit", 2, Code("A03")), ("un toit à soi", 3), ("un toit !", 1, Code("A03", "", "P15")))
    enter_expressions(group=group, question=question, texts=["un vrai toit"], by=alice, now=now)
    attach_expressions(criterion=third, expressions=Expression.objects.all(), by=alice, now=now)
    before, total = picture(), said()
    batch = merge_criteria(target=first, others=[second, third], by=alice, now=now)
    assert picture() == {
        first.pk: ("un toit", 6, 7, "A03", group.pk, question.pk, [Expression.objects.get().pk], [("A03", "", "proposed")])
    }
    assert said() == total
    assert_columns_agree()
    undo_act(batch=batch, by=alice, now=now)
    assert picture() == before
    assert_columns_agree()


def test_an_uncoded_target_takes_the_code_the_others_agree_on_and_gives_it_back(enter, alice, now):
    first, second = enter("un toit", ("un toit à soi", 1, Code("A03", "", "P15")))
    before = picture()
    batch = merge_criteria(target=first, others=[second], by=alice, now=now)
    assert first.code == "A03/P15"
    assert_columns_agree()
    undo_act(batch=batch, by=alice, now=now)
    assert picture() == before
    assert_columns_agree()


def test_criteria_of_two_groups_or_two_questions_are_never_merged(enter, territory, alice, now):
    [first] = enter("un toit")
    [other] = enter("un toit", question=Question.objects.get(territory=territory, code="IB"))
    with pytest.raises(CriterionRefusal, match="même groupe"):
        merge_criteria(target=first, others=[other], by=alice, now=now)
    assert Batch.objects.filter(kind="merge").count() == 0


def test_splitting_shares_the_count_and_undo_gives_one_back(enter, alice, now):
    [criterion] = enter(("un toit et du travail", 5, Code("A03")))
    before = picture()
    batch = split_criterion(criterion=criterion, parts=[Part("un toit", 2), Part("du travail", 3)], by=alice, now=now)
    assert sorted((row[0], row[1], row[3]) for row in picture().values()) == [("du travail", 3, "A03"), ("un toit", 2, "A03")]
    assert_columns_agree()
    undo_act(batch=batch, by=alice, now=now)
    assert picture() == before


@pytest.mark.parametrize(
    "parts",
    [
        [Part("un toit", 5)],
        [Part("un toit", 2), Part("du travail", 2)],
        [Part("un toit", 5), Part("du travail", 0)],
        [Part("un toit", 4), Part("  ", 1)],
        [Part("un toit", 6), Part("du travail", -1)],
        [Part("un toit", 4), Part("du travail", 1, (999999,))],
    ],
)
def test_a_split_that_does_not_add_up_is_refused_and_changes_nothing(parts, enter, alice, now):
    [criterion] = enter(("un toit et du travail", 5))
    before = picture()
    with pytest.raises(CriterionRefusal):
        split_criterion(criterion=criterion, parts=parts, by=alice, now=now)
    assert picture() == before


def test_editing_is_a_batch_and_undo_gives_the_words_back(enter, alice, now):
    [criterion] = enter(("un tois", 2))
    batch = edit_criterion(criterion=criterion, text="Un Toît", imported_count=4, by=alice, now=now)
    assert (criterion.search, criterion.expression_count) == ("un toit", 4)
    assert edit_criterion(criterion=criterion, text="Un Toît", by=alice, now=now) is None
    undo_act(batch=batch, by=alice, now=now)
    criterion.refresh_from_db()
    assert (criterion.text, criterion.search, criterion.expression_count) == ("un tois", "un tois", 2)


def test_an_edit_followed_by_another_is_undone_last_first(enter, alice, now):
    [criterion] = enter("un")
    first = edit_criterion(criterion=criterion, text="deux", by=alice, now=now)
    second = edit_criterion(criterion=criterion, text="trois", by=alice, now=now)
    with pytest.raises(CannotUndo):
        undo_act(batch=first, by=alice, now=now)
    undo_act(batch=second, by=alice, now=now)
    undo_act(batch=first, by=alice, now=now)
    with pytest.raises(CannotUndo):
        undo_act(batch=first, by=alice, now=now)
    criterion.refresh_from_db()
    assert criterion.text == "un"


def test_an_entry_whose_criterion_was_merged_elsewhere_is_not_undone(enter, alice, now):
    [first] = enter("un toit")
    [second] = enter(("un toit à soi", 3))
    merge = merge_criteria(target=first, others=[second], by=alice, now=now)
    with pytest.raises(CannotUndo, match="fusionné"):
        undo_act(batch=second.batch, by=alice, now=now)
    undo_act(batch=merge, by=alice, now=now)
    undo_act(batch=second.batch, by=alice, now=now)
    assert [row[0] for row in picture().values()] == ["un toit"]


def test_a_criterion_moved_to_another_group_leaves_its_workshop(enter, group, territory, alice, now):
    workshop = Workshop.objects.create(territory=territory, group=group, held_on=now.date())
    [criterion] = enter("un toit", workshop=workshop)
    other = type(group).objects.create(territory=territory, name="Aînés")
    assert criterion.said_on == now.date()
    edit_criterion(criterion=criterion, group=other, by=alice, now=now)
    assert (criterion.group, criterion.workshop) == (other, None)


def test_loose_expressions_become_a_criterion_and_counts_follow(group, question, alice, now):
    enter_expressions(group=group, question=question, texts=["un toit", "un  toit", "autre chose"], by=alice, now=now)
    first, second, third = Expression.objects.all()
    criterion = make_criterion(expressions=[first, second], text="un toit", by=alice, now=now)
    assert (criterion.imported_count, criterion.expression_count) == (0, 2)
    attach_expressions(criterion=criterion, expressions=[third], by=alice, now=now)
    assert criterion.expression_count == 3
    detach_expressions(criterion=criterion, expressions=[third, second], by=alice, now=now)
    assert (criterion.expression_count, said()) == (1, 3)
    with pytest.raises(CriterionRefusal, match="au moins une"):
        detach_expressions(criterion=criterion, expressions=[first], by=alice, now=now)
    with pytest.raises(CriterionRefusal, match="libres"):
        make_criterion(expressions=[first], text="un toit", by=alice, now=now)
    assert_columns_agree()


def test_undoing_a_criterion_made_of_expressions_sets_them_free(group, question, alice, now):
    enter_expressions(group=group, question=question, texts=["un toit"], by=alice, now=now)
    criterion = make_criterion(expressions=Expression.objects.all(), text="un toit", by=alice, now=now)
    undo_act(batch=criterion.batch, by=alice, now=now)
    assert (Expression.objects.loose().count(), Criterion.objects.live().count()) == (1, 0)


def test_withdrawing_takes_away_the_criterion_what_was_merged_into_it_and_its_expressions(enter, group, question, alice, now):
    first, second, kept = enter("un toit", "un toit à soi", "du travail")
    enter_expressions(group=group, question=question, texts=["un vrai toit"], by=alice, now=now)
    attach_expressions(criterion=second, expressions=Expression.objects.all(), by=alice, now=now)
    merge = merge_criteria(target=first, others=[second], by=alice, now=now)
    withdraw_criterion(criterion=first, reason="demandé le 3 mai", by=alice, now=now)
    assert list(picture()) == [kept.pk]
    assert Expression.objects.live().count() == 0
    with pytest.raises(CannotUndo):
        undo_act(batch=merge, by=alice, now=now)
    assert list(picture()) == [kept.pk]


def test_coding_keeps_its_history_and_validation_is_signed(enter, alice, erin, now):
    [criterion] = enter(("un toit", 1, Code("A03")))
    set_code(criterion=criterion, code=parse_code("A03-2/P15/k"), facet="money", by=alice, now=now)
    validate_coding(criterion=criterion, by=erin, now=now)
    history = criterion.codings.select_related("coder")
    assert [(c.component, c.sense, c.facet, c.coder.name, c.status, c.superseded_at is None) for c in history] == [
        ("A03", "P15", "money", "Erin", "validated", True),
        ("A03", "P15", "money", "Alice", "proposed", False),
        ("A03", "", "", "Alice", "proposed", False),
    ]
    assert criterion.codings.first().version is not None
    with pytest.raises(NothingToValidate):
        validate_coding(criterion=criterion, by=erin, now=now)
    set_code(criterion=criterion, code=None, by=alice, now=now)
    assert (criterion.code, criterion.dimension, criterion.letter) == ("", "", "")
    assert_columns_agree()


def test_the_journal_never_holds_a_residents_words(enter, group, question, alice, now):
    first, second = enter("un toit CANARI", ("un toit à soi CANARI", 4))
    enter_expressions(group=group, question=question, texts=["note CANARI"], by=alice, now=now)
    edit_criterion(criterion=first, text="un CANARI", by=alice, now=now)
    set_code(criterion=first, code=Code("A03"), by=alice, now=now)
    attach_expressions(criterion=first, expressions=Expression.objects.all(), by=alice, now=now)
    split_criterion(criterion=second, parts=[Part("a CANARI", 1), Part("b CANARI", 3)], by=alice, now=now)
    undo_act(batch=Batch.objects.get(kind="split"), by=alice, now=now)
    merge_criteria(target=first, others=[second], by=alice, now=now)
    withdraw_criterion(criterion=first, reason="CANARI", by=alice, now=now)
    lines = [str([e.verb, e.object_label, e.fields, e.numbers]) for e in Entry.objects.filter(verb__startswith="voices.")]
    assert len(lines) == 9
    assert [line for line in lines if "CANARI" in line] == []
    assert [batch.label for batch in Batch.objects.all() if "CANARI" in batch.label] == []


@pytest.mark.parametrize("seed", range(5))
def test_any_sequence_of_acts_conserves_what_was_said_and_keeps_columns_true(seed, enter, group, question, alice, now):
    chance = random.Random(seed)
    enter(*[(f"critère {n}", chance.randint(1, 4), Code(f"A0{n}") if n % 2 else None) for n in range(5)])
    enter_expressions(group=group, question=question, texts=[f"note {n}" for n in range(6)], by=alice, now=now)
    total, undone, refused = said(), 0, 0

    def live(count):
        found = list(Criterion.objects.live().order_by("pk"))
        return chance.sample(found, min(count, len(found)))

    def loose(count):
        found = list(Expression.objects.loose().order_by("pk"))
        return chance.sample(found, min(count, len(found)))

    def edit():
        edit_criterion(
            criterion=live(1)[0], text=f"Mots {chance.randint(0, 9)} É", french_text=chance.choice(["", "Œuf"]), by=alice, now=now
        )

    def merge():
        target, *others = live(3)
        merge_criteria(target=target, others=others, by=alice, now=now)

    def split():
        criterion = live(1)[0]
        notes = tuple(criterion.expressions.values_list("pk", flat=True))
        cut = chance.randint(0, criterion.imported_count)
        parts = [Part("une part", cut, notes), Part("l’autre part", criterion.imported_count - cut)]
        split_criterion(criterion=criterion, parts=parts, by=alice, now=now)

    def code():
        codes = [None, Code("A01"), Code("B02", "1", "O21", "k"), Code("H00", "", "Q")]
        set_code(criterion=live(1)[0], code=chance.choice(codes), by=alice, now=now)

    def validate():
        validate_coding(criterion=live(1)[0], by=alice, now=now)

    def make():
        make_criterion(expressions=loose(2), text="fait de notes", by=alice, now=now)

    def attach():
        attach_expressions(criterion=live(1)[0], expressions=loose(1), by=alice, now=now)

    def detach():
        criterion = live(1)[0]
        detach_expressions(criterion=criterion, expressions=list(criterion.expressions.all()[:1]), by=alice, now=now)

    def undo():
        nonlocal undone
        batches = list(Batch.objects.applied().exclude(kind="entry").order_by("-pk")[:4])
        if batches:
            undo_act(batch=chance.choice(batches), by=alice, now=now)
            undone += 1

    for _ in range(40):
        try:
            chance.choice([edit, merge, split, code, validate, make, attach, detach, undo, undo])()
        except (CriterionRefusal, CannotUndo, NothingToValidate, ValueError):
            refused += 1
        assert_columns_agree()
        assert said() == total
    assert undone
    assert refused < 40
    assert Coding.objects.filter(superseded_at__isnull=True).exists()


def test_a_criterion_joins_a_workshop_and_leaves_it_again_with_its_date(enter, group, alice, now):
    [criterion] = enter(("un toit", 2))
    workshop = create_workshop(group=group, held_on=now.date(), by=alice, now=now)
    joined = edit_criterion(criterion=criterion, workshop=workshop, by=alice, now=now)
    assert (criterion.workshop_id, criterion.said_on) == (workshop.pk, workshop.held_on)
    undo_act(batch=joined, by=alice, now=now)
    criterion.refresh_from_db()
    assert (criterion.workshop_id, criterion.said_on) == (None, None)


def test_new_words_have_not_been_heard_by_the_group(enter, alice, now):
    [criterion] = enter(("un toit", 2))
    Criterion.objects.update(group_validated_on=now.date())
    criterion.refresh_from_db()
    corrected = edit_criterion(criterion=criterion, text="d’autres mots", by=alice, now=now)
    assert criterion.group_validated_on is None
    undo_act(batch=corrected, by=alice, now=now)
    criterion.refresh_from_db()
    assert criterion.group_validated_on == now.date()
