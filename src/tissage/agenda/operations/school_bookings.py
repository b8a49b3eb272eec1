"""Classes that a school books: counts only. The contact leaves with its day, the figures by level stay for the report."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from tissage.agenda.models import Occurrence, SchoolBooking
from tissage.agenda.queries.sealed import email_of, seal
from tissage.core.name_lists import looks_like_names
from tissage.core.tokens import TOKEN_BYTES, hash_token
from tissage.people.models import User
from tissage.people.operations import record

from .letters import write_quietly
from .registrations import RegistrationRefused, forget_day, own_page, refuse_unless_open

State = SchoolBooking.State
NO_NAMES = "school_name", "contact_function", "remark"


class LooksLikeNames(RegistrationRefused):
    """A field holds what looks like a list of names; `field` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(_("Ceci ressemble à une liste de noms. Aucun nom d’élève ici : seulement des nombres."))
        self.field = field


@transaction.atomic
def book_classes(
    *,
    occurrence: Occurrence,
    school_name: str,
    level: str,
    class_count: int,
    pupils_count: int,
    contact_function: str,
    contact_email: str,
    now: dt.datetime,
    remark: str = "",
) -> tuple[SchoolBooking, str]:
    """A school asks for a date; gives the row and the secret of its private page, which its mail holds too. Raises `RegistrationRefused`."""
    refuse_unless_open(occurrence, Occurrence.Registering.SCHOOL, now)
    for field, text in zip(NO_NAMES, (school_name, contact_function, remark), strict=True):
        if looks_like_names(text):
            raise LooksLikeNames(field)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = SchoolBooking(
        occurrence=occurrence,
        school_name=" ".join(school_name.split()),
        level=level,
        class_count=class_count,
        pupils_count=pupils_count,
        contact_function=contact_function.strip(),
        remark=remark.strip(),
        token_hash=hash_token(token),
        made_at=now,
        delete_after=forget_day(occurrence),
    )
    made.contact_email = seal(made, contact_email)
    made.save()
    write_quietly(
        "school_asked", to=contact_email, occurrence=occurrence, activity=occurrence.activity, booking=made, address=own_page(token)
    )
    return made, token


@transaction.atomic
def answer_booking(*, booking: SchoolBooking, confirmed: bool, by: User, now: dt.datetime) -> None:
    """The lead confirms or refuses, and may change its mind; the school is told. Journalled without the school: the act on the date alone."""
    to = State.CONFIRMED if confirmed else State.REFUSED
    held = SchoolBooking.objects.select_for_update(of=("self",)).order_by("pk").get(pk=booking.pk)
    if held.state == State.CANCELLED:
        raise RegistrationRefused(_("L’école a annulé sa demande."))
    if held.state == to:
        return
    booking.state = to
    booking.save(update_fields=["state"])
    occurrence = booking.occurrence
    verb = "agenda.confirm_booking" if confirmed else "agenda.refuse_booking"
    record(verb=verb, by=by, territory=occurrence.territory, on=occurrence, now=now)
    if address := email_of(booking):
        write_quietly("school_answered", to=address, occurrence=occurrence, activity=occurrence.activity, booking=booking)


@transaction.atomic
def cancel_booking(*, booking: SchoolBooking, now: dt.datetime) -> None:
    """The school will not come."""
    if booking.state != State.CANCELLED:
        booking.state = State.CANCELLED
        booking.save(update_fields=["state"])


@transaction.atomic
def ask_again(*, booking: SchoolBooking, now: dt.datetime) -> None:
    """Undoes a cancelling: the request waits for an answer again."""
    if booking.state == State.CANCELLED:
        refuse_unless_open(booking.occurrence, Occurrence.Registering.SCHOOL, now)
        booking.state = State.ASKED
        booking.save(update_fields=["state"])


@transaction.atomic
def delete_booking(*, booking: SchoolBooking) -> None:
    SchoolBooking.objects.filter(pk=booking.pk).delete()
