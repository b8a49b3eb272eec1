"""Registrations without a name: what they hold, who sees them, and that they go (`agenda.md` §4, §10)."""

from __future__ import annotations

import datetime as dt
import logging
import re

import pytest
from django.core import mail
from django.db import connection

from tests.agenda.campaigns import activity_of, date_of, moment, open_to_strangers
from tissage.agenda.models import Occurrence, Registration, SchoolBooking
from tissage.agenda.operations import activities, occurrences, registrations, school_bookings
from tissage.agenda.queries.registrations import expected, pupils_by_level, registered_heads
from tissage.agenda.queries.sealed import email_of
from tissage.config.schedule import SCHEDULE
from tissage.people.models import Entry

PSEUDONYM, EMAIL, NEEDS = "Zéphyr des Glaïeuls", "quelquun@courrier.example", "un siège près de la porte bleue"


@pytest.fixture
def evening(territory, chantecler, erin, now):
    return date_of(activity_of(territory, chantecler, erin, now), erin, now)


@pytest.fixture
def quiet_evening(territory, chantecler, erin, now):
    """A sensitive date: a monthly group."""
    hidden = {"sensitivity": "sensitive", "neutral_title": "Rencontre du mardi", "title": "Groupe migration et asile LGBTQIA+"}
    activity = activity_of(territory, chantecler, erin, now, type="discussion_group", description="Secret du groupe", **hidden)
    return date_of(activity, erin, now, room="salle cachée du deuxième")


def confirmed(occurrence, now, **given) -> Registration:
    made, _token = registrations.register(occurrence=occurrence, now=now, **given)
    registrations.confirm_registration(registration=made, now=now)
    return made


def test_the_tables_of_those_who_come_have_no_column_for_a_name():
    people = {field.name for field in Registration._meta.get_fields()}
    expected_columns = {"id", "occurrence", "kind", "pseudonym", "email", "headcount", "needs", "state", "token_hash", "made_at"}
    assert people == {*expected_columns, "delete_after"}
    named = {field.name for field in SchoolBooking._meta.get_fields() if "name" in field.name}
    assert named == {"school_name"}


