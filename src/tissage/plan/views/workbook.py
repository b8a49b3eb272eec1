"""The workbook of a plan: taken, given back, looked at, applied, undone."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from tissage.core.messages import Explained, Message
from tissage.core.plan_cells import in_words
from tissage.core.plan_merge import CHANGED, CONFLICT, CREATED, Change
from tissage.core.plan_rows import RawSheet
from tissage.core.plan_workbook import SHEETS
from tissage.plan.exchange.workbook_in import OpenedSheet, is_ours, missing_of, open_workbook, sheets_to_read
from tissage.plan.exchange.workbook_out import render_workbook
from tissage.plan.forms.workbook import ColumnsForm, WorkbookForm
from tissage.plan.models import Plan, WorkbookImport
from tissage.plan.operations import workbook as operations
from tissage.plan.operations.workbook.files import note_export

from .doors import person, plan_for

WRITES = "plan.write_plan"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 300
"""Rows of a difference that a page shows; the others are counted."""


def workbook(request: HttpRequest, territory: str, plan: int, form: WorkbookForm | None = None) -> HttpResponse:
    """Take it, give it back, and what came in before."""
    found = plan_for(request, territory, plan, "plan.read_plan")
    past = WorkbookImport.objects.filter(plan=found).exclude(state=WorkbookImport.State.ABANDONED).select_related("made_by")
    context = {
        "territory": found.territory,
        "plan": found,
        "tab": "board",
        "form": form or WorkbookForm(),
        "writes": person(request).has_perm(WRITES, found),
        "past": past.order_by("-made_at", "-pk")[:20],
    }
    return render(request, "plan/workbook/workbook.html", context, status=422 if form else 200)


@require_POST
def workbook_out(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """The whole plan leaves: the journal says who took it."""
    found = plan_for(request, territory, plan, "plan.read_plan")
    now = timezone.now()
    day = timezone.localtime(now).date()
    content = render_workbook(found, day=day)
    note_export(plan=found, by=person(request), now=now)
    name = f"plan-{slugify(found.name)[:60] or found.pk}-{day:%Y-%m-%d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@require_POST
def workbook_in(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITES)
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return workbook(request, territory, plan, form)
    upload = form.cleaned_data["file"]
    received = operations.receive_workbook(
        plan=found, name=upload.name, format=form.format, content=upload.read(), by=person(request), now=timezone.now()
    )
    try:
        opened_sheets(received)
    except Explained as error:
        operations.abandon_workbook(found=received)
        form.add_error("file", told(error.message))
        return workbook(request, territory, plan, form)
    return redirect("plan:workbook_preview", territory, plan, received.uuid)


@require_safe
def workbook_preview(request: HttpRequest, territory: str, plan: int, workbook_import: UUID) -> HttpResponse:
    """The difference first, or the columns that nobody named yet, or what an import did."""
    found = import_for(request, territory, plan, workbook_import)
    if found.state != WorkbookImport.State.RECEIVED:
        return render(request, "plan/workbook/done.html", {**page(found), "undoable": found.state == WorkbookImport.State.APPLIED})
    opened = opened_sheets(found)
    said = answers_for(found, opened)
    if asking(found, opened, said):
        return redirect("plan:workbook_columns", territory, plan, found.uuid)
    sheets = sheets_to_read(opened, said)
    preview = operations.compare_workbook(found.plan, sheets, ours=is_ours(sheets))
    return render(request, "plan/workbook/preview.html", {**page(found), **shown(preview), "sheets": read_words(sheets, opened)})


def workbook_columns(request: HttpRequest, territory: str, plan: int, workbook_import: UUID) -> HttpResponse:
    """Which sheet and which column is which; remembered for the next file with the same headings."""
    found = import_for(request, territory, plan, workbook_import)
    if found.state != WorkbookImport.State.RECEIVED:
        return redirect("plan:workbook_preview", territory, plan, found.uuid)
    opened = opened_sheets(found)
    said = answers_for(found, opened)
    form = ColumnsForm(request.POST or None, opened=opened, said=said)
    if request.method == "POST" and form.is_valid():
        operations.remember_mapping(found=found, answers=form.answers, now=timezone.now())
        return redirect("plan:workbook_preview", territory, plan, found.uuid)
    return render(request, "plan/workbook/columns.html", {**page(found), "form": form}, status=422 if form.errors else 200)


@require_POST
def workbook_apply(request: HttpRequest, territory: str, plan: int, workbook_import: UUID) -> HttpResponse:
    found = import_for(request, territory, plan, workbook_import)
    if found.state == WorkbookImport.State.RECEIVED:
        opened = opened_sheets(found)
        sheets = sheets_to_read(opened, answers_for(found, opened))
        theirs = {name.removeprefix("take-") for name, value in request.POST.items() if name.startswith("take-") and value == "theirs"}
        try:
            operations.apply_workbook(
                plan=found.plan,
                sheets=sheets,
                ours=is_ours(sheets),
                seen=request.POST.get("seen", "") or "unseen",
                theirs=theirs,
                found=found,
                by=person(request),
                now=timezone.now(),
            )
        except (operations.ChangedSincePreview, operations.NothingToImport, ValueError) as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, gettext("Le classeur est importé."))
    return redirect("plan:workbook_preview", territory, plan, found.uuid)


@require_POST
def workbook_abandon(request: HttpRequest, territory: str, plan: int, workbook_import: UUID) -> HttpResponse:
    found = import_for(request, territory, plan, workbook_import)
    operations.abandon_workbook(found=found)
    messages.info(request, gettext("Rien n’a été importé."))
    return redirect("plan:workbook", territory, plan)


@require_POST
def workbook_undo(request: HttpRequest, territory: str, plan: int, workbook_import: UUID) -> HttpResponse:
    found = import_for(request, territory, plan, workbook_import)
    try:
        operations.undo_workbook(found=found, by=person(request), now=timezone.now())
    except operations.CannotUndo as refusal:
        rows = ", ".join(refusal.rows[:5])
        messages.warning(request, f"{refusal} {gettext('Ce qui a bougé : %(rows)s.') % {'rows': rows}}")
    else:
        messages.success(request, gettext("L’import est annulé : le plan est comme avant."))
    return redirect("plan:workbook_preview", territory, plan, found.uuid)


# --- What these pages share ------------------------------------------------------------------------------------
def import_for(request: HttpRequest, territory: str, plan: int, uuid: UUID) -> WorkbookImport:
    found = plan_for(request, territory, plan, WRITES)
    imports = WorkbookImport.objects.visible_to(request.user).select_related("plan__territory", "plan__framework__framework", "made_by")
    received = get_object_or_404(imports, uuid=uuid, plan=found)
    if received.state == WorkbookImport.State.ABANDONED:
        raise Http404
    return received


def page(found: WorkbookImport) -> dict[str, Any]:
    plan: Plan = found.plan
    return {"territory": plan.territory, "plan": plan, "tab": "board", "found": found}


def opened_sheets(found: WorkbookImport) -> list[OpenedSheet]:
    return open_workbook(operations.workbook_file(found), found.source_format)


def answers_for(found: WorkbookImport, opened: list[OpenedSheet]) -> dict[str, dict[str, Any]]:
    """What was said of each sheet, for this file or for one with the same headings before; the others go by their headings."""
    said: dict[str, dict[str, Any]] = {}
    for sheet in opened:
        if sheet.title in found.mapping:
            said[sheet.title] = found.mapping[sheet.title]
        elif not sheet.reading.certain and (known := operations.known_mapping(found.plan, sheet.key)):
            said[sheet.title] = known
    return said


def asking(found: WorkbookImport, opened: list[OpenedSheet], said: dict[str, dict[str, Any]]) -> bool:
    """A sheet of which neither the headings nor anybody says all."""
    unclear = [
        sheet for sheet in opened if sheet.title not in said and (sheet.reading.kind or sheet.reading.unknown) and not sheet.reading.certain
    ]
    return bool([sheet for sheet in unclear if not sheet.is_help]) or any(missing_of(one) for one in said.values())


def told(message: Message) -> str:
    return " ".join(gettext(template) % message.values for template in message.templates)


def read_words(sheets: list[RawSheet], opened: list[OpenedSheet]) -> str:
    """« 3 feuilles lues : Actions, Partenaires… »."""
    names = ", ".join(sheet.title for sheet in sheets)
    said = ngettext("%(count)s feuille lue : %(names)s", "%(count)s feuilles lues : %(names)s", len(sheets))
    left = [sheet.title for sheet in opened if sheet.title not in {one.title for one in sheets} and not sheet.is_help]
    rest = gettext("pas lues : %(names)s") % {"names": ", ".join(left)} if left else ""
    return " · ".join(filter(None, (said % {"count": len(sheets), "names": names}, rest)))


def shown(preview: operations.Preview) -> dict[str, Any]:
    """The difference as the page says it: by sheet, new rows, changes and conflicts field by field, old → new."""
    by_kind: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for change in preview.difference.changes[:MOST_SHOWN]:
        by_kind[change.kind][change.status].append(change_words(change))
    counts = {status: preview.count(status) for status in (CREATED, CHANGED, CONFLICT)}
    problems = [(one, told(one.message)) for one in preview.problems]
    return {
        "preview": preview,
        "digest": preview.difference.digest,
        "groups": [(SHEETS[kind].title, dict(found)) for kind, found in by_kind.items()],
        "counts": counts,
        "more": max(0, len(preview.difference.changes) - MOST_SHOWN),
        "problems": problems,
        "notices": [told(one) for one in preview.notices],
        "absent": [one.label for one in preview.difference.absent],
    }


def change_words(change: Change) -> dict[str, Any]:
    form = SHEETS[change.kind]
    fields = [
        {
            "name": f"{change.id}:{one.name}",
            "label": (column := form.column(one.name)).heading,
            "old": in_words(column, one.old),
            "new": in_words(column, one.new),
        }
        for one in change.fields
    ]
    return {"label": change.label, "line": change.line, "sheet": change.sheet, "fields": fields}
