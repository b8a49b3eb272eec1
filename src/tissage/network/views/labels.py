"""Labels and charters: the list, the page of one, its versions and what each asks, and the list of holders that everybody reads."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tissage.network.forms.labels import LabelForm, RequirementForm, VersionForm
from tissage.network.models import LabelRequirement, LabelScheme, LabelVersion
from tissage.network.operations import labels as operations
from tissage.network.queries.labels import awards_of, coming_sessions, held_on, labels_of, public_list, versions_of
from tissage.network.rules import organization_ids_of
from tissage.people.models import Territory

from .doors import person, require, territory_for

READ, WRITE, WRITE_ONE = "network.read_labels", "network.write_network", "network.write_label"
PAGE = 50


def label_for(request: HttpRequest, territory: str, pk: int, permission: str) -> LabelScheme:
    place = territory_for(request, territory, READ)
    found: LabelScheme = get_object_or_404(LabelScheme.objects.select_related("territory", "owner"), pk=pk, territory=place)
    require(person(request), permission, found)
    return found


@require_safe
def labels(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, READ)
    who = person(request)
    context = {
        "territory": place,
        "labels": labels_of(place, timezone.localdate(), organization_ids_of(who)),
        "reads_all": who.has_perm("network.read_network", place),
        "writes": who.has_perm(WRITE, place),
        "handles_reports": who.has_perm("network.handle_label_reports", place),
    }
    return render(request, "network/labels/labels.html", context)


@require_safe
def label(request: HttpRequest, territory: str, scheme: int) -> HttpResponse:
    """The team and the organisation that runs it see every holder; another organisation sees its own requests."""
    found = label_for(request, territory, scheme, READ)
    who, today = person(request), timezone.localdate()
    sees_all = who.has_perm("network.read_network", found.territory) or who.has_perm("network.write_label", found)
    awards = awards_of(found, only=None if sees_all else organization_ids_of(who))
    page = Paginator(awards, PAGE).get_page(request.GET.get("page"))
    versions = versions_of(found)
    in_force = next((one for one in versions if one.published_at and one.valid_from <= today), None)
    context = {
        "territory": found.territory,
        "scheme": found,
        "versions": versions,
        "version": in_force,
        "sessions": coming_sessions(found, today),
        "page": page,
        "held": held_on(page, today),
        "sees_all": sees_all,
        "writes": who.has_perm(WRITE_ONE, found),
        "asks": in_force is not None and (found.ended_on is None or found.ended_on > today),
        "is_partner": not who.has_perm(WRITE, found.territory),
    }
    return render(request, "network/labels/label.html", context)


def create_label(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, WRITE)
    form = LabelForm(request.POST or None, territory=place)
    if request.method == "POST" and form.is_valid():
        made = operations.create_label(territory=place, by=person(request), now=timezone.now(), **form.cleaned_data)
        messages.success(
            request, gettext("« %(name)s » est créé. Écrivez sa charte et ce qu’elle demande, puis publiez-la.") % {"name": made.name}
        )
        return redirect("network:label_version", place.slug, made.pk, 1)
    return _form(request, place, None, form, gettext("Créer un label ou une charte"), gettext("Créer le label"))


def change_label(request: HttpRequest, territory: str, scheme: int) -> HttpResponse:
    found = label_for(request, territory, scheme, WRITE_ONE)
    form = LabelForm(request.POST or None, territory=found.territory, scheme=found)
    if request.method == "POST" and form.is_valid():
        if operations.change_label(scheme=found, by=person(request), now=timezone.now(), **form.cleaned_data):
            messages.success(request, gettext("La fiche du label est à jour."))
        return redirect("network:label", found.territory.slug, found.pk)
    return _form(request, found.territory, found, form, gettext("Modifier la fiche"), gettext("Enregistrer"))


@require_POST
def draft_version(request: HttpRequest, territory: str, scheme: int) -> HttpResponse:
    found = label_for(request, territory, scheme, WRITE_ONE)
    try:
        made = operations.draft_version(scheme=found, by=person(request), now=timezone.now())
    except operations.LabelRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("network:label", found.territory.slug, found.pk)
    messages.success(
        request, gettext("La version %(number)s reprend la précédente. Changez-la, puis publiez-la.") % {"number": made.number}
    )
    return redirect("network:label_version", found.territory.slug, found.pk, made.number)


def label_version(request: HttpRequest, territory: str, scheme: int, label_version: int) -> HttpResponse:
    """The text and requirements of a version; a draft is written here, a published one is only read."""
    found = label_for(request, territory, scheme, READ)
    version = _version(found, label_version)
    writes = person(request).has_perm(WRITE_ONE, found)
    if version.published_at is None and not writes:
        raise Http404
    form = VersionForm(request.POST or None, version=version) if writes and version.published_at is None else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            operations.change_version(version=version, by=person(request), now=timezone.now(), **form.cleaned_data)
            messages.success(request, gettext("Le texte est gardé."))
            return _back(version)
    requirements = version.requirements.select_related("training").order_by("position", "pk")
    context = {"territory": found.territory, "scheme": found, "version": version, "requirements": requirements, "form": form}
    return render(request, "network/labels/version.html", context)


def publish_version(request: HttpRequest, territory: str, scheme: int, label_version: int) -> HttpResponse:
    found = label_for(request, territory, scheme, WRITE_ONE)
    version = _version(found, label_version)
    if request.method == "POST":
        try:
            operations.publish_version(version=version, by=person(request), now=timezone.now())
        except operations.LabelRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("La version %(number)s est publiée.") % {"number": version.number})
        return _back(version)
    context = {
        "title": gettext("Publier la version %(number)s de « %(name)s » ?") % {"number": version.number, "name": found.name},
        "consequence": gettext("Son texte et ses exigences ne changeront plus. Les labels déjà attribués restent sous leur version."),
        "submit": gettext("Publier la version"),
        "cancel_url": reverse("network:label_version", args=[found.territory.slug, found.pk, version.number]),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


def add_requirement(request: HttpRequest, territory: str, scheme: int, label_version: int) -> HttpResponse:
    found = label_for(request, territory, scheme, WRITE_ONE)
    version = _version(found, label_version)
    form = RequirementForm(request.POST or None, territory=found.territory)
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_requirement(version=version, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.LabelRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("L’exigence est ajoutée."))
            return _back(version)
    cancel = reverse("network:label_version", args=[found.territory.slug, found.pk, version.number])
    return _form(request, found.territory, found, form, gettext("Ajouter une exigence"), gettext("Ajouter l’exigence"), cancel)


@require_POST
def remove_requirement(request: HttpRequest, territory: str, scheme: int, label_version: int, requirement: int) -> HttpResponse:
    found = label_for(request, territory, scheme, WRITE_ONE)
    version = _version(found, label_version)
    held = get_object_or_404(LabelRequirement.objects.select_related("version"), pk=requirement, version=version)
    try:
        operations.remove_requirement(requirement=held, by=person(request), now=timezone.now())
    except operations.LabelRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("L’exigence est retirée."))
    return _back(version)


@login_not_required
@require_safe
def label_holders(request: HttpRequest, territory: str, scheme: int) -> HttpResponse:
    """What everybody reads: what the label asks, and the holders who chose to be listed. No count, no name of a person."""
    place = get_object_or_404(Territory.objects.visible_to(request.user), slug=territory)
    found = get_object_or_404(LabelScheme.objects.select_related("owner", "territory"), pk=scheme, territory=place)
    today = timezone.localdate()
    versions = [one for one in versions_of(found) if one.published_at and one.valid_from <= today]
    if not versions:
        raise Http404
    context = {"territory": place, "scheme": found, "version": versions[0], "holders": public_list(found, today)}
    return render(request, "network/labels/holders.html", context)


def _version(scheme: LabelScheme, number: int) -> LabelVersion:
    return get_object_or_404(LabelVersion.objects.select_related("scheme__territory"), scheme=scheme, number=number)


def _back(version: LabelVersion) -> HttpResponse:
    return redirect("network:label_version", version.scheme.territory.slug, version.scheme_id, version.number)


def _form(
    request: HttpRequest, territory: Territory, scheme: LabelScheme | None, form: object, title: str, submit: str, cancel_url: str = ""
) -> HttpResponse:
    if not cancel_url:
        cancel_url = (
            reverse("network:label", args=[territory.slug, scheme.pk]) if scheme else reverse("network:labels", args=[territory.slug])
        )
    context = {"territory": territory, "scheme": scheme, "form": form, "title": title, "submit": submit, "cancel_url": cancel_url}
    return render(request, "network/labels/form.html", context)
