"""The settings of a territory, for those who coordinate it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tissage.people.forms import SettingsForm
from tissage.people.models import Territory
from tissage.people.operations import change_settings

from .doors import person, territory_for


@require_http_methods(["GET", "HEAD", "POST"])
def territory_settings(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, "people.manage_territory")
    form = SettingsForm(request.POST or None, instance=Territory.objects.get(pk=place.pk))
    if request.method == "POST" and form.is_valid():
        changed = change_settings(territory=place, by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Les réglages sont enregistrés.") if changed else _("Rien n’a changé."))
        return redirect("people:settings", territory)
    return render(request, "people/settings.html", {"territory": place, "form": form})
