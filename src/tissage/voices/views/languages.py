"""The languages of the answering screen: what is there, a sheet for an interpreter, the sheet filled, looked at, taken."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from tissage.core.answer_screen import REFERENCE, is_right_to_left, write_sheet
from tissage.core.hall import is_language
from tissage.people.models import Territory
from tissage.voices.forms.languages import FillLanguageForm, NewLanguageForm
from tissage.voices.operations.languages import fill_language as fill
from tissage.voices.operations.languages import remove_language as remove
from tissage.voices.queries.screens import Language, screen_languages, screens_of, shipped_sheet

from .doors import person, territory_for

RIGHT = "voices.manage_questions"


@require_safe
def languages(request: HttpRequest, territory: str) -> HttpResponse:
    """Every language, and the way to one more: its code leads to its sheet."""
    place = territory_for(request, territory, RIGHT)
    form = NewLanguageForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("voices:fill_language", place.slug, form.cleaned_data["code"])
    context = {"territory": place, "languages": screen_languages(place), "sentences": len(shipped_sheet().sentences), "form": form}
    return render(request, "voices/languages/list.html", context)


@require_safe
def language_csv(request: HttpRequest, territory: str, language: str) -> HttpResponse:
    """The sheet for an interpreter, with what exists. The mark in front lets spreadsheets see UTF-8."""
    place = territory_for(request, territory, RIGHT)
    found = _language(place, language)
    sheet = write_sheet(shipped_sheet(), found.code, screens_of(place).texts(found.code))
    answer = HttpResponse("\ufeff" + sheet, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="ecran-{found.code}.csv"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def fill_language(request: HttpRequest, territory: str, language: str) -> HttpResponse:
    """Give the filled sheet; look at what it says, line by line; take it."""
    place = territory_for(request, territory, RIGHT)
    found = _language(place, language)
    form = FillLanguageForm(request.POST or None, request.FILES or None, language=found)
    context = {"territory": place, "language": found, "form": form, "sentences": len(shipped_sheet().sentences)}
    if request.method == "POST" and form.is_valid() and form.filled is not None:
        if request.POST.get("geste") == "prendre":
            details = {name: form.cleaned_data[name] for name in ("name", "is_right_to_left", "reviewed_by")}
            fill(territory=place, code=found.code, texts=form.filled.texts, by=person(request), now=timezone.now(), **details)
            messages.success(request, gettext("Les phrases en %(language)s sont prises.") % {"language": details["name"]})
            return redirect("voices:languages", place.slug)
        shown = shipped_sheet().sentences
        lines = [(key, shown[key].french, text) for key, text in form.filled.texts.items()]
        direction = "rtl" if form.cleaned_data["is_right_to_left"] else "ltr"
        return render(request, "voices/languages/preview.html", {**context, "lines": lines, "direction": direction})
    return render(request, "voices/languages/fill.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_language(request: HttpRequest, territory: str, language: str) -> HttpResponse:
    place = territory_for(request, territory, RIGHT)
    found = _language(place, language)
    if not found.is_towns:
        raise Http404
    if request.method == "POST":
        remove(territory=place, code=found.code, by=person(request), now=timezone.now())
        messages.success(request, gettext("Les phrases propres à ce territoire sont retirées."))
        return redirect("voices:languages", place.slug)
    return render(request, "voices/languages/remove.html", {"territory": place, "language": found})


def _language(place: Territory, code: str) -> Language:
    """A language that is there, or one to begin."""
    known = {language.code: language for language in screen_languages(place)}
    if code in known:
        return known[code]
    if not is_language(code) or code == REFERENCE:
        raise Http404
    return Language(code, code, is_right_to_left(code), False, "", is_shipped=False, is_towns=False, sentences=0)
