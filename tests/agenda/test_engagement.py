"""Engagement as it is gathered and shown: by what happened, to the coordination and the organisation itself, in no order but the alphabet's."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.network.labels import staff_of
from tissage.agenda.models import Activity, ActivityPartner, Occurrence, OccurrenceReport
from tissage.agenda.queries.engagement import engagement_of_members, engagement_of_organizations
from tissage.core.engagement import Level
from tissage.network.models import ActionItem, Collective, Meeting, Organization, Presence, Training, TrainingAttendance, TrainingSession
from tissage.network.operations.collectives import join_collective, leave_collective

ROOT = "/territoires/sormont/reseau/"
SAID = "Participation sur un an"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def network(territory):
    return Collective.objects.create(territory=territory, name="Réseau")


@pytest.fixture
def join(network, erin, now, today):
    def sit(organization, days=400):
        since = today - dt.timedelta(days=days)
        return join_collective(collective=network, organization=organization, since=since, by=erin, now=now)

    return sit


def met(network, day, **states):
    """A meeting held on a day, with what each organisation (by name) did."""
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(14)))
    meeting = Meeting.objects.create(collective=network, starts_at=at, status="held", attendees_count=3, closed_at=at)
    for name, state in states.items():
        Presence.objects.create(meeting=meeting, organization=Organization.objects.get(name=name), state=state)
    return meeting


def held_activity(organization, day, now, *, held="yes", partner=None, sensitivity="normal"):
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(18)))
    activity = Activity.objects.create(
        territory=organization.territory, title="Atelier", neutral_title="Rencontre", type="workshop", lead=organization,
        moderation="accepted", sensitivity=sensitivity, created_at=now, modified_at=now,
    )  # fmt: skip
    occurrence = Occurrence.objects.create(activity=activity, starts_at=at, ends_at=at + dt.timedelta(hours=2), modified_at=now)
    OccurrenceReport.objects.create(activity=activity, occurrence=occurrence, held=held, reason="pluie", filled_at=now, changed_at=now)
    if partner is not None:
        ActivityPartner.objects.create(activity=activity, organization=partner)
    return activity


def level_of(network, day, name="Chantecler"):
    return next(one.level for one in engagement_of_members(network, day) if one.membership.organization.name == name)


def test_a_member_of_a_collective_that_did_not_meet_is_never_lowered_by_absence(network, chantecler, join, today, now):
    """Acceptance 5: two years of silence of the collective are not the member's."""
    join(chantecler, days=900)
    met(network, today - dt.timedelta(days=700), Chantecler="absent")
    assert level_of(network, today) == Level.OCCASIONAL
    held_activity(chantecler, today - dt.timedelta(days=30), now)
    session = TrainingSession.objects.create(
        training=Training.objects.create(territory=network.territory, title="T"), held_on=today - dt.timedelta(days=60)
    )
    TrainingAttendance.objects.create(session=session, organization=chantecler, headcount=2)
    [asleep] = engagement_of_members(network, today)
    assert (asleep.level, asleep.signals.presence, asleep.collective_met) == (Level.ACTIVE, None, False)
    met(network, today - dt.timedelta(days=3), Chantecler="absent")
    assert level_of(network, today) == Level.ACTIVE


def test_silence_counts_once_the_collective_met(network, chantecler, join, today):
    join(chantecler, days=900)
    met(network, today - dt.timedelta(days=10), Chantecler="absent")
    assert level_of(network, today) == Level.LOST_CONTACT
    met(network, today - dt.timedelta(days=200), Chantecler="excused")
    assert level_of(network, today) == Level.DORMANT
    met(network, today - dt.timedelta(days=100), Chantecler="present")
    assert level_of(network, today) == Level.OCCASIONAL


def test_what_is_counted_is_of_the_window_of_the_membership_and_was_held(network, chantecler, territory, join, today, now):
    other = Organization.objects.create(territory=territory, name="Autre")
    join(chantecler, days=200)
    join(other, days=200)
    met(network, today - dt.timedelta(days=300), Chantecler="absent")  # before it sat
    meeting = met(network, today - dt.timedelta(days=90), Chantecler="present", Autre="present")
    met(network, today - dt.timedelta(days=60), Chantecler="excused")
    met(network, today - dt.timedelta(days=30), Chantecler="absent")
    held_activity(chantecler, today - dt.timedelta(days=20), now, partner=other)
    held_activity(chantecler, today - dt.timedelta(days=19), now, held="no")
    held_activity(chantecler, today - dt.timedelta(days=250), now)
    for shift, status, closed in ((-40, "done", -41), (-39, "done", -38), (-10, "open", None), (+10, "open", None), (-9, "dropped", -9)):
        ActionItem.objects.create(
            meeting=meeting, text="x", owner=chantecler, status=status, due_on=today + dt.timedelta(days=shift),
            closed_on=today + dt.timedelta(days=closed) if closed else None,
        )  # fmt: skip
    autre, mine = engagement_of_members(network, today)
    facts = mine.facts
    assert (facts.meetings, facts.present, facts.excused, facts.activities) == (3, 1, 1, 1)
    assert (facts.items_due, facts.items_on_time, facts.trainings, mine.level) == (3, 1, 0, Level.ACTIVE)
    assert (autre.facts.activities, autre.facts.present, autre.facts.items_due) == (1, 1, 0)


