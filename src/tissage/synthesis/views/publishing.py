"""Publishing, and withdrawing a publication: first what will happen, then the act."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tissage.core.suppression import Suppression
from tissage.synthesis import operations, queries, sentences
from tissage.synthesis.forms import WithdrawForm
from tissage.synthesis.models import Synthesis

from .doors import signed_in, team_synthesis
from .pages import trail_to_version
from .reading import progress_words


@dataclass(frozen=True, slots=True)
class BlockRow:
    """What the public will see under one label, and which groups stand behind it."""

    label: str
    groups: tuple[str, ...]
    merged: bool
    with_statements: bool


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    group: str
    question: str
    reason: str


def block_rows(decision: Suppression, names: dict[int, str]) -> list[BlockRow]:
    rows = []
    for block in decision.blocks:
        members = set().union(*block.members.values())
        spoken = set().union(*block.statements.values()) if block.statements else set()
        rows.append(BlockRow(block.label, tuple(sorted(names.get(one, "?") for one in members)), block.kind == "others", bool(spoken)))
    return rows


def left_out_rows(decision: Suppression, names: dict[int, str], titles: dict[str, str]) -> list[LeftOutRow]:
    return [
        LeftOutRow(names.get(one.group, "?"), titles.get(one.question, one.question) if one.question else "", one.reason)
        for one in decision.left_out
    ]


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, territory: str, number: int) -> HttpResponse:
    synthesis = team_synthesis(request, territory, number, "synthesis.publish_synthesis")
    refused = ""
    if request.method == "POST":
        try:
            operations.publish_synthesis(synthesis=synthesis, by=signed_in(request), now=timezone.now())
        except operations.SynthesisRefused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("La version %(number)s est publiée.") % {"number": number})
            return redirect("synthesis:version", territory, number)
    return render(request, "synthesis/publish.html", publication_context(synthesis) | {"refused": refused}, status=422 if refused else 200)


def publication_context(synthesis: Synthesis) -> dict[str, object]:
    decision = queries.publication_preview(synthesis)
    overview = queries.version_overview(synthesis)
    names = {group.id: group.name for group in overview.groups}
    titles = {value.code: value.title for value in queries.questions_of(synthesis.territory)}
    progress = queries.reading_progress(synthesis)
    return {
        "territory": synthesis.territory,
        "synthesis": synthesis,
        "trail": trail_to_version(synthesis, _("Publication")),
        "blocks": block_rows(decision, names),
        "left_out": left_out_rows(decision, names, titles),
        "rule": decision.rule,
        "threshold": decision.threshold,
        "progress": progress,
        "progress_text": progress_words(progress),
        "going_out": progress.published + progress.redacted,
        "going_out_text": sentences.statements(progress.published + progress.redacted),
        "kept_text": sentences.statements(progress.withheld),
        "wordings": [(titles.get(code, code), wordings) for code, wordings in queries.public_wordings(synthesis, decision.rows()).items()],
        "why_not": queries.why_not_publish(synthesis),
        "state": queries.public_state(synthesis),
        "preview_url": reverse("synthesis:version", args=[synthesis.territory.slug, synthesis.number]) + "?vue=public",
    }


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, territory: str, number: int) -> HttpResponse:
    synthesis = team_synthesis(request, territory, number, "synthesis.publish_synthesis")
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.withdraw_publication(synthesis=synthesis, by=signed_in(request), now=timezone.now(), **form.cleaned_data)
        except operations.SynthesisRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("La version %(number)s n’est plus publiée.") % {"number": number})
            return redirect("synthesis:version", territory, number)
    return render(
        request,
        "ui/confirm.html",
        {
            "title": _("Retirer la publication de la version %(number)s") % {"number": number},
            "consequence": _(
                "La page publique ne montrera plus cette synthèse : une notice et votre raison prendront sa place. "
                "La version reste entière pour l’équipe, et pourra être publiée à nouveau. Ce qui a été lu ou téléchargé entre-temps l’a été."
            ),
            "submit": _("Retirer la publication"),
            "cancel_url": reverse("synthesis:version", args=[territory, number]),
            "form": form,
        },
        status=422 if form.errors else 200,
    )
