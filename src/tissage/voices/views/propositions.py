"""Survey statements: the notes first, then the sentence that sums them up for a survey."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_POST

from tissage.core.codes import Code
from tissage.core.nomenclature import Nomenclature
from tissage.core.propositions import Statement, accused
from tissage.frameworks.queries import territory_nomenclature
from tissage.people.models import Territory
from tissage.people.operations import record
from tissage.voices.exchange.survey_items import write_survey_items
from tissage.voices.forms.propositions import PairsForm, RewordForm, WordingForm
from tissage.voices.models import Criterion, Proposition
from tissage.voices.operations import propositions as operations
from tissage.voices.queries import propositions as queries
from tissage.voices.words import criteria_in_words

from .doors import person, territory_for

RIGHT = "voices.write_voices"
MOST_CHOSEN = 1000


def propositions(request: HttpRequest, territory: str) -> HttpResponse:
    """Every component and sense in use, with its survey statements and what none of them sums up."""
    place = territory_for(request, territory, RIGHT)
    nomenclature = territory_nomenclature(place)
    form = PairsForm(request.GET, nomenclature=nomenclature)
    form.is_valid()
    asked = form.cleaned_data
    pairs = queries.pairs_of(place, dimension=asked.get("dimension", ""), only_without=asked.get("without", False))
    page = Paginator(pairs, queries.PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "territory": place,
        "form": form,
        "asks": any(asked.values()),
        "page": page,
        "rows": [
            (pair, _code_words(nomenclature, pair.component, pair.sense), criteria_in_words(pair.criteria))
            for pair in queries.with_propositions(place, list(page.object_list))
        ],
        "count": ngettext("%(count)s code", "%(count)s codes", len(pairs)) % {"count": len(pairs)},
        "has_any": bool(pairs) or Criterion.objects.live().coded().filter(territory=place).exists(),
        "exportable": Proposition.objects.filter(territory=place).exists(),
    }
    return render(request, "voices/propositions/list.html", context)


def _code_words(nomenclature: Nomenclature, component: str, sense: str) -> str:
    return nomenclature.explain(Code(component, "", sense), (get_language() or "fr").split("-")[0])


def _address(territory: Territory, component: str, sense: str) -> str:
    return reverse("voices:propositions_of", args=[territory.slug, component]) + (f"?{urlencode({'sens': sense})}" if sense else "")


def propositions_of(request: HttpRequest, territory: str, component: str) -> HttpResponse:
    """One component and sense: what was said, without a statement and under each."""
    place = territory_for(request, territory, RIGHT)
    return _pair_page(request, place, component, request.GET.get("sens", ""))


def _pair_page(request: HttpRequest, place: Territory, component: str, sense: str, **given: Any) -> HttpResponse:
    held = list(queries.counted_propositions(place).filter(component=component, sense=sense).order_by("pk"))
    found = queries.criteria_of(place, component, sense)
    total = found.count()
    if not total and not held:
        raise Http404
    shown = list(found[: queries.MOST_SHOWN])
    loose = [one for one in shown if one.proposition_id not in {proposition.pk for proposition in held}]
    context = {
        "territory": place,
        "component": component,
        "sense": sense,
        "written": component + (f"/{sense}" if sense else ""),
        "code_words": _code_words(territory_nomenclature(place), component, sense),
        "loose": loose,
        "held": [_held(one, [item for item in shown if item.proposition_id == one.pk]) for one in held],
        "strangers": list(queries.strangers_of([one.pk for one in held], component, sense)),
        "propositions": held,
        "more": max(0, total - queries.MOST_SHOWN),
        "form": WordingForm(),
        "accused": [],
        "warning": "",
        "again": "",
        "kept": [],
        "ticked": set(),
        "pair_url": _address(place, component, sense),
    }
    return render(request, "voices/propositions/pair.html", {**context, **given})


def _held(proposition: Any, items: list[Criterion]) -> tuple[Any, list[Criterion], str, int]:
    """A statement, what was said under it, how much, and how many of them it would make accuse themselves."""
    blamed = accused(str(proposition), [Statement(one.pk, one.french_text or one.text, one.question.side) for one in items])
    return proposition, items, criteria_in_words(proposition.live), len(blamed)


def _ticked(request: HttpRequest, place: Territory) -> list[Criterion]:
    ids = [int(pk) for pk in request.POST.getlist("criterion") if pk.isdigit()][:MOST_CHOSEN]
    return list(Criterion.objects.live().filter(territory=place, pk__in=ids).order_by("pk"))


def _try(
    request: HttpRequest,
    place: Territory,
    pair: tuple[str, str],
    act: Callable[..., object],
    said: str,
    chosen: Sequence[Criterion],
    **given: Any,
) -> HttpResponse:
    """Does what was asked; a refusal or a warning shows the page again with everything that was chosen."""
    knowingly = {} if act is operations.detach_from_proposition else {"knowingly": request.POST.get("knowingly") == "1"}
    form = WordingForm(request.POST) if "text" in request.POST else WordingForm()
    again: dict[str, Any] = {"form": form, "ticked": {item.pk for item in chosen}}
    try:
        act(criteria=chosen, by=person(request), now=timezone.now(), **knowingly, **given)
    except operations.PropositionRefusal as refusal:
        form.is_valid()
        form.add_error(None, str(refusal)) if form.is_bound else messages.error(request, str(refusal))
        return _pair_page(request, place, *pair, **again)
    except operations.WouldAccuse as warning:
        kept = [(name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values]
        named = Criterion.objects.filter(pk__in=warning.criteria).select_related("group", "question").order_by("pk")
        return _pair_page(request, place, *pair, accused=list(named), warning=str(warning), again=request.path, kept=kept, **again)
    messages.success(request, said)
    return redirect(_address(place, *pair))


@require_POST
def make_proposition(request: HttpRequest, territory: str, component: str) -> HttpResponse:
    place = territory_for(request, territory, RIGHT)
    pair = (component, request.POST.get("sens", ""))
    chosen = [item for item in _ticked(request, place) if (item.component, item.sense) == pair]
    said = gettext("La formulation est faite. Elle ne remplace pas ce qui a été dit.")
    return _try(request, place, pair, operations.make_proposition, said, chosen, text=request.POST.get("text", "")[:300])


def _proposition(request: HttpRequest, territory: str, pk: int) -> Proposition:
    place = territory_for(request, territory, RIGHT)
    return get_object_or_404(Proposition.objects.select_related("territory"), pk=pk, territory=place)


@require_POST
def attach_to_proposition(request: HttpRequest, territory: str, proposition: int) -> HttpResponse:
    found = _proposition(request, territory, proposition)
    chosen = _ticked(request, found.territory)
    said = gettext("Les critères sont rattachés à la formulation.")
    pair = (found.component, found.sense)
    return _try(request, found.territory, pair, operations.attach_to_proposition, said, chosen, proposition=found)


@require_POST
def detach_from_proposition(request: HttpRequest, territory: str, proposition: int) -> HttpResponse:
    found = _proposition(request, territory, proposition)
    chosen = _ticked(request, found.territory)
    said = gettext("Les critères sont détachés. Ils gardent leurs mots et leur code.")
    pair = (found.component, found.sense)
    return _try(request, found.territory, pair, operations.detach_from_proposition, said, chosen, proposition=found)


def reword_proposition(request: HttpRequest, territory: str, proposition: int) -> HttpResponse:
    found = _proposition(request, territory, proposition)
    form = RewordForm(request.POST or None, initial={"text": found.corrected_text or found.text})
    named: list[Criterion] = []
    warning = ""
    back = _address(found.territory, found.component, found.sense)
    if request.method == "POST" and form.is_valid():
        knowingly = request.POST.get("knowingly") == "1"
        try:
            operations.reword_proposition(
                proposition=found, text=form.cleaned_data["text"], by=person(request), now=timezone.now(), knowingly=knowingly
            )
        except operations.WouldAccuse as refusal:
            warning = str(refusal)
            named = list(Criterion.objects.filter(pk__in=refusal.criteria).select_related("group", "question").order_by("pk"))
        else:
            messages.success(request, gettext("La formulation d’enquête est à jour. L’original est gardé."))
            return redirect(back)
    context = {"territory": found.territory, "proposition": found, "form": form, "accused": named, "warning": warning, "back": back}
    context["kept"] = [("text", form.data.get("text", ""))]
    return render(request, "voices/propositions/reword.html", context)


@require_POST
def delete_proposition(request: HttpRequest, territory: str, proposition: int) -> HttpResponse:
    found = _proposition(request, territory, proposition)
    place, pair = found.territory, (found.component, found.sense)
    try:
        operations.delete_proposition(proposition=found, by=person(request), now=timezone.now())
    except operations.PropositionRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect(_address(place, *pair))
    messages.success(request, gettext("La formulation est supprimée."))
    return redirect("voices:propositions", place.slug)


@require_POST
def export_propositions(request: HttpRequest, territory: str) -> HttpResponse:
    """The survey items leave as a file: the journal says who took them."""
    place = territory_for(request, territory, RIGHT)
    stream = io.BytesIO()
    count = write_survey_items(stream, queries.survey_rows(place))
    record(
        verb="voices.export_propositions",
        by=person(request),
        territory=place,
        on=place,
        numbers={"propositions": count},
        now=timezone.now(),
    )
    name = f"tissage-formulations-{place.slug}-{timezone.localdate():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(stream.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
