"""Frozen versions: the list, each version for the team or the public, its marks, two of them side by side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tissage.core.comparison import Comparison, LineChange
from tissage.people.models import Territory
from tissage.synthesis import operations, queries, sentences
from tissage.synthesis.forms import CompareForm, DiscussedForm, ValidatedForm
from tissage.synthesis.models import Synthesis
from tissage.synthesis.queries.preview import as_if_published

from . import pages
from .doors import is_team, reads_as_team, signed_in, team_synthesis, team_territory, visible_synthesis, visible_territory
from .kinds import KINDS
from .pages import trail_to, trail_to_version
from .reading import progress_words
from .sources import Source, version_source


@login_not_required
def versions(request: HttpRequest, territory: str) -> HttpResponse:
    place = visible_territory(request, territory)
    if not is_team(request, place):
        published = list(queries.publications_of(place)) if place.is_public else []
        states = queries.states_of(published)
        shown = [one for one in published if states[one.pk].may_be_shown]
        return render(request, "synthesis/public_versions.html", {"territory": place, "versions": shown, "trail": trail_to(place)})
    frozen = list(queries.versions_of(place))
    states, progress = queries.states_of(frozen), queries.progress_of(frozen)
    return render(
        request,
        "synthesis/versions.html",
        {
            "territory": place,
            "versions": [(one, progress[one.pk], states[one.pk]) for one in frozen],
            "under_way": queries.freezing_of(place),
            "may_freeze": request.user.has_perm("synthesis.freeze_synthesis", place),
            "may_read": request.user.has_perm("synthesis.read_lines", place),
            "count_text": ngettext("%(count)s version figée", "%(count)s versions figées", len(frozen)) % {"count": len(frozen)},
            "trail": trail_to(place),
        },
    )


def opened(request: HttpRequest, territory: str, number: int) -> Source | HttpResponse:
    """A version as this person may see it, or the notice that stands in its place."""
    synthesis = visible_synthesis(request, territory, number)
    if reads_as_team(request, synthesis):
        return version_source(request, synthesis, public=False)
    state = queries.public_state(synthesis)
    team = is_team(request, synthesis)
    if state.state in ("notice", "withdrawn"):
        status = 200 if team else 410
        return render(
            request,
            "synthesis/notice.html",
            {
                "territory": synthesis.territory,
                "synthesis": synthesis,
                "state": state,
                "is_team": team,
                "trail": trail_to(synthesis.territory, (_("Version %(number)s") % {"number": number}, None)),
            },
            status=status,
        )
    if state.state == "unpublished":
        if not team:
            raise Http404
        synthesis = as_if_published(synthesis)
    return version_source(request, synthesis, public=True, state=state)


@login_not_required
def version(request: HttpRequest, territory: str, number: int) -> HttpResponse:
    source = opened(request, territory, number)
    if isinstance(source, HttpResponse):
        return source
    context = pages.overview_context(source) | version_context(request, source)
    return render(request, "synthesis/version.html", context)


def version_context(request: HttpRequest, source: Source) -> dict[str, Any]:
    synthesis = source.synthesis
    assert synthesis is not None
    state = source.state or queries.public_state(synthesis)
    preview = source.public and synthesis.published_at is None
    context: dict[str, Any] = {
        "state": state,
        "rule": queries.public_rule(synthesis),
        "is_team": is_team(request, synthesis),
        "downloads": [] if preview else [(kind, label, source.url("download", kind)) for kind, label in KINDS],
        "preview": preview,
    }
    if source.public:
        return context
    return context | {
        "progress": (progress := queries.reading_progress(synthesis)),
        "progress_text": progress_words(progress),
        "threshold": synthesis.suppression.get("threshold", synthesis.territory.suppression_threshold),
        "may_mark": request.user.has_perm("synthesis.mark_synthesis", synthesis),
        "may_read": request.user.has_perm("synthesis.read_lines", synthesis),
        "may_publish": request.user.has_perm("synthesis.publish_synthesis", synthesis),
        "previous": queries.versions_of(synthesis.territory).filter(number__lt=synthesis.number).first(),
    }


@login_not_required
def version_picture(request: HttpRequest, territory: str, number: int, picture: str) -> HttpResponse:
    source = opened(request, territory, number)
    return source if isinstance(source, HttpResponse) else pages.overview_picture(source, picture)


@login_not_required
def version_spread(request: HttpRequest, territory: str, number: int) -> HttpResponse:
    source = opened(request, territory, number)
    return source if isinstance(source, HttpResponse) else pages.spread_page(request, source)


@login_not_required
def version_dimension(request: HttpRequest, territory: str, number: int, dimension: str) -> HttpResponse:
    source = opened(request, territory, number)
    return source if isinstance(source, HttpResponse) else pages.dimension_page(request, source, dimension)


@login_not_required
def version_dimension_picture(request: HttpRequest, territory: str, number: int, dimension: str, picture: str) -> HttpResponse:
    source = opened(request, territory, number)
    return source if isinstance(source, HttpResponse) else pages.dimension_picture(source, dimension, picture)


@login_not_required
def version_component(request: HttpRequest, territory: str, number: int, component: str) -> HttpResponse:
    source = opened(request, territory, number)
    return source if isinstance(source, HttpResponse) else pages.component_page(request, source, component)


@login_not_required
def version_uncoded(request: HttpRequest, territory: str, number: int) -> HttpResponse:
    source = opened(request, territory, number)
    return source if isinstance(source, HttpResponse) else pages.component_page(request, source, "")


@require_http_methods(["GET", "POST"])
def marks(request: HttpRequest, territory: str, number: int) -> HttpResponse:
    """The dated marks of a version: discussed, validated by the group."""
    synthesis = team_synthesis(request, territory, number, "synthesis.mark_synthesis")
    given = request.POST.get("mark") if request.method == "POST" else ""
    discussed = DiscussedForm(request.POST if given == "discussed" else None, initial={"on": synthesis.discussed_on}, prefix="discussed")
    validated = ValidatedForm(
        request.POST if given == "validated" else None,
        initial={"on": synthesis.validated_on, "present": synthesis.validated_present},
        prefix="validated",
    )
    form = {"discussed": discussed, "validated": validated}.get(given or "")
    if form is not None and form.is_valid():
        act = operations.mark_discussed if form is discussed else operations.mark_validated
        try:
            act(synthesis=synthesis, by=signed_in(request), now=timezone.now(), **form.cleaned_data)
        except operations.SynthesisRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("C’est noté."))
            return redirect("synthesis:version", territory, number)
    return render(
        request,
        "synthesis/marks.html",
        {
            "territory": synthesis.territory,
            "synthesis": synthesis,
            "discussed": discussed,
            "validated": validated,
            "trail": trail_to_version(synthesis, _("Dates")),
        },
        status=422 if form is not None else 200,
    )


def compare(request: HttpRequest, territory: str) -> HttpResponse:
    """Two versions, or a version and what stands today: what was added, gone, recoded, reworded."""
    place = team_territory(request, territory)
    frozen = list(queries.versions_of(place))
    form = CompareForm(request.GET or None, versions=frozen, initial=latest_pair(frozen))
    trail = trail_to(place, (_("Comparer"), None))
    context: dict[str, Any] = {"territory": place, "form": form, "has_versions": bool(frozen), "trail": trail}
    if form.is_bound and form.is_valid():
        by_number = {str(one.number): one for one in frozen}
        before, after = by_number[form.cleaned_data["avant"]], by_number.get(form.cleaned_data["apres"])
        if after is not None and after.number < before.number:
            before, after = after, before
        comparison = queries.compare_versions(before, after) if after else queries.compare_with_live(before)
        context |= {"comparison": comparison, "before": before, "after": after, **changes(place, before, comparison)}
    return render(request, "synthesis/compare.html", context)


def latest_pair(frozen: list[Synthesis]) -> dict[str, str]:
    if not frozen:
        return {}
    if len(frozen) > 1:
        return {"avant": str(frozen[1].number), "apres": str(frozen[0].number)}
    return {"avant": str(frozen[0].number), "apres": CompareForm.TODAY}


def changes(place: Territory, before: Synthesis, comparison: Comparison) -> dict[str, Any]:
    """The four kinds of change, each with its words, its count and its lines."""
    questions = {value.code: value.title for value in queries.questions_of(place)}
    groups = {group.id: group.name for group in queries.groups_of(place)}
    nomenclature = queries.nomenclature_of_synthesis(before)

    def named(change: LineChange) -> dict[str, Any]:
        line = change.after or change.before
        assert line is not None
        return {"change": change, "group": groups.get(line.group, ""), "question": questions.get(line.question, line.question)}

    kinds = [
        ("added", _("Ajoutés"), _("Ces critères n’étaient pas dans la version d’avant."), comparison.added),
        (
            "gone",
            _("Partis"),
            _("Ces critères ne sont plus là : retirés par leur groupe, fusionnés, ou hors de la sélection."),
            comparison.gone,
        ),
        ("recoded", _("Codés autrement"), _("Même critère, autre code."), comparison.recoded),
        ("reworded", _("Écrits autrement"), _("Même critère, autres mots."), comparison.reworded),
    ]
    return {
        "kinds": [
            {"slug": slug, "title": title, "text": text, "count": sentences.criteria(len(found)), "lines": [named(one) for one in found]}
            for slug, title, text, found in kinds
        ],
        "moved": [
            (code, nomenclature.label_of(code) if code else "", was, is_now)
            for code, (was, is_now) in comparison.by_component.items()
            if was != is_now
        ],
        "has_changes": any(found for _slug, _title, _text, found in kinds),
        "counts": _("%(before)s, puis %(after)s")
        % {"before": sentences.criteria(comparison.criteria[0]), "after": sentences.criteria(comparison.criteria[1])},
    }
