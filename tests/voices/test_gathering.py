"""From raw notes to criteria, with the group: piles, undo, a French wording beside; nothing said is lost or counted twice."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.voices.test_criterion_acts import assert_columns_agree, picture, said
from tissage.people.models import Entry
from tissage.voices.models import Batch, Criterion, Expression, Question
from tissage.voices.operations.changes import CannotUndo, undo_act
from tissage.voices.operations.criteria import (
    CriterionRefusal,
    Part,
    attach_expressions,
    detach_expressions,
    edit_criterion,
    make_criterion,
    split_criterion,
)
from tissage.voices.operations.entry import enter_expressions
from tissage.voices.operations.gathering import Pile, make_criteria, word_in_french
from tissage.voices.operations.workshops import Wording, create_workshop


@pytest.fixture
def workshop(group, question, alice, now):
    return create_workshop(group=group, held_on=now.date(), wordings=[Wording(question, "Et pour vous ?")], by=alice, now=now)


@pytest.fixture
def note(group, question, workshop, alice, now):
    """Notes of the workshop: `note("un toit", "sourire", language="nl")` gives them in order."""

    def note(*texts, question=question, language="fr", french_text="", **where) -> list[Expression]:
        batch = enter_expressions(group=group, question=question, texts=texts, workshop=workshop, by=alice, now=now)
        Expression.objects.filter(batch=batch).update(language=language, french_text=french_text, **where)
        return list(Expression.objects.filter(batch=batch).order_by("pk"))

    return note


def test_many_piles_become_criteria_in_one_act_and_one_undo_sets_every_note_free(note, alice, now):
    first, second, third = note("sourire", "sourire plus souvent", "un toit")
    before = picture()
    batch = make_criteria(piles=[Pile("sourire", (first, second)), Pile("un toit", (third,))], by=alice, now=now)
    made = list(Criterion.objects.filter(batch=batch).order_by("pk").values_list("text", "expression_count", "imported_count"))
    assert made == [("sourire", 2, 0), ("un toit", 1, 0)]
    assert Entry.objects.get(verb="voices.make_criteria").numbers == {"criteria": 2, "expressions": 3}
    assert_columns_agree()
    undo_act(batch=batch, by=alice, now=now)
    assert picture() == before
    assert Expression.objects.loose().count() == 3


def test_piles_share_no_note_and_mix_no_questions(note, territory, alice, now):
    first, second = note("sourire", "sourire plus souvent")
    [sad] = note("mal dormir", question=Question.objects.get(territory=territory, code="IB"))
    for piles in ([Pile("a", (first,)), Pile("b", (first, second))], [Pile("a", (first,)), Pile("b", (sad,))], [Pile(" ", (first,))], []):
        with pytest.raises(CriterionRefusal):
            make_criteria(piles=piles, by=alice, now=now)
    assert (Criterion.objects.count(), Expression.objects.loose().count(), Batch.objects.filter(kind="edit").count()) == (0, 3, 0)


def test_a_note_taken_meanwhile_refuses_the_whole_act(note, alice, now):
    first, second = note("sourire", "un toit")
    make_criterion(expressions=[first], text="sourire", by=alice, now=now)
    with pytest.raises(CriterionRefusal, match="entre-temps"):
        make_criteria(piles=[Pile("a", (second,)), Pile("b", (first,))], by=alice, now=now)
    assert Criterion.objects.get().text == "sourire"


def test_a_criterion_in_another_language_keeps_its_words_its_language_and_its_french(note, alice, now):
    [arabic] = note("النوم جيدا", language="ar", french_text="bien dormir")
    [other] = note("النوم", language="ar")
    made = make_criterion(expressions=[arabic, other], text="النوم جيدا", by=alice, now=now)
    assert (made.text, made.language, made.french_text) == ("النوم جيدا", "ar", "bien dormir")
    assert_columns_agree()


def test_the_person_may_say_in_which_language_a_new_wording_is(note, alice, now):
    made = make_criterion(expressions=note("slapen", "rust", language="nl"), text="se reposer", language="fr", by=alice, now=now)
    assert (made.language, made.french_text) == ("fr", "")


def test_splitting_gives_the_new_part_the_language_of_its_note(note, alice, now):
    french, arabic = note("dormir")[0], note("النوم جيدا", language="ar", french_text="bien dormir")[0]
    made = make_criterion(expressions=[french, arabic], text="dormir", by=alice, now=now)
    parts = [Part("dormir", 0, (french.pk,)), Part("النوم جيدا", 0, (arabic.pk,))]
    split_criterion(criterion=made, parts=parts, by=alice, now=now)
    born = Criterion.objects.order_by("pk").last()
    assert (born.text, born.language, born.french_text) == ("النوم جيدا", "ar", "bien dormir")
    assert_columns_agree()


def test_a_french_wording_stands_beside_the_words_and_never_in_the_journal(note, alice, now):
    [expression] = note("sevgi", language="tr")
    made = make_criterion(expressions=[expression], text="sevgi", by=alice, now=now)
    batch = word_in_french(of=expression, french_text=" l’amour ", by=alice, now=now)
    made.refresh_from_db()
    expression.refresh_from_db()
    assert (expression.text, expression.french_text, made.text, made.french_text) == ("sevgi", "l’amour", "sevgi", "l’amour")
    assert_columns_agree()
    assert [str([e.object_label, e.fields, e.numbers]) for e in Entry.objects.filter(verb="voices.word_in_french")] == [
        f"['expression {expression.pk}', ['french_text'], {{}}]"
    ]
    undo_act(batch=batch, by=alice, now=now)
    made.refresh_from_db()
    assert made.french_text == ""
    assert word_in_french(of=expression, french_text="l’amour", by=alice, now=now) is None


def test_a_wording_of_its_own_is_not_replaced_by_that_of_a_note(note, alice, now):
    [expression] = note("sevgi", language="tr")
    made = make_criterion(expressions=[expression], text="sevgi", language="tr", french_text="aimer", by=alice, now=now)
    assert word_in_french(of=expression, french_text="l’amour", by=alice, now=now) is None
    made.refresh_from_db()
    assert made.french_text == "aimer"


def test_a_first_french_wording_keeps_what_the_group_approved_and_another_one_does_not(enter, alice, now):
    [criterion] = enter("sevgi")
    Criterion.objects.update(group_validated_on=now.date(), language="tr")
    word_in_french(of=criterion, french_text="l’amour", by=alice, now=now)
    criterion.refresh_from_db()
    assert criterion.group_validated_on == now.date()
    word_in_french(of=criterion, french_text="la haine", by=alice, now=now)
    criterion.refresh_from_db()
    assert criterion.group_validated_on is None


def test_a_withdrawn_note_takes_no_french_wording(note, alice, now):
    [expression] = note("sevgi", withdrawn_at=now)
    with pytest.raises(CriterionRefusal):
        word_in_french(of=expression, french_text="l’amour", by=alice, now=now)


def test_words_taken_away_by_who_said_them_do_not_stop_an_undo_and_do_not_come_back(note, alice, now):
    first, second, third, fourth = note("sourire", "sourire plus souvent", "rire", "un toit")
    made = make_criterion(expressions=[first], text="sourire", by=alice, now=now)
    joined = attach_expressions(criterion=made, expressions=[second, third], by=alice, now=now)
    many = make_criteria(piles=[Pile("un toit", (fourth,))], by=alice, now=now)
    for gone in (second, fourth):  # what withdrawing on a phone does
        Criterion.objects.filter(pk=Expression.objects.get(pk=gone.pk).criterion_id, expression_count__gt=1).update(expression_count=2)
        Expression.objects.filter(pk=gone.pk).update(criterion=None, withdrawn_at=now)
    undo_act(batch=joined, by=alice, now=now)
    undo_act(batch=many, by=alice, now=now)
    made.refresh_from_db()
    assert made.expression_count == 1
    assert list(Expression.objects.loose()) == [third]
    assert_columns_agree()


def test_an_undo_that_would_leave_a_criterion_without_words_is_refused(note, alice, now):
    first, second = note("sourire", "sourire plus souvent")
    made = make_criterion(expressions=[first], text="sourire", by=alice, now=now)
    joined = attach_expressions(criterion=made, expressions=[second], by=alice, now=now)
    detach_expressions(criterion=made, expressions=[first], by=alice, now=now)
    with pytest.raises(CannotUndo):
        undo_act(batch=joined, by=alice, now=now)
    made.refresh_from_db()
    assert (made.expression_count, list(made.expressions.all())) == (1, [second])


@pytest.mark.parametrize("seed", range(5))
def test_any_sequence_of_gathering_and_undo_keeps_every_note_in_one_place(seed, note, alice, now):
    chance = random.Random(seed)
    everything = note(*[f"note {number}" for number in range(14)])
    begin, undone, refused = picture(), 0, 0

    def some(found, most):
        if not found:
            raise LookupError("nothing is left to choose from")
        return chance.sample(found, min(chance.randint(1, most), len(found)))

    def loose(most):
        return some(list(Expression.objects.loose().order_by("pk")), most)

    def live():
        return chance.choice(list(Criterion.objects.live().order_by("pk")))

    def cards(criterion, most):
        return some(list(criterion.expressions.order_by("pk")), most)

    def gather():
        chosen = loose(6)
        cut = chance.randint(1, len(chosen))
        piles = [Pile(part[0].text, tuple(part)) for part in (chosen[:cut], chosen[cut:]) if part]
        make_criteria(piles=piles, by=alice, now=now)

    def make():
        make_criterion(expressions=loose(3), text="une pile", by=alice, now=now)

    def attach():
        attach_expressions(criterion=live(), expressions=loose(2), by=alice, now=now)

    def detach():
        criterion = live()
        detach_expressions(criterion=criterion, expressions=cards(criterion, 2), by=alice, now=now)

    def split():
        criterion = live()
        taken = cards(criterion, 2)
        rest = tuple(criterion.expressions.exclude(pk__in=[item.pk for item in taken]).values_list("pk", flat=True))
        parts = [Part(criterion.text, 0, rest), Part("une part", 0, tuple(item.pk for item in taken))]
        split_criterion(criterion=criterion, parts=parts, by=alice, now=now)

    def edit():
        edit_criterion(criterion=live(), text=f"Mots {chance.randint(0, 9)} É", by=alice, now=now)

    def french():
        word_in_french(of=chance.choice([live(), chance.choice(everything)]), french_text=chance.choice(["", "mot"]), by=alice, now=now)

    def undo():
        nonlocal undone
        batches = list(Batch.objects.applied().exclude(kind="entry").order_by("-pk")[:4])
        if batches:
            undo_act(batch=chance.choice(batches), by=alice, now=now)
            undone += 1

    for _ in range(50):
        try:
            chance.choice([gather, make, make, attach, attach, detach, split, edit, french, undo, undo])()
        except (CriterionRefusal, CannotUndo, LookupError):
            refused += 1
        assert_columns_agree()
        assert said() == len(everything)
        held = set(Criterion.objects.live().values_list("pk", flat=True)) | {None}
        assert set(Expression.objects.values_list("criterion", flat=True)) <= held
    assert undone
    assert refused < 45
    for batch in Batch.objects.applied().exclude(kind="entry").order_by("-pk"):
        undo_act(batch=batch, by=alice, now=now)
    assert picture() == begin
    assert Expression.objects.loose().count() == len(everything)


# --- The page ---------------------------------------------------------------------------------------------------


@pytest.fixture
def address(territory, workshop):
    return f"/territoires/sormont/ateliers/{workshop.pk}/rassembler/"


@pytest.fixture
def act(address, question, alice, as_user):
    """Presses a button of the page: `act("make", id=[…], text="…")` gives the answer; the page it leads to opens."""
    client = as_user(alice)

    def act(name, **fields):
        answer = client.post(address, {"act": name, "question": question.pk, **fields})
        assert answer.status_code == 302
        assert client.get(answer.url).status_code == 200
        return answer

    return act


def words_of(criteria):
    return {criterion.text: sorted(criterion.expressions.values_list("text", flat=True)) for criterion in criteria}


def test_the_page_proposes_piles_and_joins_and_does_nothing_by_itself(note, act, address, question, alice, now, as_user):
    made = make_criterion(expressions=note("un toit"), text="un toit", by=alice, now=now)
    note("Sourire", "sourire", "Un toit", "du pain frais")
    page = as_user(alice).get(address)
    shown = page.context["gathering"]
    assert [([card.text for card in pile.cards], pile.wording.text, pile.is_identical, pile.joins) for pile in shown.piles] == [
        (["Sourire", "sourire"], "Sourire", True, None),
        (["Un toit"], "Un toit", False, made),
    ]
    assert [card.text for card in shown.alone] == ["du pain frais"]
    assert [item.criterion for item in shown.made] == [made]
    assert Criterion.objects.count() == 1


def test_an_opposite_is_never_in_the_pile_of_what_it_denies(note, address, alice, as_user):
    note("bien dormir", "mal dormir", "ne pas bien dormir", "dormir bien")
    piles = [{card.text for card in pile.cards} for pile in as_user(alice).get(address).context["gathering"].piles]
    assert [pile for pile in piles if pile & {"mal dormir", "ne pas bien dormir"} and pile & {"bien dormir", "dormir bien"}] == []


def test_a_pile_accepted_without_one_of_its_cards_leaves_it_loose(note, act):
    first, second, third = note("sourire", "sourire plus souvent", "rire")
    act("make", id=[first.pk, second.pk], text="sourire souvent")
    assert words_of(Criterion.objects.live()) == {"sourire souvent": ["sourire", "sourire plus souvent"]}
    assert list(Expression.objects.loose()) == [third]


def test_each_remaining_card_becomes_a_criterion_in_one_click_and_one_undo(note, act, territory, alice, as_user):
    cards = note("un toit", "sourire", "du pain frais")
    answer = act("each", all=",".join(str(card.pk) for card in cards))
    assert words_of(Criterion.objects.live()) == {"un toit": ["un toit"], "sourire": ["sourire"], "du pain frais": ["du pain frais"]}
    batch = answer.url.rpartition("fait=")[2]
    as_user(alice).post(f"/territoires/sormont/lots/{batch}/annuler/")
    assert (Criterion.objects.live().count(), Expression.objects.loose().count()) == (0, 3)


def test_identical_cards_are_gathered_in_one_click_and_others_stay(note, act):
    cards = note("Un toit", "un toit", "sourire", "SOURIRE", "sourire plus souvent")
    act("identical", all=",".join(str(card.pk) for card in cards))
    assert words_of(Criterion.objects.live()) == {"Un toit": ["Un toit", "un toit"], "sourire": ["SOURIRE", "sourire"]}
    assert Expression.objects.loose().get().text == "sourire plus souvent"


def test_cards_join_leave_and_part_from_a_criterion(note, act, alice, now):
    first, second, third = note("sourire", "sourire plus souvent", "chanter")
    made = make_criterion(expressions=[first], text="sourire", by=alice, now=now)
    act("join", criterion=made.pk, id=[second.pk, third.pk])
    act("part", criterion=made.pk, id=[third.pk])
    assert words_of(Criterion.objects.live()) == {"sourire": ["sourire", "sourire plus souvent"], "chanter": ["chanter"]}
    act("detach", criterion=made.pk, id=[second.pk])
    act("edit", criterion=made.pk, text="sourire à tous")
    assert words_of(Criterion.objects.live()) == {"sourire à tous": ["sourire"], "chanter": ["chanter"]}
    assert list(Expression.objects.loose()) == [second]
    assert_columns_agree()


def test_two_criteria_that_say_one_idea_are_put_together_and_apart_again(note, act, alice, now, as_user):
    first, second = note("sourire", "rire")
    smile = make_criterion(expressions=[first], text="sourire", by=alice, now=now)
    laugh = make_criterion(expressions=[second], text="rire", by=alice, now=now)
    answer = act("merge", criterion=smile.pk, other=laugh.pk)
    assert words_of(Criterion.objects.live()) == {"sourire": ["rire", "sourire"]}
    as_user(alice).post(f"/territoires/sormont/lots/{answer.url.rpartition('fait=')[2]}/annuler/")
    assert words_of(Criterion.objects.live()) == {"sourire": ["sourire"], "rire": ["rire"]}
    assert_columns_agree()


def test_a_french_wording_is_typed_beside_a_card(note, act):
    [turkish] = note("sevgi", language="tr")
    act("french", **{f"french_{turkish.pk}": "l’amour"})
    turkish.refresh_from_db()
    assert (turkish.text, turkish.french_text) == ("sevgi", "l’amour")


def test_refusals_are_said_on_the_page(note, act, territory, address, question, alice, as_user):
    [card] = note("sourire")
    client = as_user(alice)
    for fields in ({"act": "make"}, {"act": "make", "id": 999999}, {"act": "each", "all": "x"}):
        answer = client.post(address, {"question": question.pk, **fields}, follow=True)
        assert "Cochez au moins une carte." in answer.content.decode()
    elsewhere = Question.objects.get(territory=territory, code="IB")
    client.post(address, {"act": "make", "question": elsewhere.pk, "id": card.pk})
    assert client.post(address, {"act": "join", "question": question.pk, "criterion": 999, "id": card.pk}).status_code == 404
    assert Criterion.objects.count() == 0


def test_a_refusal_keeps_what_was_typed(note, address, question, alice, as_user):
    note("sourire", "un toit")
    fields = {"act": "make", "question": question.pk, "form": "alone", "text": "une formulation tapée"}
    assert 'value="une formulation tapée"' in as_user(alice).post(address, fields).content.decode()


def test_words_of_an_open_question_are_not_there(note, address, question, workshop, alice, as_user, now):
    from tissage.voices.operations.halls import open_hall, open_round

    cards = note("secret pour l’instant")
    hall = open_hall(workshop=workshop, mode="both", languages=["fr"], consent_text="", by=alice, now=now)
    round = hall.rounds.get(question=question)
    open_round(round=round, by=alice, now=now)
    round.refresh_from_db()
    Expression.objects.filter(pk=cards[0].pk).update(batch=round.batch)
    body = as_user(alice).get(address).content.decode()
    assert "secret" not in body
    assert "encore ouverte" in body


def test_who_may_gather(note, address, alice, bob, charlie, dora, erin, as_user):
    note("sourire")
    for url in (address, address.replace("rassembler", "relire")):
        assert [as_user(person).get(url).status_code for person in (alice, bob, charlie, dora, erin)] == [200, 404, 404, 404, 200]
        assert as_user(None).get(url).status_code == 302


def test_the_page_takes_the_same_queries_for_one_card_and_for_three(note, address, alice, as_user, django_assert_num_queries):
    client = as_user(alice)
    note("sourire", "sourire", "un toit")
    client.get(address)
    with CaptureQueriesContext(connection) as first:
        client.get(address)
        count = len(first)
    note("sourire", "du pain", "du  Pain", "chanter", "Chanter", language="nl")
    client.get(address)
    with django_assert_num_queries(count):
        client.get(address)
