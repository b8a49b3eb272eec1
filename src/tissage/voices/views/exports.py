"""Taking the criteria out, all of them or those of a search, as a file."""

from __future__ import annotations

import tempfile

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tissage.core.columns import EXPORTED
from tissage.frameworks.queries import chosen_version, explain, territory_nomenclature
from tissage.people.exchange.errors import TooLong
from tissage.people.models import Territory
from tissage.people.operations import record
from tissage.voices.exchange.refi_qda.writer import write_project
from tissage.voices.exchange.writers import CONTENT_TYPES, FORMATS, WRITERS, export_rows, file_name, write_csv
from tissage.voices.forms.criteria import SearchForm
from tissage.voices.models import Criterion
from tissage.voices.models.criteria import CriterionQuerySet
from tissage.voices.queries.criteria import find_criteria
from tissage.voices.words import criteria_in_words

from .doors import person, territory_for
from .imports import RIGHT

PROJECT = "qdpx"


def _asked(request: HttpRequest, territory: Territory) -> CriterionQuerySet | None:
    """The criteria that answer the search which the criteria page left in the address; None when it asks nothing."""
    form = SearchForm(request.GET, territory=territory, nomenclature=territory_nomenclature(territory))
    return find_criteria(territory, form.search) if request.GET and form.asks else None


def exports(request: HttpRequest, territory: str) -> HttpResponse:
    """How many criteria the file will hold, in which format. The address may hold a search of the criteria page."""
    place = territory_for(request, territory, RIGHT)
    asked = _asked(request, place)
    total = Criterion.objects.live().filter(territory=place).count()
    count = total if asked is None else asked.order_by().count()
    context = {
        "territory": place,
        "count": count,
        "has_any": bool(total),
        "count_words": criteria_in_words(count),
        "total_words": criteria_in_words(total),
        "asks": asked is not None,
        "search": request.GET.urlencode() if asked is not None else "",
        "columns": list(EXPORTED.values()),
        "version": chosen_version(place),
    }
    return render(request, "voices/imports/export.html", context)


@require_POST
def export_download(request: HttpRequest, territory: str) -> HttpResponse | FileResponse:
    """Residents' words leave the house: the journal says who took them."""
    place = territory_for(request, territory, RIGHT)
    format = request.POST.get("format", "")
    if format not in (*FORMATS, PROJECT):
        raise Http404
    asked = _asked(request, place)
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        if format == "csv":
            count = write_csv(stream, export_rows(place, asked), delimiter=";", mark=True)
        elif format == PROJECT:
            count = write_project(stream, place, asked)
        else:
            count = WRITERS[format](stream, export_rows(place, asked))
    except TooLong as error:
        stream.close()
        messages.error(request, explain(error.message))
        return redirect("voices:exports", territory)
    now = timezone.now()
    record(
        verb="voices.export_criteria", by=person(request), territory=place, on=place, fields=[format], numbers={"criteria": count}, now=now
    )
    stream.seek(0)
    name = file_name(place, format, timezone.localdate())
    return FileResponse(stream, as_attachment=True, filename=name, content_type=CONTENT_TYPES.get(format, "application/zip"))
