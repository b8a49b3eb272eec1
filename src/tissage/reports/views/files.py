"""Files of documents: drafts and issued ones. Taking one away is journalled, so it is a POST."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tissage.reports.documents import CONTENT_TYPES, file_name, render
from tissage.reports.forms.reports import IssueForm, TakeForm
from tissage.reports.models import ReportFile, WordTemplate
from tissage.reports.operations.issuing import IssueRefused, issue_report, note_download, note_draft, read_report_file
from tissage.reports.queries.books import draft_book, frozen_book, standing_freeze

from .doors import file_for, frozen_for, person, plan_year_for
from .years import ISSUES


def attachment(content: bytes, extension: str, name: str) -> HttpResponse:
    """A file to keep, never shown in the page of another, never kept by a shared cache."""
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[extension],
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


@require_POST
def take(request: HttpRequest, territory: str, plan: int, year: int) -> HttpResponse:
    """A document without issuing it: « PROJET » from live data, or a copy without number of a frozen year."""
    found = plan_year_for(request, territory, plan, year)
    form = TakeForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Choisissez un document et un format."))
        return redirect("reports:year", territory, plan, year)
    now, standing = timezone.now(), standing_freeze(found, year)
    kind, extension = form.cleaned_data["kind"], form.cleaned_data["format"]
    book = frozen_book(standing, kind, now=now) if standing else draft_book(found, year, kind, now=now)
    answer = attachment(render(book, extension), extension, file_name(book, extension))
    note_draft(frozen=standing, territory=found.territory, by=person(request), now=now)
    return answer


@require_POST
def issue(request: HttpRequest, territory: str, plan: int, year: int) -> HttpResponse:
    """Issues a document: numbered, kept byte for byte."""
    frozen = frozen_for(request, territory, plan, year, ISSUES)
    own = WordTemplate.objects.filter(territory=frozen.territory, retired_at__isnull=True)
    form = IssueForm(request.POST, templates=own)
    if not form.is_valid():
        told = " ".join(str(error) for errors in form.errors.values() for error in errors)
        messages.error(request, gettext("Rien n’est émis. %(why)s") % {"why": told})
        return redirect("reports:year", territory, plan, year)
    said = form.cleaned_data
    try:
        report = issue_report(
            frozen=frozen, kind=said["kind"], formats=said["formats"], own=said["own"], by=person(request), now=timezone.now()
        )
    except IssueRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("Le document %(number)s est émis.") % {"number": report.number})
    return redirect("reports:year", territory, plan, year)


@require_POST
def download(request: HttpRequest, territory: str, report_file: UUID) -> HttpResponse:
    """An issued file, as it was."""
    found = file_for(request, territory, report_file)
    answer = issued_file(found)
    note_download(file=found, by=person(request), now=timezone.now())
    return answer


def issued_file(file: ReportFile) -> HttpResponse:
    """The answer that carries an issued file, once its reader was checked. For the doors of readers too."""
    try:
        content = read_report_file(file)
    except FileNotFoundError:
        raise Http404 from None
    return attachment(content, file.format, file.file_name)
