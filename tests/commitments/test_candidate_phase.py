"""Asks to candidates, in the space of an association: frozen before sending, the same for all, answers word for word, silence never a no."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.commitments.spaces import draft_in, frozen_in, lists_of, reply, sent_to_all, space_of
from tests.conftest import NOW
from tissage.commitments.models import Answer, Ask, AskSet, Contestant, Sending, SpaceFile
from tissage.commitments.operations import sets
from tissage.commitments.queries.ask_texts import text_of
from tissage.commitments.queries.replies import find_sending
from tissage.commitments.queries.spaces import alerts_of, comparison_of, lines_of
from tissage.core.ask_text import text_sha256
from tissage.people.models import Entry
from tissage.people.queries import journal_of

AFTER = NOW + dt.timedelta(days=40)
"""The council is installed; the deadline of 10 December is long past."""
LATER = NOW + dt.timedelta(days=20)


@pytest.fixture
def held(territory):
    """(space, owner)"""
    return space_of(territory)


@pytest.fixture
def frozen(held):
    return frozen_in(*held)


def test_the_shipped_asks_are_nine_levers_and_four_demands_with_their_competence_to_confirm(held):
    asks = list(draft_in(*held).asks.all())
    assert [ask.code for ask in asks if ask.kind == "lever"] == ["L1", "L2", "L3", "L4", "L5", "L6", "L7a", "L7b", "L8", "L9"]
    assert [ask.code for ask in asks if ask.kind == "demand"] == ["D1", "D2", "D3", "D4"]
    assert {ask.code for ask in asks if not ask.is_verifiable} == {"L7b", "L9", "D1", "D3", "D4"}
    assert {ask.verifiable for ask in asks if ask.code in ("D3", "L7b")} == {"no"}
    assert all(ask.mapping_confirmed_on is None for ask in asks)


def test_nothing_freezes_before_asks_weights_deadline_election_and_rule_are_there(held):
    space, owner = held
    bare = sets.create_ask_set(space=space, code="vide", title="Vide", by=owner, now=NOW)
    with pytest.raises(sets.NotReadyToFreeze) as refused:
        sets.freeze_ask_set(ask_set=bare, by=owner, now=NOW)
    assert len(refused.value.lacks) == 4
    made = draft_in(space, owner)
    sets.write_category(ask_set=made, code="vide", label="Sans demande", by=owner, now=NOW)
    with pytest.raises(sets.NotReadyToFreeze, match="Sans demande"):
        sets.freeze_ask_set(ask_set=made, by=owner, now=NOW)


def test_a_set_holds_forty_asks_at_most(held):
    space, owner = held
    made = draft_in(space, owner)
    category = made.categories.first()
    did = {"ask_set": made, "category": category, "competence": ["commune"], "text": "Encore", "by": owner, "now": NOW}
    for number in range(40 - made.asks.count()):
        sets.write_ask(code=f"X{number}", **did)
    with pytest.raises(sets.AskSetRefused, match="40"):
        sets.write_ask(code="Y1", **did)


def test_a_frozen_text_refuses_every_change_by_the_house_and_by_the_database(held, frozen):
    _space, owner = held
    ask = frozen.asks.first()
    for act in (
        lambda: sets.write_ask(ask_set=frozen, ask=ask, text="Autre", by=owner, now=NOW),
        lambda: sets.remove_ask(ask=ask, by=owner, now=NOW),
        lambda: sets.change_ask_set(ask_set=frozen, title="Autre", by=owner, now=NOW),
        lambda: sets.import_asks(ask_set=frozen, rows=sets.seed_asks().rows, by=owner, now=NOW),
        lambda: sets.freeze_ask_set(ask_set=frozen, by=owner, now=NOW),
    ):
        with pytest.raises(sets.AskSetRefused):
            act()
    with pytest.raises(DatabaseError), transaction.atomic():
        Ask.objects.filter(pk=ask.pk).update(text="Autre")
    assert frozen.text_sha256 == text_sha256(text_of(frozen))
    confirmed = sets.confirm_competence(ask=ask, confirmed_by="Service juridique", on=NOW.date(), mapping_note="", by=owner, now=NOW)
    assert confirmed.mapping_confirmed_on == NOW.date()
    assert text_sha256(text_of(AskSet.objects.get(pk=frozen.pk))) == frozen.text_sha256


def test_sending_is_refused_before_the_set_is_frozen(held):
    """Acceptance 7, second half."""
    space, owner = held
    made = draft_in(space, owner)
    [first, *_others] = lists_of(made, owner)
    with pytest.raises(sets.SendingRefused, match="Figez"):
        sets.send_to(ask_set=made, contestant=first, channel="email", sent_on=NOW.date(), by=owner, now=NOW)
    assert not Sending.objects.exists()


def test_two_texts_or_two_days_raise_an_alert_on_the_set(held, frozen):
    """Acceptance 7, first half: and nothing does while all got the same."""
    _space, owner = held
    first, second, third = lists_of(frozen, owner)
    sent_to_all(frozen, owner)
    assert alerts_of(lines_of(frozen)) == []
    Sending.objects.filter(contestant=second).update(text_sha256="0" * 64)
    Sending.objects.filter(contestant=third).update(sent_on=NOW.date() + dt.timedelta(days=1), channel="post")
    found = {one.kind: one.groups for one in alerts_of(lines_of(frozen))}
    assert set(found) == {"text", "day", "channel"}
    assert found["text"] == ((first.name, third.name), (second.name,))
    Sending.objects.filter(contestant=first).delete()
    assert {one.kind: one.groups for one in alerts_of(lines_of(frozen))}["missing"] == ((first.name,),)


def test_all_lists_are_sent_the_same_day_or_none_is(held, frozen, django_capture_on_commit_callbacks):
    _space, owner = held
    lists = lists_of(frozen, owner)
    sets.write_contestant(election=frozen.election, contestant=lists[1], name=lists[1].name, contact=sets.Contact(), by=owner, now=NOW)
    with pytest.raises(sets.SendingRefused, match="Ensemble"):
        sets.send_to_all(ask_set=frozen, by=owner, now=NOW)
    assert not Sending.objects.exists()
    sets.write_contestant(
        election=frozen.election,
        contestant=lists[1],
        name=lists[1].name,
        contact=sets.Contact(email="liste2@canari.example"),
        by=owner,
        now=NOW,
    )
    with django_capture_on_commit_callbacks(execute=True):
        tokens = sent_to_all(frozen, owner)
    assert sorted(one.to[0] for one in mail.outbox) == ["liste1@canari.example", "liste2@canari.example", "liste3@canari.example"]
    assert all(any(token in one.body for token in tokens.values()) for one in mail.outbox)
    assert not any(token in str(Sending.objects.values()) for token in tokens.values())
    with pytest.raises(sets.AskSetRefused, match="mêmes pour toutes"):
        sets.set_dates(ask_set=frozen, election=frozen.election, answer_deadline=dt.date(2026, 12, 19), by=owner, now=NOW)


def test_a_reminder_is_the_same_for_all_and_replaces_the_link(held, frozen, django_capture_on_commit_callbacks):
    _space, owner = held
    lists_of(frozen, owner)
    tokens = sent_to_all(frozen, owner)
    handed = find_sending(tokens["Ensemble"])
    sets.answer_by_link(sending=handed, replies=reply(frozen, L1="yes"), now=NOW)
    sets.hand_in(sending=handed, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        sets.remind_all(ask_set=frozen, by=owner, now=LATER - dt.timedelta(days=5))
    assert len(mail.outbox) == 2
    assert {tuple(one.reminders) for one in Sending.objects.all()} == {("2026-12-07",)}
    assert find_sending(tokens["Avant Sormont"]) is None
    assert find_sending(tokens["Ensemble"]) is not None
    with pytest.raises(sets.SendingRefused):
        sets.remind_all(ask_set=frozen, by=owner, now=LATER - dt.timedelta(days=5))


def test_a_list_that_did_not_answer_is_no_answer_and_never_a_no(held, frozen):
    """Acceptance 6: a no, a silence, a half-typed sheet that was never handed in."""
    _space, owner = held
    first, second, third = lists_of(frozen, owner)
    tokens = sent_to_all(frozen, owner)
    said = find_sending(tokens[first.name])
    sets.answer_by_link(sending=said, replies=reply(frozen, L1="no", L2="yes"), now=NOW)
    sets.hand_in(sending=said, now=NOW)
    sets.answer_by_link(sending=find_sending(tokens[second.name]), replies=reply(frozen, L1="yes"), now=NOW)
    assert sets.publish_answers(ask_set=frozen, by=owner, now=LATER) == 2
    rows = {row.ask.code: [answer.position if answer else None for _who, answer in row.said] for row in comparison_of(frozen).rows}
    assert rows["L1"] == ["no", None, None]
    assert rows["L2"] == ["yes", None, None]
    assert comparison_of(frozen).answered == 1
    assert [line.received for line in lines_of(frozen)] == [2, 0, 0]
    assert not Answer.objects.filter(position="no").exclude(contestant=first).exists()
    assert third.answers.count() == 0


def test_answers_are_handed_in_once_and_reopened_by_the_space_without_becoming_silence(held, frozen):
    _space, owner = held
    [first, *_others] = lists_of(frozen, owner)
    sending = find_sending(sent_to_all(frozen, owner)[first.name])
    with pytest.raises(sets.AnswerRefused):
        sets.hand_in(sending=sending, now=NOW)
    sets.answer_by_link(sending=sending, replies=reply(frozen, L1="yes_if"), now=NOW)
    sets.hand_in(sending=sending, now=NOW)
    with pytest.raises(sets.AnswerRefused):
        sets.answer_by_link(sending=sending, replies=reply(frozen, L1="no"), now=NOW)
    sets.reopen_reply(sending=sending, by=owner, now=NOW)
    sets.answer_by_link(sending=sending, replies=reply(frozen, L2="no"), now=NOW)
    sets.publish_answers(ask_set=frozen, by=owner, now=LATER)
    assert {one.ask.code: one.position for one in Answer.objects.filter(published_on__isnull=False)} == {"L1": "yes_if"}


def test_answers_are_published_all_at_once_after_the_deadline_and_late_ones_with_their_date(held, frozen):
    _space, owner = held
    first, second, _third = lists_of(frozen, owner)
    sent_to_all(frozen, owner)
    ask = frozen.asks.get(code="L1")
    did = {"ask": ask, "position": "partial", "verbatim": "Sur papier.", "by": owner}
    sets.type_answer(contestant=first, received_on=NOW.date(), now=NOW, **did)
    with pytest.raises(sets.AnswerRefused, match="10 décembre 2026"):
        sets.publish_answers(ask_set=frozen, by=owner, now=NOW)
    sets.publish_answers(ask_set=frozen, by=owner, now=LATER)
    late = sets.type_answer(contestant=second, received_on=LATER.date(), now=LATER, **did)
    sets.publish_answers(ask_set=AskSet.objects.get(pk=frozen.pk), by=owner, now=LATER + dt.timedelta(days=1))
    late.refresh_from_db()
    assert (late.is_late, late.published_on) == (True, LATER.date() + dt.timedelta(days=1))
    assert AskSet.objects.get(pk=frozen.pk).published_on == LATER.date()
    with pytest.raises(sets.AnswerRefused, match="publiée"):
        sets.type_answer(contestant=first, received_on=NOW.date(), now=LATER, **did)


def test_a_list_answers_until_the_evening_of_its_deadline_in_brussels(held, frozen):
    _space, owner = held
    [first, *_others] = lists_of(frozen, owner)
    sending = find_sending(sent_to_all(frozen, owner)[first.name])
    evening = dt.datetime(2026, 12, 10, 22, 59, tzinfo=dt.UTC)
    assert timezone.localtime(evening).date() == dt.date(2026, 12, 10)
    sets.answer_by_link(sending=sending, replies=reply(frozen, L1="yes"), now=evening)
    with pytest.raises(sets.AnswerRefused):
        sets.hand_in(sending=sending, now=evening + dt.timedelta(minutes=1))


def test_closing_the_phase_purges_contacts_and_keeps_public_answers(held, frozen):
    """Acceptance 10, second half."""
    space, owner = held
    first, second, _third = lists_of(frozen, owner)
    tokens = sent_to_all(frozen, owner)
    said = find_sending(tokens[first.name])
    sets.answer_by_link(sending=said, replies=reply(frozen, L1="yes"), now=NOW)
    sets.hand_in(sending=said, now=NOW)
    sets.answer_by_link(sending=find_sending(tokens[second.name]), replies=reply(frozen, L1="no"), now=NOW)
    proof = sets.keep_space_file(space=space, title="", upload_name="envoi.pdf", content=b"%PDF-1.7 canari", by=owner, now=NOW)
    sets.prove_sending(sending=said, proof=proof, by=owner, now=NOW)
    sets.publish_answers(ask_set=frozen, by=owner, now=LATER)
    assert sets.contact_of(Contestant.objects.get(pk=first.pk)).email == "liste1@canari.example"
    assert "canari" not in first.contact
    with pytest.raises(sets.AnswerRefused):
        sets.close_phase(election=frozen.election, installed_on=dt.date(2026, 12, 1), by=owner, now=AFTER)
    sets.close_phase(election=frozen.election, installed_on=dt.date(2026, 12, 28), by=owner, now=AFTER)
    assert set(Contestant.objects.values_list("contact", flat=True)) == {""}
    assert [find_sending(token) for token in tokens.values()] == [None, None, None]
    assert list(Answer.objects.values_list("position", "published_on")) == [("yes", LATER.date())]
    assert not SpaceFile.objects.exists()
    assert Sending.objects.count() == 3
    assert AskSet.objects.get(pk=frozen.pk).status == "closed"
    with pytest.raises(sets.ContestantRefused):
        sets.write_contestant(election=frozen.election, name="Tardive", by=owner, now=AFTER)


def test_what_a_space_does_is_in_its_own_journal_and_in_none_of_a_territory(held, frozen, territory):
    space, owner = held
    first, *_others = lists_of(frozen, owner)
    sending = find_sending(sent_to_all(frozen, owner)[first.name])
    sets.answer_by_link(sending=sending, replies=reply(frozen, L1="no"), now=NOW)
    sets.hand_in(sending=sending, now=NOW)
    lines = Entry.objects.filter(verb__startswith="commitments.")
    assert lines.count() >= 10
    assert not journal_of(territory).filter(verb__startswith="commitments.").exists()
    assert {(one.object_type, one.object_id) for one in lines} == {("commitments.space", str(space.pk))}
    kept = str([(one.object_label, one.fields, one.numbers) for one in lines])
    assert [word for word in ("Liste Canal", "Avant", "canari", "Mot pour mot", "'no'") if word in kept] == []


def test_a_space_keeps_an_owner_and_gives_its_roles_itself(held, alice, django_capture_on_commit_callbacks):
    space, owner = held
    only = space.memberships.get()
    with pytest.raises(sets.SpaceRefused, match="responsable"):
        sets.end_space_role(membership=only, by=owner, now=NOW)
    with pytest.raises(sets.SpaceRefused, match="Aucun compte"):
        sets.give_space_role(space=space, email="personne@example.org", role="editor", by=owner, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        sets.give_space_role(space=space, email="Alice@example.org ", role="owner", by=owner, now=NOW)
    assert mail.outbox[0].to == ["alice@example.org"]
    sets.end_space_role(membership=only, by=alice, now=NOW)
    assert [one.user for one in space.memberships.filter(ended_at=None)] == [alice]
