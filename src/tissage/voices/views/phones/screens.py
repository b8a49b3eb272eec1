"""Drawing a screen of the phone, in the language that was chosen, with what is said when a code opens nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation.trans_real import parse_accept_lang_header

from tissage.core.hall import read_code, spell_code
from tissage.voices.models import Hall
from tissage.voices.operations.halls import may_try_code, note_wrong_code
from tissage.voices.queries.screens import Language, Screens, screens_of

from .holding import address_of


def languages_of(hall: Hall | None, screens: Screens | None = None) -> list[Language]:
    """The languages a hall offers; at the door, before any hall is known, those that are shipped."""
    found = screens or screens_of(hall.workshop.territory if hall else None)
    return found.offered(hall.languages) if hall else found.languages()


def chosen_language(request: HttpRequest, languages: Sequence[Language], usual: str = "") -> Language:
    """What the address or the form asks, else `usual`, else what the browser prefers, else the first."""
    known = {language.code: language for language in languages}
    asked = request.POST.get("langue") or request.GET.get("langue") or usual
    if asked in known:
        return known[asked]
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        for code in (wanted, wanted.split("-")[0]):
            if code in known:
                return known[code]
    return languages[0]


def draw(request: HttpRequest, template: str, hall: Hall | None, *, usual: str = "", status: int = 200, **context: Any) -> HttpResponse:
    """One screen. The group is named by its public name or not at all: its internal name is the team's."""
    territory = hall.workshop.territory if hall else None
    screens = screens_of(territory)
    languages = languages_of(hall, screens)
    language = chosen_language(request, languages, usual)
    said = {
        "hall": hall,
        "words": screens.words(language.code),
        "language": language,
        "languages": languages,
        "place": territory.name if territory else "",
        "group": hall.workshop.group.public_name if hall else "",
        "code": hall.code if hall else "",
        "spelled": spell_code(hall.code) if hall else "",
        **context,
    }
    response = render(request, f"voices/phones/{template}.html", said, status=status)
    response.headers["Content-Language"] = language.code
    return response


def count_wrong_code(request: HttpRequest, typed: str) -> None:
    """Counts a guess: a code that no hall ever had. A typing slip that cannot be a code, or the code of a workshop that is over, is none:
    three hundred phones that learn the end at once must not close the door of the next workshop at the same place."""
    code = read_code(typed)
    if code is not None and not Hall.objects.filter(code=code).exists():
        note_wrong_code(address_of(request), timezone.now())


def unknown_code(request: HttpRequest, typed: str) -> HttpResponse:
    """A code that opens nothing now: wrong, or of a workshop that is over; which of the two is not said."""
    count_wrong_code(request, typed)
    return draw(request, "door", None, status=404, error="door_unknown", typed=typed[:40])


def too_many_codes(request: HttpRequest) -> HttpResponse | None:
    """The answer to an address that tried too many wrong codes; None when it may try."""
    if may_try_code(address_of(request), timezone.now()):
        return None
    return draw(request, "door", None, status=429, error="door_slow")
