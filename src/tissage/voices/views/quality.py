"""What is worth mending in the codings: quick counts at once, the slow lists each in its own time."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from tissage.core.double_ideas import double_idea
from tissage.core.nomenclature import Nomenclature
from tissage.frameworks.queries import territory_nomenclature
from tissage.people.models import Territory
from tissage.voices.models import Criterion
from tissage.voices.queries import quality as queries

from .doors import territory_for

RIGHT = "voices.write_voices"
PER_PAGE = 20
FIRST = 5  # rows of a slow list within the quality page
APART, DOUBLE, DISPUTED = "semblables", "deux-idees", "contestes"


def _language() -> str:
    return (get_language() or "fr").split("-")[0]


def quality(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, RIGHT)
    nomenclature = territory_nomenclature(place)
    dimensions = queries.general_by_dimension(place)
    general = sum(share.general for share in dimensions)
    unused = queries.never_used(place, nomenclature)
    context = {
        "territory": place,
        "coded": sum(share.total for share in dimensions),
        "general": queries.Share("", general, sum(share.total for share in dimensions)),
        "dimensions": [(share, nomenclature.label_of(share.name, _language())) for share in dimensions],
        "coders": queries.general_by_coder(place),
        "unused": [(term, term.label(_language()), [(one, one.label(_language())) for one in terms]) for term, terms in unused],
        "unused_count": sum(len(terms) for _term, terms in unused),
        "unknown": queries.unknown_codes(place, nomenclature),
        "parts": [(APART, _titles()[APART]), (DISPUTED, _titles()[DISPUTED]), (DOUBLE, _titles()[DOUBLE])],
    }
    return render(request, "voices/quality/quality.html", context)


def _titles() -> dict[str, tuple[str, str]]:
    return {
        APART: (
            gettext("Presque les mêmes mots, codés autrement"),
            gettext("Deux personnes ont dit la même chose à la même question ; le code, lui, diffère."),
        ),
        DISPUTED: (
            gettext("Codes que la suggestion conteste"),
            gettext("Le modèle local, sans connaître le code donné, en verrait nettement un autre. Il peut se tromper."),
        ),
        DOUBLE: (
            gettext("Peut-être deux idées"),
            gettext("Un critère porte une seule idée. Ceux-ci en semblent porter plusieurs : à séparer, ou à laisser."),
        ),
    }


def quality_part(request: HttpRequest, territory: str, part: str) -> HttpResponse:
    """One slow list, a page at a time: within the quality page, or on a page of its own."""
    place = territory_for(request, territory, RIGHT)
    if part not in _titles():
        raise Http404
    rows = queries.kept(place, part, lambda: _find(place, part))
    whole = "HX-Request" not in request.headers
    page = Paginator(rows or [], PER_PAGE if whole else FIRST).get_page(request.GET.get("page"))
    title, about = _titles()[part]
    context = {
        "territory": place,
        "part": part,
        "title": title,
        "about": about,
        "page": page,
        "count": page.paginator.count,
        "silent": rows is None,
        "rows": _rows(part, list(page.object_list), territory_nomenclature(place)),
        "part_url": reverse("voices:quality_part", args=[place.slug, part]),
        "back": reverse("voices:quality", args=[place.slug]),
    }
    return render(request, "voices/quality/part_page.html" if whole else "voices/quality/part.html", {**context, "whole": whole})


def _find(place: Territory, part: str) -> Any:
    finders = {APART: queries.coded_apart, DOUBLE: queries.double_ideas, DISPUTED: queries.contradicted}
    return finders[part](place)


def _rows(part: str, found: list[Any], nomenclature: Nomenclature) -> list[dict[str, Any]]:
    """The rows of one page, with their criteria; what was merged or withdrawn since is left out."""
    if part == APART:
        criteria = queries.criteria_in([pk for group in found for pk in group])
        groups = [[criteria[pk] for pk in group if pk in criteria] for group in found]
        return [_group(group, nomenclature) for group in groups if len(group) > 1]
    criteria = queries.criteria_in([row[0] for row in found])
    rows = []
    for row in found:
        criterion = criteria.get(row[0])
        if criterion is None:
            continue
        said: dict[str, Any] = {"criterion": criterion, "label": nomenclature.label_of(criterion.component, _language())}
        if part == DISPUTED:
            said |= {"other": queries.component_name(nomenclature, row[1], _language()), "percent": round(row[2] * 100)}
        else:
            idea = double_idea(criterion.french_text or criterion.text)
            said |= {"parts": idea.parts if idea else (), "kind": row[1]}
        rows.append(said)
    return rows


def _group(criteria: list[Criterion], nomenclature: Nomenclature) -> dict[str, Any]:
    return {
        "criteria": [(one, nomenclature.label_of(one.component, _language())) for one in criteria],
        "merges": len({(one.group_id, one.question_id) for one in criteria}) == 1,
        "merge_query": "&".join(f"id={one.pk}" for one in criteria),
    }