def test_who_left_or_waits_is_no_member_and_the_order_is_the_alphabet(network, territory, join, today, erin, now):
    names = ["Zèbre", "Abeille", "Écureuil", "Partie"]
    rows = {name: join(Organization.objects.create(territory=territory, name=name), days=100) for name in names}
    met(network, today - dt.timedelta(days=9), Zèbre="present", Abeille="absent")
    leave_collective(membership=rows["Partie"], on=today, by=erin, now=now)
    assert [one.membership.organization.name for one in engagement_of_members(network, today)] == ["Abeille", "Écureuil", "Zèbre"]


WHO_READS = {
    # who: (on the collective's page, on the organisation's page, on the page of its member)
    "erin": (True, True, None),
    "paul": (True, True, None),
    "alice": (False, False, None),
    "bob": (False, False, None),
    "fiona": (False, False, None),
    "petra": (None, None, True),
    "carl": (None, None, None),
    "mona": (None, None, None),
    "dora": (None, None, None),
}


@pytest.mark.parametrize("who", WHO_READS)
def test_who_reads_how_members_take_part(who, request, network, chantecler, join, as_user, today):
    """None: the page itself does not exist for them."""
    join(chantecler)
    client = as_user(request.getfixturevalue(who))
    pages = [f"collectifs/{network.pk}/", f"{chantecler.pk}/", f"mes-collectifs/{network.pk}/"]
    answers = [client.get(ROOT + page) for page in pages]
    seen = tuple(None if one.status_code == 404 else SAID in one.content.decode() for one in answers)
    assert seen == WHO_READS[who]
    assert SAID not in as_user(None).get(ROOT + pages[0], follow=True).content.decode()


def test_a_member_reads_its_own_line_and_not_that_of_its_neighbour(network, chantecler, petra, territory, join, as_user, today, now):
    neighbour = Organization.objects.create(territory=territory, name="Voisine")
    join(chantecler)
    join(neighbour, days=900)
    met(network, today - dt.timedelta(days=9), Chantecler="present", Voisine="absent")
    page = as_user(petra).get(f"{ROOT}mes-collectifs/{network.pk}/").content.decode()
    part = page[page.index(SAID) :]
    part = part[: part.index("</section>")]
    assert ("Chantecler" in part, "Voisine" in part, "contact perdu</span>" in part) == (True, False, False)
    theirs = as_user(staff_of(neighbour, "Nadia", now)).get(f"{ROOT}mes-collectifs/{network.pk}/").content.decode()
    assert "contact perdu</span>" in theirs


def test_a_collective_that_sleeps_is_said_to_instead_of_blaming_its_members(network, chantecler, join, erin, as_user, today):
    join(chantecler, days=900)
    page = as_user(erin).get(f"{ROOT}collectifs/{network.pk}/").content.decode()
    assert "n’a encore tenu aucune réunion : les présences ne disent rien" in page
    met(network, today - dt.timedelta(days=500), Chantecler="absent")
    assert "ne s’est pas réuni depuis le" in as_user(erin).get(f"{ROOT}collectifs/{network.pk}/").content.decode()
    met(network, today - dt.timedelta(days=5), Chantecler="present")
    assert "ne s’est pas réuni" not in as_user(erin).get(f"{ROOT}collectifs/{network.pk}/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_gathering_costs_the_same_for_one_and_for_three(count, network, territory, join, today, now):
    names = [f"Membre {number}" for number in range(count)]
    for name in names:
        one = Organization.objects.create(territory=territory, name=name)
        join(one)
        held_activity(one, today - dt.timedelta(days=20), now)
    for number in range(count):
        met(network, today - dt.timedelta(days=9 + number), **dict.fromkeys(names, "present"))
    for act in (lambda: engagement_of_members(network, today), lambda: engagement_of_organizations([one.pk], today)):
        with CaptureQueriesContext(connection) as queries:
            assert len(act()) >= 1
        assert len(queries) == 7
