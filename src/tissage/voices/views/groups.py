"""Groups: who was gathered, who has spoken."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from tissage.voices.forms.fields import LANGUAGES
from tissage.voices.forms.groups import GroupForm
from tissage.voices.models import Workshop
from tissage.voices.operations import groups as operations
from tissage.voices.queries.groups import groups_heard, heard_by, questions_heard
from tissage.voices.words import heard_in_words, silence_in_words

from .doors import group_for, person, territory_for


def groups(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, "voices.read_voices")
    found = groups_heard(place)
    context = {
        "territory": place,
        "groups": found,
        "heard": heard_in_words(found),
        "silence": silence_in_words(found),
        "writes": person(request).has_perm("voices.write_voices", place),
    }
    return render(request, "voices/groups.html", context)


def group(request: HttpRequest, territory: str, group: int) -> HttpResponse:
    found = group_for(request, territory, group, "voices.read_voices")
    workshops = list(Workshop.objects.filter(group=found).order_by("-held_on", "-pk"))
    heard = heard_by("workshop", group=found) if workshops else {}
    questions = questions_heard(found)
    context = {
        "territory": found.territory,
        "group": found,
        "language": dict(LANGUAGES).get(found.language, found.language),
        "questions": questions,
        "anything": any(item.heard.anything for item in questions),
        "workshops": [(workshop, heard.get(workshop.pk)) for workshop in workshops],
        "writes": person(request).has_perm("voices.write_voices", found),
        "states": person(request).has_perm("voices.state_group", found),
    }
    return render(request, "voices/group.html", context)


def create_group(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, "voices.write_voices")
    may_state = person(request).has_perm("voices.state_group", place)
    form = GroupForm(request.POST or None, territory=place, may_state=may_state, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        made = operations.create_group(territory=place, by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("Le groupe « %(name)s » est créé.") % {"name": made.name})
        return redirect("voices:group", place.slug, made.pk)
    return render(request, "voices/group_form.html", {"territory": place, "form": form, "group": None})


def edit_group(request: HttpRequest, territory: str, group: int) -> HttpResponse:
    found = group_for(request, territory, group, "voices.write_voices")
    place = found.territory
    may_state = person(request).has_perm("voices.state_group", place)
    form = GroupForm(request.POST or None, territory=place, may_state=may_state, today=timezone.localdate(), group=found)
    if request.method == "POST" and form.is_valid():
        if operations.change_group(group=found, by=person(request), now=timezone.now(), **form.cleaned_data):
            messages.success(request, gettext("Le groupe est à jour."))
        return redirect("voices:group", place.slug, found.pk)
    return render(request, "voices/group_form.html", {"territory": place, "form": form, "group": found})
