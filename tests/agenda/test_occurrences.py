"""Dates: what a calendar learns of them, and who is told (`agenda.md` §8.2, §10)."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.agenda.campaigns import DAY, activity_of, date_of, moment
from tissage.agenda.models import Activity, Occurrence
from tissage.agenda.operations import activities, occurrences, registrations
from tissage.agenda.queries.activities import cancelled_for_feeds, same_day

EMAILS = ["un@courrier.example", "deux@courrier.example"]


@pytest.fixture
def evening(territory, chantecler, erin, now):
    """A date where two persons are expected, and one waits for its own button."""
    date = date_of(activity_of(territory, chantecler, erin, now), erin, now)
    for email in EMAILS:
        made, _token = registrations.register(occurrence=date, email=email, now=now)
        registrations.confirm_registration(registration=made, now=now)
    registrations.register(occurrence=date, email="jamais@courrier.example", now=now)
    return date


def test_a_cancelled_date_keeps_its_uid_rises_and_tells_each_registrant_once(
    evening, erin, now, mailoutbox, django_capture_on_commit_callbacks
):
    uid, before = evening.uuid, evening.sequence
    with django_capture_on_commit_callbacks(execute=True):
        occurrences.cancel_occurrence(occurrence=evening, by=erin, now=now)
        occurrences.cancel_occurrence(occurrence=Occurrence.objects.get(pk=evening.pk), by=erin, now=now)
    evening.refresh_from_db()
    assert (evening.uuid, evening.status, evening.sequence) == (uid, "cancelled", before + 1)
    assert evening.cancelled_at is not None
    assert evening.activity.moderation == "accepted"
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted(EMAILS)
    assert all("Annulé" in letter.subject for letter in mailoutbox)


def test_a_moved_date_keeps_what_it_was_and_its_registrations_follow_its_clock(
    evening, erin, now, mailoutbox, django_capture_on_commit_callbacks
):
    later = dt.date(2027, 5, 20)
    with django_capture_on_commit_callbacks(execute=True):
        occurrences.move_occurrence(occurrence=evening, starts_at=moment(19, day=later), ends_at=moment(21, day=later), by=erin, now=now)
    evening.refresh_from_db()
    assert (evening.previous_start, evening.status, evening.sequence) == (moment(18), "rescheduled", 1)
    assert set(evening.registrations.values_list("delete_after", flat=True)) == {later + dt.timedelta(days=30)}
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted(EMAILS)
    occurrences.move_occurrence(occurrence=evening, starts_at=moment(18), ends_at=moment(20), by=erin, now=now)
    assert (evening.previous_start, evening.status, evening.sequence) == (None, "scheduled", 2)


def test_letters_of_a_sensitive_date_have_a_neutral_subject(
    territory, chantecler, erin, now, mailoutbox, django_capture_on_commit_callbacks
):
    hidden = {"sensitivity": "sensitive", "neutral_title": "Rencontre du mardi", "title": "Groupe trans", "type": "discussion_group"}
    date = date_of(activity_of(territory, chantecler, erin, now, **hidden), erin, now)
    with django_capture_on_commit_callbacks(execute=True):
        made, _token = registrations.register(occurrence=date, email=EMAILS[0], now=now)
        registrations.confirm_registration(registration=made, now=now)
        occurrences.postpone_occurrence(occurrence=date, by=erin, now=now, note="la salle du groupe trans est prise")
    words = " ".join(letter.subject + letter.body for letter in mailoutbox)
    assert len(mailoutbox) == 2
    assert "rendez-vous" in mailoutbox[1].subject
    assert "Rencontre" not in mailoutbox[1].subject
    assert "trans" not in words


@pytest.mark.parametrize(
    ("change", "rises"), [({"room": "Salle 2"}, 1), ({"attendance_mode": "mixed"}, 1), ({"capacity": 12}, 0), ({"room": ""}, 0)]
)
def test_the_number_rises_for_what_a_calendar_says_and_for_nothing_else(territory, chantecler, erin, now, change, rises):
    date = date_of(activity_of(territory, chantecler, erin, now), erin, now)
    occurrences.change_occurrence(occurrence=date, by=erin, now=now, **change)
    date.refresh_from_db()
    assert date.sequence == rises


def test_a_new_title_rises_every_date_and_a_hidden_one_rises_none(territory, chantecler, erin, now):
    activity = activity_of(territory, chantecler, erin, now)
    date = date_of(activity, erin, now)
    activities.change_activity(activity=activity, by=erin, now=now, title="Ciné-débat du mardi")
    date.refresh_from_db()
    assert date.sequence == 1
    activities.change_activity(activity=activity, by=erin, now=now, sensitivity="sensitive", neutral_title="Rencontre")
    activities.change_activity(activity=activity, by=erin, now=now, title="Un titre que personne ne lit")
    date.refresh_from_db()
    assert date.sequence == 2


def test_what_is_refused_after_publication_is_cancelled_in_calendars(evening, erin, now, mailoutbox, django_capture_on_commit_callbacks):
    activity = Activity.objects.get(pk=evening.activity_id)
    with django_capture_on_commit_callbacks(execute=True):
        activities.refuse_activity(activity=activity, note="Hors du cadre", by=erin, now=now)
    evening.refresh_from_db()
    assert (evening.status, evening.sequence, cancelled_for_feeds(evening, activity)) == ("scheduled", 1, True)
    assert {to for letter in mailoutbox for to in letter.to} >= set(EMAILS)
    activities.reconsider(activity=activity, by=erin, now=now)
    activities.accept_activity(activity=activity, by=erin, now=now)
    evening.refresh_from_db()
    assert (evening.sequence, cancelled_for_feeds(evening, activity)) == (2, False)


def test_a_series_keeps_its_local_hour_through_the_change_of_time(territory, chantecler, erin, now):
    activity = activity_of(territory, chantecler, erin, now)
    first = dt.date(2027, 3, 23)
    times = {"starts_at": moment(18, day=first), "ends_at": moment(20, day=first)}
    weekly = occurrences.repeat_occurrence(activity=activity, every="weekly", times=3, by=erin, now=now, **times)
    assert [one.starts_at for one in weekly] == [moment(18, day=first + dt.timedelta(weeks=n)) for n in range(3)]
    assert weekly[0].starts_at.utcoffset() != weekly[1].starts_at.utcoffset()


def test_a_date_says_what_else_is_for_the_same_people_that_day(territory, chantecler, erin, now):
    def another(title, audience, hour, *, day=DAY, **details):
        return date_of(
            activity_of(territory, chantecler, erin, now, title=title, audience=audience, **details), erin, now, hour=hour, day=day
        )

    mine = another("La mienne", ("professionnels",), 14)
    another("Tout près", ("professionnels", "presse"), 17)
    another("Le matin", ("professionnels",), 9)
    another("Pour tout le monde", ("tous-publics",), 20)
    another("D’autres gens", ("eleves-primaire",), 14)
    another("Le lendemain", ("professionnels",), 14, day=DAY + dt.timedelta(days=1))
    another("À soi", ("professionnels",), 14, visibility="private")
    another("Groupe secret", ("professionnels",), 15, sensitivity="sensitive", neutral_title="Rencontre")
    cancelled = another("Annulée", ("professionnels",), 14)
    occurrences.cancel_occurrence(occurrence=cancelled, by=erin, now=now)
    found = same_day(mine, ["professionnels"], territory)
    assert [(one.title, one.is_near) for one in found] == [
        ("Rencontre", True),
        ("Tout près", True),
        ("Le matin", False),
        ("Pour tout le monde", False),
    ]


def test_a_published_date_is_cancelled_never_taken_away(evening, erin, now):
    with pytest.raises(occurrences.OccurrenceRefused):
        occurrences.remove_occurrence(occurrence=evening, by=erin, now=now)
    assert Occurrence.objects.filter(pk=evening.pk).exists()


def test_the_form_of_a_date_says_while_one_chooses_what_else_is_there(territory, chantecler, erin, petra, now, as_user):
    date_of(activity_of(territory, chantecler, erin, now, title="Déjà là", audience=("professionnels",)), erin, now)
    mine = activity_of(territory, chantecler, erin, now, title="La mienne", audience=("professionnels",), accepted=False)
    here = f"/territoires/sormont/campagnes/activites/{mine.pk}"
    assert as_user(petra).get(f"{here}/dates/ajouter/").status_code == 200
    asked = {"day": "2027-05-18", "begins": "19:00", "ends": "21:00"}
    part = as_user(petra).get(f"{here}/dates/autour/", asked).content.decode()
    assert "Déjà là" in part
    assert "à moins de deux heures" in part
    assert "Rien d’autre" in as_user(petra).get(f"{here}/dates/autour/", asked | {"day": "2027-05-19"}).content.decode()
    assert as_user(petra).get(f"{here}/dates/autour/", {"day": ""}).content.decode().strip() == ""
    given = asked | {"attendance_mode": "on_site", "registration_mode": "none", "every": "", "times": ""}
    as_user(petra).post(f"{here}/dates/ajouter/", given)
    date = mine.occurrences.get()
    assert "Déjà là" in as_user(petra).get(f"{here}/").content.decode()
    moved = {"day": "2027-05-20", "begins": "19:00", "ends": "21:00", "note": ""}
    as_user(petra).post(f"/territoires/sormont/campagnes/dates/{date.uuid}/deplacer/", moved)
    date.refresh_from_db()
    assert (date.status, date.sequence) == ("rescheduled", 1)
    as_user(petra).post(f"/territoires/sormont/campagnes/dates/{date.uuid}/annuler/", {"note": "Trop peu de monde"})
    date.refresh_from_db()
    assert (date.status, date.status_note, date.sequence) == ("cancelled", "Trop peu de monde", 2)
    as_user(petra).post(f"/territoires/sormont/campagnes/dates/{date.uuid}/etat/", {"act": "restore"})
    date.refresh_from_db()
    assert (date.status, date.sequence) == ("rescheduled", 3)
