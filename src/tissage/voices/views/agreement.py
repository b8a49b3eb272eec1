"""The agreement page and its table: « 15 sur 20 pareils » first, then the coefficients, each with how to read it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext

from tissage.core.charts import Chart, Column, heat_map
from tissage.core.codes import parse_code
from tissage.core.nomenclature import DIMENSION as A_DIMENSION
from tissage.core.nomenclature import Nomenclature
from tissage.frameworks.queries import territory_nomenclature
from tissage.people.models import Territory
from tissage.voices import agreement_words as words
from tissage.voices.exchange.writers import protected
from tissage.voices.learning.resampling import DRAWS
from tissage.voices.queries.agreement import Figures, Report, report_of
from tissage.voices.queries.double_coding import CODE, COMPONENT, DIMENSION, LEVELS

from .doors import territory_for
from .double_coding import RIGHT

SHOWN_CONFUSIONS = 12


def level_words() -> dict[str, str]:
    return {
        DIMENSION: gettext("La dimension"),
        COMPONENT: gettext("La composante"),
        CODE: gettext("La composante et la lettre de sens"),
    }


def _level(request: HttpRequest) -> str:
    asked = request.GET.get("niveau", "")
    return asked if asked in LEVELS else COMPONENT


def _said(figures: Figures) -> dict[str, Any]:
    """Figures as the templates write them."""
    measured, intervals = figures.measured, figures.intervals
    return {
        "alike": words.alike_in_words(measured),
        "units": measured.units,
        "enough": measured.enough,
        "observed": words.percent(measured.observed),
        "observed_interval": words.percent_interval(intervals.observed),
        "kappa": words.number(measured.kappa),
        "kappa_interval": words.interval(intervals.kappa),
        "alpha": words.number(measured.alpha),
        "alpha_interval": words.interval(intervals.alpha),
        "reading": words.reading(figures),
    }


def _name(nomenclature: Nomenclature, code: str) -> str:
    """A code at any of the three levels, in words."""
    language = (get_language() or "fr").split("-")[0]
    if len(code) == 1:
        return nomenclature.label_of(code, language)
    return nomenclature.explain(parse_code(code), language)


def _chart(report: Report, nomenclature: Nomenclature, narrow: bool = False) -> Chart:
    met = {dimension for pair in report.by_dimension for dimension in pair}
    known = [term.code for term in nomenclature.of_kind(A_DIMENSION) if term.code in met]
    letters = known + sorted(met - set(known))
    return heat_map(
        [f"{letter} · {_name(nomenclature, letter)}" for letter in letters],
        [Column(letter, _name(nomenclature, letter)) for letter in letters],
        [[float(report.by_dimension.get((first, second), 0)) for second in letters] for first in letters],
        name="c-confusion" + ("-narrow" if narrow else ""),
        title=gettext("Dimension du premier code (lignes) et du second (colonnes)"),
        desc=gettext(
            "Nombre de critères codés deux fois, par dimension du premier et du second code. Sur la diagonale, la dimension est la même."
        ),
        order=gettext("Dans l’ordre de la nomenclature."),
        corner=gettext("Premier code"),
        narrow=narrow,
    )


def _context(place: Territory, level: str) -> dict[str, Any]:
    nomenclature = territory_nomenclature(place)
    report = report_of(place, level)
    apart = sum(count for first, second, count in report.confused)
    return {
        "territory": place,
        "level": level,
        "levels": [(name, label, name == level) for name, label in level_words().items()],
        "whole": _said(report.whole),
        "pairs": [(" · ".join(pair.coders), _said(pair.figures)) for pair in report.pairs],
        "dimensions": [(one, _name(nomenclature, one.dimension), _said(one.figures)) for one in report.dimensions],
        "confused": [
            (first, _name(nomenclature, first), second, _name(nomenclature, second), count)
            for first, second, count in report.confused[:SHOWN_CONFUSIONS]
        ],
        "confused_hidden": max(0, len(report.confused) - SHOWN_CONFUSIONS),
        "apart": apart,
        "draws": DRAWS,
        "report": report,
        "nomenclature": nomenclature,
    }


def agreement(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, RIGHT)
    context = _context(place, _level(request))
    report: Report = context["report"]
    if report.by_dimension:
        nomenclature = context["nomenclature"]
        context |= {"chart": _chart(report, nomenclature), "chart_narrow": _chart(report, nomenclature, narrow=True)}
        same = sum(count for (first, second), count in report.by_dimension.items() if first == second)
        context["chart_sentence"] = gettext("%(same)s critères sur %(units)s ont deux fois la même dimension.") % {
            "same": same,
            "units": report.whole.measured.units,
        }
    return render(request, "voices/double/agreement.html", context)


def agreement_csv(request: HttpRequest, territory: str) -> HttpResponse:
    """The figures of the page as a table: no resident's word is in it. Coefficients with a dot; empty where they cannot be computed."""
    place = territory_for(request, territory, RIGHT)
    level = _level(request)
    report = report_of(place, level)
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    for row in _rows(report):
        writer.writerow([protected(cell) if isinstance(cell, str) else cell for cell in row])
    name = f"tissage-accord-{place.slug}-{timezone.localdate():%Y-%m-%d}.csv"
    body = b"\xef\xbb\xbf" + stream.getvalue().encode()
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _rows(report: Report) -> Iterable[list[str | int | float]]:
    yield [
        gettext("quoi"), gettext("qui ou quoi"), gettext("niveau"), gettext("codés deux fois"), gettext("pareils"), gettext("accord observé"),
        "kappa", gettext("kappa bas"), gettext("kappa haut"), "alpha", gettext("alpha bas"), gettext("alpha haut"),
    ]  # fmt: skip
    yield [gettext("ensemble"), "", report.level, *_numbers(report.whole)]
    for pair in report.pairs:
        yield [gettext("personnes"), " · ".join(pair.coders), report.level, *_numbers(pair.figures)]
    for one in report.dimensions:
        yield [gettext("dimension contre les autres"), one.dimension, DIMENSION, *_numbers(one.figures)]
    for first, second, count in report.confused:
        yield [gettext("confusion"), f"{first} · {second}", report.level, count]


def _numbers(figures: Figures) -> list[str | int | float]:
    measured, intervals = figures.measured, figures.intervals
    kappa, alpha = intervals.kappa or (None, None), intervals.alpha or (None, None)
    found = (measured.observed, measured.kappa, *kappa, measured.alpha, *alpha)
    return [measured.units, measured.alike, *("" if value is None else round(value, 4) for value in found)]
