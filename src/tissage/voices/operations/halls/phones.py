"""Phones of a hall: coming in (not journalled), being set aside and taken back by the facilitator."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext

from tissage.core.hall import MOST_PHONES, is_token
from tissage.core.tokens import hash_token
from tissage.people.models import User
from tissage.people.operations import record
from tissage.voices.models import Batch, Expression, Hall, Phone
from tissage.voices.operations.changes import change_criterion, move_expressions, open_batch

from .counting import lock_with_criteria
from .rounds import locked_hall


class JoinRefused(ValueError):
    """This phone does not come in; the message says why."""


class DoorClosed(JoinRefused):
    def __init__(self) -> None:
        super().__init__(gettext("La porte est fermée : cet atelier n’accueille plus de nouveau téléphone."))


class HallFull(JoinRefused):
    def __init__(self) -> None:
        super().__init__(gettext("Cette salle est pleine : demandez à la personne qui anime."))


class NoPhonesHere(JoinRefused):
    def __init__(self) -> None:
        super().__init__(gettext("Ici, c’est la personne qui anime qui écrit : dites-lui vos idées."))


class BadToken(JoinRefused):
    """Not what our page makes on a device, or already used in another hall."""

    def __init__(self) -> None:
        super().__init__(gettext("Ce téléphone n’a pas pu entrer. Rechargez la page, puis recommencez."))


def join(*, hall: Hall, token: str, language: str, now: dt.datetime, from_token: str = "") -> Phone:
    """Lets a phone in; asked again with the same token, gives the same phone and notes its language.

    `from_token` is the token of the person before on a shared device: a device that is in stays in when the door is closed.
    Raises `WorkshopClosed`, `DoorClosed`, `HallFull`, `NoPhonesHere`, `BadToken`.
    """
    if not is_token(token):
        raise BadToken
    try:
        return _join(hall, token, language, now, from_token)
    except IntegrityError:  # the same phone knocked twice at once, or at two doors
        return _join(hall, token, language, now, from_token)


@transaction.atomic
def _join(hall: Hall, token: str, language: str, now: dt.datetime, from_token: str) -> Phone:
    here = locked_hall(hall.pk)
    spoken = language if language in here.languages else next(iter(here.languages), "fr")
    phone = Phone.objects.filter(token_hash=hash_token(token)).first()
    if phone is not None:
        if phone.hall_id != here.pk:
            raise BadToken
        if phone.language != spoken:
            phone.language = spoken
            phone.save(update_fields=["language"])
        return phone
    if here.mode == Hall.Mode.FACILITATOR:
        raise NoPhonesHere
    before = Phone.objects.filter(hall=here, token_hash=hash_token(from_token)).exists() if from_token else False
    if here.door_closed_at is not None and not before:
        raise DoorClosed
    last = Phone.objects.filter(hall=here).aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_PHONES:
        raise HallFull
    return Phone.objects.create(hall=here, token_hash=hash_token(token), number=last + 1, language=spoken, joined_at=now, seen_at=now)


@transaction.atomic
def set_phone_aside(*, phone: Phone, by: User, now: dt.datetime) -> Phone:
    """The cards of this phone, and those to come, leave every screen and their criteria. Nothing is deleted; it can be taken back.

    A criterion that only this phone's words held is withdrawn: see `lock_with_criteria` for the order of the locks.
    """
    here = Phone.objects.select_for_update(of=("self",)).select_related("hall__workshop__territory").get(pk=phone.pk)
    if here.set_aside_at is not None:
        return here
    words, criteria = lock_with_criteria(Expression.objects.filter(phone=here).order_by("pk"))
    here.set_aside_at = now
    here.save(update_fields=["set_aside_at"])
    attached = [item for item in words if item.criterion_id is not None]
    if attached:
        territory = here.hall.workshop.territory
        label = gettext("Fiches du téléphone %(number)s mises de côté") % {"number": here.number}
        batch = open_batch(territory=territory, kind=Batch.Kind.EDIT, label=label, by=by, now=now)
        for pk, criterion in sorted(criteria.items()):
            left = criterion.expression_count - sum(item.criterion_id == pk for item in attached)
            change_criterion(batch=batch, criterion=criterion, expression_count=max(left, criterion.imported_count))
            if left < 1:
                criterion.withdrawn_at, criterion.withdrawn_by, criterion.withdrawn_reason = now, by, label
                criterion.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        move_expressions(batch=batch, expressions=attached, to=None)
    Expression.objects.filter(pk__in=[item.pk for item in words]).update(set_aside_at=now)
    _record("voices.set_phone_aside", here, len(words), by, now)
    return here


@transaction.atomic
def take_phone_back(*, phone: Phone, by: User, now: dt.datetime) -> Phone:
    """The cards of this phone are seen again. Those that stood in a criterion come back loose: the group gathers them anew."""
    here = Phone.objects.select_for_update(of=("self",)).select_related("hall__workshop__territory").get(pk=phone.pk)
    if here.set_aside_at is None:
        return here
    here.set_aside_at = None
    here.save(update_fields=["set_aside_at"])
    back = Expression.objects.filter(phone=here, set_aside_at__isnull=False).update(set_aside_at=None)
    _record("voices.take_phone_back", here, back, by, now)
    return here


def _record(verb: str, phone: Phone, cards: int, by: User, now: dt.datetime) -> None:
    """The journal names the workshop and the number shown on the conductor's screen: neither outlives it as a device."""
    workshop = phone.hall.workshop
    record(verb=verb, by=by, territory=workshop.territory, on=workshop, numbers={"phone": phone.number, "cards": cards}, now=now)
