"""Reporting a date by the link of a campaign: a secret, no password. Opening it does nothing; its button acts.

The organisation behind the link reports what it carries itself, and nothing of another.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tissage.agenda.forms.reports import ReportForm
from tissage.agenda.models import Activity, CampaignPartner, Occurrence, OccurrenceReport
from tissage.agenda.queries.reports import audiences_of
from tissage.core.vocabulary import AUDIENCE
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.queries.pauses import forms_paused
from tissage.plan.views.partners import quiet

from .links import activity_behind, behind_the_link
from .reports import keep


@csrf_exempt  # no ambient authority: the secret stands in the address, and no cookie is read
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@quiet
@behind_the_link
def report(request: HttpRequest, partner: CampaignPartner, token: str, occurrence: UUID) -> HttpResponse:
    """The report of a date that the organisation of this link carries."""
    dates = Occurrence.objects.select_related("activity__territory", "activity__lead", "activity__campaign")
    mine = {"activity__lead": partner.organization_id, "activity__campaign": partner.campaign_id}
    found = get_object_or_404(dates, uuid=occurrence, activity__moderation=Activity.Moderation.ACCEPTED, **mine)
    return _report(request, partner, token, found.activity, found)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@quiet
@behind_the_link
def output_report(request: HttpRequest, partner: CampaignPartner, token: str, activity: int) -> HttpResponse:
    """The report of an undated output."""
    found = activity_behind(partner, activity)
    if found.is_dated or found.moderation != Activity.Moderation.ACCEPTED:
        raise Http404
    return _report(request, partner, token, found, None)


def _report(request: HttpRequest, partner: CampaignPartner, token: str, activity: Activity, occurrence: Occurrence | None) -> HttpResponse:
    kept = OccurrenceReport.objects.filter(activity=activity, occurrence=occurrence).select_related("occurrence", "activity").first()
    context = {"partner": partner, "token": token, "activity": activity, "occurrence": occurrence, "kept": kept}
    early = occurrence is not None and occurrence.starts_at > timezone.now()
    cancelled = occurrence is not None and occurrence.status == Occurrence.Status.CANCELLED
    if early or cancelled or (kept is not None and request.method != "POST" and "corriger" not in request.GET):
        return render(request, "agenda/link_report_read.html", {**context, **_read(kept), "early": early, "cancelled": cancelled})
    audiences = audiences_of([activity.pk]).get(activity.pk, ())
    form = ReportForm(request.POST or None, activity=activity, report=kept, audiences=audiences, is_output=occurrence is None)
    if (
        request.method == "POST"
        and form.is_valid()
        and _may_write(form, partner)
        and keep(form, activity, occurrence, kept, by=None, link=partner)
    ):
        return redirect(request.path)
    return render(request, "agenda/link_report.html", {**context, "form": form})


def _may_write(form: ReportForm, partner: CampaignPartner) -> bool:
    """Public forms at rest take nothing, and say so."""
    if forms_paused(partner.territory, timezone.now()) is None:
        return True
    form.add_error(None, _("Les formulaires sont en pause : rien n’est enregistré pour l’instant."))
    return False


def _read(kept: OccurrenceReport | None) -> dict[str, object]:
    """What the organisation told, all of it: it is its own."""
    if kept is None:
        return {}
    words = vocabulary()
    return {
        "report": kept,
        "split": [(words.label(AUDIENCE, code), number) for code, number in sorted(kept.headcount_by_audience.items())],
        "present": list(kept.partners_present.order_by("search", "pk")),
        "shows_incident": True,
    }
