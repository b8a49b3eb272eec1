"""Reading accounting extracts: give a file, name its columns once, look, apply or not, come back to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tissage.core.messages import Message
from tissage.frameworks.queries import explain
from tissage.plan import tasks
from tissage.plan.exchange.extract_uploads import INLINE_ROWS, columns_of, is_large, opened, read_extract, write_extract
from tissage.plan.exchange.extracts import BrokenLine, Extract, UnreadableFile
from tissage.plan.forms.booking_imports import ColumnsForm, ExtractForm
from tissage.plan.models import Booking, BookingImport, Plan
from tissage.plan.operations.booking_imports import cancel_extract
from tissage.plan.operations.extract_files import receive_extract, remember_columns
from tissage.voices.words import error_in_words, finding_in_words

from .bookings import READ, WRITE, bookings_in_words
from .doors import person, plan_for
from .reconcile import year_asked

PER_PAGE = 25
SHOWN = 100
State = BookingImport.State


def booking_imports(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """The extracts read, latest first."""
    found = plan_for(request, territory, plan, READ)
    page = Paginator(BookingImport.objects.filter(plan=found).select_related("made_by").order_by("-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    writes = person(request).has_perm(WRITE, found)
    context = {"territory": found.territory, "plan": found, "tab": "money", "part": "bookings", "page": page, "writes": writes}
    return render(request, "plan/bookings/imports.html", context)


def create_booking_import(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITE)
    form = ExtractForm(request.POST or None, request.FILES or None, plan=found, year=year_asked(request, found))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        received = receive_extract(
            plan=found, year=form.cleaned_data["year"], name=file.name, format=form.format, blocks=file.chunks(),
            partial=form.cleaned_data["partial"], by=person(request), now=timezone.now(),
        )  # fmt: skip
        _read(received)
        return redirect("plan:booking_import", territory, found.pk, received.uuid)
    return render(
        request,
        "plan/bookings/upload.html",
        {"territory": found.territory, "plan": found, "tab": "money", "part": "bookings", "form": form},
    )


def _read(received: BookingImport) -> None:
    """Reads a small file while the person waits, gives a large one to the worker."""
    if is_large(received):
        received.report = {**received.report, "step": "reading"}
        received.save(update_fields=["report"])
        tasks.read_booking_extract.enqueue(received.pk)
    else:
        read_extract(received)


def _import_for(request: HttpRequest, territory: str, plan: int, uuid: UUID, permission: str = WRITE) -> tuple[Plan, BookingImport]:
    found = plan_for(request, territory, plan, permission)
    one = get_object_or_404(BookingImport.objects.select_related("made_by"), plan=found, uuid=uuid)
    one.plan = found
    return found, one


def booking_import(request: HttpRequest, territory: str, plan: int, booking_import: UUID) -> HttpResponse:
    """Where a reading stands: its columns to name, its preview, its progress or its report."""
    found, one = _import_for(request, territory, plan, booking_import, READ)
    writes = person(request).has_perm(WRITE, found)
    if one.state == State.RECEIVED and one.report.get("step") == "columns" and writes:
        return redirect("plan:booking_columns", territory, found.pk, one.uuid)
    context = {"territory": found.territory, "plan": found, "tab": "money", "part": "bookings", "reading": one, "writes": writes}
    if _is_moving(one):
        return render(request, "plan/bookings/progress.html", {**context, **_progress(one)})
    template = "plan/bookings/preview.html" if one.state == State.PREVIEW else "plan/bookings/report.html"
    return render(request, template, {**context, **account(one)})


def _is_moving(one: BookingImport) -> bool:
    return one.state == State.APPLYING or (one.state == State.RECEIVED and one.report.get("step") in ("reading", "received"))


def account(one: BookingImport) -> dict[str, Any]:
    """What the extract holds and does, in words and in lines."""
    report = one.report
    return {
        "report": report,
        "rows_words": bookings_in_words(report.get("rows", 0)),
        "totals": [(Booking.Kind(kind).label, total) for kind, total in report.get("totals", {}).items()],
        "to_write": sum(report.get(name, 0) for name in ("new", "changed_total", "back", "vanished_total")),
        "error": error_in_words(report),
        "refusals": [explain(Message(tuple(one["templates"]), one["values"])) for one in report.get("refusals", [])],
        "problems": [finding_in_words(kept) for kept in report.get("problems", [])[:SHOWN]],
        "problems_hidden": max(0, report.get("problems_total", 0) - SHOWN),
        "notices": [finding_in_words(kept) for kept in report.get("notices", [])[:SHOWN]],
        "changed": [_change_in_words(one) for one in report.get("changed", [])[:SHOWN]],
        "changed_hidden": max(0, report.get("changed_total", 0) + report.get("back", 0) - SHOWN),
        "vanished": report.get("vanished", [])[:SHOWN],
        "vanished_hidden": max(0, report.get("vanished_total", 0) - SHOWN),
    }


_WORDS = {
    "amount": lambda: gettext("montant"),
    "booked_on": lambda: gettext("date"),
    "supplier": lambda: gettext("fournisseur"),
    "label": lambda: gettext("libellé"),
    "function_code": lambda: gettext("code fonctionnel"),
}


def _change_in_words(change: dict[str, Any]) -> dict[str, Any]:
    fields = [(_WORDS[name](), name, before, after) for name, (before, after) in change["fields"].items()]
    return {**change, "fields": fields}


def _progress(one: BookingImport) -> dict[str, Any]:
    writing = one.state == State.APPLYING and one.rows_total > 0
    if writing:
        text = gettext("Écriture : %(done)s sur %(total)s") % {"done": one.rows_done, "total": bookings_in_words(one.rows_total)}
    elif one.state == State.APPLYING:
        text = (
            gettext("En attente de son tour.")
            if one.report.get("step") == "waiting"
            else gettext("Comparaison avec les écritures déjà là.")
        )
    else:
        text = gettext("Lecture de l’extrait : %(count)s lues") % {"count": bookings_in_words(one.rows_done)}
    names = [one.plan.territory.slug, one.plan_id, one.uuid]
    return {
        "text": text,
        "writing": writing,
        "done": one.rows_done if writing else 0,
        "total": max(1, one.rows_total) if writing else 1,
        "progress_url": reverse("plan:booking_import_progress", args=names),
        "cancel_url": reverse("plan:cancel_booking_import", args=names),
    }


def booking_import_progress(request: HttpRequest, territory: str, plan: int, booking_import: UUID) -> HttpResponse:
    """The moving part of the progress page; when there is no more to wait for, the whole page comes anew."""
    found, one = _import_for(request, territory, plan, booking_import, READ)
    if not _is_moving(one):
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    writes = person(request).has_perm(WRITE, found)
    return render(request, "plan/bookings/progress_part.html", {"reading": one, "writes": writes, **_progress(one)})


def booking_columns(request: HttpRequest, territory: str, plan: int, booking_import: UUID) -> HttpResponse:
    """Which column is which; the answer is remembered for the next file with the same header."""
    found, one = _import_for(request, territory, plan, booking_import)
    if one.state not in (State.RECEIVED, State.PREVIEW):
        return redirect("plan:booking_import", territory, found.pk, one.uuid)
    try:
        extract = opened(one)
    except UnreadableFile as error:
        messages.error(request, explain(error.message))
        return redirect("plan:create_booking_import", territory, found.pk)
    known = columns_of(one, extract)
    form = ColumnsForm(request.POST or None, header=extract.header, suggested=known or extract.guess)
    if request.method == "POST" and form.is_valid():
        remember_columns(booking_import=one, header_hash=extract.key, mapping=form.mapping, now=timezone.now())
        _read(one)
        return redirect("plan:booking_import", territory, found.pk, one.uuid)
    context = {
        "territory": found.territory, "plan": found, "tab": "money", "part": "bookings", "reading": one, "form": form, "header": extract.header,
        "sample": _sample(extract), "first_time": known is None,
    }  # fmt: skip
    return render(request, "plan/bookings/columns.html", context)


def _sample(extract: Extract) -> list[list[str]]:
    """The first rows, to recognise the columns."""
    rows: list[list[str]] = []
    for line in extract.rows():
        if not isinstance(line, BrokenLine):
            rows.append([cell[:60] for cell in line[1][: len(extract.header)]])
        if len(rows) == 3:
            break
    return rows


@require_POST
def apply_booking_import(request: HttpRequest, territory: str, plan: int, booking_import: UUID) -> HttpResponse:
    """Applies what was looked at; with unreadable lines, only when the person said « without those lines »."""
    found, one = _import_for(request, territory, plan, booking_import)
    here = redirect("plan:booking_import", territory, found.pk, one.uuid)
    if one.state != State.PREVIEW:
        return here
    if one.report.get("problems_total") and request.POST.get("accept") != "1":
        messages.error(request, gettext("Cet extrait a des lignes en erreur : corrigez-les, ou lisez-le sans elles."))
        return here
    if one.report.get("rows", 0) <= INLINE_ROWS and not is_large(one):
        refusal = write_extract(one)
        if refusal is not None:
            messages.error(request, explain(refusal.message))
    else:
        report = {name: one.report[name] for name in ("format", "partial") if name in one.report}
        waiting = BookingImport.objects.filter(pk=one.pk, state=State.PREVIEW)
        if waiting.update(state=State.APPLYING, report={**report, "step": "waiting"}, rows_done=0, rows_total=0):
            tasks.write_booking_extract.enqueue(one.pk)
    return here


@require_POST
def cancel_booking_import(request: HttpRequest, territory: str, plan: int, booking_import: UUID) -> HttpResponse:
    found, one = _import_for(request, territory, plan, booking_import)
    cancelled = cancel_extract(booking_import=one, by=person(request), now=timezone.now())
    if cancelled.state == State.CANCELLED:
        messages.success(request, gettext("La lecture est abandonnée : rien n’a changé."))
        return redirect("plan:booking_imports", territory, found.pk)
    return redirect("plan:booking_import", territory, found.pk, one.uuid)
