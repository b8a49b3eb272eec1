"""A place at a date, without account: asking for one, and the private page of whoever has one. Opening a page does nothing; its buttons act.

No cookie gives any right here: the secret in the address is all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.agenda.forms.registrations import PlaceForm, SchoolForm
from tissage.agenda.models import Occurrence, Registration, SchoolBooking
from tissage.agenda.operations import registrations as operations
from tissage.agenda.operations import school_bookings as schools
from tissage.agenda.queries.activities import public_activities, seen_activities
from tissage.agenda.queries.activity_page import public_place
from tissage.agenda.queries.registrations import find_place
from tissage.agenda.queries.sealed import unseal
from tissage.network.queries.pauses import forms_paused
from tissage.people.models import User
from tissage.plan.views.partners import quiet

from .limits import may_ask, where_from

MOST_BY_ADDRESS = 30
MOST_BY_MAIL = 4
View = Callable[..., HttpResponse]
SCHOOL, LIGHT = Occurrence.Registering.SCHOOL, Occurrence.Registering.LIGHT


def _occurrence(request: HttpRequest, uuid: Any) -> Occurrence:
    """A date that this person may see: of a public activity for a stranger, of what their role shows them otherwise."""
    dates = Occurrence.objects.select_related("activity__territory", "activity__lead", "place")
    if (found := dates.filter(uuid=uuid, activity__in=public_activities().order_by().values("pk")).first()) is not None:
        return found
    if isinstance(request.user, User) and (found := dates.filter(uuid=uuid).first()) is not None:
        seen = seen_activities(request.user, found.territory).filter(pk=found.activity_id, moderation="accepted")
        if request.user.has_perm("agenda.read_agenda", found.territory) and seen.exists():
            return found
    raise Http404


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@quiet
def register(request: HttpRequest, occurrence: Any) -> HttpResponse:
    """The page of a date where one asks for a place, or books for classes."""
    found = _occurrence(request, occurrence)
    now = timezone.now()
    is_school = found.registration_mode == SCHOOL
    pause, closed = forms_paused(found.territory, now), _closed_because(found, now)
    form: Any = SchoolForm() if is_school else PlaceForm(is_sensitive=found.activity.is_sensitive)
    if request.method == "POST" and pause is None and not closed:
        form = SchoolForm(request.POST) if is_school else PlaceForm(request.POST, is_sensitive=found.activity.is_sensitive)
        if form.is_valid() and (answer := _take(request, found, form, now)) is not None:
            return answer
    context = {**_about(found), "form": form, "pause": pause, "closed": closed, "is_school": is_school}
    return render(request, "agenda/bookings/register.html", context, status=200)


def _take(request: HttpRequest, found: Occurrence, form: Any, now: Any) -> HttpResponse | None:
    """Registers, and answers with the private page; None when it was refused, the form saying why."""
    given = form.cleaned_data
    mail = given.get("email") or given.get("contact_email") or ""
    if not may_ask(f"address:{where_from(request)}", MOST_BY_ADDRESS, now) or (
        mail and not may_ask(f"mail:{mail.lower()}", MOST_BY_MAIL, now)
    ):
        form.add_error(None, gettext("Trop de demandes en une heure. Réessayez plus tard."))
        return None
    made: Registration | SchoolBooking
    try:
        if isinstance(form, SchoolForm):
            made, token = schools.book_classes(occurrence=found, now=now, **given)
        else:
            made, token = operations.register(occurrence=found, now=now, **given)
    except schools.LooksLikeNames as refusal:
        form.add_error(refusal.field, str(refusal))
        return None
    except operations.RegistrationRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    if isinstance(made, Registration) and made.state == Registration.State.PENDING:
        return render(request, "agenda/bookings/sent.html", _about(found))
    return redirect("bookings:place", token)


def _closed_because(occurrence: Occurrence, now: Any) -> str:
    mode = SCHOOL if occurrence.registration_mode == SCHOOL else LIGHT
    try:
        operations.refuse_unless_open(occurrence, mode, now)
    except operations.RegistrationRefused as refusal:
        return str(refusal)
    return ""


def _about(occurrence: Occurrence) -> dict[str, Any]:
    """What a stranger reads of a date: never more than its sensitivity and its place let out."""
    activity = occurrence.activity
    shown = public_place(occurrence.place, is_sensitive=activity.is_sensitive)
    return {
        "occurrence": occurrence,
        "activity": activity,
        "shown": shown,
        "room": "" if activity.is_sensitive or not (shown and shown.name) else occurrence.room,
    }


def behind_the_secret(view: View) -> View:
    """Gives the view the registration or booking that the secret is of; 404 for one that is not, or no more."""

    @wraps(view)
    def open_it(request: HttpRequest, token: str) -> HttpResponse:
        if (found := find_place(token)) is None:
            raise Http404
        return view(request, found, token)

    return open_it


@login_not_required
@require_safe
@quiet
@behind_the_secret
def place(request: HttpRequest, found: Registration | SchoolBooking, token: str) -> HttpResponse:
    """The private page: what is noted, and its buttons."""
    return _show(request, found, token)


def _show(request: HttpRequest, found: Registration | SchoolBooking, token: str, form: Any = None) -> HttpResponse:
    about = _about(found.occurrence)
    if isinstance(found, SchoolBooking):
        return render(request, "agenda/bookings/school.html", {**about, "booking": found, "token": token})
    activity = found.occurrence.activity
    first = {"headcount": found.headcount, "pseudonym": found.pseudonym, "needs": unseal(found, found.needs)}
    form = form or PlaceForm(is_sensitive=activity.is_sensitive, is_made=True, initial=first)
    is_over = found.occurrence.ends_at <= timezone.now()
    about = _about(found.occurrence)
    if found.state == Registration.State.CONFIRMED:  # the room of a sensitive date is told here alone; the level of its place still holds
        about |= {"shown": public_place(found.occurrence.place), "room": found.occurrence.room}
    return render(request, "agenda/bookings/place.html", {**about, "registration": found, "token": token, "form": form, "is_over": is_over})


@csrf_exempt
@login_not_required
@require_POST
@quiet
@behind_the_secret
def act(request: HttpRequest, found: Registration | SchoolBooking, token: str) -> HttpResponse:
    """Confirm, change, give up, take back: each can be undone by another."""
    now = timezone.now()
    chosen = request.POST.get("act", "")
    acts: dict[str, Callable[[], None]]
    if isinstance(found, SchoolBooking):
        acts = {
            "give_up": partial(schools.cancel_booking, booking=found, now=now),
            "take_back": partial(schools.ask_again, booking=found, now=now),
        }
    else:
        acts = {
            "confirm": partial(operations.confirm_registration, registration=found, now=now),
            "give_up": partial(operations.give_up_place, registration=found, now=now),
            "take_back": partial(operations.take_place_back, registration=found, now=now),
        }
        if chosen == "change":
            form = PlaceForm(request.POST, is_sensitive=found.occurrence.activity.is_sensitive, is_made=True)
            if not form.is_valid():
                return _show(request, found, token, form)
            acts["change"] = partial(operations.change_registration, registration=found, now=now, **form.cleaned_data)
    if chosen not in acts:
        raise Http404
    try:
        acts[chosen]()
    except operations.RegistrationRefused as refusal:
        fresh = find_place(token)
        if fresh is None:
            raise Http404 from refusal
        context = {**_about(found.occurrence), "refusal": str(refusal), "token": token}
        return render(request, "agenda/bookings/refused.html", context, status=409)
    return redirect("bookings:place", token)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@quiet
@behind_the_secret
def erase(request: HttpRequest, found: Registration | SchoolBooking, token: str) -> HttpResponse:
    """Asks once, then nothing of it stays."""
    about = _about(found.occurrence)
    if request.method != "POST":
        return render(request, "agenda/bookings/erase.html", {**about, "token": token})
    if isinstance(found, SchoolBooking):
        schools.delete_booking(booking=found)
    else:
        operations.delete_registration(registration=found, now=timezone.now())
    return render(request, "agenda/bookings/erased.html", about)
