"""The page of a territory, and opening one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from tissage.people.models import Territory
from tissage.people.views.doors import person, require
from tissage.voices.forms.territory import OpenTerritoryForm
from tissage.voices.operations import open_territory as open_it
from tissage.voices.queries.groups import groups_heard
from tissage.voices.words import heard_in_words, silence_in_words


@login_not_required
def territory(request: HttpRequest, territory: str) -> HttpResponse:
    """Public or for members, by the choice of the territory. Its groups are the team's; the public meets published syntheses only."""
    place = get_object_or_404(Territory.objects.visible_to(request.user), slug=territory)
    reads = request.user.has_perm("voices.read_voices", place)
    groups = groups_heard(place) if reads else []
    context = {
        "territory": place,
        "reads": reads,
        "writes": reads and request.user.has_perm("voices.write_voices", place),
        "groups": groups,
        "heard": heard_in_words(groups),
        "silence": silence_in_words(groups),
        "criteria_count": sum(item.heard.criteria for item in groups),
        "expression_count": sum(item.heard.expressions for item in groups),
        "heard_count": sum(1 for item in groups if item.heard.anything),
        "loose_count": sum(item.heard.loose for item in groups),
    }
    return render(request, "voices/territory.html", context)


def open_territory(request: HttpRequest) -> HttpResponse:
    """An administrator opens a territory; roles in it are given apart, so that nobody enters by this act."""
    require(person(request), "people.administer")
    form = OpenTerritoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        place = open_it(by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(
            request,
            gettext(
                "Le territoire « %(name)s » est ouvert. Invitez sa coordination : « tissage invite ADRESSE --territory %(slug)s --role coordinator »."
            )
            % {"name": place.name, "slug": place.slug},
        )
        return redirect("people:territories")
    return render(request, "voices/open_territory.html", {"form": form})