def test_words_are_sealed_in_the_table_and_read_back_by_the_lead(evening, now):
    made = confirmed(evening, now, pseudonym=PSEUDONYM, email=EMAIL, needs=NEEDS, headcount=2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT email, needs FROM agenda_registration")
        stored = cursor.fetchall()
    assert all(EMAIL not in cell and NEEDS not in cell for row in stored for cell in row)
    assert (email_of(made), expected(evening).lines, expected(evening).heads) == (EMAIL, ((made, NEEDS),), 2)


def test_a_sensitive_date_draws_the_pseudonym_and_keeps_nothing_free(quiet_evening, now):
    made, _token = registrations.register(occurrence=quiet_evening, now=now, pseudonym=PSEUDONYM, needs=NEEDS)
    assert re.fullmatch(r"[a-zéèêç]+ [a-zéèêçî]+", made.pseudonym)
    assert made.pseudonym != PSEUDONYM
    assert (made.needs, made.delete_after) == ("", dt.date(2027, 5, 25))


def test_an_activity_that_becomes_sensitive_forgets_what_people_had_written(evening, erin, now):
    made = confirmed(evening, now, pseudonym=PSEUDONYM, needs=NEEDS)
    change = {"sensitivity": "sensitive", "neutral_title": "Rencontre"}
    activities.change_activity(activity=evening.activity, by=erin, now=now, **change)
    made.refresh_from_db()
    assert (made.pseudonym == PSEUDONYM, made.needs, made.delete_after) == (False, "", dt.date(2027, 5, 25))


def test_an_address_counts_once_its_button_is_pressed_and_not_by_opening_the_link(
    evening, territory, client, now, django_capture_on_commit_callbacks
):
    open_to_strangers(territory)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/inscription/{evening.uuid}/", {"headcount": 1, "email": EMAIL, "pseudonym": PSEUDONYM})
    made = Registration.objects.get()
    link = re.search(r"/inscription/place/\S+/", mail.outbox[0].body)[0]
    assert client.get(link).status_code == 200
    assert client.head(link).status_code == 200
    made.refresh_from_db()
    assert made.state == "pending"
    client.post(f"{link}geste/", {"act": "confirm"})
    client.post(f"{link}geste/", {"act": "confirm"})
    made.refresh_from_db()
    assert (made.state, mail.outbox[0].to) == ("confirmed", [EMAIL])


def test_places_run_out_the_list_waits_and_moves_up(territory, chantecler, erin, now, mailoutbox, django_capture_on_commit_callbacks):
    evening = date_of(activity_of(territory, chantecler, erin, now), erin, now, capacity=3)
    two = confirmed(evening, now, headcount=2)
    large = confirmed(evening, now + dt.timedelta(seconds=1), headcount=2, email=EMAIL)
    one = confirmed(evening, now + dt.timedelta(seconds=2))
    assert (two.state, large.state, one.state) == ("confirmed", "waitlist", "waitlist")
    with django_capture_on_commit_callbacks(execute=True):
        registrations.give_up_place(registration=two, now=now)
    states = [Registration.objects.get(pk=each.pk).state for each in (two, large, one)]
    assert states == ["cancelled", "confirmed", "confirmed"]
    assert [letter.to for letter in mailoutbox] == [[EMAIL]]
    registrations.take_place_back(registration=two, now=now)
    assert Registration.objects.get(pk=two.pk).state == "waitlist"


def test_the_private_link_shows_changes_gives_back_and_erases(evening, territory, client, now):
    open_to_strangers(territory)
    answer = client.post(f"/inscription/{evening.uuid}/", {"headcount": 1, "pseudonym": PSEUDONYM})
    link = answer["Location"]
    assert PSEUDONYM in client.get(link).content.decode()
    client.post(f"{link}geste/", {"act": "change", "headcount": 4, "pseudonym": "Autre", "needs": NEEDS})
    made = Registration.objects.get()
    assert (made.headcount, made.kind, made.pseudonym) == (4, "group", "Autre")
    client.post(f"{link}geste/", {"act": "give_up"})
    assert Registration.objects.get().state == "cancelled"
    client.post(f"{link}geste/", {"act": "take_back"})
    assert Registration.objects.get().state == "confirmed"
    assert client.get(f"{link}effacer/").status_code == 200
    assert Registration.objects.count() == 1
    client.post(f"{link}effacer/")
    assert Registration.objects.count() == 0
    assert client.get(link).status_code == 404


def test_one_day_after_its_time_nothing_of_a_registrant_is_left_anywhere(
    evening, erin, now, caplog, capfd, mailoutbox, django_capture_on_commit_callbacks
):
    caplog.set_level(logging.DEBUG)
    other_date = date_of(evening.activity, erin, now, day=dt.date(2027, 6, 15))
    with django_capture_on_commit_callbacks(execute=True):
        confirmed(evening, now, pseudonym=PSEUDONYM, email=EMAIL, needs=NEEDS, headcount=3)
        kept = confirmed(other_date, now, pseudonym="Reste là", email="reste@courrier.example")
        occurrences.cancel_occurrence(occurrence=evening, by=erin, now=now)
    occurrences.restore_occurrence(occurrence=evening, by=erin, now=now)
    registrations.forget_registrations(now=moment(4, day=dt.date(2027, 6, 17)))
    assert Registration.objects.count() == 2  # the last day is still its own
    [act] = [act for act in SCHEDULE if act.name == "forget registrations whose day has come"]
    act.run(moment(4, day=dt.date(2027, 6, 18)))
    assert list(Registration.objects.all()) == [kept]
    evening.refresh_from_db()
    assert (evening.registered_count, registered_heads(evening)) == (3, 3)
    dump = _everything_in_the_base()
    printed = "".join(capfd.readouterr()) + caplog.text
    for secret in (PSEUDONYM, EMAIL, NEEDS):
        assert secret not in dump
        assert secret not in printed
    assert "Reste là" in dump  # the same search finds what is there
    assert EMAIL in [to for letter in mailoutbox for to in letter.to]


def _everything_in_the_base() -> str:
    cells = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith(("agenda_", "people_", "django_", "tissage")):
                cursor.execute(f'SELECT * FROM "{table}"')
                cells += [str(cell) for row in cursor.fetchall() for cell in row]
    return "\n".join(cells)


def test_a_refused_letter_leaves_no_address_in_the_log(evening, now, caplog, monkeypatch, django_capture_on_commit_callbacks):
    def refuse(*args, **kwargs):
        raise OSError(f"550 no such mailbox {EMAIL}")

    monkeypatch.setattr("tissage.agenda.operations.letters.send_mail", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        registrations.register(occurrence=evening, now=now, pseudonym=PSEUDONYM, email=EMAIL)
    assert "did not leave: OSError" in caplog.text
    assert EMAIL not in caplog.text


def test_nothing_of_a_registrant_enters_the_journal(evening, now):
    before = Entry.objects.count()
    made = confirmed(evening, now, pseudonym=PSEUDONYM, email=EMAIL)
    registrations.change_registration(registration=made, now=now, headcount=2, pseudonym="Autre")
    registrations.give_up_place(registration=made, now=now)
    registrations.delete_registration(registration=made, now=now)
    assert Entry.objects.count() == before


@pytest.mark.parametrize("mode", ["none", "external", "light", "school"])
def test_a_screening_takes_no_registration_whatever_its_settings(territory, chantecler, erin, now, client, mode):
    open_to_strangers(territory)
    hidden = {"sensitivity": "sensitive", "neutral_title": "Permanence santé"}
    activity = activity_of(territory, chantecler, erin, now, type="screening_test", title="Dépistage rapide", **hidden)
    date = date_of(activity, erin, now, registration_mode=mode, registration_url="https://ailleurs.example/")
    assert date.registration_mode == "none"
    Occurrence.objects.filter(pk=date.pk).update(
        registration_mode=mode, registration_url="https://ailleurs.example/"
    )  # a setting forced in the base changes nothing
    date.refresh_from_db()
    with pytest.raises(registrations.RegistrationRefused):
        registrations.register(occurrence=date, now=now)
    school = {"school_name": "Athénée", "level": "primary", "class_count": 1, "pupils_count": 20, "contact_function": "direction"}
    with pytest.raises(registrations.RegistrationRefused):
        school_bookings.book_classes(occurrence=date, contact_email=EMAIL, now=now, **school)
    page = client.post(f"/inscription/{date.uuid}/", {"headcount": 1, **school, "contact_email": EMAIL}).content.decode()
    assert "<form" not in page
    assert Registration.objects.count() == SchoolBooking.objects.count() == 0


def test_a_school_gives_counts_and_a_list_of_names_is_refused(territory, chantecler, petra, erin, now, client, as_user):
    open_to_strangers(territory)
    activity = activity_of(territory, chantecler, erin, now, type="philo_workshop", title="Atelier philo", audience=("eleves-primaire",))
    date = date_of(activity, erin, now)
    assert date.registration_mode == "school"  # pupils never register by themselves
    asked = {"school_name": "École du Centre", "level": "primary", "class_count": 2, "pupils_count": 41, "contact_function": "direction"}
    asked |= {"contact_email": EMAIL, "remark": "Amina Diallo\nNoé Lambert\nZoé Petit\nSacha Maes"}
    page = client.post(f"/inscription/{date.uuid}/", asked).content.decode()
    assert "liste de noms" in page
    assert SchoolBooking.objects.count() == 0
    answer = client.post(f"/inscription/{date.uuid}/", asked | {"remark": "Une élève en fauteuil."})
    booking = SchoolBooking.objects.get()
    assert answer.status_code == 302
    assert EMAIL not in booking.contact_email
    answered = as_user(petra).post(f"/territoires/sormont/campagnes/dates/{date.uuid}/ecoles/{booking.pk}/", {"act": "confirm"})
    assert answered.status_code == 302
    assert pupils_by_level(date) == {"primary": 41}
    registrations.forget_registrations(now=moment(4, day=dt.date(2027, 6, 18)))
    booking.refresh_from_db()
    assert (booking.contact_email, booking.contact_function, booking.remark) == ("", "", "")
    assert pupils_by_level(date) == {"primary": 41}


def test_only_the_people_of_the_lead_see_who_is_expected(
    evening, now, as_user, petra, erin, alice, bob, paul, fiona, carl, mona, dora, charlie
):
    confirmed(evening, now, pseudonym=PSEUDONYM)
    url = f"/territoires/sormont/campagnes/dates/{evening.uuid}/inscriptions/"
    assert PSEUDONYM in as_user(petra).get(url).content.decode()
    others = (erin, alice, bob, paul, fiona, carl, mona, dora, charlie)
    assert {person.name: as_user(person).get(url).status_code for person in others} == {person.name: 404 for person in others}


def test_a_stranger_registers_where_strangers_may_and_nowhere_else(territory, chantecler, erin, now, client):
    accepted = date_of(activity_of(territory, chantecler, erin, now), erin, now)
    waiting = date_of(activity_of(territory, chantecler, erin, now, accepted=False, title="En attente"), erin, now)
    invited = date_of(activity_of(territory, chantecler, erin, now, visibility="by_invitation"), erin, now)
    assert client.get(f"/inscription/{accepted.uuid}/").status_code == 404  # the territory is for its members
    open_to_strangers(territory)
    answers = [client.get(f"/inscription/{date.uuid}/").status_code for date in (accepted, waiting, invited)]
    assert answers == [200, 404, 404]


def test_forms_at_rest_take_nothing_and_say_so(evening, territory, erin, now, client):
    from django.utils import timezone

    from tissage.network.models import FormsPause

    open_to_strangers(territory)
    today = timezone.now()
    week = dt.timedelta(days=7)
    FormsPause.objects.create(territory=territory, since=today - week, until=today + week, reason="Attaque en cours.", by=erin)
    page = client.post(f"/inscription/{evening.uuid}/", {"headcount": 1, "pseudonym": PSEUDONYM}).content.decode()
    assert "en pause" in page
    assert "Attaque en cours." in page
    assert Registration.objects.count() == 0


def test_a_sensitive_page_says_neither_title_nor_words_nor_room(quiet_evening, territory, chantecler, client, erin, now):
    from tissage.network.operations.places import add_place

    where = {"name": "Maison cachée", "street": "rue Haute 12", "address_visibility": "public", "public_area_label": "centre de Sormont"}
    place = add_place(organization=chantecler, by=erin, now=now, **where)
    occurrences.change_occurrence(occurrence=quiet_evening, by=erin, now=now, place=place)
    open_to_strangers(territory)
    page = client.get(f"/inscription/{quiet_evening.uuid}/").content.decode()
    assert "Rencontre du mardi" in page
    assert "centre de Sormont" in page
    assert "noindex" in page
    for secret in ("migration", "Secret du groupe", "salle cachée", "rue Haute", "Maison cachée", 'name="needs"', 'name="pseudonym"'):
        assert secret not in page
    answer = client.post(f"/inscription/{quiet_evening.uuid}/", {"headcount": 1})
    assert "salle cachée" in client.get(answer["Location"]).content.decode()  # the room is in the confirmation only
