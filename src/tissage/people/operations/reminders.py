"""Reminders: what « À faire » holds for a person, in one letter a day at most, to whoever did not decline them."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone, translation

from tissage.people.mail import send_letter
from tissage.people.models import Membership, Reminder, User
from tissage.people.todo import TodoLine, collect

SOON = dt.timedelta(days=7)
"""A letter leaves when something is late or due within a week; it then holds everything that has a date."""
SAME_AGAIN = dt.timedelta(days=7)
"""The same list is not sent again before a week."""
CALL_LASTS = dt.timedelta(days=7)
"""A line that says its days calls a letter during a week from each, once."""
KEPT = dt.timedelta(days=90)


def send_reminders(*, now: dt.datetime) -> int:
    """Sends each person their letter of the day, Monday to Friday; gives how many were sent. Run again the same day, it sends none."""
    today = timezone.localdate(now)
    Reminder.objects.filter(sent_on__lt=today - KEPT).delete()
    if today.weekday() > 4:
        return 0
    told = Reminder.objects.filter(sent_on=today).values("user")
    known = Membership.objects.open().values("user")
    users = User.objects.filter(is_active=True, wants_reminders=True, pk__in=known).exclude(pk__in=told).order_by("pk")
    return sum(_remind(user, today) for user in users)


def _remind(user: User, today: dt.date) -> bool:
    with translation.override(user.language or settings.LANGUAGE_CODE):
        lines = [line for line in collect(_request_of(user)) if _is_in_letters(line, today)]
    if not any(_calls(line, user, today) for line in lines):
        return False
    digest = _digest(lines)
    if Reminder.objects.filter(user=user, digest=digest, sent_on__gt=today - SAME_AGAIN).exists():
        return False
    try:
        with transaction.atomic():
            Reminder.objects.create(user=user, sent_on=today, lines=len(lines), digest=digest)
            shown = [(line, line.is_late(today)) for line in lines]
            send_letter("reminder", to=user.email, language=user.language, lines=shown, count=len(lines), today=today)
    except IntegrityError:  # another process wrote to this person meanwhile
        return False
    return True


def _is_in_letters(line: TodoLine, today: dt.date) -> bool:
    return line.due_on is not None and (not line.calls or today < line.calls[-1] + CALL_LASTS)


def _calls(line: TodoLine, user: User, today: dt.date) -> bool:
    """Whether a line asks for a letter today: near or late, or one of its own days came and no letter has left since."""
    if not line.calls:
        return line.due_on is not None and line.due_on <= today + SOON
    reached = [day for day in line.calls if day <= today < day + CALL_LASTS]
    return bool(reached) and not Reminder.objects.filter(user=user, sent_on__gte=max(reached)).exists()


def _request_of(user: User) -> HttpRequest:
    """What the providers of « À faire » read of a request: who asks."""
    request = HttpRequest()
    request.method, request.path, request.user = "GET", "/", user
    return request


def _digest(lines: list[TodoLine]) -> str:
    return hashlib.sha256("\n".join(f"{line.due_on}|{line.url}|{line.text}" for line in lines).encode()).hexdigest()


def choose_reminders(*, user: User, wanted: bool) -> User:
    """A taste, not an act: it is not journalled."""
    user.wants_reminders = wanted
    user.save(update_fields=["wants_reminders"])
    return user
