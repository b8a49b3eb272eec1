"""Collectives and meetings: who sits for which period, what a meeting must say to close, what decisions lead to."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from tissage.core.meetings import Lack, years_of_meetings
from tissage.network.models import ActionItem, CollectiveMembership, Meeting, Representative
from tissage.network.operations import collectives, decisions, meetings
from tissage.network.operations.organizations import add_person, change_person, create_organization
from tissage.network.queries.meetings import addressees_of, members_on, presences_of
from tissage.people.models import Entry

DAY = dt.date(2026, 11, 22)
START = dt.datetime(2026, 11, 20, 13, 0, tzinfo=dt.UTC)


@pytest.fixture
def did(erin, now):
    return {"by": erin, "now": now}


@pytest.fixture
def commission(territory, did):
    return collectives.create_collective(territory=territory, name="Commission", kind="commission", **did)


@pytest.fixture
def house(territory, did):
    return create_organization(territory=territory, name="Maison des jeunes", **did)


@pytest.fixture
def member(commission, house, did):
    return collectives.join_collective(collective=commission, organization=house, since=dt.date(2026, 1, 1), **did)


@pytest.fixture
def meeting(commission, member, did):
    return meetings.plan_meeting(collective=commission, starts_at=START, agenda="Budget", **did)


@pytest.fixture
def owed(house):
    return decisions.Owed("Envoyer la lettre", house, dt.date(2026, 12, 1))


def test_an_organisation_sits_once_at_a_time_and_may_come_back(commission, house, member, did):
    with pytest.raises(collectives.CollectiveRefused, match="siège déjà depuis le"):
        collectives.join_collective(collective=commission, organization=house, since=DAY, **did)
    collectives.leave_collective(membership=member, on=dt.date(2026, 6, 30), **did)
    with pytest.raises(collectives.CollectiveRefused, match="siégeait encore le"):
        collectives.join_collective(collective=commission, organization=house, since=dt.date(2026, 6, 30), **did)
    again = collectives.join_collective(collective=commission, organization=house, since=dt.date(2026, 7, 1), **did)
    assert [(one.since.month, one.status) for one in commission.memberships.order_by("since")] == [(1, "left"), (7, "active")]
    assert [one.pk for one in members_on(commission, dt.date(2026, 6, 30))] == [member.pk]
    assert [one.pk for one in members_on(commission, dt.date(2026, 7, 1))] == [again.pk]


def test_the_database_refuses_a_second_open_membership(commission, house, member):
    with pytest.raises(IntegrityError), transaction.atomic():
        CollectiveMembership.objects.create(collective=commission, organization=house, since=DAY)


def test_leaving_closes_the_seats_and_keeps_the_history(member, house, did):
    early, late = (add_person(organization=house, display_name=name, **did) for name in ("Agnès", "Basile"))
    collectives.take_seat(membership=member, person=early, kind="titular", since=dt.date(2026, 2, 1), **did)
    collectives.take_seat(membership=member, person=late, kind="substitute", since=dt.date(2026, 9, 1), **did)
    collectives.leave_collective(membership=member, on=dt.date(2026, 6, 30), **did)
    seats = Representative.objects.order_by("since").values_list("since", "until")
    assert list(seats) == [(dt.date(2026, 2, 1), dt.date(2026, 6, 30)), (dt.date(2026, 9, 1), dt.date(2026, 9, 1))]
    with pytest.raises(collectives.CollectiveRefused, match="déjà close"):
        collectives.leave_collective(membership=member, on=DAY, **did)
    with pytest.raises(collectives.CollectiveRefused, match="ne siège plus"):
        collectives.take_seat(membership=member, person=early, kind="titular", since=DAY, **did)


def test_a_function_that_ends_gives_its_seats_back(member, house, did):
    person = add_person(organization=house, display_name="Agnès", **did)
    seat = collectives.take_seat(membership=member, person=person, kind="titular", since=dt.date(2026, 2, 1), **did)
    with pytest.raises(collectives.CollectiveRefused, match="siège déjà"):
        collectives.take_seat(membership=member, person=person, kind="substitute", since=DAY, **did)
    change_person(person=person, ended_on=DAY, **did)
    seat.refresh_from_db()
    assert seat.until == DAY


def test_nobody_leaves_before_coming(member, did):
    with pytest.raises(collectives.CollectiveRefused, match="ne peut pas partir avant"):
        collectives.leave_collective(membership=member, on=dt.date(2025, 12, 31), **did)


def test_closing_needs_minutes_a_head_count_and_every_presence(meeting, house, did):
    with pytest.raises(meetings.CannotClose) as refused:
        meetings.close_meeting(meeting=meeting, **did)
    assert refused.value.lacks == (Lack.MINUTES, Lack.HEADS, Lack.PRESENCES)
    meetings.write_minutes(meeting=meeting, minutes="Dit.", seen="", visibility="team", **did)
    meetings.note_presences(meeting=meeting, states={house: "unknown"}, attendees_count=4, **did)
    with pytest.raises(meetings.CannotClose) as refused:
        meetings.close_meeting(meeting=meeting, **did)
    assert refused.value.lacks == (Lack.PRESENCES,)
    meetings.note_presences(meeting=meeting, states={house: "excused"}, attendees_count=0, **did)
    meetings.close_meeting(meeting=meeting, **did)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.closed_at, meeting.attendees_count) == ("held", did["now"], 0)


def test_a_meeting_to_come_does_not_close(commission, did):
    later = meetings.plan_meeting(collective=commission, starts_at=did["now"] + dt.timedelta(hours=1), minutes="Dit.", **did)
    meetings.note_presences(meeting=later, states={}, attendees_count=3, **did)
    with pytest.raises(meetings.CannotClose) as refused:
        meetings.close_meeting(meeting=later, **did)
    assert refused.value.lacks == (Lack.TO_COME,)


def test_only_those_who_sit_on_that_day_are_expected(territory, commission, meeting, member, did):
    gone, invited, to_come = (create_organization(territory=territory, name=name, **did) for name in ("Partie", "Invitée", "Future"))
    past = collectives.join_collective(collective=commission, organization=gone, since=dt.date(2025, 1, 1), **did)
    collectives.leave_collective(membership=past, on=dt.date(2026, 11, 19), **did)
    collectives.join_collective(collective=commission, organization=invited, since=dt.date(2026, 1, 1), status="invited", **did)
    collectives.join_collective(collective=commission, organization=to_come, since=dt.date(2026, 11, 21), **did)
    assert [one.organization.name for one in presences_of(meeting)] == ["Maison des jeunes"]


def closed(meeting, house, did):
    meetings.write_minutes(meeting=meeting, minutes="Dit.", seen="", visibility="team", **did)
    meetings.note_presences(meeting=meeting, states={house: "present"}, attendees_count=4, **did)
    meetings.close_meeting(meeting=meeting, **did)


def test_a_closed_meeting_changes_only_when_reopened_and_never_once_its_minutes_are_adopted(meeting, house, owed, did):
    closed(meeting, house, did)
    assert decisions.add_action_item(meeting=meeting, owed=owed, **did).status == "open"
    with pytest.raises(meetings.MeetingRefused, match="close"):
        meetings.change_meeting(meeting=meeting, place="Ailleurs", **did)
    with pytest.raises(decisions.DecisionRefused, match="Rouvrez-la"):
        decisions.write_decision(meeting=meeting, text="Trop tard", kind="information", **did)
    meetings.reopen_meeting(meeting=meeting, **did)
    meetings.close_meeting(meeting=meeting, **did)
    with pytest.raises(meetings.MeetingRefused, match="avant la réunion"):
        meetings.adopt_minutes(meeting=meeting, on=dt.date(2026, 11, 19), **did)
    meetings.adopt_minutes(meeting=meeting, on=DAY, **did)
    with pytest.raises(meetings.MeetingRefused, match="approuvé"):
        meetings.write_minutes(meeting=meeting, minutes="Autre", seen="Dit.", visibility="team", **did)
    with pytest.raises(meetings.MeetingRefused, match="approuvé"):
        meetings.reopen_meeting(meeting=meeting, **did)
    with pytest.raises(decisions.DecisionRefused, match="prochaine réunion"):
        decisions.add_action_item(meeting=meeting, owed=owed, **did)
    meeting.refresh_from_db()
    assert meeting.minutes == "Dit."


def test_two_people_writing_the_minutes_lose_nothing(meeting, did):
    meetings.write_minutes(meeting=meeting, minutes="De l’une.\r\nSuite.", seen="", visibility="team", **did)
    with pytest.raises(meetings.MinutesChanged) as refused:
        meetings.write_minutes(meeting=meeting, minutes="De l’autre.", seen="", visibility="team", **did)
    assert refused.value.theirs == "De l’une.\r\nSuite."
    meeting.refresh_from_db()
    assert meeting.minutes == "De l’une.\r\nSuite."
    meetings.write_minutes(meeting=meeting, minutes="Des deux.", seen="De l’une.\nSuite.", visibility="team", **did)


def test_a_cancelled_meeting_stays_and_may_be_planned_again(meeting, owed, did):
    meetings.cancel_meeting(meeting=meeting, **did)
    assert Meeting.objects.get().agenda == "Budget"
    for act in (
        lambda: meetings.call_meeting(meeting=meeting, **did),
        lambda: meetings.close_meeting(meeting=meeting, **did),
        lambda: decisions.add_action_item(meeting=meeting, owed=owed, **did),
    ):
        with pytest.raises((meetings.MeetingRefused, decisions.DecisionRefused), match="annulée"):
            act()
    meetings.restore_meeting(meeting=meeting, **did)
    assert meeting.status == "planned"


@pytest.mark.parametrize("kind", ["decision", "recommendation"])
def test_a_decision_says_who_does_what_or_why_nothing_is_to_be_done(kind, meeting, owed, did):
    with pytest.raises(decisions.NothingFollows):
        decisions.write_decision(meeting=meeting, text="Écrire", kind=kind, **did)
    first = decisions.write_decision(meeting=meeting, text="Écrire", kind=kind, owed=owed, vote="à l’unanimité", **did)
    second = decisions.write_decision(meeting=meeting, text="Attendre", kind=kind, no_action_reason="le décret n’est pas paru", **did)
    third = decisions.write_decision(meeting=meeting, text="Pour mémoire", kind="information", subjects=["Épicerie sociale"], **did)
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    assert first.action_items.get().due_on == dt.date(2026, 12, 1)
    assert third.subjects == [{"kind": "text", "label": "Épicerie sociale"}]
    with pytest.raises(decisions.NothingFollows):
        decisions.change_decision(decision=second, text="Attendre", kind=kind, vote="", no_action_reason="", subjects=[], **did)


def test_a_decision_written_by_mistake_goes_and_the_next_ones_move_up(meeting, did):
    made = [decisions.write_decision(meeting=meeting, text=text, kind="information", **did) for text in ("un", "deux", "trois")]
    decisions.remove_decision(decision=made[0], **did)
    assert list(meeting.decisions.values_list("number", "text")) == [(1, "deux"), (2, "trois")]


def test_moving_a_date_keeps_every_move_with_its_reason(meeting, owed, did):
    item = decisions.add_action_item(meeting=meeting, owed=owed, **did)
    for day in (5, 9):
        decisions.move_due_date(item=item, due_on=dt.date(2026, 12, day), why=f"motif {day}", **did)
    item.refresh_from_db()
    assert [(one.old.day, one.new.day, one.on, one.why) for one in item.moves] == [(1, 5, DAY, "motif 5"), (5, 9, DAY, "motif 9")]
    with pytest.raises(decisions.DecisionRefused, match="déjà la date"):
        decisions.move_due_date(item=item, due_on=dt.date(2026, 12, 9), why="rien", **did)
    decisions.finish_action_item(item=item, on=DAY, evidence="lettre partie", **did)
    with pytest.raises(decisions.DecisionRefused, match="ne bouge plus"):
        decisions.move_due_date(item=item, due_on=DAY, why="rien", **did)
    with pytest.raises(decisions.DecisionRefused, match="déjà close"):
        decisions.drop_action_item(item=item, on=DAY, why="rien", **did)
    decisions.reopen_action_item(item=item, **did)
    item.refresh_from_db()
    assert (item.status, item.closed_on, item.evidence, len(item.moves)) == ("open", None, "", 2)


def test_the_convocation_reaches_each_representative_alone(
    meeting, member, house, territory, commission, did, django_capture_on_commit_callbacks
):
    def seated(name, email="", kind="titular", **more):
        person = add_person(organization=house, display_name=name, email=email, **did)
        collectives.take_seat(membership=member, person=person, kind=kind, since=dt.date(2026, 2, 1), **did)
        return person

    seated("Agnès", "agnes@example.org")
    seated("Basile", "basile@example.org", "substitute")
    seated("Cléo")
    gone = seated("Denis", "denis@example.org")
    change_person(person=gone, ended_on=dt.date(2026, 10, 1), **did)
    alone = create_organization(territory=territory, name="Sans personne", **did)
    collectives.join_collective(collective=commission, organization=alone, since=dt.date(2026, 1, 1), **did)
    called = addressees_of(meeting)
    assert [one.name for one in called.reached] == ["Agnès", "Basile"]
    assert ([one.name for one in called.without_address], called.without_anybody) == (["Cléo"], ["Sans personne"])
    with django_capture_on_commit_callbacks(execute=True):
        assert meetings.call_meeting(meeting=meeting, **did) == 2
    assert sorted(letter.to for letter in mail.outbox) == [["agnes@example.org"], ["basile@example.org"]]
    [first, _second] = mail.outbox
    assert "Commission" in first.subject
    assert "Bonjour Agnès" in first.body
    assert "Basile" not in first.body
    assert "Budget" in first.body
    assert "14:00" in first.body  # the hour of the place, not of the server
    assert "http" not in first.body
    assert Meeting.objects.get().invited_at == did["now"]


def test_a_convocation_without_any_address_is_refused(meeting, did):
    with pytest.raises(meetings.MeetingRefused, match="adresse"):
        meetings.call_meeting(meeting=meeting, **did)


def test_the_journal_names_no_person_and_holds_no_words(meeting, member, house, did):
    person = add_person(organization=house, display_name="Canari", email="canari@example.org", **did)
    collectives.take_seat(membership=member, person=person, kind="titular", since=DAY, **did)
    owed = decisions.Owed("Canari écrit", house, DAY, person)
    decision = decisions.write_decision(meeting=meeting, text="texte canari", kind="decision", vote="canari", owed=owed, **did)
    item = ActionItem.objects.get()
    decisions.move_due_date(item=item, due_on=dt.date(2026, 12, 24), why="canari", **did)
    decisions.drop_action_item(item=item, on=DAY, why="canari", **did)
    decisions.change_decision(decision=decision, text="canari", kind="decision", vote="", no_action_reason="", subjects=["canari"], **did)
    meetings.change_meeting(meeting=meeting, place="chez Canari", **did)
    meetings.write_minutes(meeting=meeting, minutes="canari", seen="", visibility="team", **did)
    meetings.call_meeting(meeting=Meeting.objects.create(collective=meeting.collective, starts_at=did["now"]), **did)
    kept = [(one.verb, one.object_label, one.fields, one.numbers) for one in Entry.objects.all()]
    assert len(kept) > 10
    assert [one for one in kept if "canari" in str(one).lower()] == []
    assert "network.write_decision" in {one[0] for one in kept}


def test_years_say_which_ones_had_too_few_meetings_and_never_the_one_that_runs():
    held = [dt.date(2024, 3, 1), dt.date(2025, 3, 1), dt.date(2025, 9, 1)]
    years = years_of_meetings(held, 2, dt.date(2023, 5, 1), DAY)
    assert years == [(2026, 0, False), (2025, 2, False), (2024, 1, True), (2023, 0, True)]
    assert years_of_meetings([], None, None, DAY) == [(2026, 0, False)]
    assert years_of_meetings(held, None, None, DAY)[-1] == (2024, 1, False)
