"""The reading desk: each line is read by a person before it goes out. Nothing goes out unread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tissage.core.personal_data import mark
from tissage.synthesis import operations, queries, sentences
from tissage.synthesis.forms import ReadingFilterForm, RedactForm, WithholdForm
from tissage.synthesis.models import Reading, Synthesis, SynthesisLine
from tissage.synthesis.queries import ReadingLine

from .doors import signed_in, team_synthesis
from .pages import page_number, trail_to_version

ONE, MANY = 1, 20


def desk_address(synthesis: Synthesis) -> str:
    return reverse("synthesis:reading", args=[synthesis.territory.slug, synthesis.number])


def reading(request: HttpRequest, territory: str, number: int) -> HttpResponse:
    """One line after another, or twenty at a time. What is decided leaves the pile of lines to read."""
    synthesis = team_synthesis(request, territory, number, "synthesis.read_lines")
    return render(request, "synthesis/reading.html", desk(request, synthesis))


def desk(request: HttpRequest, synthesis: Synthesis) -> dict[str, Any]:
    progress = queries.reading_progress(synthesis)
    everybody = queries.version_overview(synthesis).heard
    groups = [group for group in everybody if group.id in progress.by_group]
    form = ReadingFilterForm(request.GET, groups=groups)
    form.is_valid()
    state, group = form.cleaned_data.get("etat") or "unread", form.cleaned_data.get("groupe")
    one = request.GET.get("mode") != "vingt"
    page = queries.lines_to_read(
        synthesis, state=state, group=int(group) if group else None, page=page_number(request), size=ONE if one else MANY
    )
    titles = {value.code: value.title for value in queries.questions_of(synthesis.territory)}
    nomenclature = queries.nomenclature_of_synthesis(synthesis)
    rows = [row(line, titles, nomenclature) for line in page.object_list]
    here = request.get_full_path()
    return {
        "territory": synthesis.territory,
        "synthesis": synthesis,
        "trail": trail_to_version(synthesis, _("Lecture")),
        "progress": progress,
        "progress_text": progress_words(progress),
        "form": form,
        "state": state,
        "one": one,
        "page": page,
        "rows": rows,
        "here": here,
        "clear": [one["line"].id for one in rows if not one["findings"] and not one["line"].decision],
        "previous": [one["line"].id for one in rows if one["previous"] and not one["line"].decision],
        "left_out": [group for group in everybody if group.id not in progress.by_group],
    }


def progress_words(progress: queries.Progress) -> str:
    """« 120 lues sur 238 »."""
    if not progress.total:
        return _("Aucune parole à lire")
    return ngettext("%(read)s lue sur %(total)s", "%(read)s lues sur %(total)s", progress.read) % {
        "read": sentences.number(progress.read),
        "total": sentences.number(progress.total),
    }


def row(
    found: ReadingLine, titles: dict[str, str], nomenclature: Any, *, redact: Form | None = None, withhold: Form | None = None
) -> dict[str, Any]:
    """A line on the desk: its words cut where something is pointed out, and the forms of each decision."""
    line = found.line
    return {
        "line": line,
        "pieces": mark(line.text),
        "french": mark(line.french_text) if line.french_text else [],
        "findings": [*found.findings, *found.french_findings],
        "previous": found.previous,
        "question": titles.get(line.question, line.question),
        "component": nomenclature.label_of(line.component) if line.component else "",
        "redact": redact or RedactForm(initial={"public_text": line.public_text or line.text}, prefix=f"r{line.id}"),
        "withhold": withhold or WithholdForm(initial={"reason": line.reason}, prefix=f"w{line.id}"),
    }


def back_to(request: HttpRequest, synthesis: Synthesis) -> str:
    """Where the desk stood: the address that the form carried, when it is one of ours."""
    asked = request.POST.get("next", "")
    home = desk_address(synthesis)
    return asked if asked.startswith(home) and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else home


@require_POST
def read_line(request: HttpRequest, territory: str, number: int, line: int) -> HttpResponse:
    """Decides for one line. htmx gets that line again, and the progress; without it, the desk."""
    synthesis = team_synthesis(request, territory, number, "synthesis.read_lines")
    read = get_object_or_404(SynthesisLine.objects.select_related("synthesis__territory", "group"), synthesis=synthesis, pk=line)
    decision = request.POST.get("decision", "")
    form: Form | None = None
    details: dict[str, Any] = {}
    if decision == Reading.Decision.REDACTED:
        form = RedactForm(request.POST, prefix=f"r{line}")
    elif decision == Reading.Decision.WITHHELD:
        form = WithholdForm(request.POST, prefix=f"w{line}")
    refused = ""
    if form is not None:
        if form.is_valid():
            details = form.cleaned_data
        else:
            refused = str(next(iter(form.errors.values()))[0])
    if not refused:
        try:
            operations.read_line(line=read, decision=decision, by=signed_in(request), now=timezone.now(), **details)
        except operations.SynthesisRefused as refusal:
            refused = str(refusal)
            if form is not None:
                form.add_error(None, refused)
    if not request.htmx and not refused:  # type: ignore[attr-defined]
        return HttpResponseRedirect(back_to(request, synthesis))
    return one_line(request, synthesis, read, refused, decision, form)


def one_line(
    request: HttpRequest, synthesis: Synthesis, line: SynthesisLine, refused: str, decision: str, form: Form | None
) -> HttpResponse:
    """The line again: what was typed is kept when it was refused."""
    [found] = queries.reading_lines(synthesis, [line])
    titles = {value.code: value.title for value in queries.questions_of(synthesis.territory)}
    forms = {"redact" if decision == Reading.Decision.REDACTED else "withhold": form} if form is not None and refused else {}
    progress = queries.reading_progress(synthesis)
    context = {
        "territory": synthesis.territory,
        "synthesis": synthesis,
        "row": row(found, titles, queries.nomenclature_of_synthesis(synthesis), **forms),
        "refused": refused,
        "opened": decision if refused else "",
        "progress": progress,
        "progress_text": progress_words(progress),
        "here": back_to(request, synthesis),
        "swap": True,
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "synthesis/reading_line.html", context)
    return render(request, "synthesis/reading_refused.html", context, status=422)


def posted_lines(request: HttpRequest) -> list[int]:
    return [int(value) for value in request.POST.getlist("line") if value.isascii() and value.isdigit() and len(value) < 19]


@require_POST
def read_all(request: HttpRequest, territory: str, number: int) -> HttpResponse:
    """Publishes as they are the lines that were on the screen and in which nothing was pointed out."""
    return decide_many(request, territory, number, operations.read_lines_as_they_are)


@require_POST
def carry_over(request: HttpRequest, territory: str, number: int) -> HttpResponse:
    """Takes again, for the lines on the screen, what was decided in the version before."""
    return decide_many(request, territory, number, operations.carry_over_readings)


def decide_many(request: HttpRequest, territory: str, number: int, act: Callable[..., int]) -> HttpResponse:
    synthesis = team_synthesis(request, territory, number, "synthesis.read_lines")
    try:
        count = act(synthesis=synthesis, lines=posted_lines(request), by=signed_in(request), now=timezone.now())
    except operations.SynthesisRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, ngettext("%(count)s parole lue.", "%(count)s paroles lues.", count) % {"count": sentences.number(count)})
    return HttpResponseRedirect(back_to(request, synthesis))
