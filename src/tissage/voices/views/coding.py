"""Giving a code: dimension first, then component (`x00` last), letter, and whatever else is known."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from tissage.core.codes import Code
from tissage.frameworks.queries import chosen_version, find_components, nomenclature_of, territory_nomenclature
from tissage.voices.forms.coding import CodingForm, WholeCodeForm
from tissage.voices.models import Criterion
from tissage.voices.operations import codings as operations

from .doors import criterion_for, person


def code_criterion(request: HttpRequest, territory: str, criterion: int) -> HttpResponse:
    found = criterion_for(request, territory, criterion, "voices.write_voices")
    nomenclature = territory_nomenclature(found.territory)
    dimension = (request.POST or request.GET).get("dimension", "") or found.dimension
    initial = _initial(request, found, dimension)
    whole = WholeCodeForm(request.POST if "whole" in request.POST else None, initial={"whole": found.code, "facet": initial["facet"]})
    parts = CodingForm(
        request.POST if request.method == "POST" and "whole" not in request.POST else None,
        nomenclature=nomenclature,
        dimension=dimension,
        initial=initial,
    )
    if request.method == "POST":
        if "whole" in request.POST and whole.is_valid():
            return _give(request, found, whole.cleaned_data["whole"], whole.cleaned_data["facet"])
        if "whole" not in request.POST and parts.is_valid():
            return _give(request, found, parts.code, parts.cleaned_data["facet"])
    words = request.GET.get("mots", "").strip()
    version = chosen_version(found.territory)
    language = (get_language() or "fr").split("-")[0]
    context = {
        "territory": found.territory,
        "criterion": found,
        "dimension": dimension,
        "dimensions": [(term, term.label(language), term.code == dimension) for term in nomenclature.dimensions],
        "components": _components(parts, language),
        "parts": parts,
        "whole": whole,
        "words": words,
        "matches": [(match, match.term.label(language)) for match in find_components(version, words)] if version and words else [],
        "nomenclature_name": nomenclature_of(version).name if version else "",
    }
    return render(request, "voices/coding.html", context)


def _initial(request: HttpRequest, found: Criterion, dimension: str) -> dict[str, Any]:
    """The parts to start from: those of the current code, with the component that a search result or a dimension names."""
    current = found.codings.filter(superseded_at__isnull=True).first()
    component = request.GET.get("component", "") or (found.component if found.dimension == dimension else "")
    return {
        "component": component,
        "letter": found.letter,
        "sense": found.sense if len(found.sense) > 1 else "",
        "sub_component": found.sub_component,
        "beneficiary": found.beneficiary,
        "facet": current.facet if current else "",
    }


def _components(form: CodingForm, language: str) -> list[tuple[Any, str, str, str, bool]]:
    """Each component offered: the term, its name, its key, the id of its field and whether it is the one chosen."""
    chosen = form["component"].value()
    return [
        (term, term.label(language), term.key(language), f"component_{position}", term.code == chosen)
        for position, term in enumerate(form.terms)
    ]


def _give(request: HttpRequest, found: Criterion, code: Code, facet: str) -> HttpResponse:
    operations.set_code(criterion=found, code=code, facet=facet, by=person(request), now=timezone.now())
    messages.success(request, gettext("Code enregistré : %(code)s.") % {"code": code})
    if "then_next" in request.POST:
        following = _next_uncoded(found)
        if following is not None:
            return redirect("voices:code", found.territory.slug, following.pk)
        messages.info(request, gettext("Plus aucun critère à coder : tout l’est dans ce territoire."))
    return redirect("voices:criterion", found.territory.slug, found.pk)


def _next_uncoded(found: Criterion) -> Criterion | None:
    """The next criterion without a code: of the same group if there is one, else of the territory."""
    waiting = Criterion.objects.live().uncoded().filter(territory=found.territory_id).exclude(pk=found.pk).order_by("pk")
    same = waiting.filter(group=found.group_id, question=found.question_id)
    return same.filter(pk__gt=found.pk).first() or same.first() or waiting.filter(group=found.group_id).first() or waiting.first()


@require_POST
def validate_coding(request: HttpRequest, territory: str, criterion: int) -> HttpResponse:
    found = criterion_for(request, territory, criterion, "voices.write_voices")
    try:
        operations.validate_coding(criterion=found, by=person(request), now=timezone.now())
    except operations.NothingToValidate as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("Le code %(code)s est validé.") % {"code": found.code})
    return redirect("voices:criterion", territory, found.pk)


@require_POST
def remove_code(request: HttpRequest, territory: str, criterion: int) -> HttpResponse:
    """Takes the code away; the history keeps it, one click away from being given again."""
    found = criterion_for(request, territory, criterion, "voices.write_voices")
    operations.set_code(criterion=found, code=None, by=person(request), now=timezone.now())
    messages.success(request, gettext("Le code est retiré. L’historique le garde."))
    return redirect("voices:criterion", territory, found.pk)
