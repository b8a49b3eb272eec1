"""Files to take away. The team's hold every statement: they are POSTs, and journalled. The public's are links."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from tissage.frameworks.queries import chosen_version
from tissage.synthesis import documents, queries
from tissage.synthesis.exchange.csv import cube_rows, dictionary_rows
from tissage.synthesis.exchange.data import as_data
from tissage.synthesis.exchange.dictionary import CUBE_COLUMNS, JSON_KEYS, LINE_COLUMNS
from tissage.synthesis.operations.exports import note_export, note_group_sheet
from tissage.synthesis.queries import SynthesisDocument
from tissage.voices.models import HomogeneousGroup

from .answers import attachment, rows_as_csv
from .doors import signed_in, team_territory
from .sources import Source, live_source
from .versions import opened

RENDERED = {"pdf": documents.render_pdf, "docx": documents.render_docx, "xlsx": documents.render_xlsx}


def file_of(kind: str, document: SynthesisDocument, source: Source) -> HttpResponse:
    """One file of a document. Raises `Http404` on a format that does not exist."""
    if kind in RENDERED:
        return attachment(RENDERED[kind](document), documents.CONTENT_TYPES[kind], documents.file_name(document, kind))
    stem = documents.file_name(document, "").rstrip(".")
    if kind == "csv":
        return rows_as_csv(cube_rows(document.overview, document.nomenclature), stem)
    if kind == "paroles":
        return rows_as_csv(line_rows(document), f"{stem}-paroles")
    if kind == "dictionnaire":
        return rows_as_csv(dictionary_rows((*CUBE_COLUMNS, *LINE_COLUMNS, *JSON_KEYS)), f"{stem}-dictionnaire")
    if kind == "json":
        version = source.synthesis.nomenclature if source.synthesis else chosen_version(source.territory)
        body = json.dumps(as_data(document.overview, version, document.rule), ensure_ascii=False, indent=1)
        return attachment(body.encode(), "application/json", f"{stem}.json")
    raise Http404


def line_rows(document: SynthesisDocument) -> Iterator[Sequence[object]]:
    """The header, then one row a criterion."""
    yield [column.name for column in LINE_COLUMNS]
    for line in document.lines():
        yield [line.group_name if column.name == "group" else getattr(line, column.name) for column in LINE_COLUMNS]


@require_POST
def live_download(request: HttpRequest, territory: str, kind: str) -> HttpResponse:
    source, form = live_source(request, team_territory(request, territory))
    groups, questions = form.chosen()
    now = timezone.now()
    document = queries.document_of(source.territory, groups=groups or None, questions=questions or None, now=now)
    answer = file_of(kind, document, source)
    note_export(
        territory=source.territory,
        synthesis=None,
        kind=kind,
        criteria=document.overview.criteria,
        by=signed_in(request),
        now=now,
    )
    return answer


@require_POST
def group_sheet(request: HttpRequest, territory: str, group: int) -> HttpResponse:
    """The words of one group, question by question, on paper, to read again together. The team's: journalled."""
    place = team_territory(request, territory)
    found = get_object_or_404(HomogeneousGroup.objects.live(), territory=place, pk=group)
    now = timezone.now()
    document = queries.document_of(place, groups=[found.pk], now=now)
    answer = attachment(
        documents.render_group_sheet_pdf(document, found.pk),
        documents.CONTENT_TYPES["pdf"],
        f"feuille-{slugify(place.name) or 'territoire'}-{slugify(found.name) or found.pk}-{document.made_on:%Y-%m-%d}.pdf",
    )
    note_group_sheet(group=found, criteria=document.overview.criteria, by=signed_in(request), now=now)
    return answer


@login_not_required
def version_download(request: HttpRequest, territory: str, number: int, kind: str) -> HttpResponse:
    """Of a version: the team's file by POST, the public's by GET."""
    source = opened(request, territory, number)
    if isinstance(source, HttpResponse):
        return source
    synthesis = source.synthesis
    assert synthesis is not None
    now = timezone.now()
    if source.public:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if synthesis.published_at is None:  # the team looks at what would go out; taking it away is the journalled act
            raise Http404
        return file_of(kind, queries.document_of(source.territory, synthesis=synthesis, audience="public", now=now), source)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    document = queries.document_of(source.territory, synthesis=synthesis, now=now)
    answer = file_of(kind, document, source)
    note_export(
        territory=source.territory,
        synthesis=synthesis,
        kind=kind,
        criteria=document.overview.criteria,
        by=signed_in(request),
        now=now,
    )
    return answer
