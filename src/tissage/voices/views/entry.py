"""Fast entry: type or paste, check each line, look, record, undo."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tissage.people.models import Territory
from tissage.voices.forms.entry import EntryForm
from tissage.voices.models import Batch, Criterion, Expression
from tissage.voices.operations import entry as operations
from tissage.voices.operations.changes import CannotUndo, undo_act
from tissage.voices.operations.workshops import WorkshopClosed
from tissage.voices.queries.entry import LineView, check_entry, check_notes
from tissage.voices.queries.photos import photos_of
from tissage.voices.words import criteria_in_words, expressions_in_words

from .doors import batch_for, next_page, person, territory_for

FIRST_ROWS = 50


def entry(request: HttpRequest, territory: str) -> HttpResponse:
    """Step 1 types, step 2 looks, step 3 records; what was typed stays on the page all along."""
    place = territory_for(request, territory, "voices.write_voices")
    if request.method != "POST":
        form = EntryForm(territory=place, initial=_begin(request, place))
        return _page(request, place, form)
    form = EntryForm(request.POST, territory=place)
    if not form.is_valid():
        return _page(request, place, form, **_checked(_views(form, place)))
    views = _views(form, place)
    seen = _fingerprint(request.POST)
    good = [view for view in views if view.line.entry is not None]
    if request.POST.get("seen") != seen or "again" in request.POST or not good:
        return _page(request, place, form, seen=seen, preview=True, **_checked(views))
    try:
        batch = _record(request, form, views)
    except WorkshopClosed as refusal:
        form.add_error("workshop", str(refusal))
        return _page(request, place, form, **_checked(views))
    return redirect("voices:entry_done", place.slug, batch.uuid)


def _page(request: HttpRequest, territory: Territory, form: EntryForm, **more: Any) -> HttpResponse:
    """The page, with the photos of the sheets of the workshop that is chosen."""
    chosen = str(form["workshop"].value() or "")
    photos = photos_of(territory, int(chosen)) if chosen.isdecimal() and len(chosen) < 19 else []
    return render(request, "voices/entry.html", {"territory": territory, "form": form, "photos": photos, **more})


def _begin(request: HttpRequest, territory: Territory) -> dict[str, Any]:
    """What the form starts with: the address names a group, a question, a workshop, or a batch whose lines are taken up again."""
    initial: dict[str, Any] = {"mode": request.GET.get("mode", "criteria")}
    initial |= {name: request.GET[name] for name in ("group", "question", "workshop") if request.GET.get(name, "").isdigit()}
    try:
        batch = Batch.objects.filter(uuid=UUID(request.GET.get("suite", "")), territory=territory, kind=Batch.Kind.ENTRY).first()
    except ValueError:
        batch = None
    if batch is not None:
        initial |= {name: batch.report.get(name) for name in ("group", "question", "workshop")}
        undone = batch.state == Batch.State.UNDONE
        initial["lines"] = batch.report.get("typed", "") if undone else "\n".join(batch.report.get("left", []))
        initial["mode"] = batch.report.get("mode", "criteria")
    return initial


def _fingerprint(data: QueryDict) -> str:
    """Says whether what is recorded is what was looked at."""
    names = ("group", "question", "workshop", "mode", "lines")
    return hashlib.sha256("\x1f".join(data.get(name, "") for name in names).encode()).hexdigest()


def _views(form: EntryForm, territory: Territory) -> list[LineView]:
    """The lines of a bound form, checked, even when another field is missing."""
    form.is_valid()
    clean = form.cleaned_data
    text = clean.get("lines") or ""
    if clean.get("mode") == "expressions":
        return check_notes(text)
    return check_entry(text, territory=territory, group=clean.get("group"), question=clean.get("question"))


def _checked(views: Sequence[LineView]) -> dict[str, Any]:
    good = [view for view in views if view.line.entry]
    return {
        "views": views,
        "good": len(good),
        "bad": len(views) - len(good),
        "expressions": sum(view.line.entry.count for view in good if view.line.entry),
        "noticed": sum(1 for view in good if view.notices),
    }


def _record(request: HttpRequest, form: EntryForm, views: Sequence[LineView]) -> Batch:
    clean = form.cleaned_data
    lines = [view.line.entry for view in views if view.line.entry is not None]
    common: dict[str, Any] = {
        "group": clean["group"],
        "question": clean["question"],
        "workshop": clean["workshop"],
        "by": person(request),
        "now": timezone.now(),
        "typed": clean["lines"],
        "left": [view.line.raw for view in views if view.line.entry is None],
    }
    if clean["mode"] == "expressions":
        return operations.enter_expressions(texts=[line.text for line in lines], **common)
    return operations.enter_criteria(statements=[operations.Statement(line.text, line.count, line.code) for line in lines], **common)


@require_POST
def check_lines(request: HttpRequest, territory: str) -> HttpResponse:
    """The lines as they stand while typing: the part of the page below the form. Writes nothing."""
    place = territory_for(request, territory, "voices.write_voices")
    form = EntryForm(request.POST, territory=place)
    return render(request, "voices/entry_lines.html", {"territory": place, "live": True, **_checked(_views(form, place))})


def entry_done(request: HttpRequest, territory: str, batch: UUID) -> HttpResponse:
    done = batch_for(request, territory, batch, "voices.write_voices")
    criteria = list(Criterion.objects.live().filter(batch=done).select_related("group", "question").order_by("pk")[:FIRST_ROWS])
    expressions = list(Expression.objects.live().filter(batch=done).order_by("pk")[:FIRST_ROWS])
    context = {
        "territory": done.territory,
        "batch": done,
        "criteria": criteria,
        "expressions": expressions,
        "left": done.report.get("left", []),
        "count": criteria_in_words(done.rows_total) if done.report.get("mode") != "expressions" else expressions_in_words(done.rows_total),
        "more": max(0, done.rows_total - FIRST_ROWS),
        "is_undone": done.state == Batch.State.UNDONE,
    }
    return render(request, "voices/entry_done.html", context)


@require_POST
def undo(request: HttpRequest, territory: str, batch: UUID) -> HttpResponse:
    """Undoes an act done on a screen and gives back exactly what there was."""
    done = batch_for(request, territory, batch, "voices.write_voices")
    try:
        undo_act(batch=done, by=person(request), now=timezone.now())
    except CannotUndo as refusal:
        messages.error(request, str(refusal))
        return redirect(next_page(request, reverse("voices:territory", args=[territory])))
    messages.success(request, gettext("C’est annulé : tout est comme avant."))
    if done.kind == Batch.Kind.ENTRY:
        return redirect("voices:entry_done", territory, done.uuid)
    return redirect(next_page(request, reverse("voices:territory", args=[territory])))
