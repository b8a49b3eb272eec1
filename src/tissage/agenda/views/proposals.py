"""What a partner does by its link: proposes, corrects its drafts, sends them in, takes them back."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.agenda.forms.activities import ActivityForm
from tissage.agenda.forms.occurrences import OccurrenceForm
from tissage.agenda.models import Activity, CampaignPartner
from tissage.agenda.operations import activities as operations
from tissage.agenda.operations import occurrences as dates
from tissage.agenda.operations.partners import InvitationRefused, invite_partner
from tissage.agenda.queries.activities import terms_of
from tissage.agenda.queries.activity_page import sheet_of
from tissage.agenda.queries.campaigns import LinkState, find_link, lines_of, link_state
from tissage.agenda.queries.reports import owed_by
from tissage.network.queries.pauses import forms_paused
from tissage.plan.views.partners import quiet

from .limits import may_ask, where_from
from .links import activity_behind, behind_the_link

SETTLED = ("lead", "campaign")
ANY = ["GET", "HEAD", "POST"]


@login_not_required
@require_safe
@quiet
@behind_the_link
def home(request: HttpRequest, partner: CampaignPartner, token: str) -> HttpResponse:
    """Everything this organisation carries in this campaign, and what it may do with each."""
    own = Activity.objects.filter(campaign=partner.campaign_id, lead=partner.organization_id).select_related("lead", "campaign")
    lines = lines_of(own.order_by("search", "pk"), reads_all=True, own=frozenset({partner.organization_id}))
    groups = [(code, [line for line in lines if line.activity.moderation == code]) for code in ("draft", "proposed", "accepted", "refused")]
    owed = owed_by([partner.organization_id], timezone.now(), campaign=partner.campaign)
    return _page(request, "home", partner, token, {"groups": [one for one in groups if one[1]], "owed": owed})


@csrf_exempt
@login_not_required
@require_http_methods(ANY)
@quiet
@behind_the_link
def propose(request: HttpRequest, partner: CampaignPartner, token: str) -> HttpResponse:
    """A new activity, in draft."""
    form = ActivityForm(request.POST or None, territory=partner.territory, leads=_lead(partner), without=SETTLED)
    if request.method == "POST" and form.is_valid() and _may_write(form, partner):
        try:
            made = operations.create_activity(
                territory=partner.territory, lead=partner.organization, by=None, link=partner, now=timezone.now(), **form.columns
            )
        except operations.ActivityRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("proposals:activity", token, made.pk)
    return _page(request, "form", partner, token, {"form": form, "activity": None})


@login_not_required
@require_safe
@quiet
@behind_the_link
def activity(request: HttpRequest, partner: CampaignPartner, token: str, activity: int) -> HttpResponse:
    found = activity_behind(partner, activity)
    return _page(request, "activity", partner, token, {"activity": found, "sheet": sheet_of(found)})


@csrf_exempt
@login_not_required
@require_http_methods(ANY)
@quiet
@behind_the_link
def change(request: HttpRequest, partner: CampaignPartner, token: str, activity: int) -> HttpResponse:
    found = _draft(partner, activity)
    terms = terms_of([found.pk])[found.pk]
    form = ActivityForm(
        request.POST or None, territory=partner.territory, leads=_lead(partner), activity=found, terms=terms, without=SETTLED
    )
    if request.method == "POST" and form.is_valid() and _may_write(form, partner):
        try:
            operations.change_activity(activity=found, by=None, link=partner, now=timezone.now(), **form.columns)
        except operations.ActivityRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("proposals:activity", token, found.pk)
    return _page(request, "form", partner, token, {"form": form, "activity": found})


@csrf_exempt
@login_not_required
@require_http_methods(ANY)
@quiet
@behind_the_link
def add_date(request: HttpRequest, partner: CampaignPartner, token: str, activity: int) -> HttpResponse:
    found = _draft(partner, activity)
    form = OccurrenceForm(request.POST or None, activity=found, initial={"begins": "18:00", "ends": "20:00"}, only_of=partner.organization)
    if request.method == "POST" and form.is_valid() and _may_write(form, partner):
        given = dict(form.cleaned_data)
        every, times = given.pop("every"), given.pop("times")
        did: dict[str, Any] = {"activity": found, "by": None, "now": timezone.now(), **given}
        try:
            if every:
                dates.repeat_occurrence(every=every, times=times, **did)
            else:
                dates.add_occurrence(**did)
        except dates.OccurrenceRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("proposals:activity", token, found.pk)
    return _page(request, "date", partner, token, {"form": form, "activity": found})


@csrf_exempt
@login_not_required
@require_POST
@quiet
@behind_the_link
def act(request: HttpRequest, partner: CampaignPartner, token: str, activity: int) -> HttpResponse:
    """Sends in, takes back, takes a date of a draft away. Each click has its way back."""
    found = activity_behind(partner, activity)
    chosen, now = request.POST.get("act", ""), timezone.now()
    refusal = ""
    try:
        if chosen == "propose":
            operations.propose_activity(activity=found, by=None, now=now)
        elif chosen == "take_back":
            operations.take_back(activity=found, by=None, now=now)
        elif chosen == "remove":
            gone = get_object_or_404(found.occurrences.select_related("activity__territory"), pk=_number(request.POST.get("date", "")))
            dates.remove_occurrence(occurrence=gone, by=None, now=now)
        else:
            raise Http404
    except (operations.ActivityRefused, dates.OccurrenceRefused) as fault:
        refusal = str(fault)
    if refusal:
        return _page(request, "activity", partner, token, {"activity": found, "sheet": sheet_of(found), "refusal": refusal}, status=409)
    return redirect("proposals:activity", token, found.pk)


@csrf_exempt
@login_not_required
@require_POST
@quiet
def renew(request: HttpRequest, token: str) -> HttpResponse:
    """A link past its day asks for a new one, sent to the known address alone. The same answer whatever happened."""
    now = timezone.now()
    found = find_link(token)
    is_expired = found is not None and link_state(found, now) == LinkState.EXPIRED
    if may_ask(f"renew:{where_from(request)}", 20, now) and found is not None and is_expired:
        with suppress(InvitationRefused):
            invite_partner(campaign=found.campaign, organization=found.organization, email=found.email, by=None, now=now)
    return render(request, "agenda/proposals/asked.html")


def _page(
    request: HttpRequest, name: str, partner: CampaignPartner, token: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    around = {
        "partner": partner,
        "campaign": partner.campaign,
        "territory": partner.territory,
        "token": token,
        "home_url": reverse("proposals:home", args=[token]),
        "pause": forms_paused(partner.territory, timezone.now()),
    }
    return render(request, f"agenda/proposals/{name}.html", {**around, **context}, status=status)


def _may_write(form: Any, partner: CampaignPartner) -> bool:
    """Public forms at rest take nothing, and say so."""
    if forms_paused(partner.territory, timezone.now()) is None:
        return True
    form.add_error(None, gettext("Les formulaires sont en pause : rien n’est enregistré pour l’instant."))
    return False


def _draft(partner: CampaignPartner, activity: int) -> Activity:
    found = activity_behind(partner, activity)
    if found.moderation != Activity.Moderation.DRAFT:
        raise Http404
    return found


def _lead(partner: CampaignPartner) -> Any:
    return type(partner.organization).objects.filter(pk=partner.organization_id)


def _number(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 12):
        raise Http404
    return int(given)
