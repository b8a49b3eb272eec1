"""Partners of a campaign: who is invited, and the link each acts by."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tissage.agenda.forms.campaigns import InviteForm
from tissage.agenda.models import Campaign, CampaignPartner
from tissage.agenda.operations import partners as operations
from tissage.agenda.queries.campaigns import partners_of

from .doors import campaign_for, person

COORDINATE = "agenda.coordinate"


def campaign_partners(request: HttpRequest, territory: str, campaign: int) -> HttpResponse:
    found = campaign_for(request, territory, campaign, COORDINATE)
    form = InviteForm(request.POST or None, territory=found.territory)
    did: dict[str, Any] = {"campaign": found, "by": person(request), "now": timezone.now()}
    if request.method == "POST" and form.is_valid():
        organization, email = form.cleaned_data["organization"], form.cleaned_data["email"]
        try:
            if email:
                operations.invite_partner(organization=organization, email=email, **did)
                said = gettext("Le lien part à %(email)s.") % {"email": email}
            else:
                operations.add_partner(organization=organization, **did)
                said = gettext("%(name)s prend part à la campagne.") % {"name": organization.name}
        except operations.InvitationRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, said)
            return redirect("agenda:campaign_partners", territory, found.pk)
    context = {"territory": found.territory, "campaign": found, "form": form, "tab": "partners", "coordinates": True}
    return render(request, "agenda/campaigns/partners.html", {**context, "lines": partners_of(found, timezone.now())})


@require_POST
def partner_link(request: HttpRequest, territory: str, campaign: int, organization: int) -> HttpResponse:
    """A new link to the known address, its closing, the undoing of it, or out of the campaign."""
    found = campaign_for(request, territory, campaign, COORDINATE)
    partner = _partner(found, organization)
    did: dict[str, Any] = {"by": person(request), "now": timezone.now()}
    name = partner.organization.name
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "renew": (
            partial(operations.invite_partner, campaign=found, organization=partner.organization, email=partner.email, **did),
            gettext("Un nouveau lien part à %(email)s. L’ancien ne s’ouvre plus.") % {"email": partner.email},
        ),
        "revoke": (partial(operations.revoke_link, partner=partner, **did), gettext("Le lien de %(name)s est fermé.") % {"name": name}),
        "reopen": (partial(operations.reopen_link, partner=partner, **did), gettext("Le lien de %(name)s est rouvert.") % {"name": name}),
        "remove": (
            partial(operations.remove_partner, partner=partner, **did),
            gettext("%(name)s ne prend plus part à la campagne.") % {"name": name},
        ),
    }
    if (chosen := acts.get(request.POST.get("act", ""))) is None:
        raise Http404
    act, said = chosen
    try:
        act()
    except operations.InvitationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("agenda:campaign_partners", territory, found.pk)


def _partner(campaign: Campaign, organization: int) -> CampaignPartner:
    rows = campaign.partners.select_related("organization", "campaign__territory")
    if (found := rows.filter(organization=organization).first()) is None:
        raise Http404
    return found
