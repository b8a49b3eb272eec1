"""Trainings by head count, qualifications that expire and are kept; conflicts of interest; what association staff read of their collectives."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.network.labels import DAY, staff_of
from tissage.core.meetings import relances
from tissage.core.on_the_agenda import is_on_the_agenda
from tissage.network.models import ActionItem, Organization, Qualification
from tissage.network.operations import collectives, conflicts, decisions, meetings, trainings
from tissage.network.queries.conflicts import conflicts_on_the_agenda
from tissage.network.queries.trainings import qualifications_of
from tissage.people.operations import send_reminders

ROOT = "/territoires/sormont/reseau/"
START = dt.datetime(2026, 11, 20, 13, 0, tzinfo=dt.UTC)
SAID = "Le refuge ouvre en mars"


@pytest.fixture
def did(erin, now):
    return {"by": erin, "now": now}


@pytest.fixture
def training(territory, did):
    return trainings.create_training(territory=territory, title="Accueillir", gives_qualification=True, valid_months=12, **did)


@pytest.fixture
def session(training, did):
    return trainings.plan_session(training=training, held_on=dt.date(2025, 11, 22), place="", **did)


@pytest.fixture
def network(territory, chantecler, did):
    """A collective where Chantecler and another sit since January."""
    made = collectives.create_collective(territory=territory, name="Réseau", objectives=["Ne laisser personne seul"], **did)
    other = Organization.objects.create(territory=territory, name="Autre maison")
    for one in (chantecler, other):
        collectives.join_collective(collective=made, organization=one, since=dt.date(2026, 1, 1), **did)
    return made


def held_meeting(network, did, visibility="members", agenda="Subventions 2027 : le refuge"):
    """A meeting that was held and closed, and what two organisations owe after it."""
    meeting = meetings.plan_meeting(collective=network, starts_at=START, agenda=agenda, **did)
    members = [one.organization for one in network.memberships.select_related("organization").order_by("organization__search")]
    for one in members:
        owed = decisions.Owed(f"À faire par {one.name}", one, dt.date(2026, 12, 1))
        decisions.write_decision(meeting=meeting, text=f"Décidé pour {one.name}", kind="decision", owed=owed, **did)
    meetings.write_minutes(meeting=meeting, minutes=SAID, seen="", visibility=visibility, **did)
    meetings.note_presences(meeting=meeting, states=dict.fromkeys(members, "present"), attendees_count=4, **did)
    meetings.close_meeting(meeting=meeting, **did)
    return meeting


def test_a_session_counts_heads_once_and_gives_a_qualification_that_ends(session, chantecler, did):
    trainings.note_attendance(session=session, organization=chantecler, headcount=3, **did)
    again = trainings.note_attendance(session=session, organization=chantecler, headcount=4, **did)
    assert (session.attendances.count(), again.headcount) == (1, 4)
    given = Qualification.objects.get()
    assert (given.granted_on, given.expires_on, given.person) == (dt.date(2025, 11, 22), dt.date(2026, 11, 22), None)
    eve, day = (qualifications_of(one, organizations=[chantecler.pk]) for one in (DAY - dt.timedelta(days=1), DAY))
    assert ([one.is_in_force for one in eve], [one.is_in_force for one in day]) == ([True], [False])


def test_an_expired_qualification_is_kept_and_shown_as_expired(session, training, chantecler, petra, did, as_user):
    Qualification.objects.create(organization=chantecler, training=training, granted_on=dt.date(2020, 1, 1), expires_on=dt.date(2021, 1, 1))
    page = as_user(petra).get(f"{ROOT}formations/{training.pk}/").content.decode()
    assert "expirée le 1" in page
    assert "2021" in page


def test_nobody_follows_a_session_to_come_or_cancelled(training, chantecler, did):
    later = trainings.plan_session(training=training, held_on=DAY + dt.timedelta(days=1), place="", **did)
    with pytest.raises(trainings.TrainingRefused, match="pas encore eu lieu"):
        trainings.note_attendance(session=later, organization=chantecler, headcount=1, **did)
    trainings.cancel_session(session=later, **did)
    with pytest.raises(trainings.TrainingRefused, match="annulée"):
        trainings.note_attendance(session=later, organization=chantecler, headcount=1, **did)


def test_a_session_that_was_followed_is_not_cancelled(session, chantecler, did):
    trainings.note_attendance(session=session, organization=chantecler, headcount=1, **did)
    with pytest.raises(trainings.TrainingRefused, match="Des personnes"):
        trainings.cancel_session(session=session, **did)


def test_an_organisation_reads_its_own_attendance_and_no_other(session, training, network, petra, chantecler, did, as_user):
    other = Organization.objects.get(name="Autre maison")
    for one, heads in ((chantecler, 3), (other, 41)):
        trainings.note_attendance(session=session, organization=one, headcount=heads, **did)
    page = as_user(petra).get(f"{ROOT}formations/{training.pk}/").content.decode()
    assert ("Autre maison" in page, "41" in page, "Chantecler" in page) == (False, False, True)
    assert as_user(petra).get(f"{ROOT}formations/seances/{session.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("subject", "agenda", "expected"),
    [
        ("Subvention du refuge", "1. Budget\n2. SUBVENTIONS 2027 : le Refuge", True),
        ("École des Écureuils", "Visite de l’ecole des ecureuils", True),
        ("Location de la salle des fêtes", "Subventions 2027", False),
        ("le de", "le de la", False),
        ("Refuge", "", False),
    ],
)
def test_a_subject_is_found_on_the_agenda_by_its_words(subject, agenda, expected):
    assert is_on_the_agenda(subject, agenda) is expected


def test_the_chair_sees_a_conflict_when_its_subject_comes_and_while_it_lasts(network, chantecler, did, erin, alice, petra, as_user):
    meeting = meetings.plan_meeting(collective=network, starts_at=START, agenda="Subventions : le refuge", **did)
    member = network.memberships.get(organization=chantecler)
    told = {"membership": member, "handled_how": "se retire du vote"}
    mine = conflicts.declare_conflict(subject="Subvention du refuge", declared_on=dt.date(2026, 2, 1), **told, **did)
    conflicts.declare_conflict(subject="Location de la salle", declared_on=dt.date(2026, 2, 1), **told, **did)
    conflicts.declare_conflict(subject="Le refuge, plus tard", declared_on=dt.date(2026, 11, 21), **told, **did)
    url = f"{ROOT}reunions/{meeting.pk}/"
    assert [one.subject for one in conflicts_on_the_agenda(meeting)] == ["Subvention du refuge"]
    assert "se retire du vote" in as_user(erin).get(url).content.decode()
    assert "se retire du vote" not in as_user(alice).get(url).content.decode()
    with pytest.raises(conflicts.ConflictRefused, match="avant"):
        conflicts.end_conflict(conflict=mine, on=dt.date(2026, 1, 31), **did)
    conflicts.end_conflict(conflict=mine, on=dt.date(2026, 11, 19), **did)
    assert conflicts_on_the_agenda(meeting) == []
    assert "Subvention du refuge" in as_user(erin).get(f"{ROOT}collectifs/{network.pk}/conflits/").content.decode()


def test_a_member_declares_its_own_conflict_and_another_never_reads_it(network, petra, chantecler, now, as_user):
    url = f"{ROOT}mes-collectifs/{network.pk}/"
    member = network.memberships.get(organization=chantecler)
    other = network.memberships.get(organization__name="Autre maison")
    said = {"subject": "Bail du refuge", "handled_how": "", "declared_on": "2026-11-20"}
    client = as_user(petra)
    assert client.post(f"{url}conflits/nouveau/", {**said, "membership": other.pk}).status_code == 200
    assert (member.conflicts.count(), other.conflicts.count()) == (0, 0)
    client.post(f"{url}conflits/nouveau/", {**said, "membership": member.pk})
    assert "Bail du refuge" in client.get(url).content.decode()
    neighbour = as_user(staff_of(Organization.objects.get(name="Autre maison"), "Nadia", now))
    assert "Bail du refuge" not in neighbour.get(url).content.decode()
    conflict = member.conflicts.get()
    assert neighbour.get(f"{url}conflits/{conflict.pk}/fin/").status_code == 404
    client.post(f"{url}conflits/{conflict.pk}/fin/", {"on": "2026-11-22"})
    conflict.refresh_from_db()
    assert conflict.until == DAY


@pytest.mark.parametrize(("visibility", "reads"), [("members", True), ("public", True), ("team", False)])
def test_a_member_reads_decisions_and_the_minutes_that_are_for_members(visibility, reads, network, petra, did, as_user):
    meeting = held_meeting(network, did, visibility)
    page = as_user(petra).get(f"{ROOT}mes-collectifs/{network.pk}/reunions/{meeting.pk}/").content.decode()
    assert ("Décidé pour Chantecler" in page, SAID in page) == (True, reads)


def test_a_meeting_that_is_not_closed_shows_a_member_its_agenda_alone(network, petra, did, as_user):
    meeting = meetings.plan_meeting(collective=network, starts_at=START, agenda="Point secret de rien", minutes=SAID, **did)
    meetings.write_minutes(meeting=meeting, minutes=SAID, seen=SAID, visibility="members", **did)
    decisions.write_decision(meeting=meeting, text="Pas encore dit", kind="information", **did)
    page = as_user(petra).get(f"{ROOT}mes-collectifs/{network.pk}/reunions/{meeting.pk}/").content.decode()
    assert ("Point secret" in page, SAID in page, "Pas encore dit" in page) == (True, False, False)


def test_a_member_closes_what_it_owes_with_what_shows_it_and_nothing_of_another(network, petra, did, as_user):
    held_meeting(network, did)
    mine, theirs = (ActionItem.objects.get(owner__name=name) for name in ("Chantecler", "Autre maison"))
    client, url = as_user(petra), f"{ROOT}mes-collectifs/{network.pk}/"
    page = client.get(url).content.decode()
    assert ("À faire par Chantecler" in page, "À faire par Autre maison" in page, "Ne laisser personne seul" in page) == (True, False, True)
    done = {"on": "2026-11-21", "evidence": "lettre envoyée"}
    assert client.post(f"{url}suites/{theirs.pk}/faite/", done).status_code == 404
    assert "obligatoire" in client.post(f"{url}suites/{mine.pk}/faite/", {**done, "evidence": ""}).content.decode()
    client.post(f"{url}suites/{mine.pk}/faite/", done)
    assert set(ActionItem.objects.values_list("owner__name", "status")) == {("Chantecler", "done"), ("Autre maison", "open")}


WHO_SITS = {"petra": 200, "left": 404, "invited": 404, "elsewhere": 404, "erin": 404, "carl": 404, "dora": 404}


@pytest.mark.parametrize("who", WHO_SITS)
def test_who_reads_a_collective_as_a_member(who, request, network, petra, territory, did, now, as_user):
    gone, invited, outside = (Organization.objects.create(territory=territory, name=name) for name in ("Partie", "Invitée", "Hors réseau"))
    past = collectives.join_collective(collective=network, organization=gone, since=dt.date(2025, 1, 1), **did)
    collectives.leave_collective(membership=past, on=dt.date(2026, 6, 1), **did)
    collectives.join_collective(collective=network, organization=invited, since=dt.date(2026, 1, 1), status="invited", **did)
    houses = {"left": gone, "invited": invited, "elsewhere": outside}
    user = staff_of(houses[who], "Zoé", now) if who in houses else request.getfixturevalue(who)
    assert as_user(user).get(f"{ROOT}mes-collectifs/{network.pk}/").status_code == WHO_SITS[who]


@pytest.mark.parametrize("count", [1, 3])
def test_pages_of_members_and_trainings_cost_the_same_with_one_and_with_three(
    count, territory, chantecler, petra, erin, did, as_user, nobody_downstream
):
    for number in range(count):
        made = collectives.create_collective(territory=territory, name=f"Réseau {number}", **did)
        training = trainings.create_training(territory=territory, title=f"Formation {number}", gives_qualification=True, **did)
    for number in range(count):
        one = Organization.objects.create(territory=territory, name=f"Membre {number}")
        collectives.join_collective(collective=made, organization=one, since=dt.date(2026, 1, 1), **did)
        session = trainings.plan_session(training=training, held_on=DAY, place="", **did)
    collectives.join_collective(collective=made, organization=chantecler, since=dt.date(2026, 1, 1), **did)
    for number in range(count):
        held_meeting(made, did)
        member = made.memberships.get(organization=chantecler)
        conflicts.declare_conflict(membership=member, subject=f"Refuge {number}", declared_on=DAY, handled_how="", **did)
        one = Organization.objects.get(name=f"Membre {number}")
        trainings.note_attendance(session=session, organization=one, headcount=1, **did)
    counted = {
        (petra, "mes-collectifs/"): 9,
        (petra, f"mes-collectifs/{made.pk}/"): 14,
        (erin, "formations/"): 7,
        (erin, f"formations/{training.pk}/"): 10,
        (erin, f"formations/seances/{session.pk}/"): 7,
        (erin, f"collectifs/{made.pk}/conflits/"): 6,
    }
    asked = {}
    for who, url in counted:
        client = as_user(who)
        client.get(ROOT + url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(ROOT + url).status_code == 200
        asked[who, url] = len(queries)
    assert asked == counted


@pytest.fixture
def only_owed(settings, monkeypatch):
    from tissage.config.slots import SLOTS

    monkeypatch.setitem(SLOTS, "todo", ["tissage.network.slots.todo.todo_action_items"])


@pytest.mark.usefixtures("only_owed")
def test_an_owner_is_told_four_times_then_it_stops_and_the_coordination_is_told(
    network, petra, erin, did, settings, monkeypatch, django_capture_on_commit_callbacks
):
    """Weeks 0, 2, 4 and 6 after the day, each once; then the coordinator reads that it is hers to take up, once too."""
    due_on = dt.date(2026, 1, 5)  # a Monday
    meeting = meetings.plan_meeting(collective=network, starts_at=START, **did)
    owner = Organization.objects.get(name="Chantecler")
    decisions.add_action_item(meeting=meeting, owed=decisions.Owed("Appeler le bailleur", owner, due_on), **did)
    told = {"petra@example.org": [], "erin@example.org": []}
    day = due_on - dt.timedelta(days=20)
    while day < due_on + dt.timedelta(days=120):
        monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None, day=day: day)
        with django_capture_on_commit_callbacks(execute=True):
            send_reminders(now=dt.datetime.combine(day, dt.time(8), tzinfo=dt.UTC))
        for letter in mail.outbox:
            told[letter.to[0]].append((day, "rappelée quatre fois" in letter.body))
        mail.outbox.clear()
        day += dt.timedelta(days=1)
    assert told["petra@example.org"] == [(one, False) for one in relances(due_on)]
    last = relances(due_on)[-1]
    assert [one for one in told["erin@example.org"] if one[0] >= last] == [(last, True)]
