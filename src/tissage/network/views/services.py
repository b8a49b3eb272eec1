"""The services of a territory as its team and their own organisations work on them: list, sheet, sections, publishing, history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tissage.core.publication_gate import missing
from tissage.core.quality import quality_score
from tissage.core.vocabulary import EVERYBODY
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.exchange.opening_hours import weekly
from tissage.network.forms.services import (
    CheckForm,
    NewServiceForm,
    PriceForm,
    ReachForm,
    SectionForm,
    ServiceFilters,
    WhatForm,
    WhomForm,
)
from tissage.network.models import FieldChange, Organization, Service, ServiceContact
from tissage.network.operations import services as operations
from tissage.network.queries.directory import freshness_of
from tissage.network.queries.service_words import (
    CHECK,
    PRICE,
    REACH,
    WHAT,
    WHOM,
    gaps_in_words,
    history_in_words,
    history_of,
    score_in_words,
)
from tissage.network.queries.services import facts_of, team_list
from tissage.network.queries.sheets import place_lines, sheet_of, shown, with_parts

from .doors import origin_of, own_organization_for, person, service_for, territory_for

READ, WRITE, EDIT = "network.read_network", "network.write_network", "network.edit_services"
PAGE = 50
SECTIONS: dict[str, type[SectionForm]] = {WHAT: WhatForm, WHOM: WhomForm, REACH: ReachForm, PRICE: PriceForm, CHECK: CheckForm}


@require_safe
def services(request: HttpRequest, territory: str) -> HttpResponse:
    """The list of the team; strangers read the directory."""
    place = territory_for(request, territory, READ)
    form = ServiceFilters(request.GET or None, territory=place)
    asked = {name: value for name, value in (form.cleaned_data if form.is_valid() else {}).items() if value}
    day = timezone.localdate()
    found = team_list(
        place,
        day,
        words=asked.get("q", ""),
        organization=asked.get("organisation"),
        publication=asked.get("publication", ""),
        freshness=asked.get("verification", ""),
        incomplete=asked.get("manque", False),
        archived=asked.get("archives", False),
    )
    archived = (
        0 if "archives" in asked or "publication" in asked else Service.objects.filter(territory=place, publication="archived").count()
    )
    context = {
        "territory": place,
        "form": form,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "asked": bool(set(asked) - {"archives"}),
        "archived": archived,
        "writes": person(request).has_perm(WRITE, place),
    }
    return render(request, "network/services/list.html", context)


@require_safe
def service(request: HttpRequest, territory: str, service: Any) -> HttpResponse:
    found = service_for(request, territory, service, (READ, EDIT), Service.objects.all())
    rows = with_parts(Service.objects.filter(pk=found.pk)).select_related(
        "organization__territory",
        "territory",
        "assured_by",
        "evidence_award__version__scheme",
        "evidence_award__organization",
        "evidence_qualification__training",
        "evidence_document",
    )
    [one] = rows
    day = timezone.localdate()
    facts = facts_of(one, day)
    quality = quality_score(facts)
    sheet = sheet_of(one, vocabulary(), day, levels=ServiceContact.Visibility.values)
    context = {
        **about(request, one),
        "sheet": sheet,
        "everybody": EVERYBODY in facts.audiences,
        "places": [(at, place_lines(shown(at.place)), weekly(at.opening_hours)) for at in one.at_places.all()],
        "gaps": [(gap, section_url(one, gap.section, gap.field)) for gap in gaps_in_words(missing(facts))],
        "quality": quality,
        "score": [(line, section_url(one, line.section, line.field)) for line in score_in_words(quality)],
        "freshness": freshness_of(one, day),
    }
    return render(request, "network/services/sheet.html", context)


def about(request: HttpRequest, service: Service) -> dict[str, Any]:
    """What every page of a sheet needs: `own` when its reader speaks for the organisation and does not read the register."""
    user = person(request)
    return {
        "territory": service.territory,
        "service": service,
        "edits": user.has_perm(EDIT, service),
        "own": not user.has_perm(READ, service),
    }


def section_url(service: Service, section: str, field: str = "") -> str:
    """Where a point of the sheet is mended: the section's form at its field, or the part of the sheet that has its own forms."""
    arguments = [service.territory.slug, service.uuid]
    if section in SECTIONS or section == "welcome":
        return reverse(f"network:service_{section}", args=arguments) + (f"#id_{field}" if field else "")
    return reverse("network:service", args=arguments) + f"#{section}"


def create_service(request: HttpRequest, territory: str) -> HttpResponse:
    """By the team, for any organisation of the register."""
    place = territory_for(request, territory, WRITE)
    asked = request.GET.get("organisation", "")
    form = NewServiceForm(request.POST or None, territory=place, initial={"organization": asked if asked.isdigit() else ""})
    return _create(request, form, {"territory": place, "cancel_url": reverse("network:services", args=[place.slug])})


