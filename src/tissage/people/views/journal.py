"""The journal of a territory, for those who coordinate it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tissage.people.exchange.journal_csv import journal_csv
from tissage.people.exchange.journal_proof import journal_proof
from tissage.people.forms import JournalForm
from tissage.people.journal import in_words
from tissage.people.models import Entry, Territory
from tissage.people.operations import record
from tissage.people.queries import journal_of

from .doors import person, territory_for

PAGE = 50


@require_safe
def show_journal(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, "people.read_journal")
    form = JournalForm(request.GET or None, territory=place)
    page = Paginator(_filtered(place, form), PAGE).get_page(request.GET.get("page"))
    return render(request, "people/journal.html", {"territory": place, "form": form, "page": page, "lines": in_words(page.object_list)})


@require_POST
def export_journal(request: HttpRequest, territory: str) -> StreamingHttpResponse:
    """The lines that the filters show, as CSV. Taking them away is itself a line."""
    place = territory_for(request, territory, "people.read_journal")
    entries = _filtered(place, JournalForm(request.POST, territory=place))
    now = timezone.now()
    entries = entries.filter(pk__lte=entries.values_list("pk", flat=True).first() or 0)
    record(verb="people.export_journal", by=person(request), territory=place, on=place, numbers={"entries": entries.count()}, now=now)
    return StreamingHttpResponse(
        (piece.encode() for piece in journal_csv(entries)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="journal-{place.slug}-{timezone.localdate(now):%Y-%m-%d}.csv"'},
    )


@require_POST
def export_journal_proof(request: HttpRequest, territory: str) -> StreamingHttpResponse:
    """The whole journal of the territory, with its seals: whoever receives the file checks it with `tissage verify_journal FILE`."""
    place = territory_for(request, territory, "people.read_journal")
    now = timezone.now()
    record(
        verb="people.export_journal", by=person(request), territory=place, on=place, numbers={"entries": journal_of(place).count()}, now=now
    )
    return StreamingHttpResponse(
        (piece.encode() for piece in journal_proof(place)),
        content_type="application/x-ndjson; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="journal-scelle-{place.slug}-{timezone.localdate(now):%Y-%m-%d}.jsonl"'},
    )


def _filtered(territory: Territory, form: JournalForm) -> QuerySet[Entry]:
    if not form.is_valid():
        return journal_of(territory)
    return journal_of(territory, actor=form.cleaned_data["person"], verb=form.cleaned_data["act"])
