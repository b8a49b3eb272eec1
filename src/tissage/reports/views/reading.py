"""What a reader meets, by account or by link: the same pages, another frame. Opening them only reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from tissage.people.models import User
from tissage.plan.models import Plan
from tissage.plan.queries.versions import said_by
from tissage.plan.words import in_words
from tissage.reports.forms.readers import ReaderCommentForm
from tissage.reports.models import ReaderLink, Report, ReportFile
from tissage.reports.operations.readers import ReaderRefused, write_comment
from tissage.reports.queries.readers import adopted_minutes, adopted_of, adopted_versions, comments_on

from .files import issued_file

SUBJECTS = ("version", "report", "meeting")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads and through which door. `names`: the address of each page of that door, which takes `args` first."""

    plan: Plan
    user: User | None
    link: ReaderLink | None
    with_minutes: bool
    comments: bool
    layout: str
    names: dict[str, str]
    args: tuple[Any, ...]
    context: dict[str, Any] = field(default_factory=dict)

    def url(self, page: str, *more: Any) -> str:
        return reverse(self.names[page], args=[*self.args, *more])

    def known(self, **more: Any) -> dict[str, Any]:
        return {
            "territory": self.plan.territory,
            "plan": self.plan,
            "layout": self.layout,
            "home_url": self.url("home"),
            **self.context,
            **more,
        }


def show_home(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Everything adopted, one list a kind."""
    adopted = adopted_of(reader.plan, timezone.localdate(), with_minutes=reader.with_minutes)
    context = reader.known(
        adopted=adopted,
        versions=[(one, reader.url("version", one.number)) for one in [adopted.in_force, *adopted.former] if one],
        issued=[
            (one, reader.url("report", one.report.number), [(f, reader.url("file", f.uuid)) for f in one.files]) for one in adopted.issued
        ],
        minutes=[(one, reader.url("minutes", one.pk)) for one in adopted.minutes],
    )
    return render(request, "reports/readers/home.html", context)


def show_version(request: HttpRequest, reader: Reader, number: int, form: ReaderCommentForm | None = None) -> HttpResponse:
    versions = adopted_versions(reader.plan, timezone.localdate())
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise Http404
    said = [in_words(reader.plan, one) for one in said_by(version)]
    context = reader.known(
        version=version, said=said, is_in_force=version == versions[0], **_talk(reader, "version", version.pk, number, form)
    )
    return render(request, "reports/readers/version.html", context)


def show_report(request: HttpRequest, reader: Reader, number: int, form: ReaderCommentForm | None = None) -> HttpResponse:
    adopted = adopted_of(reader.plan, timezone.localdate(), with_minutes=False)
    issued = next((one for one in adopted.issued if one.report.number == number), None)
    if issued is None:
        raise Http404
    files = [(one, reader.url("file", one.uuid)) for one in issued.files]
    context = reader.known(issued=issued, report=issued.report, files=files, **_talk(reader, "report", issued.report.pk, number, form))
    return render(request, "reports/readers/report.html", context)


def show_minutes(request: HttpRequest, reader: Reader, pk: int, form: ReaderCommentForm | None = None) -> HttpResponse:
    minutes = adopted_minutes(reader.plan.territory, with_minutes=reader.with_minutes)
    meeting = get_object_or_404(minutes.prefetch_related("decisions"), pk=pk)
    decisions = list(meeting.decisions.order_by("number", "pk"))
    context = reader.known(meeting=meeting, decisions=decisions, **_talk(reader, "meeting", meeting.pk, pk, form))
    return render(request, "reports/readers/minutes.html", context)


def send_file(reader: Reader, uuid: UUID) -> HttpResponse:
    """An issued file of this plan."""
    files = ReportFile.objects.select_related("report")
    return issued_file(get_object_or_404(files, uuid=uuid, report__frozen_year__plan=reader.plan))


def comment(request: HttpRequest, reader: Reader, subject: str, number: int) -> HttpResponse:
    """Keeps a comment on a thing that this reader may read, and comes back to it."""
    if not reader.comments or subject not in SUBJECTS:
        raise Http404
    form, show = ReaderCommentForm(request.POST), {"version": show_version, "report": show_report, "meeting": show_minutes}[subject]
    subject_id = _readable(reader, subject, number)
    if not form.is_valid():
        return show(request, reader, number, form)
    author = {"user": reader.user, "link": None} if reader.user else {"user": None, "link": reader.link}
    try:
        write_comment(plan=reader.plan, subject=subject, subject_id=subject_id, now=timezone.now(), **form.cleaned_data, **author)
    except ReaderRefused as refusal:
        form.add_error("text", str(refusal))
        return show(request, reader, number, form)
    page = "minutes" if subject == "meeting" else subject
    return redirect(reader.url(page, number) + "#comments")


def _readable(reader: Reader, subject: str, number: int) -> int:
    """The key of what is commented, when this reader may read it; 404 otherwise."""
    if subject == "version":
        found = [one.pk for one in adopted_versions(reader.plan, timezone.localdate()) if one.number == number]
        if not found:
            raise Http404
        return found[0]
    if subject == "report":
        return get_object_or_404(Report, number=number, frozen_year__plan=reader.plan).pk
    return get_object_or_404(adopted_minutes(reader.plan.territory, with_minutes=reader.with_minutes), pk=number).pk


def _talk(reader: Reader, subject: str, subject_id: int, number: int, form: ReaderCommentForm | None) -> dict[str, Any]:
    return {
        "said_already": comments_on(subject, subject_id, user=reader.user, link=reader.link),
        "form": (form or ReaderCommentForm()) if reader.comments else None,
        "comment_url": reader.url("comment", subject, number),
    }
