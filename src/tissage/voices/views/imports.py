"""Importing and undoing imports: give a file, look, import or not, come back to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from tissage.frameworks.queries import explain
from tissage.people.exchange.errors import UnreadableFile
from tissage.voices import tasks
from tissage.voices.exchange.sources import Source
from tissage.voices.exchange.uploads import (
    apply_batch,
    is_large,
    needs_columns,
    open_batch_file,
    read_batch,
    receive_file,
    remember_columns,
)
from tissage.voices.forms.imports import ColumnsForm, ImportForm
from tissage.voices.models import Batch, Criterion
from tissage.voices.operations.batches import cancel_import, codings_since, undo_import, why_not_undone
from tissage.voices.operations.changes import CannotUndo
from tissage.voices.operations.imports import INLINE_ROWS, import_under_way
from tissage.voices.words import (
    criteria_in_words,
    error_in_words,
    expressions_in_words,
    finding_in_words,
    groups_in_words,
    lines_in_words,
)

from .doors import batch_for, person, territory_for

RIGHT = "voices.import_voices"
BATCHES_PER_PAGE = 25
SHOWN_FINDINGS = 200
State = Batch.State


def imports(request: HttpRequest, territory: str) -> HttpResponse:
    """The batches of a territory, latest first: what came in, when, by whom, and the way back."""
    place = territory_for(request, territory, RIGHT)
    found = Batch.objects.filter(territory=place).select_related("made_by").order_by("-pk")
    page = Paginator(found, BATCHES_PER_PAGE).get_page(request.GET.get("page"))
    count = ngettext("%(count)s lot", "%(count)s lots", page.paginator.count) % {"count": page.paginator.count}
    return render(request, "voices/imports/list.html", {"territory": place, "page": page, "count": count})


def import_upload(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, RIGHT)
    form = ImportForm(request.POST or None, request.FILES or None, territory=place)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        batch = receive_file(
            territory=place, name=file.name, format=form.format, blocks=file.chunks(), constants=form.constants, by=person(request)
        )
        _read(batch)
        return redirect("voices:import_batch", place.slug, batch.uuid)
    return render(request, "voices/imports/upload.html", {"territory": place, "form": form})


def _read(batch: Batch) -> None:
    """Reads a small file while the person waits, gives a large one to the worker."""
    if is_large(batch):
        batch.report = {**batch.report, "step": "reading"}
        batch.save(update_fields=["report"])
        tasks.read_import.enqueue(batch.pk)
    else:
        read_batch(batch)


def import_batch(request: HttpRequest, territory: str, batch: UUID) -> HttpResponse:
    """Where an import stands: its columns to name, its preview, its progress or its report."""
    found = _import_for(request, territory, batch)
    step = found.report.get("step", "")
    if found.state == State.PREVIEW and step == "columns":
        return redirect("voices:import_columns", territory, found.uuid)
    if _is_moving(found):
        return render(request, "voices/imports/progress.html", {"territory": found.territory, "batch": found, **_progress(found)})
    template = "voices/imports/preview.html" if found.state == State.PREVIEW else "voices/imports/report.html"
    return render(request, template, {"territory": found.territory, "batch": found, **_account(found)})


def _import_for(request: HttpRequest, territory: str, uuid: UUID) -> Batch:
    batch = batch_for(request, territory, uuid, RIGHT)
    if batch.kind != Batch.Kind.IMPORT:
        raise Http404
    return batch


def _is_moving(batch: Batch) -> bool:
    reading = batch.state == State.PREVIEW and batch.report.get("step") in ("reading", "received")
    return reading or batch.state in (State.WAITING, State.STAGING)


def _account(batch: Batch) -> dict[str, Any]:
    """What the file holds and does, in words and in lines."""
    report = batch.report
    unreadable = report.get("unreadable", 0)
    may_undo = batch.state == State.APPLIED
    return {
        "report": report,
        "criteria_words": criteria_in_words(report.get("criteria", 0)),
        "expressions_words": expressions_in_words(report.get("expressions", 0)),
        "groups_words": groups_in_words(report.get("groups", 0)),
        "bad_lines_words": lines_in_words(unreadable),
        "to_write": report.get("created", 0) + report.get("changed", 0),
        "error": error_in_words(report),
        "problems": [finding_in_words(kept) for kept in report.get("problems", [])[:SHOWN_FINDINGS]],
        "problems_hidden": max(0, report.get("problems_total", 0) - SHOWN_FINDINGS),
        "notices": [finding_in_words(kept) for kept in report.get("notices", [])[:SHOWN_FINDINGS]],
        "notices_hidden": max(0, report.get("notices_total", 0) - SHOWN_FINDINGS),
        "differences": report.get("differences", [])[:SHOWN_FINDINGS],
        "differences_hidden": max(0, report.get("changed", 0) - min(SHOWN_FINDINGS, len(report.get("differences", [])))),
        "why_not": why_not_undone(batch) if may_undo else "",
    }


def _progress(batch: Batch) -> dict[str, Any]:
    if batch.state == State.STAGING:
        text = gettext("Écriture : %(done)s sur %(total)s") % {"done": batch.rows_done, "total": criteria_in_words(batch.rows_total)}
        if batch.cancel_requested_at:
            text = gettext("Arrêt demandé : ce qui était écrit est retiré.")
    elif batch.state == State.WAITING:
        text = gettext("En attente de son tour.")
    else:
        text = gettext("Lecture du fichier : %(lines)s lues") % {"lines": lines_in_words(batch.rows_done)}
    writing = batch.state == State.STAGING
    return {
        "text": text,
        "done": batch.rows_done if writing else 0,
        "total": max(1, batch.rows_total) if writing else 1,
        "progress_url": reverse("voices:import_progress", args=[batch.territory.slug, batch.uuid]),
        "cancel_url": reverse("voices:import_cancel", args=[batch.territory.slug, batch.uuid]),
    }


def import_progress(request: HttpRequest, territory: str, batch: UUID) -> HttpResponse:
    """The moving part of the progress page; when there is no more to wait for, the whole page comes anew."""
    found = _import_for(request, territory, batch)
    if not _is_moving(found):
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    return render(request, "voices/imports/progress_part.html", {"batch": found, **_progress(found)})


def import_columns(request: HttpRequest, territory: str, batch: UUID) -> HttpResponse:
    """Which column is which; the answer is remembered for the next file with the same header."""
    found = _import_for(request, territory, batch)
    if found.state != State.PREVIEW:
        return redirect("voices:import_batch", territory, found.uuid)
    try:
        source = open_batch_file(found)
    except UnreadableFile as error:
        messages.error(request, explain(error.message))
        return redirect("voices:import_upload", territory)
    form = ColumnsForm(
        request.POST or None, header=source.header, suggested=source.fields, constants=source.constants, territory=found.territory
    )
    if request.method == "POST" and form.is_valid():
        remember_columns(batch=found, header=source.header, mapping=form.mapping, constants=form.constants)
        _read(found)
        return redirect("voices:import_batch", territory, found.uuid)
    context = {"territory": found.territory, "batch": found, "form": form, "header": source.header, "sample": _sample(source)}
    return render(request, "voices/imports/columns.html", {**context, "first_time": needs_columns(found, source)})


def _sample(source: Source) -> list[list[str]]:
    """The first rows of the file, to recognise its columns."""
    rows: list[list[str]] = []
    for line in source.rows():
        if isinstance(line, tuple):
            rows.append([cell[:80] for cell in line[1]])
        if len(rows) == 3:
            break
    return rows


@require_POST
def import_apply(request: HttpRequest, territory: str, batch: UUID) -> HttpResponse:
    """Imports what was looked at; with problems, only when the person said « without those lines »."""
    found = _import_for(request, territory, batch)
    if found.state != State.PREVIEW or found.report.get("step") != "preview":
        return redirect("voices:import_batch", territory, found.uuid)
    if found.report.get("problems_total") and request.POST.get("accept") != "1":
        messages.error(request, gettext("Ce fichier a des lignes en erreur : corrigez-les, ou importez sans elles."))
        return redirect("voices:import_batch", territory, found.uuid)
    other = import_under_way(found.territory, now=timezone.now(), but=found)
    if other is not None:
        messages.error(request, gettext("Un autre import est en cours dans ce territoire. Attendez sa fin, ou arrêtez-le."))
        return redirect("voices:import_batch", territory, found.uuid)
    if found.report["criteria"] <= INLINE_ROWS and not is_large(found):
        apply_batch(found)
    else:
        Batch.objects.filter(pk=found.pk, state=State.PREVIEW).update(state=State.WAITING)
        tasks.write_import_batch.enqueue(found.pk)
    return redirect("voices:import_batch", territory, found.uuid)


@require_POST
def import_cancel(request: HttpRequest, territory: str, batch: UUID) -> HttpResponse:
    found = _import_for(request, territory, batch)
    cancelled = cancel_import(batch=found, by=person(request), now=timezone.now())
    if cancelled.state == State.CANCELLED:
        messages.success(request, gettext("L’import est abandonné : rien n’a été ajouté."))
        return redirect("voices:imports", territory)
    return redirect("voices:import_batch", territory, found.uuid)


def import_undo(request: HttpRequest, territory: str, batch: UUID) -> HttpResponse:
    """Asks first, says to how many; then everything that came with the import goes at once."""
    found = _import_for(request, territory, batch)
    here = reverse("voices:import_batch", args=[territory, found.uuid])
    if request.method == "POST":
        try:
            undo_import(batch=found, by=person(request), now=timezone.now())
        except CannotUndo as refusal:
            messages.error(request, str(refusal))
        else:
            if Batch.objects.filter(pk=found.pk, purged_at__isnull=True).exists():
                tasks.purge_import.enqueue(found.pk)
            messages.success(request, gettext("L’import est annulé : tout est comme avant."))
        return redirect(here)
    why_not = why_not_undone(found)
    if why_not:
        messages.error(request, why_not)
        return redirect(here)
    born = Criterion.objects.filter(batch=found).count()
    items = []
    if found.report.get("changed"):
        restored = found.report["changed"]
        items.append(
            ngettext(
                "%(count)s critère que l’import avait modifié reprend ses valeurs d’avant.",
                "%(count)s critères que l’import avait modifiés reprennent leurs valeurs d’avant.",
                restored,
            )
            % {"count": restored}
        )
    if lost := codings_since(found):
        items.append(
            ngettext(
                "%(count)s critère a été codé depuis à la main : ce codage disparaît avec lui.",
                "%(count)s critères ont été codés depuis à la main : ces codages disparaissent avec eux.",
                lost,
            )
            % {"count": lost}
        )
    context = {
        "title": gettext("Annuler cet import ?"),
        "consequence": gettext(
            "Les critères venus de « %(file)s » quittent tous les écrans et les exports. Les groupes qui n’ont rien d’autre partent avec eux."
        )
        % {"file": found.file_name or found.label},
        "count_text": criteria_in_words(born) if born else "",
        "items": items,
        "submit": gettext("Annuler l’import"),
        "cancel_url": here,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)
