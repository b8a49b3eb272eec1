"""Reminders: one letter a day at most, everything grouped, to whoever wants it."""

import datetime as dt

import pytest
from django.core import mail

from tissage.people.models import Reminder
from tissage.people.operations import choose_reminders, send_reminders
from tissage.people.todo import TodoLine

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 7, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def waiting(monkeypatch, erin):
    """What waits for Erin; nobody else has anything."""
    lines = [
        TodoLine("Relire le canevas", "/un/", MONDAY.date() - DAY),
        TodoLine("Envoyer la convocation", "/deux/", MONDAY.date() + 3 * DAY),
        TodoLine("Clore l’année", "/trois/", MONDAY.date() + 40 * DAY),
        TodoLine("Un jour peut-être", "/quatre/"),
    ]
    monkeypatch.setattr("tissage.people.operations.reminders.collect", lambda request: lines if request.user == erin else [])
    return lines


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    def act(now=MONDAY):
        with django_capture_on_commit_callbacks(execute=True):
            return send_reminders(now=now)

    return act


def test_everything_with_a_date_comes_in_one_letter(waiting, send, alice):
    assert send() == 1
    [letter] = mail.outbox
    assert letter.to == ["erin@example.org"]
    assert letter.subject == "Tissage · 3 choses vous attendent"
    assert "EN RETARD · pour le 22 novembre 2026" in letter.body
    assert "Clore l’année" in letter.body
    assert "Un jour peut-être" not in letter.body
    assert "/profil/" in letter.body
    assert (Reminder.objects.get().lines, Reminder.objects.get().sent_on) == (3, MONDAY.date())


def test_a_second_run_the_same_day_sends_nothing_even_when_the_list_grew(waiting, send):
    send()
    waiting.append(TodoLine("Une chose de plus", "/cinq/", MONDAY.date()))
    assert send(MONDAY + dt.timedelta(hours=1)) == 0
    assert len(mail.outbox) == 1


def test_the_same_list_waits_a_week_and_another_list_leaves_the_next_day(waiting, send):
    send()
    assert send(MONDAY + DAY) == 0
    waiting.append(TodoLine("Une chose de plus", "/cinq/", MONDAY.date()))
    assert send(MONDAY + 2 * DAY) == 1
    assert send(MONDAY + 3 * DAY) == 0
    assert send(MONDAY + 9 * DAY) == 1


def test_nothing_leaves_while_nothing_is_near_nor_at_the_weekend(waiting, send):
    assert send(MONDAY - 2 * DAY) == 0
    del waiting[:2]
    assert send() == 0
    assert not Reminder.objects.exists()


def test_whoever_declined_or_left_receives_nothing(waiting, send, erin):
    choose_reminders(user=erin, wanted=False)
    assert send() == 0
    choose_reminders(user=erin, wanted=True)
    erin.is_active = False
    erin.save()
    assert send() == 0


def test_the_letter_speaks_the_language_of_the_account(waiting, send, erin):
    erin.language = "en"
    erin.save()
    send()
    assert "November" in mail.outbox[0].body


def test_every_provider_answers_a_reminder_as_it_answers_the_page(erin, send):
    """The real providers, with a request that holds nothing but who asks."""
    assert send() == 0


def test_old_reminders_are_forgotten(waiting, send, erin):
    Reminder.objects.create(user=erin, sent_on=MONDAY.date() - 200 * DAY, lines=1, digest="x")
    send()
    assert list(Reminder.objects.values_list("sent_on", flat=True)) == [MONDAY.date()]


def test_reminders_are_declined_and_asked_again_on_the_profile(as_user, erin):
    client = as_user(erin)
    client.post("/profil/", {"reminders": "no"})
    erin.refresh_from_db()
    assert not erin.wants_reminders
    assert "Vous ne recevez aucun rappel" in client.get("/profil/").content.decode()
    client.post("/profil/", {"reminders": "yes"})
    erin.refresh_from_db()
    assert erin.wants_reminders
    assert erin.name == "Erin"


@pytest.mark.parametrize(("hour", "sent"), [(5, 0), (6, 1), (7, 1), (8, 0), (21, 0)])
def test_the_schedule_sends_in_the_morning_of_the_town(waiting, hour, sent):
    """November: one hour ahead of universal time."""
    from tissage.config.schedule import remind_in_the_morning

    assert remind_in_the_morning(now=MONDAY.replace(hour=hour)) == sent
