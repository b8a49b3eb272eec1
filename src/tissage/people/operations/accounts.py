"""Accounts: opening one, the name a person goes by, the language of their screens, a lost second factor."""

from __future__ import annotations

import datetime as dt

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tissage.people.mail import send_letter
from tissage.people.models import Territory, User

from .journal import record


class NoSecondFactor(Exception):
    def __init__(self) -> None:
        super().__init__(_("Ce compte n’a pas de deuxième facteur : il n’y a rien à réinitialiser."))


class NotYourOwnSecondFactor(Exception):
    def __init__(self) -> None:
        super().__init__(
            _("Vous ne pouvez pas réinitialiser votre propre deuxième facteur : demandez-le à une autre personne de la coordination.")
        )


@transaction.atomic
def create_account(*, email: str, name: str, password: str | None = None, now: dt.datetime, by: User | None = None) -> User:
    user = User.objects.create_user(email=email, name=name, password=password)
    record(verb="people.create_account", by=by, territory=None, on=user, now=now)
    return user


@transaction.atomic
def change_name(*, user: User, name: str, now: dt.datetime) -> User:
    """The name a person goes by, from now on and on every line already written."""
    user.name = name.strip()
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name"])
    record(verb="people.change_name", by=user, territory=None, on=user, fields=["name"], now=now)
    return user


def choose_language(*, user: User, language: str) -> User:
    """A taste, not an act: it is not journalled."""
    if language not in dict(settings.LANGUAGES):
        raise ValueError(language)
    user.language = language
    user.save(update_fields=["language"])
    return user


@transaction.atomic
def reset_second_factor(*, user: User, now: dt.datetime, by: User | None, territory: Territory | None = None) -> int:
    """Takes away application, passkeys and recovery codes, and tells the person by mail. Gives how many means were removed.

    `by` is another coordinator of `territory`, or None on the console.
    """
    if by is not None and by.pk == user.pk:
        raise NotYourOwnSecondFactor
    removed, _rows = Authenticator.objects.filter(user_id=user.pk).delete()
    if not removed:
        raise NoSecondFactor
    record(verb="people.reset_second_factor", by=by, territory=territory, on=user, now=now)
    send_letter("second_factor_reset", to=user.email, language=user.language, by=by, territory=territory, person=user, at=now)
    return int(removed)
