"""Reports of a campaign, date by date: who owes one, filing it, reading it; then closing the campaign."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.agenda.forms.reports import CommentForm, ReportForm
from tissage.agenda.models import Activity, ActivityPartner, Campaign, Occurrence, OccurrenceReport
from tissage.agenda.operations.reports import (
    AlreadyReported,
    NotReported,
    ReportRefused,
    begin_evaluation,
    change_report,
    close_campaign,
    comment_report,
    file_report,
)
from tissage.agenda.queries.activities import seen_activities
from tissage.agenda.queries.reports import Due, audiences_of, dues_of, stand, unreported
from tissage.core.balance import Stand
from tissage.core.vocabulary import AUDIENCE
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.rules import organization_ids_of
from tissage.people.rules import is_inside

from .doors import activity_for, campaign_for, occurrence_for, person

READ, FILE, COORDINATE = "agenda.read_report", "agenda.file_report", "agenda.coordinate"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: what may be read of it, and what may be done."""

    due: Due
    title: str
    stand: Stand
    files: bool
    reads: bool


@require_safe
def reports(request: HttpRequest, territory: str, campaign: int) -> HttpResponse:
    """Every date of a campaign with its state. Whoever leads one reports it from here; a sensitive one shows its state only."""
    found = campaign_for(request, territory, campaign)
    user, now = person(request), timezone.now()
    today, mine = timezone.localtime(now).date(), organization_ids_of(user)
    coordinates = user.has_perm(COORDINATE, found)
    helped = set(ActivityPartner.objects.filter(organization__in=mine, activity__campaign=found).values_list("activity", flat=True))
    inside = is_inside(user, found)
    rows = []
    for due in dues_of(seen_activities(user, found.territory).filter(campaign=found, moderation=Activity.Moderation.ACCEPTED)):
        activity = due.activity
        leads, plain = activity.lead_id in mine, not activity.is_sensitive
        files = leads or (coordinates and plain)
        reads = leads or (plain and (inside or activity.pk in helped))
        title = activity.title if reads or leads else activity.public_title
        rows.append(Row(due, title, stand(due, today), files, reads))
    wanted = request.GET.get("etat", "")
    owed = [row for row in rows if row.stand in (Stand.WAITING, Stand.NOT_EVALUATED)]
    shown = owed if wanted == "a-raconter" else rows
    context = {
        "territory": found.territory,
        "campaign": found,
        "coordinates": coordinates,
        "rows": shown,
        "owed": len(owed),
        "count": ngettext("%(n)s date ou production", "%(n)s dates ou productions", len(rows)) % {"n": len(rows)},
        "only_owed": wanted == "a-raconter",
        "evaluates": coordinates and found.status in (Campaign.Status.PUBLISHED, Campaign.Status.RUNNING),
        "closes": coordinates and found.status == Campaign.Status.EVALUATING,
        "tab": "reports",
    }
    return render(request, "agenda/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, territory: str, occurrence: UUID) -> HttpResponse:
    """The report of a date."""
    found = occurrence_for(request, territory, occurrence)
    return _report(request, found.activity, found)


@require_http_methods(["GET", "HEAD", "POST"])
def output_report(request: HttpRequest, territory: str, activity: int) -> HttpResponse:
    """The report of what has no date."""
    found = activity_for(request, territory, activity)
    if found.is_dated:
        raise Http404
    return _report(request, found, None)


def _report(request: HttpRequest, activity: Activity, occurrence: Occurrence | None) -> HttpResponse:
    user = person(request)
    files, reads = user.has_perm(FILE, activity), user.has_perm(READ, activity)
    if not (files or reads):
        raise Http404
    kept = OccurrenceReport.objects.filter(activity=activity, occurrence=occurrence).select_related("occurrence", "activity").first()
    closed = activity.campaign is not None and activity.campaign.status == Campaign.Status.CLOSED
    if not files or closed or (kept is not None and request.method != "POST" and "corriger" not in request.GET):
        return _read(request, activity, occurrence, kept, corrects=files and not closed)
    cancelled = occurrence is not None and occurrence.status == Occurrence.Status.CANCELLED
    audiences = audiences_of([activity.pk]).get(activity.pk, ())
    form = ReportForm(request.POST or None, activity=activity, report=kept, audiences=audiences, is_output=occurrence is None)
    if request.method == "POST" and form.is_valid() and keep(form, activity, occurrence, kept, by=user):
        messages.success(request, _("C’est raconté. Merci."))
        return redirect(request.path)
    context = {
        "frame": frame_of(activity),
        "territory": activity.territory,
        "campaign": activity.campaign,
        "activity": activity,
        "occurrence": occurrence,
        "form": form,
        "kept": kept,
        "cancelled": cancelled,
        "early": occurrence is not None and occurrence.starts_at > timezone.now(),
        "coordinates": user.has_perm(COORDINATE, activity.territory),
        "tab": "reports",
    }
    return render(request, "agenda/report.html", context)


def frame_of(activity: Activity) -> str:
    """The page around: that of the campaign, or of activities that are of none."""
    return "agenda/campaign_base.html" if activity.campaign_id else "agenda/base.html"


def keep(form: ReportForm, activity: Activity, occurrence: Occurrence | None, kept: OccurrenceReport | None, **did: object) -> bool:
    """Files or corrects what a form says; puts a refusal beside its field."""
    told, shared = form.told(), {"now": timezone.now(), **did}
    try:
        if kept is None:
            file_report(occurrence=occurrence, activity=activity, **shared, **told)  # type: ignore[arg-type]
        else:
            change_report(report=kept, **shared, **told)  # type: ignore[arg-type]
    except AlreadyReported as refusal:
        form.add_error(None, str(refusal))
        return False
    except ReportRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True


def _read(
    request: HttpRequest, activity: Activity, occurrence: Occurrence | None, kept: OccurrenceReport | None, *, corrects: bool
) -> HttpResponse:
    user = person(request)
    mine = organization_ids_of(user)
    if kept is None:
        raise Http404
    words = vocabulary()
    serious = kept.incident == OccurrenceReport.Incident.SERIOUS
    comments = user.has_perm("agenda.comment_report", activity)
    context = {
        "frame": frame_of(activity),
        "territory": activity.territory,
        "campaign": activity.campaign,
        "activity": activity,
        "occurrence": occurrence,
        "report": kept,
        "split": [(words.label(AUDIENCE, code), number) for code, number in sorted(kept.headcount_by_audience.items())],
        "present": list(kept.partners_present.order_by("search", "pk")),
        "shows_incident": not serious or activity.lead_id in mine or user.has_perm(COORDINATE, activity.territory),
        "comments": list(kept.comments.select_related("organization").order_by("at", "pk")),
        "corrects": corrects,
        "form": CommentForm() if comments else None,
        "coordinates": user.has_perm(COORDINATE, activity.territory),
        "tab": "reports",
    }
    return render(request, "agenda/report_read.html", context)


@require_POST
def comment(request: HttpRequest, territory: str, occurrence: UUID) -> HttpResponse:
    """What a co-organiser says of a report it cannot file."""
    found = occurrence_for(request, territory, occurrence, "agenda.comment_report")
    kept = OccurrenceReport.objects.filter(occurrence=found).select_related("activity__campaign", "occurrence").first()
    speaker = found.activity.partners.filter(organization__in=organization_ids_of(person(request))).select_related("organization").first()
    if kept is None or speaker is None:
        raise Http404
    form = CommentForm(request.POST)
    try:
        if form.is_valid():
            text = form.cleaned_data["text"]
            comment_report(report=kept, organization=speaker.organization, text=text, by=person(request), now=timezone.now())
            messages.success(request, _("Votre commentaire est joint au compte rendu."))
        else:
            messages.error(request, _("Écrivez votre commentaire, en mille signes au plus."))
    except ReportRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("agenda:report", territory, occurrence)


@require_POST
def evaluate(request: HttpRequest, territory: str, campaign: int) -> HttpResponse:
    found = campaign_for(request, territory, campaign, COORDINATE)
    try:
        begin_evaluation(campaign=found, by=person(request), now=timezone.now())
        messages.success(request, _("L’évaluation est ouverte : il reste à rassembler les comptes rendus."))
    except ReportRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("agenda:reports", territory, campaign)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, territory: str, campaign: int) -> HttpResponse:
    """What closing does; while dates wait for a report, which ones, each with its link."""
    found = campaign_for(request, territory, campaign, COORDINATE)
    left = unreported(found)
    if request.method == "POST":
        try:
            close_campaign(campaign=found, by=person(request), now=timezone.now())
        except NotReported as refusal:
            left = list(refusal.dues)
        except ReportRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("agenda:reports", territory, campaign)
        else:
            messages.success(request, _("La campagne est close. Son bilan s’écrit de lui-même."))
            return redirect("agenda:balance", territory, campaign)
    user, mine = person(request), organization_ids_of(person(request))
    rows = [
        Row(
            due,
            due.activity.public_title,
            stand(due, timezone.localdate()),
            due.activity.lead_id in mine or not due.activity.is_sensitive,
            False,
        )
        for due in left
    ]
    context = {
        "territory": found.territory,
        "campaign": found,
        "rows": rows,
        "coordinates": user.has_perm(COORDINATE, found),
        "tab": "reports",
    }
    return render(request, "agenda/close_campaign.html", context, status=409 if left and request.method == "POST" else 200)
