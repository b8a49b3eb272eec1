"""Reports that a label is not respected: the form that anybody opens, what the coordination reads, what the holder answers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from tissage.network.forms.labels import BreachForm, JudgeForm, ReplyForm
from tissage.network.models import LabelAward, LabelReport
from tissage.network.operations import label_reports as operations
from tissage.network.operations.labels import LabelRefused
from tissage.network.queries.labels import place_shown, reports_of
from tissage.network.queries.pauses import forms_paused
from tissage.network.rules import organization_ids_of
from tissage.people.models import Territory

from .doors import person, territory_for
from .labels import READ
from .measured import HOUR, too_often

HANDLE = "network.handle_label_reports"
PAGE = 50
MOST_UNREAD = 100
"""A territory with so many reports to read takes no more: somebody plays with the form. No address of a writer is kept to know who."""
MOST_BY_HOME = 5
"""Reports in an hour from one home, counted in the cache under a keyed hash."""


@login_not_required
@sensitive_post_parameters("text", "contact")
def report_breach(request: HttpRequest, territory: str, award: UUID) -> HttpResponse:
    """Of a holder who is in the public list: what is not listed is not named here."""
    place = get_object_or_404(Territory.objects.visible_to(request.user), slug=territory)
    rows = LabelAward.objects.select_related("version__scheme", "organization__territory", "place")
    found = get_object_or_404(rows, uuid=award, version__scheme__territory=place, list_publicly=True)
    now = timezone.now()
    pause = forms_paused(place, now)
    is_full = reports_of(place).filter(status=LabelReport.Status.NEW).count() >= MOST_UNREAD
    form = BreachForm(request.POST or None)
    sent = False
    if request.method == "POST" and not pause and not is_full and form.is_valid():
        if too_often(request, "breach", most=MOST_BY_HOME, seconds=HOUR, cache="default"):
            form.add_error(None, gettext("Trop de demandes en une heure. Réessayez plus tard."))
        else:
            operations.report_breach(award=found, now=now, **form.cleaned_data)
            sent = True
    context = {"territory": place, "scheme": found.version.scheme, "award": found, "place": place_shown(found), "form": form}
    answer = render(request, "network/labels/report_breach.html", {**context, "pause": pause, "is_full": is_full, "sent": sent})
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@require_safe
def label_reports(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, HANDLE)
    page = Paginator(reports_of(place), PAGE).get_page(request.GET.get("page"))
    return render(request, "network/labels/reports.html", {"territory": place, "page": page})


@require_safe
def label_report(request: HttpRequest, territory: str, label_report: int) -> HttpResponse:
    """The coordination reads all of it, the contact too; the holder, once told, reads what is said of it and its own answer."""
    found, handles = _report(request, territory, label_report)
    may_reply = not handles and found.status not in operations.JUDGED
    context = {
        "territory": found.award.version.scheme.territory,
        "scheme": found.award.version.scheme,
        "award": found.award,
        "report": found,
        "handles": handles,
        "contact": operations.contact_of(found) if handles else "",
        "until": operations.answer_until(found.told_holder_on) if found.told_holder_on else None,
        "is_judged": found.status in operations.JUDGED,
        "form": ReplyForm(initial={"reply": found.reply}) if may_reply else None,
        "judging": JudgeForm() if handles and found.status not in operations.JUDGED else None,
    }
    return render(request, "network/labels/report.html", context)


@require_POST
def tell_holder(request: HttpRequest, territory: str, label_report: int) -> HttpResponse:
    found = _handled(request, territory, label_report)
    try:
        operations.tell_holder(report=found, by=person(request), now=timezone.now())
    except LabelRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("L’organisation peut lire le signalement, sans le contact, et y répondre."))
    return _back(found)


@require_POST
def reply_to_report(request: HttpRequest, territory: str, label_report: int) -> HttpResponse:
    found, handles = _report(request, territory, label_report)
    if handles:
        raise Http404
    form = ReplyForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Votre réponse est vide ou dépasse 4 000 signes. Rien n’a été envoyé."))
        return _back(found)
    try:
        operations.reply_to_report(report=found, by=person(request), now=timezone.now(), **form.cleaned_data)
    except LabelRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("Votre réponse est transmise à la coordination. Vous pouvez la corriger jusqu’à la décision."))
    return _back(found)


def judge_report(request: HttpRequest, territory: str, label_report: int) -> HttpResponse:
    found = _handled(request, territory, label_report)
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            operations.judge_report(
                report=found, founded=given["founded"] == "yes", resolution=given["resolution"], by=person(request), now=timezone.now()
            )
        except LabelRefused as refusal:
            form.add_error("founded", str(refusal))
        else:
            messages.success(request, gettext("Le signalement est conclu ; le contact est effacé."))
            return _back(found)
    scheme = found.award.version.scheme
    context = {
        "territory": scheme.territory,
        "scheme": scheme,
        "award": found.award,
        "form": form,
        "title": gettext("Conclure le signalement"),
        "submit": gettext("Conclure"),
        "quoted": found.text,
        "cancel_url": reverse("network:label_report", args=[scheme.territory.slug, found.pk]),
    }
    return render(request, "network/labels/form.html", context)


def _report(request: HttpRequest, territory: str, pk: int) -> tuple[LabelReport, bool]:
    """The report, and whether this person handles it; else this person is of the holder, and the holder was told."""
    place = territory_for(request, territory, READ)
    found = get_object_or_404(reports_of(place).select_related("award__version__scheme__territory", "resolved_by"), pk=pk)
    if person(request).has_perm(HANDLE, place):
        return found, True
    if found.told_holder_on is None or found.award.organization_id not in organization_ids_of(request.user):
        raise Http404
    return found, False


def _handled(request: HttpRequest, territory: str, pk: int) -> LabelReport:
    found, handles = _report(request, territory, pk)
    if not handles:
        raise Http404
    return found


def _back(report: LabelReport) -> HttpResponse:
    return redirect("network:label_report", report.award.version.scheme.territory.slug, report.pk)
