"""What keeps the directory true, for the team: what nobody confirms, what anyone proposed, and the pause of public forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.network.forms.directory import FIELDS as SUGGESTED
from tissage.network.forms.reviews import PauseForm, RefusalForm
from tissage.network.models import ChangeSuggestion, Organization
from tissage.network.operations import pauses, reviews, suggestions
from tissage.network.queries.directory import freshness_of
from tissage.network.queries.pauses import forms_paused, last_pauses
from tissage.network.queries.reviews import to_check as waiting_to_be_checked
from tissage.network.queries.suggestions import suggestions_of
from tissage.people.models import Territory

from .doors import person, territory_for

MODERATE = "network.moderate"
A_PAGE = 25


@require_safe
def to_check(request: HttpRequest, territory: str) -> HttpResponse:
    """Organisations whose services wait for a check: who was asked, who is silent, what nobody reads any more."""
    place = territory_for(request, territory, MODERATE)
    today = timezone.localdate()
    every = waiting_to_be_checked(place, today)
    page = Paginator(every, A_PAGE).get_page(request.GET.get("page"))
    services, hidden = sum(len(one.services) for one in every), sum(one.hidden for one in every)
    context = {
        **_context(place, "to_check"),
        "page": page,
        "rows": [(one, [(service, freshness_of(service, today)) for service in one.services]) for one in page],
        "count": ngettext("%(n)s service à vérifier", "%(n)s services à vérifier", services) % {"n": services},
        "hidden": ngettext("%(n)s que plus personne ne voit", "%(n)s que plus personne ne voit", hidden) % {"n": hidden} if hidden else "",
    }
    return render(request, "network/keeping/to_check.html", context)


def _context(place: Territory, tab: str) -> dict[str, Any]:
    return {"territory": place, "tab": tab}


def _about(request: HttpRequest, territory: str, organization: int, act: Callable[..., object], done: str) -> HttpResponse:
    place = territory_for(request, territory, MODERATE)
    found = get_object_or_404(Organization, pk=organization, territory=place)
    try:
        act(organization=found, by=person(request), now=timezone.now())
    except reviews.ReviewRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done % {"name": found.name})
    return redirect("network:to_check", place.slug)


@require_POST
def ask_again(request: HttpRequest, territory: str, organization: int) -> HttpResponse:
    return _about(request, territory, organization, reviews.ask_again, gettext("Le message part vers %(name)s."))


@require_POST
def note_bounce(request: HttpRequest, territory: str, organization: int) -> HttpResponse:
    done = gettext("C’est noté. Au deuxième e-mail revenu, les services de %(name)s ne sont plus montrés.")
    return _about(request, territory, organization, reviews.note_bounce, done)


@require_POST
def forget_bounces(request: HttpRequest, territory: str, organization: int) -> HttpResponse:
    return _about(request, territory, organization, reviews.forget_bounces, gettext("L’adresse de %(name)s compte à nouveau comme bonne."))


@require_safe
def suggestion_list(request: HttpRequest, territory: str) -> HttpResponse:
    """What anyone proposed: to read, or decided."""
    place = territory_for(request, territory, MODERATE)
    decided = request.GET.get("lues") == "1"
    page = Paginator(suggestions_of(place, decided=decided), A_PAGE).get_page(request.GET.get("page"))
    context = {**_context(place, "suggestions"), "page": page, "decided": decided, "fields": dict(SUGGESTED)}
    return render(request, "network/keeping/suggestions.html", context)


def _suggestion(request: HttpRequest, territory: str, suggestion: UUID) -> ChangeSuggestion:
    place = territory_for(request, territory, MODERATE)
    rows = ChangeSuggestion.objects.select_related("territory", "service__organization", "decided_by")
    found: ChangeSuggestion = get_object_or_404(rows, uuid=suggestion, territory=place)
    return found


@require_safe
def suggestion(request: HttpRequest, territory: str, suggestion: UUID) -> HttpResponse:
    """One proposal, and what to do of it."""
    found = _suggestion(request, territory, suggestion)
    return _suggestion_page(request, found, RefusalForm())


def _suggestion_page(request: HttpRequest, found: ChangeSuggestion, form: RefusalForm, status: int = 200) -> HttpResponse:
    context = {
        **_context(found.territory, "suggestions"),
        "suggestion": found,
        "field": dict(SUGGESTED).get(found.field, ""),
        "form": form,
    }
    return render(request, "network/keeping/suggestion.html", context, status=status)


@require_POST
def accept_suggestion(request: HttpRequest, territory: str, suggestion: UUID) -> HttpResponse:
    """Taken over: the form of the service follows, the text beside it."""
    found = _suggestion(request, territory, suggestion)
    try:
        suggestions.accept_suggestion(suggestion=found, by=person(request), now=timezone.now())
    except suggestions.SuggestionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("network:suggestion", territory, found.uuid)
    page = (
        reverse("network:service", args=[territory, found.service.uuid])
        if found.service
        else reverse("network:create_service", args=[territory])
    )
    return redirect(page)


@require_POST
def refuse_suggestion(request: HttpRequest, territory: str, suggestion: UUID) -> HttpResponse:
    found = _suggestion(request, territory, suggestion)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _suggestion_page(request, found, form, status=422)
    return _decided(
        request, found, gettext("La proposition est refusée."), suggestions.refuse_suggestion, reason=form.cleaned_data["reason"]
    )


@require_POST
def reopen_suggestion(request: HttpRequest, territory: str, suggestion: UUID) -> HttpResponse:
    found = _suggestion(request, territory, suggestion)
    return _decided(request, found, gettext("La proposition est de nouveau à lire."), suggestions.reopen_suggestion)


def _decided(request: HttpRequest, found: ChangeSuggestion, done: str, act: Callable[..., object], **given: str) -> HttpResponse:
    try:
        act(suggestion=found, by=person(request), now=timezone.now(), **given)
    except suggestions.SuggestionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("network:suggestion", found.territory.slug, found.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, territory: str) -> HttpResponse:
    """Puts every public form to rest, until a moment."""
    place = territory_for(request, territory, MODERATE)
    now = timezone.now()
    form = PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = pauses.pause_forms(territory=place, by=person(request), now=now, **form.cleaned_data)
        except pauses.PauseRefused as refusal:
            form.add_error("until", str(refusal))
        else:
            day = timezone.localtime(made.until)
            messages.success(request, gettext("Les formulaires publics sont en pause jusqu’au %(day)s.") % {"day": f"{day:%d/%m/%Y %H:%M}"})
            return redirect("network:pause", place.slug)
    context = {**_context(place, "pause"), "form": form, "paused": forms_paused(place, now), "pauses": last_pauses(place)}
    return render(request, "network/keeping/pause.html", context, status=422 if form.errors else 200)


@require_POST
def resume(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, MODERATE)
    if pauses.resume_forms(territory=place, by=person(request), now=timezone.now()):
        messages.success(request, gettext("Les formulaires publics sont rouverts."))
    return redirect("network:pause", place.slug)
