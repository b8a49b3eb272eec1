"""Registrations without a name. Nothing of them is journalled or logged; they leave by themselves, the head count alone stays."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.agenda.models import Activity, Occurrence, Registration, SchoolBooking
from tissage.agenda.queries.sealed import email_of, seal
from tissage.core.activity_kinds import rules_of
from tissage.core.pseudonyms import draw_pseudonym
from tissage.core.tokens import TOKEN_BYTES, hash_token

from .letters import write_quietly

State = Registration.State
KEPT, KEPT_SENSITIVE = dt.timedelta(days=30), dt.timedelta(days=7)
TO_CONFIRM = dt.timedelta(days=2)
"""An address that nobody confirmed is forgotten after two days."""
TAKES = (Occurrence.Status.SCHEDULED, Occurrence.Status.RESCHEDULED, Occurrence.Status.FULL)
MOST_HEADS = 30


class RegistrationRefused(ValueError):
    """Why nothing was registered, in words for whoever asked."""


@transaction.atomic
def register(
    *, occurrence: Occurrence, now: dt.datetime, headcount: int = 1, pseudonym: str = "", email: str = "", needs: str = ""
) -> tuple[Registration, str]:
    """Somebody will come; gives the row and the secret of its private page.

    With an address: it waits until the link sent there is followed and its button pressed. Without: confirmed, or on the waiting list.
    For a sensitive activity the pseudonym is drawn and nothing free is kept. Raises `RegistrationRefused`.
    """
    held = _hold(occurrence)
    refuse_unless_open(held, Occurrence.Registering.LIGHT, now)
    if not 1 <= headcount <= MOST_HEADS:
        raise RegistrationRefused(_("De 1 à %(most)s personnes à la fois.") % {"most": MOST_HEADS})
    if held.activity.is_sensitive:
        pseudonym, needs = _draw(held), ""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = Registration(
        occurrence=held,
        kind=Registration.Kind.GROUP if headcount > 1 else Registration.Kind.INDIVIDUAL,
        pseudonym=pseudonym.strip()[:60] or _draw(held),
        headcount=headcount,
        token_hash=hash_token(token),
        made_at=now,
        delete_after=forget_day(held),
    )
    made.email, made.needs = seal(made, email), seal(made, needs)
    made.state = State.PENDING if email else _place_for(held, headcount)
    made.save()
    if email:
        write_quietly("confirm_registration", to=email, occurrence=held, activity=held.activity, address=own_page(token))
    return made, token


@transaction.atomic
def confirm_registration(*, registration: Registration, now: dt.datetime) -> None:
    """The button of the page that the mail led to. Pressed twice, it is nothing new."""
    occurrence = _hold(registration.occurrence)
    held = _own(registration)
    if held.state == State.PENDING:
        refuse_unless_open(occurrence, Occurrence.Registering.LIGHT, now)
        _set(registration, _place_for(occurrence, held.headcount))


@transaction.atomic
def change_registration(*, registration: Registration, now: dt.datetime, headcount: int, pseudonym: str = "", needs: str = "") -> None:
    """By its private page. More persons than there are places left: the whole goes to the waiting list, unless it stays as it was."""
    occurrence = _hold(registration.occurrence)
    held = _own(registration)
    if not 1 <= headcount <= MOST_HEADS:
        raise RegistrationRefused(_("De 1 à %(most)s personnes à la fois.") % {"most": MOST_HEADS})
    if held.state == State.CONFIRMED and headcount > held.headcount and _left(occurrence) < headcount - held.headcount:
        raise RegistrationRefused(_("Il ne reste pas assez de places. Votre inscription reste comme elle était."))
    if not occurrence.activity.is_sensitive:
        registration.pseudonym = pseudonym.strip()[:60] or held.pseudonym
        registration.needs = seal(held, needs)
    registration.headcount = headcount
    registration.kind = Registration.Kind.GROUP if headcount > 1 else Registration.Kind.INDIVIDUAL
    registration.save(update_fields=["pseudonym", "needs", "headcount", "kind"])
    if headcount < held.headcount:
        _call_the_waiting(occurrence)


@transaction.atomic
def give_up_place(*, registration: Registration, now: dt.datetime) -> None:
    """They will not come: the place goes to the next on the list. Can be taken back while there is room."""
    occurrence = _hold(registration.occurrence)
    if _own(registration).state != State.CANCELLED:
        _set(registration, State.CANCELLED)
        _call_the_waiting(occurrence)


@transaction.atomic
def take_place_back(*, registration: Registration, now: dt.datetime) -> None:
    occurrence = _hold(registration.occurrence)
    held = _own(registration)
    if held.state == State.CANCELLED:
        refuse_unless_open(occurrence, Occurrence.Registering.LIGHT, now)
        _set(registration, _place_for(occurrence, held.headcount))


@transaction.atomic
def delete_registration(*, registration: Registration, now: dt.datetime) -> None:
    """Nothing of it stays, not even a trace in the journal."""
    occurrence = _hold(registration.occurrence)
    Registration.objects.filter(pk=registration.pk).delete()
    _call_the_waiting(occurrence)


@transaction.atomic
def forget_registrations(*, now: dt.datetime) -> int:
    """Deletes what has had its time: the registrations of a date past `delete_after`, the contacts of schools, addresses never confirmed.

    The head count of the date stays, for its report. Gives how many rows went. Run daily.
    """
    today = timezone.localdate(now)
    due = Registration.objects.filter(delete_after__lt=today)
    dates = Occurrence.objects.select_for_update(of=("self",)).filter(pk__in=due.values("occurrence")).order_by("pk")
    for one in list(dates):
        counted = one.registrations.filter(state=State.CONFIRMED, delete_after__lt=today).aggregate(heads=Sum("headcount"))["heads"]
        Occurrence.objects.filter(pk=one.pk).update(registered_count=(one.registered_count or 0) + (counted or 0))
    gone = due.delete()[0]
    gone += Registration.objects.filter(state=State.PENDING, made_at__lt=now - TO_CONFIRM).delete()[0]
    gone += Registration.objects.filter(state=State.CANCELLED, occurrence__ends_at__lt=now).delete()[0]
    schools = SchoolBooking.objects.filter(delete_after__lt=today).exclude(contact_email="", contact_function="", remark="")
    return gone + schools.update(contact_email="", contact_function="", remark="")


def make_discreet(activity: Activity) -> None:
    """An activity became sensitive: what people had written of themselves goes, a drawn pseudonym takes its place, and the clock is shorter."""
    for occurrence in activity.occurrences.order_by("pk"):
        occurrence.activity = activity
        day = forget_day(occurrence)
        for one in occurrence.registrations.order_by("pk"):
            one.pseudonym, one.needs, one.delete_after = _draw(occurrence), "", min(day, one.delete_after)
            one.save(update_fields=["pseudonym", "needs", "delete_after"])
        occurrence.school_bookings.filter(delete_after__gt=day).update(delete_after=day)


def refuse_unless_open(occurrence: Occurrence, mode: str, now: dt.datetime) -> None:
    """Raises `RegistrationRefused` unless this date takes registrations of this mode now, whatever its settings say of its kind."""
    activity = occurrence.activity
    if rules_of(activity.type).counts_only or mode not in rules_of(activity.type).registrations or occurrence.registration_mode != mode:
        raise RegistrationRefused(_("On ne s’inscrit pas à cette date ici : venez, tout simplement."))
    if activity.moderation != Activity.Moderation.ACCEPTED:
        raise RegistrationRefused(_("Cette activité n’est pas ouverte aux inscriptions."))
    if occurrence.status not in TAKES:
        raise RegistrationRefused(_("Cette date est annulée ou reportée : on ne s’y inscrit plus."))
    if occurrence.starts_at <= now:
        raise RegistrationRefused(_("Cette date est passée."))


def forget_day(occurrence: Occurrence) -> dt.date:
    """The day after which nothing of a registration to this date is kept: 7 days after its end if sensitive, else 30. Its own, not its series'."""
    kept = KEPT_SENSITIVE if occurrence.activity.is_sensitive else KEPT
    return timezone.localdate(occurrence.ends_at) + kept