def add_service(request: HttpRequest, territory: str, organization: int) -> HttpResponse:
    """By whoever edits this organisation's services: its own staff, or the team."""
    owner = own_organization_for(request, territory, organization, EDIT)
    form = NewServiceForm(request.POST or None, territory=owner.territory, organization=owner)
    own = not person(request).has_perm(READ, owner)
    back = reverse("network:own_organization", args=[territory]) if own else reverse("network:organization", args=[territory, owner.pk])
    return _create(request, form, {"territory": owner.territory, "organization": owner, "own": own, "cancel_url": back}, owner)


def _create(request: HttpRequest, form: NewServiceForm, context: dict[str, Any], owner: Organization | None = None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        organization = owner or given.pop("organization")
        user = person(request)
        try:
            made = operations.create_service(
                organization=organization, by=user, now=timezone.now(), origin=origin_of(user, organization), **given
            )
        except operations.AlreadyThere as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, gettext("La fiche est créée, en brouillon. Complétez-la, puis publiez-la."))
            return redirect("network:service", made.territory.slug, made.uuid)
    return render(request, "network/services/new.html", {**context, "form": form})


def section(request: HttpRequest, territory: str, service: Any, section: str) -> HttpResponse:
    """One section of the sheet, changed."""
    found = service_for(request, territory, service, (EDIT,), Service.objects.prefetch_related("terms"))
    user, kind = person(request), SECTIONS[section]
    form = kind(request.POST or None, service=found, vocabulary=vocabulary(), day=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            changed = operations.change_service(service=found, by=user, now=timezone.now(), origin=origin_of(user, found), **form.given())
        except operations.AlreadyThere as refusal:
            form.add_error("name", str(refusal))
        else:
            if changed:
                messages.success(request, gettext("La fiche est à jour."))
            return redirect("network:service", found.territory.slug, found.uuid)
    return render(request, "network/services/section.html", {**about(request, found), "form": form, "title": kind.title})


@require_POST
def publish_service(request: HttpRequest, territory: str, service: Any) -> HttpResponse:
    found = service_for(request, territory, service, (EDIT,))
    user = person(request)
    try:
        operations.publish_service(service=found, by=user, now=timezone.now(), origin=origin_of(user, found))
    except operations.NotReady as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("La fiche est publiée dans l’annuaire."))
    return redirect("network:service", found.territory.slug, found.uuid)


def archive_service(request: HttpRequest, territory: str, service: Any) -> HttpResponse:
    """Asks, then takes it out of the directory."""
    found = service_for(request, territory, service, (EDIT,))
    user = person(request)
    if request.method == "POST":
        operations.archive_service(service=found, by=user, now=timezone.now(), origin=origin_of(user, found))
        messages.success(request, gettext("La fiche est archivée. Elle se reprend quand vous voulez."))
        return redirect("network:service", found.territory.slug, found.uuid)
    context = {
        "title": gettext("Archiver « %(name)s » ?") % {"name": found.name},
        "consequence": gettext("La fiche quitte l’annuaire ; rien ne s’efface, et vous pouvez la reprendre plus tard."),
        "submit": gettext("Archiver la fiche"),
        "cancel_url": reverse("network:service", args=[found.territory.slug, found.uuid]),
    }
    return render(request, "ui/confirm.html", context)


@require_POST
def restore_service(request: HttpRequest, territory: str, service: Any) -> HttpResponse:
    found = service_for(request, territory, service, (EDIT,))
    user = person(request)
    operations.restore_service(service=found, by=user, now=timezone.now(), origin=origin_of(user, found))
    messages.success(request, gettext("La fiche est reprise, en brouillon. Relisez-la avant de la publier."))
    return redirect("network:service", found.territory.slug, found.uuid)


@require_POST
def assure_service(request: HttpRequest, territory: str, service: Any) -> HttpResponse:
    """« Tout est exact »: checked today."""
    found = service_for(request, territory, service, (EDIT,))
    user = person(request)
    operations.assure_service(service=found, on=timezone.localdate(), by=user, now=timezone.now(), origin=origin_of(user, found))
    messages.success(request, gettext("Merci : la fiche est notée comme vérifiée aujourd’hui."))
    return redirect("network:service", found.territory.slug, found.uuid)


@require_safe
def service_history(request: HttpRequest, territory: str, service: Any) -> HttpResponse:
    found = service_for(request, territory, service, (READ, EDIT))
    page = Paginator(history_of(found), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "network/services/history.html",
        {**about(request, found), "page": page, "changes": history_in_words(page.object_list, vocabulary())},
    )


@require_POST
def put_field_back(request: HttpRequest, territory: str, service: Any, field_change: int) -> HttpResponse:
    """« Revenir »: the value of before, one more change."""
    found = service_for(request, territory, service, (EDIT,))
    change = get_object_or_404(FieldChange.objects.select_related("service__territory"), pk=field_change, service=found)
    user = person(request)
    try:
        changed = operations.put_field_back(change=change, by=user, now=timezone.now(), origin=origin_of(user, found))
    except ValueError as refusal:
        messages.error(request, str(refusal))
    else:
        words = gettext("La valeur d’avant est revenue.") if changed else gettext("Cette valeur est déjà celle de la fiche.")
        messages.success(request, words)
    return redirect("network:service_history", found.territory.slug, found.uuid)
