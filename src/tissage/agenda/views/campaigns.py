"""Campaigns: the list, the programme of one, copying, states."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tissage.agenda.forms.campaigns import CampaignForm, CopyForm
from tissage.agenda.models import Campaign
from tissage.agenda.operations import campaigns as operations
from tissage.agenda.queries.campaigns import campaigns_of, programme
from tissage.network.rules import organization_ids_of

from .doors import campaign_for, person, territory_for

READ, COORDINATE = "agenda.read_agenda", "agenda.coordinate"


@require_safe
def campaigns(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, READ)
    user = person(request)
    coordinates = user.has_perm(COORDINATE, place)
    found = list(campaigns_of(place)) if coordinates else list(campaigns_of(place).exclude(status=Campaign.Status.DRAFT))
    context = {"territory": place, "campaigns": found, "coordinates": coordinates, "proposes": user.has_perm("agenda.propose", place)}
    context["speaks"] = bool(organization_ids_of(user))
    return render(request, "agenda/campaigns/list.html", context)


@require_safe
def campaign(request: HttpRequest, territory: str, campaign: int) -> HttpResponse:
    """The programme: by state, then day by day."""
    found = campaign_for(request, territory, campaign)
    user = person(request)
    coordinates = user.has_perm(COORDINATE, found)
    context = {
        "territory": found.territory,
        "campaign": found,
        "tab": "programme",
        "coordinates": coordinates,
        "proposes": user.has_perm("agenda.propose", found) and found.status not in (Campaign.Status.CLOSED, Campaign.Status.EVALUATING),
        "programme": programme(found, user, reads_all=coordinates, own=organization_ids_of(user)),
        "next_step": operations.next_step(found) if coordinates else None,
        "former_step": operations.former_step(found) if coordinates else None,
    }
    return render(request, "agenda/campaigns/programme.html", context)


def create_campaign(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, COORDINATE)
    form = CampaignForm(request.POST or None, territory=place, initial={"kind": "other", "edition_year": timezone.localdate().year})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_campaign(territory=place, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.CampaignRefused as refusal:
            form.add_error("edition_year", str(refusal))
        else:
            messages.success(request, gettext("La campagne est en préparation. Invitez les partenaires, puis ouvrez-la aux propositions."))
            return redirect("agenda:campaign", place.slug, made.pk)
    return render(request, "agenda/campaigns/form.html", {"territory": place, "form": form, "campaign": None})


def change_campaign(request: HttpRequest, territory: str, campaign: int) -> HttpResponse:
    found = campaign_for(request, territory, campaign, COORDINATE)
    form = CampaignForm(request.POST or None, territory=found.territory, campaign=found)
    if request.method == "POST" and form.is_valid():
        try:
            changed = operations.change_campaign(campaign=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.CampaignRefused as refusal:
            form.add_error("edition_year", str(refusal))
            found.refresh_from_db()
        else:
            if changed:
                messages.success(request, gettext("La campagne est à jour."))
            return redirect("agenda:campaign", territory, found.pk)
    context = {"territory": found.territory, "form": form, "campaign": found, "coordinates": True}
    return render(request, "agenda/campaigns/form.html", context)


def copy_campaign(request: HttpRequest, territory: str, campaign: int) -> HttpResponse:
    """The next edition: the window is proposed, one click makes it."""
    found = campaign_for(request, territory, campaign, COORDINATE)
    form = CopyForm(request.POST or None, campaign=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.copy_campaign(campaign=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.CampaignRefused as refusal:
            form.add_error("edition_year", str(refusal))
        else:
            messages.success(
                request, gettext("L’édition %(year)s est prête, en préparation. Rien n’a encore de date.") % {"year": made.edition_year}
            )
            return redirect("agenda:campaign", territory, made.pk)
    counts = {"activities": found.activities.exclude(moderation="refused").exclude(visibility="private").count()}
    counts["partners"] = found.partners.count()
    context = {"territory": found.territory, "campaign": found, "form": form, "coordinates": True, "counts": counts}
    return render(request, "agenda/campaigns/copy.html", context)


@require_POST
def move_campaign(request: HttpRequest, territory: str, campaign: int) -> HttpResponse:
    """One step forward, or the step back that undoes it."""
    found = campaign_for(request, territory, campaign, COORDINATE)
    to = request.POST.get("to", "")
    try:
        operations.move_campaign(campaign=found, to=to, by=person(request), now=timezone.now())
    except operations.CampaignRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said(to))
    return redirect("agenda:campaign", territory, found.pk)


def said(state: str) -> str:
    """What a campaign that moved says."""
    words = {
        "draft": gettext("La campagne est de nouveau en préparation."),
        "open_for_proposals": gettext("La campagne est ouverte : les partenaires proposent."),
        "published": gettext("Le programme est publié."),
        "running": gettext("La campagne est en cours."),
        "evaluating": gettext("La campagne est à évaluer : il reste à remettre les comptes rendus."),
    }
    return words[state]
