"""Reading: frameworks and versions, codes, senses, beneficiaries, search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tissage.core.nomenclature import BENEFICIARY, COMPONENT, DIMENSION, KINDS, SENSE_LETTER
from tissage.frameworks.models import Framework, FrameworkVersion
from tissage.frameworks.queries import difference, find_components, latest_published, nomenclature_of, phrases_of, with_counts

from .doors import may_edit, node_for, nomenclature_for, version_for
from .plans import search_plan, show_plan_version
from .vocabulary import show_vocabulary_version

MOST_MATCHES = 20


@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    found = with_counts(FrameworkVersion.objects.visible_to(request.user)).order_by("framework__name", "framework", "-pk")
    return render(request, "frameworks/versions.html", {"versions": found, "may_edit": may_edit(request), "latest": latest_published()})


@require_safe
def show_version(request: HttpRequest, version: int) -> HttpResponse:
    shown = version_for(request, version)
    if shown.framework.purpose == Framework.Purpose.PLAN:
        return show_plan_version(request, shown)
    if shown.framework.purpose == Framework.Purpose.VOCABULARY:
        return show_vocabulary_version(request, shown)
    nomenclature = nomenclature_of(shown)
    outline = [(dimension, nomenclature.components_of(dimension.code)) for dimension in nomenclature.dimensions]
    context = {
        "version": shown,
        "outline": outline,
        "dimensions_total": len(outline),
        "components_total": len(nomenclature.of_kind(COMPONENT)),
        "components_by_status": nomenclature.status_counts(COMPONENT),
        "may_edit": may_edit(request),
    }
    return render(request, "frameworks/version.html", context)


@require_safe
def component(request: HttpRequest, version: int, code: str) -> HttpResponse:
    """One component. `x00` is shown as what to choose in doubt."""
    shown = nomenclature_for(request, version)
    node = node_for(shown, COMPONENT, code)
    nomenclature = nomenclature_of(shown)
    siblings = nomenclature.components_of(code[0])
    place = [term.code for term in siblings].index(code)
    context = {
        "version": shown,
        "node": node,
        "dimension": nomenclature.get(DIMENSION, code[0]),
        "phrases": phrases_of(node),
        "before": siblings[place - 1] if place else None,
        "after": siblings[place + 1] if place + 1 < len(siblings) else None,
        "general": nomenclature.get(COMPONENT, f"{code[0]}00"),
        "may_edit": may_edit(request),
    }
    return render(request, "frameworks/component.html", context)


@require_safe
def senses(request: HttpRequest, version: int) -> HttpResponse:
    shown = nomenclature_for(request, version)
    nomenclature = nomenclature_of(shown)
    letters = [(letter, nomenclature.children_of(SENSE_LETTER, letter.code)) for letter in nomenclature.of_kind(SENSE_LETTER)]
    return render(request, "frameworks/senses.html", {"version": shown, "letters": letters, "may_edit": may_edit(request)})


@require_safe
def beneficiaries(request: HttpRequest, version: int) -> HttpResponse:
    shown = nomenclature_for(request, version)
    terms = nomenclature_of(shown).of_kind(BENEFICIARY)
    return render(request, "frameworks/beneficiaries.html", {"version": shown, "terms": terms, "may_edit": may_edit(request)})


@require_safe
def search(request: HttpRequest, version: int) -> HttpResponse:
    shown = version_for(request, version)
    text = request.GET.get("q", "").strip()
    if shown.framework.purpose == Framework.Purpose.PLAN:
        return search_plan(request, shown, text)
    matches = find_components(shown, text, MOST_MATCHES) if text else []
    return render(request, "frameworks/search.html", {"version": shown, "text": text, "matches": matches})


@require_safe
def differences(request: HttpRequest, version: int) -> HttpResponse:
    shown = version_for(request, version)
    found = difference(shown.previous, shown) if shown.previous else None
    return render(request, "frameworks/differences.html", {"version": shown, "difference": found, "kinds": KINDS})
