"""Making a version: what will be frozen, then the work under way."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tissage.synthesis import operations, sentences
from tissage.synthesis.forms import FreezeForm
from tissage.synthesis.models import Synthesis

from .doors import signed_in, team_territory
from .pages import crumbs, trail_to
from .sources import live_source


@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest, territory: str) -> HttpResponse:
    """Freezes what the page « today » shows: its selection stands in the address."""
    place = team_territory(request, territory, "synthesis.freeze_synthesis")
    source, selection = live_source(request, place)
    groups, questions = selection.chosen()
    form = FreezeForm(request.POST or None, initial={"title": _("Synthèse de %(territory)s") % {"territory": place.name}})
    if request.method == "POST" and form.is_valid():
        try:
            synthesis = operations.freeze_synthesis(
                territory=place, groups=groups, questions=questions, by=signed_in(request), now=timezone.now(), **form.cleaned_data
            )
        except operations.SynthesisRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            if synthesis.frozen_at is None:
                return redirect("synthesis:freezing", territory, synthesis.number)
            messages.success(request, _("La version %(number)s est figée.") % {"number": synthesis.number})
            return redirect("synthesis:version", territory, synthesis.number)
    overview = source.scene.overview
    return render(
        request,
        "synthesis/freeze.html",
        {
            "territory": place,
            "source": source,
            "trail": crumbs(source, (_("Figer"), None)),
            "form": form,
            "overview": overview,
            "seen": sentences.seen(overview),
            "uncoded_text": sentences.criteria(overview.uncoded),
            "nomenclature": source.scene.nomenclature.name,
        },
        status=422 if form.errors else 200,
    )


def under_way(request: HttpRequest, territory: str, number: int) -> Synthesis:
    place = team_territory(request, territory, "synthesis.freeze_synthesis")
    return get_object_or_404(Synthesis.objects.select_related("territory"), territory=place, number=number)


def freezing(request: HttpRequest, territory: str, number: int) -> HttpResponse:
    """How far the freezing is; the page may be left. htmx asks for the bar alone."""
    synthesis = under_way(request, territory, number)
    context: dict[str, Any] = {
        "territory": synthesis.territory,
        "synthesis": synthesis,
        "trail": trail_to(synthesis.territory, (str(synthesis), None)),
        "finished": synthesis.frozen_at is not None,
        "url": reverse("synthesis:freezing", args=[territory, number]),
        "version_url": reverse("synthesis:version", args=[territory, number]),
        "cancel_url": reverse("synthesis:stop_freezing", args=[territory, number]),
    }
    template = "synthesis/freezing.html"
    return render(request, f"{template}#bar" if request.htmx else template, context)  # type: ignore[attr-defined]


@require_POST
def stop_freezing(request: HttpRequest, territory: str, number: int) -> HttpResponse:
    synthesis = under_way(request, territory, number)
    try:
        operations.cancel_freezing(synthesis=synthesis, by=signed_in(request), now=timezone.now())
    except operations.SynthesisRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("synthesis:freezing", territory, number)
    messages.success(request, _("La version n’a pas été figée. Rien d’autre n’a changé."))
    return redirect("synthesis:live", territory)
