"""Commitments: taken word for word, published with a proof, moved by facts alone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.commitments.promised import MADE, answer, ask, decision, judge, meeting, piece, promise, received_set
from tissage.commitments.models import Commitment
from tissage.commitments.operations import promises
from tissage.commitments.queries.standstill import movement_of, standstill
from tissage.network.operations.decisions import Owed, add_action_item, finish_action_item, move_due_date
from tissage.plan.models import Action

DAY = dt.date(2026, 11, 22)


def test_a_commitment_without_proof_stays_a_draft(territory, erin, now):
    made = promise(territory, erin, now, published=False, proof=None)
    with pytest.raises(promises.CommitmentRefused, match="Sans preuve"):
        promises.publish_commitment(commitment=made, by=erin, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=made.pk).update(published_on=DAY)


def test_a_published_commitment_keeps_its_words_and_its_proof(territory, erin, now):
    made = promise(territory, erin, now)
    with pytest.raises(promises.CommitmentRefused, match="garde ses mots"):
        promises.change_commitment(commitment=made, statement="Nous essaierons", by=erin, now=now)
    with pytest.raises(promises.CommitmentRefused, match="garde sa preuve"):
        promises.change_commitment(commitment=made, proof=None, by=erin, now=now)
    assert promises.change_commitment(commitment=made, next_step="Chiffrer", by=erin, now=now) == ["next_step"]


def test_a_commitment_comes_from_a_published_answer_of_a_received_set_and_no_other(territory, other_territory, erin, now):
    held = received_set(territory, now)
    said = answer(ask(held, "S1"), "Liste bleue", 1)
    made = promise(territory, erin, now, proof=None, origin="answer", answer=said, asks=[ask(held, "S1")])
    assert made.published_on == DAY
    secret = answer(ask(held, "S2"), "Liste verte", 2, published_on=None)
    elsewhere = answer(ask(received_set(other_territory, now), "S1"), "Liste d’ailleurs", 3)
    for wrong in (secret, elsewhere):
        with pytest.raises(promises.CommitmentRefused, match="réponse publiée"):
            promise(territory, erin, now, origin="answer", answer=wrong)


def test_a_withdrawn_commitment_says_why_and_may_come_back(territory, erin, now):
    made = promise(territory, erin, now)
    with pytest.raises(promises.CommitmentRefused, match="Dites pourquoi"):
        promises.withdraw_commitment(commitment=made, reason="  ", by=erin, now=now)
    promises.withdraw_commitment(commitment=made, reason="Notée deux fois", by=erin, now=now)
    assert standstill(territory, DAY) == []
    promises.restore_commitment(commitment=made, by=erin, now=now)
    assert [line.commitment for line in standstill(territory, DAY)] == [made]


def still(territory, made):
    return next(line for line in standstill(territory, DAY) if line.commitment == made).movement


def test_a_motion_without_fact_for_180_days_is_first_whatever_was_written_or_postponed(territory, erin, now):
    """Acceptance 9 of commitments.md, 4 of network.md, 5 of loop.md."""
    moving = promise(territory, erin, now, statement="Former le personnel")
    piece(moving, erin, now, fact_on=dt.date(2026, 9, 1))
    motion = promise(territory, erin, now, statement="Un refuge", vote="à l’unanimité")
    step = promises.add_milestone(commitment=motion, title="Trouver un lieu", due_on=dt.date(2026, 3, 1), by=erin, now=now)
    promises.move_milestone(milestone=step, due_on=dt.date(2027, 3, 1), why="Pas de budget", by=erin, now=now)
    promises.change_commitment(commitment=motion, next_step="En parler", by=erin, now=now)
    piece(motion, erin, now, validated=False)
    judge(motion, "no_evidence", erin, other(territory, now), now)
    lines = standstill(territory, DAY)
    assert [line.text for line in lines] == ["Un refuge", "Former le personnel"]
    assert (lines[0].movement.still_days, lines[0].movement.is_still, lines[0].vote) == ((DAY - MADE).days, True, "à l’unanimité")
    assert not lines[1].movement.is_still


def other(territory, now):
    from tissage.people.models import Membership, User

    made = User.objects.create_user(email="yves@example.org", name="Yves", password="une phrase de passe")
    Membership.objects.create(user=made, territory=territory, role="plan_manager", since=now)
    return made


def test_each_fact_moves_it_on_its_own_day(territory, action, erin, now):
    from tissage.agenda.models import Activity, ActivityAction, Occurrence, OccurrenceReport

    made = promise(territory, erin, now, actions=[action])
    assert still(territory, made).still_days == (DAY - MADE).days
    proof = piece(made, erin, now, fact_on=dt.date(2026, 2, 1))
    assert still(territory, made).last_on == dt.date(2026, 2, 1)
    step = promises.add_milestone(commitment=made, title="Voter", due_on=dt.date(2026, 3, 1), by=erin, now=now)
    promises.reach_milestone(milestone=step, on=dt.date(2026, 3, 3), evidence=proof, by=erin, now=now)
    assert still(territory, made).last_on == dt.date(2026, 3, 3)
    held = {"territory": territory, "lead": action.partners.first().organization, "created_at": now, "modified_at": now}
    activity = Activity.objects.create(title="Atelier", type="workshop", moderation="accepted", **held)
    ActivityAction.objects.create(activity=activity, action=action)
    starts = dt.datetime(2026, 4, 4, 12, tzinfo=dt.UTC)
    date = Occurrence.objects.create(activity=activity, starts_at=starts, ends_at=starts + dt.timedelta(hours=1), modified_at=now)
    assert still(territory, made).last_on == dt.date(2026, 3, 3)
    OccurrenceReport.objects.create(activity=activity, occurrence=date, held="yes", filled_at=now, changed_at=now)
    assert still(territory, made).last_on == dt.date(2026, 4, 4)
    later = decision(meeting(territory, dt.date(2026, 5, 5)))
    promises.note_later_decision(decision=later, commitment=made, by=erin, now=now)
    assert still(territory, made).last_on == dt.date(2026, 5, 5)
    assert movement_of(made, DAY) == still(territory, made)


def test_a_decision_moves_by_what_was_closed_with_evidence_and_leaves_when_all_is(territory, chantecler, erin, now):
    held = meeting(territory, dt.date(2026, 1, 20))
    adopted = decision(held, vote="12 oui")
    [line] = standstill(territory, DAY)
    assert [one.value for one in line.movement.signals] == ["standstill", "no_step", "not_met"]
    assert (line.meetings_since, line.owner) == (0, "")
    items = [
        add_action_item(meeting=held, decision=adopted, owed=Owed(text, chantecler, dt.date(2026, 3, 1)), by=erin, now=now) for text in "ab"
    ]
    move_due_date(item=items[0], due_on=dt.date(2026, 12, 1), why="Plus tard", by=erin, now=now)
    meeting(territory, dt.date(2026, 6, 1), collective=held.collective)
    [line] = standstill(territory, DAY)
    assert [one.value for one in line.movement.signals] == ["standstill"]
    assert (line.meetings_since, line.owner, line.next_step) == (1, "Chantecler", "b")
    finish_action_item(item=items[1], on=dt.date(2026, 10, 1), evidence="Courrier du 1er octobre", by=erin, now=now)
    [line] = standstill(territory, DAY)
    assert (line.movement.last_on, line.movement.signals) == (dt.date(2026, 10, 1), ())
    finish_action_item(item=items[0], on=dt.date(2026, 10, 2), evidence="Fait", by=erin, now=now)
    assert standstill(territory, DAY) == []


def test_a_decision_that_became_a_commitment_is_shown_once(territory, erin, now):
    adopted = decision(meeting(territory, dt.date(2026, 1, 20)))
    made = promise(territory, erin, now, proof=None, decision=adopted, made_on=dt.date(2026, 1, 20))
    assert [(line.commitment, line.decision) for line in standstill(territory, DAY)] == [(made, adopted)]


def test_the_screen_asks_the_same_questions_with_one_line_and_with_three(territory, erin, client, django_assert_num_queries, now):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    promise(territory, erin, now)
    decision(meeting(territory, dt.date(2026, 1, 20)))
    with CaptureQueriesContext(
        connection,
    ) as before:
        standstill(territory, DAY)
    for number in (2, 3):
        promise(territory, erin, now, statement=f"Autre {number}")
        decision(meeting(territory, dt.date(2026, number, 20)))
    with django_assert_num_queries(len(before)):
        assert len(standstill(territory, DAY)) == 6
    assert not Action.objects.exists()
