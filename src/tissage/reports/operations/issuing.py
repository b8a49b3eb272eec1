"""Documents are issued from a frozen year: numbered within the territory, kept byte for byte, taken away by people who may."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tissage.people.exchange.kept_files import keep, path_of
from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.reports.documents import FORMATS, file_name, render
from tissage.reports.documents.own_word import render_own
from tissage.reports.models import FrozenYear, Report, ReportFile, WordTemplate
from tissage.reports.queries.books import frozen_book

REPORTS = "reports"
"""Folder of the issued files, in the data folder."""


class IssueRefused(ValueError):
    """A document cannot be issued; the message says why."""


@transaction.atomic
def issue_report(
    *,
    frozen: FrozenYear,
    kind: str,
    by: User | None,
    now: dt.datetime,
    formats: Iterable[str] = FORMATS,
    own: WordTemplate | None = None,
) -> Report:
    """Issues a document from a frozen year in the formats asked. With `own`, its Word file is the municipality's form.

    Raises `IssueRefused` from a version that was reopened, for an unknown format, or a form that is not this kind's.
    """
    wanted = list(dict.fromkeys(formats))
    if frozen.reopened_at is not None:
        raise IssueRefused(_("Cette version a été rouverte : arrêtez l’année à nouveau, puis émettez le document."))
    if not wanted or set(wanted) - set(FORMATS) or kind not in Report.Kind.values:
        raise IssueRefused(_("Choisissez un document et au moins un format."))
    if own is not None and (own.kind != kind or own.territory_id != frozen.plan.territory_id):
        raise IssueRefused(_("Ce modèle Word n’est pas fait pour ce document."))
    territory = frozen.plan.territory
    Territory.objects.select_for_update(of=("self",)).order_by("pk").get(pk=territory.pk)  # numbers follow each other
    number = (Report.objects.filter(territory=territory).aggregate(last=Max("number"))["last"] or 0) + 1
    book = frozen_book(frozen, kind, now=now, number=number)
    form = f"{book.template.code} · {book.template.version}" + (f" · {own}" if own else "")
    report = Report.objects.create(
        frozen_year=frozen,
        number=number,
        territory=territory,
        kind=kind,
        title=f"{book.title} · {frozen.plan.name}"[:300],
        template=form[:200],
        issued_at=now,
        issued_by=by,
    )
    written: list[uuid.UUID] = []
    try:
        for extension in wanted:
            content = render_own(own, book).content if own is not None and extension == "docx" else render(book, extension)
            name = uuid.uuid4()
            keep(REPORTS, name, content)
            written.append(name)
            ReportFile.objects.create(
                report=report,
                uuid=name,
                format=extension,
                file_name=file_name(book, extension)[:200],
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
            )
        record(verb="reports.issue_report", by=by, territory=territory, on=report, numbers={"files": len(wanted)}, now=now)
    except BaseException:
        for name in written:
            path_of(REPORTS, name).unlink(missing_ok=True)
        raise
    return report


def read_report_file(file: ReportFile) -> bytes:
    """The bytes of an issued file. Raises `FileNotFoundError` when the data folder lost it."""
    return path_of(REPORTS, file.uuid).read_bytes()


@transaction.atomic
def note_download(*, file: ReportFile, by: User | None, now: dt.datetime) -> None:
    """Somebody took an issued file away."""
    record(verb="reports.take_report", by=by, territory=file.report.territory, on=file.report, now=now)


@transaction.atomic
def note_draft(*, frozen: FrozenYear | None, territory: Territory, by: User | None, now: dt.datetime) -> None:
    """Somebody took a draft away: from live data, or from a frozen year before anything was issued."""
    record(verb="reports.take_draft", by=by, territory=territory, on=frozen, now=now)
