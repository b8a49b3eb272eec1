"""What anyone proposes to the directory, without an account: a correction, or a service that is missing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tissage.network.forms.directory import MissingServiceForm, SuggestionForm
from tissage.network.models import ChangeSuggestion, Service
from tissage.network.operations.suggestions import SuggestionRefused, suggest_change
from tissage.network.queries.pauses import forms_paused
from tissage.network.rules import speaks_for
from tissage.people.models import Territory

from .directory import listed, readable


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest, territory: str, service: UUID) -> HttpResponse:
    """Something is wrong on a sheet."""
    place = readable(request, territory)
    found = get_object_or_404(listed(request, place), uuid=service)
    origin = ChangeSuggestion.Origin.MEMBER if speaks_for(request.user, found) else ChangeSuggestion.Origin.ANONYMOUS
    form = SuggestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _sent(request, place, form, service=found, origin=origin):
        messages.success(request, gettext("Merci. L’équipe lit votre proposition avant de changer la fiche."))
        return redirect("directory:service", place.slug, found.uuid)
    return _page(request, place, form, service=found)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggest_missing(request: HttpRequest, territory: str) -> HttpResponse:
    """A service is not in the directory."""
    place = readable(request, territory)
    form = MissingServiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _sent(request, place, form):
        messages.success(request, gettext("Merci. L’équipe lit votre proposition, puis demande à l’organisation."))
        return redirect("directory:home", place.slug)
    return _page(request, place, form)


def _sent(request: HttpRequest, place: Territory, form: forms.Form, **about: Any) -> bool:
    try:
        suggest_change(territory=place, address=str(get_adapter().get_client_ip(request)), now=timezone.now(), **form.cleaned_data, **about)
    except SuggestionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _page(request: HttpRequest, place: Territory, form: forms.Form, service: Service | None = None) -> HttpResponse:
    paused = forms_paused(place, timezone.now())
    context = {"territory": place, "form": form, "service": service, "paused": paused}
    return render(request, "network/directory/suggest.html", context, status=422 if form.errors else 200)
