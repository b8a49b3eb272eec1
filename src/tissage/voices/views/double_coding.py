"""Double coding: drawing a sample, following it, coding it blind, keyboard first.

The blind screen says what the person said and nothing else: neither the first code, nor a suggestion (the local model has learnt from
the first code of these very criteria: it would whisper it).
"""

from __future__ import annotations

import random

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tissage.frameworks.queries import territory_nomenclature
from tissage.voices.forms.double_coding import BY_DIMENSION, BlindForm, DrawForm
from tissage.voices.models import BlindCoding, DoubleCoding
from tissage.voices.operations.double_coding import (
    AlreadyCoded,
    NothingToDraw,
    NotInTheTeam,
    NotYours,
    code_blind,
    draw_double_coding,
    take_back_blind,
)
from tissage.voices.queries.desk import found_by_words, wording_of
from tissage.voices.queries.double_coding import may_code_twice, next_blind, samples_of

from .doors import person, territory_for

RIGHT = "voices.write_voices"


def double_codings(request: HttpRequest, territory: str) -> HttpResponse:
    """The samples of a territory, and the form that draws another."""
    place = territory_for(request, territory, RIGHT)
    available = may_code_twice(place)
    form = DrawForm(request.POST or None, available=available)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            sample = draw_double_coding(
                territory=place,
                coder=form.person,
                label=form.cleaned_data["label"]
                or gettext("Double codage du %(date)s") % {"date": date_format(timezone.localdate(now), "j F Y")},
                number=form.number,
                percent=form.percent,
                by_dimension=form.cleaned_data["method"] == BY_DIMENSION,
                draw=random.SystemRandom(),
                by=person(request),
                now=now,
            )
        except (NothingToDraw, NotInTheTeam) as refusal:
            form.add_error("coder", str(refusal))
        else:
            return redirect("voices:double_coding", territory, sample.pk)
    context = {
        "territory": place,
        "samples": list(samples_of(place)),
        "form": form,
        "any_available": any(count for _person, count in available),
        "me": person(request).pk,
    }
    return render(request, "voices/double/list.html", context)


def _sample_for(request: HttpRequest, territory: str, pk: int) -> DoubleCoding:
    place = territory_for(request, territory, RIGHT)
    sample = get_object_or_404(samples_of(place), pk=pk)
    sample.territory = place
    return sample


def double_coding(request: HttpRequest, territory: str, sample: int) -> HttpResponse:
    found = _sample_for(request, territory, sample)
    mine = found.coder_id == person(request).pk
    return render(request, "voices/double/sample.html", {"territory": found.territory, "sample": found, "mine": mine})


def _mine(request: HttpRequest, territory: str, pk: int) -> DoubleCoding:
    """A sample that was drawn for whoever asks: nobody else sees its blind screen."""
    found = _sample_for(request, territory, pk)
    if found.coder_id != person(request).pk:
        raise Http404
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def blind_code(request: HttpRequest, territory: str, sample: int) -> HttpResponse:
    """One criterion of the sample at a time. `apres` is the position of the one just coded or skipped."""
    found = _mine(request, territory, sample)
    nomenclature = territory_nomenclature(found.territory)
    words = (request.POST or request.GET).get("words", "")
    if getattr(request, "htmx", False) and request.method == "GET":
        matches = found_by_words(found.territory, nomenclature, words)
        return render(request, "voices/double/matches.html", {"matches": matches, "words": words})
    form = BlindForm(request.POST if request.method == "POST" else None, nomenclature=nomenclature, initial={"words": words})
    if request.method == "POST":
        blind = get_object_or_404(
            BlindCoding.objects.select_related("criterion__group", "criterion__question"),
            pk=_number(request.POST.get("blind", "")),
            sample=found,
        )
        if form.is_valid():
            try:
                code_blind(
                    blind=blind,
                    code=form.code,
                    facet=form.cleaned_data["facet"],
                    memo=form.cleaned_data["memo"],
                    by=person(request),
                    now=timezone.now(),
                )
            except (AlreadyCoded, NotYours) as refusal:
                messages.error(request, str(refusal))
            return redirect(_screen(territory, found, blind.position))
    else:
        following = next_blind(found, _number(request.GET.get("apres", "")))
        if following is None:
            return redirect("voices:double_coding", territory, found.pk)
        blind = following
    context = {
        "territory": found.territory,
        "sample": found,
        "blind": blind,
        "criterion": blind.criterion,
        "wording": wording_of(blind.criterion)[0],
        "form": form,
        "words": words,
        "matches": found_by_words(found.territory, nomenclature, words),
    }
    return render(request, "voices/double/blind.html", context)


def _screen(territory: str, sample: DoubleCoding, after: int) -> str:
    return reverse("voices:blind_code", args=[territory, sample.pk]) + f"?apres={after}"


@require_POST
def take_back(request: HttpRequest, territory: str, sample: int) -> HttpResponse:
    found = _mine(request, territory, sample)
    try:
        last = take_back_blind(sample=found, by=person(request), now=timezone.now())
    except AlreadyCoded as refusal:
        messages.error(request, str(refusal))
        return redirect("voices:double_coding", territory, found.pk)
    if last is None:
        messages.info(request, gettext("Il n’y a pas de code à reprendre."))
        return redirect("voices:blind_code", territory, found.pk)
    messages.success(request, gettext("Votre dernier code est repris : donnez-le à nouveau."))
    return redirect(_screen(territory, found, last.position - 1))
