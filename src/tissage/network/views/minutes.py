"""The minutes of a meeting: written, approved, printed; and its convocation on paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tissage.network.documents import meetings as documents
from tissage.network.forms.meetings import AdoptForm, MinutesForm
from tissage.network.models import Meeting
from tissage.network.operations import meetings as operations

from .doors import meeting_for, person

READ, WRITE = "network.read_network", "network.write_network"


def minutes(request: HttpRequest, territory: str, meeting: int) -> HttpResponse:
    """One large field. When somebody else wrote meanwhile, both texts stand on the page, and the person chooses."""
    found = meeting_for(request, territory, meeting, WRITE)
    form = MinutesForm(request.POST or None, meeting=found)
    theirs = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            operations.write_minutes(
                meeting=found,
                minutes=given["minutes"],
                seen=given["seen"],
                visibility=given["minutes_visibility"],
                by=person(request),
                now=timezone.now(),
            )
        except operations.MinutesChanged as refusal:
            theirs = refusal.theirs
            form.add_error("minutes", str(refusal))
            form.data = {**request.POST.dict(), "seen": theirs}
        except operations.MeetingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("Le procès-verbal est gardé."))
            return _back(found)
    context = {"territory": found.territory, "meeting": found, "collective": found.collective, "form": form, "theirs": theirs}
    return render(request, "network/minutes.html", context)


def adopt_minutes(request: HttpRequest, territory: str, meeting: int) -> HttpResponse:
    found = meeting_for(request, territory, meeting, WRITE)
    form = AdoptForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            operations.adopt_minutes(meeting=found, on=form.cleaned_data["on"], by=person(request), now=timezone.now())
        except operations.MeetingRefused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, gettext("Le procès-verbal est approuvé. Il ne change plus."))
            return _back(found)
    context = {
        "territory": found.territory,
        "meeting": found,
        "collective": found.collective,
        "form": form,
        "title": gettext("Noter l’approbation du procès-verbal"),
        "submit": gettext("Noter l’approbation"),
    }
    return render(request, "network/meeting_part_form.html", context)


@require_safe
def minutes_pdf(request: HttpRequest, territory: str, meeting: int) -> HttpResponse:
    found = meeting_for(request, territory, meeting, READ)
    return _pdf(documents.minutes_pdf(found, now=timezone.now()), documents.file_name(found, gettext("proces-verbal")))


@require_safe
def convocation_pdf(request: HttpRequest, territory: str, meeting: int) -> HttpResponse:
    found = meeting_for(request, territory, meeting, READ)
    return _pdf(documents.convocation_pdf(found, now=timezone.now()), documents.file_name(found, gettext("convocation")))


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _back(meeting: Meeting) -> HttpResponse:
    return redirect("network:meeting", meeting.territory.slug, meeting.pk)