def own_page(token: str) -> str:
    return settings.TISSAGE_ORIGIN.rstrip("/") + reverse("bookings:place", args=[token])


def private_page(occurrence: Occurrence) -> str:
    """The page of the date, that anybody may open: secrets are not kept, so a later letter cannot repeat one."""
    return settings.TISSAGE_ORIGIN.rstrip("/") + reverse("bookings:register", args=[occurrence.uuid])


def _draw(occurrence: Occurrence) -> str:
    """Two words that nobody else has for this date, as long as some are left."""
    taken = set(Registration.objects.filter(occurrence=occurrence).values_list("pseudonym", flat=True))
    drawn = ""
    for _try in range(40):
        drawn = draw_pseudonym(secrets.choice)
        if drawn not in taken:
            break
    return drawn


def _hold(occurrence: Occurrence) -> Occurrence:
    """One at a time for a date: two do not take the last place."""
    dates = Occurrence.objects.select_related("activity__territory")
    return dates.select_for_update(of=("self",)).order_by("pk").get(pk=occurrence.pk)


def _own(registration: Registration) -> Registration:
    held = Registration.objects.filter(pk=registration.pk).first()
    if held is None:
        raise RegistrationRefused(_("Cette inscription est effacée."))
    return held


def _set(registration: Registration, state: str) -> None:
    registration.state = state
    registration.save(update_fields=["state"])


def _left(occurrence: Occurrence) -> int:
    if occurrence.capacity is None:
        return 1_000_000
    taken = occurrence.registrations.filter(state=State.CONFIRMED).aggregate(heads=Sum("headcount"))["heads"] or 0
    return occurrence.capacity - taken


def _place_for(occurrence: Occurrence, headcount: int) -> State:
    """Confirmed while there is room; those who came before on the list go first."""
    queue = occurrence.registrations.filter(state=State.WAITLIST).exists()
    is_full = occurrence.status == Occurrence.Status.FULL or queue or _left(occurrence) < headcount
    return State.WAITLIST if is_full else State.CONFIRMED


def _call_the_waiting(occurrence: Occurrence) -> None:
    """Gives what became free to those who wait, in the order they came; a group too large waits without holding the others."""
    if occurrence.status == Occurrence.Status.FULL:
        return
    left = _left(occurrence)
    for one in occurrence.registrations.filter(state=State.WAITLIST).order_by("made_at", "pk"):
        if one.headcount <= left:
            left -= one.headcount
            _set(one, State.CONFIRMED)
            if to := email_of(one):
                write_quietly("place_free", to=to, occurrence=occurrence, activity=occurrence.activity)
