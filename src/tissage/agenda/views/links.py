"""The door of a partner of a campaign: a secret link, no password. Opening it does nothing; its buttons act.

No cookie gives any right here, the secret in the address is all of it. Pages of reports behind the same link use this door too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from tissage.agenda.models import Activity, CampaignPartner
from tissage.agenda.queries.campaigns import LinkState, find_link, link_state

View = Callable[..., HttpResponse]


def behind_the_link(view: View) -> View:
    """Gives the view the partner that the secret is of and the secret; a link that is closed says so instead, with 410."""

    @wraps(view)
    def open_it(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        if (found := find_link(token)) is None:
            raise Http404
        if (state := link_state(found, timezone.now())) != LinkState.OPEN:
            context = {"partner": found, "campaign": found.campaign, "state": state.value, "token": token}
            return render(request, "agenda/proposals/closed.html", context, status=410)
        return view(request, found, token, **kwargs)

    return open_it


def activity_behind(partner: CampaignPartner, activity: int) -> Activity:
    """An activity that this partner carries in this campaign; 404 for any other."""
    carried = Activity.objects.filter(campaign=partner.campaign_id, lead=partner.organization_id)
    found: Activity = get_object_or_404(carried.select_related("territory", "lead", "campaign"), pk=activity)
    return found
