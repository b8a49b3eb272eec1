"""The register of organisations: list, page of one, form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tissage.network.forms.documents import DocumentForm
from tissage.network.forms.organizations import OrganizationFilters, OrganizationForm
from tissage.network.models import Organization
from tissage.network.operations import organizations as operations
from tissage.network.operations.documents import keep_document
from tissage.network.queries.organizations import around, register_of

from .doors import organization_for, person, territory_for

READ, WRITE = "network.read_network", "network.write_network"
PAGE = 50


@require_safe
def organizations(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, READ)
    form = OrganizationFilters(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    words, kind, closed = asked.get("q", ""), asked.get("genre", ""), asked.get("fermees", False)
    found = register_of(place, words=words, kind=kind, closed=closed)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "territory": place,
        "form": form,
        "page": page,
        "asked": bool(words or kind),
        "hidden": 0 if closed else Organization.objects.filter(territory=place, closed_on__isnull=False).count(),
        "writes": person(request).has_perm(WRITE, place),
    }
    return render(request, "network/organizations.html", context)


@require_safe
def organization(request: HttpRequest, territory: str, organization: int) -> HttpResponse:
    found = organization_for(request, territory, organization, READ)
    context = {
        "territory": found.territory,
        "organization": found,
        "around": around(found),
        "writes": person(request).has_perm(WRITE, found),
    }
    return render(request, "network/organization.html", context)


def create_organization(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, WRITE)
    form = OrganizationForm(request.POST or None, territory=place, initial={"name": request.GET.get("nom", "")[:200]})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_organization(territory=place, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.SameNumber as refusal:
            return _refused(request, form, refusal, {"territory": place, "organization": None})
        messages.success(request, gettext("« %(name)s » est dans le registre.") % {"name": made.name})
        return redirect("network:organization", place.slug, made.pk)
    return render(request, "network/organization_form.html", {"territory": place, "form": form, "organization": None, "same": form.same})


def change_organization(request: HttpRequest, territory: str, organization: int) -> HttpResponse:
    found = organization_for(request, territory, organization, WRITE)
    form = OrganizationForm(request.POST or None, territory=found.territory, organization=found)
    context = {"territory": found.territory, "organization": found}
    if request.method == "POST" and form.is_valid():
        try:
            changed = operations.change_organization(organization=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        except (operations.SameNumber, operations.Circle) as refusal:
            return _refused(request, form, refusal, context)
        if changed:
            messages.success(request, gettext("La fiche est à jour."))
        return redirect("network:organization", found.territory.slug, found.pk)
    return render(request, "network/organization_form.html", {**context, "form": form, "same": form.same})


def _refused(
    request: HttpRequest, form: OrganizationForm, refusal: operations.SameNumber | operations.Circle, context: dict[str, Any]
) -> HttpResponse:
    same = refusal.organization if isinstance(refusal, operations.SameNumber) else None
    form.add_error("enterprise_number" if same else "parent", str(refusal))
    return render(request, "network/organization_form.html", {**context, "form": form, "same": same})


def add_document(request: HttpRequest, territory: str, organization: int) -> HttpResponse:
    found = organization_for(request, territory, organization, WRITE)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        name, content = given.pop("file")
        keep_document(
            territory=found.territory,
            organization=found,
            kind=gettext("pièce"),
            upload_name=name,
            content=content,
            by=person(request),
            now=timezone.now(),
            **given,
        )
        messages.success(request, gettext("La pièce est gardée."))
        return redirect("network:organization", found.territory.slug, found.pk)
    context = {
        "territory": found.territory,
        "organization": found,
        "form": form,
        "title": gettext("Déposer une pièce"),
        "submit": gettext("Déposer la pièce"),
    }
    return render(request, "network/organization_part_form.html", context)
