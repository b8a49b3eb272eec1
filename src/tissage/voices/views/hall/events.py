"""Events: several tables side by side, the same question at all of them at once, their walls in turn."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_POST

from tissage.core.hall import spell_code
from tissage.voices.forms.halls import EventForm
from tissage.voices.models import Event, Hall, Question
from tissage.voices.operations import halls as operations
from tissage.voices.queries.halls import EventState, event_halls, event_state, events_held, wall_cards, wall_etag
from tissage.voices.views.wall import size_of

from .doors import event_for, person, territory_for

RIGHT = "voices.write_voices"


def events(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, RIGHT)
    form = EventForm(request.POST or None, initial={"held_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_event(territory=place, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.EventExists as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, gettext("L’événement est créé. Ouvrez une salle par table."))
            return redirect("voices:event", place.slug, made.pk)
    return render(request, "voices/hall/events.html", {"territory": place, "events": events_held(place), "form": form})


def event(request: HttpRequest, territory: str, event: int) -> HttpResponse:
    found = event_for(request, territory, event, RIGHT)
    state = event_state(found)
    etag = _state_etag(request, state)
    if getattr(request, "htmx", False) and (known := get_conditional_response(request, etag=etag)) is not None:
        return known
    context = {
        "territory": found.territory,
        "event": found,
        "state": state,
        "tables": [(table, spell_code(table.hall.code)) for table in state.tables],
        "etag": etag,
    }
    page = "event_state" if getattr(request, "htmx", False) else "event"
    response = render(request, f"voices/hall/{page}.html", context)
    response.headers["ETag"] = etag
    return response


def _state_etag(request: HttpRequest, state: EventState) -> str:
    """The part holds forms: it is another for another sign-in or language."""
    tables = [(table.hall.pk, table.hall.workshop.closed_at, table.open_round, table.answered, table.present) for table in state.tables]
    questions = [(item.question.pk, item.tables, item.opened) for item in state.questions]
    seen = repr((tables, questions, request.session.session_key, get_language()))
    return f'"{hashlib.sha256(seen.encode()).hexdigest()[:24]}"'


@require_POST
def open_everywhere(request: HttpRequest, territory: str, event: int, question: int) -> HttpResponse:
    found = event_for(request, territory, event, RIGHT)
    asked = get_object_or_404(Question, pk=question, territory=found.territory)
    tables = operations.open_question_everywhere(event=found, question=asked, by=person(request), now=timezone.now())
    said = ngettext("La question est ouverte à %(count)s table.", "La question est ouverte à %(count)s tables.", tables)
    messages.success(request, said % {"count": tables})
    return redirect("voices:event", territory, found.pk)


@require_POST
def close_everywhere(request: HttpRequest, territory: str, event: int) -> HttpResponse:
    found = event_for(request, territory, event, RIGHT)
    tables = operations.close_every_question(event=found, by=person(request), now=timezone.now())
    said = ngettext("La question est fermée à %(count)s table.", "La question est fermée à %(count)s tables.", tables)
    messages.success(request, said % {"count": tables})
    return redirect("voices:event", territory, found.pk)


def event_wall(request: HttpRequest, territory: str, event: int) -> HttpResponse:
    """The walls of the tables that show one, one after the other (`?table=` is the place in the row, from 0)."""
    found = event_for(request, territory, event, RIGHT)
    halls = [hall for hall in event_halls(found) if hall.wall_round_id is not None and hall.workshop.closed_at is None]
    asked = request.GET.get("table", "")
    place = int(asked) % len(halls) if halls and asked.isdecimal() and len(asked) < 6 else 0
    hall = halls[place] if halls else None
    etag = _wall_etag(found, halls, hall)
    if getattr(request, "htmx", False) and (known := get_conditional_response(request, etag=etag)) is not None:
        return known
    wall = wall_cards(hall) if hall is not None else None
    context = {
        "territory": found.territory,
        "event": found,
        "hall": hall,
        "wall": wall,
        "size": size_of(wall) if wall is not None else "",
        "number": place + 1,
        "walls": len(halls),
        "following": (place + 1) % len(halls) if halls else 0,
    }
    page = "event_wall_part" if getattr(request, "htmx", False) else "event_wall"
    response = render(request, f"voices/hall/{page}.html", context)
    response.headers["ETag"] = etag
    return response


def _wall_etag(event: Event, halls: list[Hall], hall: Hall | None) -> str:
    parts = [event.pk, [one.pk for one in halls], wall_etag(hall) if hall is not None else "", get_language()]
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'
