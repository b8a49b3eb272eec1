"""Reading each criterion back to its group, with its code in words: accepted, corrected, or coded otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from tissage.frameworks.queries import territory_nomenclature
from tissage.voices.forms.validation import CorrectionForm, DayForm, read_day
from tissage.voices.models import Batch, Criterion, Workshop
from tissage.voices.operations import validation as operations
from tissage.voices.operations.criteria import CriterionRefusal
from tissage.voices.queries.validation import OF_GROUP, OF_WORKSHOP, criteria_to_read, in_reading_order, read_backs, waiting
from tissage.voices.words import criteria_in_words

from .doors import done_batch, person, workshop_for

PER_PAGE = 40
REFUSALS = (CriterionRefusal, operations.NothingToReadBack, operations.NotYet)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the address asks: whose criteria, on which day, all or only what remains, one at a time or as a list."""

    workshop: Workshop
    scope: str
    on: dt.date
    everything: bool
    one: bool

    @classmethod
    def of(cls, workshop: Workshop, asked: QueryDict) -> Reading:
        scope = OF_GROUP if asked.get("de") == OF_GROUP else OF_WORKSHOP
        day = read_day(asked.get("le", "")) or timezone.localdate()
        return cls(workshop, scope, day, asked.get("voir") == "tous", asked.get("vue") == "un")

    def address(self, name: str = "voices:read_back", **other: str) -> str:
        """This page, with what it asks; `other` replaces it, and an empty value takes it out."""
        asked = {
            "de": self.scope if self.scope != OF_WORKSHOP else "",
            "le": self.on.isoformat() if self.on != timezone.localdate() else "",
            "voir": "tous" if self.everything else "",
            "vue": "un" if self.one else "",
            **other,
        }
        query = urlencode({key: value for key, value in asked.items() if value})
        url = reverse(name, args=[self.workshop.territory.slug, self.workshop.pk])
        return f"{url}?{query}" if query else url


def read_back(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    found = workshop_for(request, territory, workshop, "voices.write_voices")
    reading = Reading.of(found, request.GET)
    if request.method == "POST":
        return _act(request, reading)
    criteria = criteria_to_read(found, reading.scope)
    left = waiting(criteria)
    total, remaining = criteria.count(), left.count()
    shown = in_reading_order(criteria if reading.everything else left)
    page = Paginator(shown, 1 if reading.one else PER_PAGE).get_page(request.GET.get("page"))
    language = (get_language() or "fr").split("-")[0]
    context = {
        "territory": found.territory,
        "workshop": found,
        "reading": reading,
        "day_form": DayForm(initial={"le": reading.on}),
        "day": date_format(reading.on, "j F Y"),
        "page": page,
        "items": read_backs(list(page.object_list), territory_nomenclature(found.territory), language),
        "total": total,
        "remaining": remaining,
        "heard": total - remaining,
        "progress": _progress(total, total - remaining),
        "done": done_batch(request, territory),
        "own_url": request.get_full_path(),
        "of_workshop_url": reading.address(de=""),
        "of_group_url": reading.address(de=OF_GROUP),
        "list_url": reading.address(vue=""),
        "one_url": reading.address(vue="un"),
        "left_url": reading.address(voir=""),
        "all_url": reading.address(voir="tous"),
        "accept_all_url": reading.address("voices:read_back_all", voir="", vue=""),
    }
    return render(request, "voices/validation/page.html", context)


def _progress(total: int, heard: int) -> str:
    return ngettext("%(heard)s critère relu sur %(total)s", "%(heard)s critères relus sur %(total)s", heard) % {
        "heard": heard,
        "total": total,
    }


def _act(request: HttpRequest, reading: Reading) -> HttpResponse:
    act = ACTS.get(request.POST.get("act", ""))
    page = request.GET.get("page", "")
    if act is None:
        return redirect(reading.address(page=page))
    pk = request.POST.get("criterion", "")
    criterion = get_object_or_404(criteria_to_read(reading.workshop, reading.scope), pk=int(pk) if pk.isdigit() else 0)
    try:
        batch = act(request, criterion, reading.on)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return redirect(reading.address(page=page))
    return redirect(reading.address(page=page, fait=str(batch.uuid)))


def _accept(request: HttpRequest, criterion: Criterion, on: dt.date) -> Batch:
    return operations.validate_with_group(criteria=[criterion], on=on, coding=_heard_code(request), by=person(request), now=timezone.now())


def _heard_code(request: HttpRequest) -> bool:
    return request.POST.get("coding") == "1"


def _correct(request: HttpRequest, criterion: Criterion, on: dt.date) -> Batch:
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        raise CriterionRefusal(gettext("Donnez les mots du groupe."))
    said = form.cleaned_data
    return operations.correct_with_group(
        criterion=criterion,
        text=said["text"],
        french_text=said["french_text"] if "french_text" in request.POST else criterion.french_text,
        on=on,
        coding=_heard_code(request),
        by=person(request),
        now=timezone.now(),
    )


def _disagree(request: HttpRequest, criterion: Criterion, on: dt.date) -> Batch:
    memo = request.POST.get("memo", "")[:600]
    return operations.disagree_with_code(criterion=criterion, on=on, memo=memo, by=person(request), now=timezone.now())


ACTS: dict[str, Callable[[HttpRequest, Criterion, dt.date], Batch]] = {"accept": _accept, "correct": _correct, "disagree": _disagree}


def read_back_all(request: HttpRequest, territory: str, workshop: int) -> HttpResponse:
    """« Tout est accepté » for what remains: says how many, then asks. What was not on the page that asked is not accepted."""
    found = workshop_for(request, territory, workshop, "voices.write_voices")
    reading = Reading.of(found, request.GET)
    left = list(waiting(criteria_to_read(found, reading.scope)).select_related("territory").order_by("pk"))
    if request.method == "POST":
        seen = {int(pk) for pk in request.POST.get("seen", "").split(",") if pk.isdigit()}
        criteria = [criterion for criterion in left if criterion.pk in seen]
        try:
            batch = operations.validate_with_group(criteria=criteria, on=reading.on, coding=True, by=person(request), now=timezone.now())
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
            return redirect(reading.address())
        return redirect(reading.address(fait=str(batch.uuid)))
    if not left:
        return redirect(reading.address())
    context = {
        "territory": found.territory,
        "workshop": found,
        "count": criteria_in_words(len(left)),
        "coded": sum(1 for criterion in left if criterion.code),
        "day": date_format(reading.on, "j F Y"),
        "seen": ",".join(str(criterion.pk) for criterion in left),
        "back_url": reading.address(),
    }
    return render(request, "voices/validation/all.html", context)
