"""Spaces of associations: mine, opening one, its people, its journal, a file of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tissage.commitments.forms.spaces import OpenSpaceForm, SpaceForm, SpaceRoleForm
from tissage.commitments.models import SpaceFile
from tissage.commitments.operations import spaces as acts
from tissage.commitments.queries.spaces import journal_of_space, my_roles, people_of, sets_of
from tissage.people.journal import in_words
from tissage.people.rules import is_administrator
from tissage.people.views.doors import person, require

from .space_doors import OWN, READ, WRITE, space_for

PAGE = 50


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    user = person(request)
    return render(request, "commitments/spaces/mine.html", {"roles": my_roles(user), "may_open": is_administrator(user)})


@require_http_methods(["GET", "HEAD", "POST"])
def open_space(request: HttpRequest) -> HttpResponse:
    """By who administers the installation. Opening a space opens nothing of it to them."""
    require(person(request), "people.administer")
    form = OpenSpaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = acts.create_space(
                organization=given["found"], slug=given["slug"], name="", owner=given["owner"], by=person(request), now=timezone.now()
            )
        except acts.SpaceRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("L’espace « %(name)s » est ouvert. Ses rôles se donnent de l’intérieur.") % {"name": made.name})
            return redirect("spaces:mine")
    return render(request, "commitments/spaces/open.html", {"form": form})


@require_safe
def space(request: HttpRequest, space: str) -> HttpResponse:
    here = space_for(request, space)
    context = {
        "space": here,
        "sets": sets_of(here),
        "elections": here.elections.all(),
        "writes": person(request).has_perm(WRITE, here),
        "owns": person(request).has_perm(OWN, here),
        "tab": "sets",
    }
    return render(request, "commitments/spaces/space.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, space: str) -> HttpResponse:
    here = space_for(request, space, OWN)
    form = SpaceForm(request.POST or None, initial={"name": here.name, "description": here.description})
    if request.method == "POST" and form.is_valid():
        acts.change_space(space=here, by=person(request), now=timezone.now(), **form.cleaned_data)
        return redirect("spaces:space", here.slug)
    return render(request, "commitments/spaces/change.html", {"space": here, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, space: str) -> HttpResponse:
    """Who is in the space. Its owners give roles."""
    here = space_for(request, space, READ if request.method != "POST" else OWN)
    form = SpaceRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.give_space_role(space=here, by=person(request), now=timezone.now(), **form.cleaned_data)
        except acts.SpaceRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            told = {"name": made.user.name, "role": made.get_role_display()}
            messages.success(request, _("%(name)s : %(role)s. Un message l’en avertit.") % told)
            return redirect("spaces:people", here.slug)
    context = {"space": here, "people": people_of(here), "form": form, "owns": person(request).has_perm(OWN, here), "tab": "people"}
    return render(request, "commitments/spaces/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def end_role(request: HttpRequest, space: str, space_role: int) -> HttpResponse:
    here = space_for(request, space, OWN)
    held = get_object_or_404(people_of(here), pk=space_role)
    if request.method == "POST":
        try:
            acts.end_space_role(membership=held, by=person(request), now=timezone.now())
        except acts.SpaceRefused as refusal:
            messages.error(request, str(refusal))
        else:
            if held.user_id == person(request).pk:
                return redirect("spaces:mine")
        return redirect("spaces:people", here.slug)
    return render(request, "commitments/spaces/end_role.html", {"space": here, "membership": held})


@require_safe
def journal(request: HttpRequest, space: str) -> HttpResponse:
    """What was done in the space. It stands in no journal of a territory."""
    here = space_for(request, space, OWN)
    page = Paginator(journal_of_space(here), PAGE).get_page(request.GET.get("page"))
    context = {"space": here, "page": page, "lines": in_words(page.object_list), "owns": True, "tab": "journal"}
    return render(request, "commitments/spaces/journal.html", context)


@require_safe
def file(request: HttpRequest, space: str, space_file: UUID) -> HttpResponse:
    here = space_for(request, space, WRITE)
    return give(get_object_or_404(SpaceFile, space=here, uuid=space_file))


def give(found: SpaceFile) -> HttpResponse:
    """The answer that carries a file, once its reader was checked."""
    try:
        content = acts.read_space_file(found)
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(
        content,
        content_type=found.content_type,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=found.file_name) or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
