"""The table of assessments, taken away and given back: what it would do is shown first, with its errors line by line."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from tissage.commitments.exchange.assessment_sheet import UnreadableSheet, write_sheet
from tissage.commitments.forms.assessments import SheetForm
from tissage.commitments.models import Commitment, Completion
from tissage.commitments.operations import assessment_sheet as operations
from tissage.commitments.operations.assessments import AssessmentRefused, words_of
from tissage.commitments.queries.assessed import standing
from tissage.commitments.queries.evidence import pieces_by_subject

from .doors import JUDGE, person, territory_for


@require_POST
def assessments_out(request: HttpRequest, territory: str) -> HttpResponse:
    found = territory_for(request, territory, JUDGE)
    subjects = operations.subjects_of(found)
    commitments = [one.pk for one in subjects if isinstance(one, Commitment)]
    asks = [one.pk for one in subjects if not isinstance(one, Commitment)]
    today, pieces = standing(commitments=commitments, asks=asks), pieces_by_subject(commitments, asks)
    rows = []
    for one in subjects:
        kind = "commitment" if isinstance(one, Commitment) else "ask"
        held = (today.commitments if kind == "commitment" else today.asks).get(one.pk)
        word = str(Completion(held.completion).label) if held else ""
        rows.append((operations.reference_of(one), words_of(one), word, pieces.get((kind, one.pk), 0)))
    now = timezone.now()
    operations.note_sheet(territory=found, rows=len(rows), by=person(request), now=now)
    name = f"evaluations-{found.slug}-{timezone.localdate(now)}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(write_sheet(rows), content_type="text/csv; charset=utf-8", headers=headers)


def assessments_in(request: HttpRequest, territory: str) -> HttpResponse:
    """First a file, then what it would propose, then a button. The table comes back with the button: nothing is kept in between."""
    found = territory_for(request, territory, JUDGE)
    by, now = person(request), timezone.now()
    context = {"territory": found}
    if "content" in request.POST:
        try:
            made = operations.propose_from_sheet(territory=found, content=request.POST["content"].encode(), by=by, now=now)
        except (AssessmentRefused, UnreadableSheet) as refusal:
            messages.error(request, str(refusal))
            return redirect("commitments:assessments_in", found.slug)
        words = ngettext("%(n)s évaluation est proposée.", "%(n)s évaluations sont proposées.", len(made)) % {"n": len(made)}
        messages.success(request, words)
        return redirect("commitments:proposals", found.slug)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        _name, content = form.cleaned_data["file"]
        try:
            preview = operations.preview_sheet(territory=found, content=content, by=by, now=now)
        except UnreadableSheet as refusal:
            form.add_error("file", str(refusal))
        else:
            if not preview.ready and not preview.problems:
                form.add_error("file", gettext("Rien à proposer : les deux dernières colonnes sont vides partout."))
            else:
                shown = {**context, "preview": preview, "content": content.decode("utf-8-sig")}
                return render(request, "commitments/sheet_preview.html", shown)
    return render(request, "commitments/sheet_form.html", {**context, "form": form})
