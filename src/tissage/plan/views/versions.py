"""Versions of a plan: making one, the vote and the sending, the answer, comparing, and which one is in force on a day."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.core.plan_comparison import compare_plans
from tissage.network.operations.documents import DocumentRefused, keep_document
from tissage.plan.forms.versions import AnswerForm, CompareForm, DayForm, ReasonForm, SendForm
from tissage.plan.models import Plan, PlanVersion
from tissage.plan.operations import versions as operations
from tissage.plan.queries.versions import moved_since, said_by, said_now, version_on, versions_of
from tissage.plan.words import comparison_in_words, in_words

from .doors import person, plan_for


def _version(plan: Plan, number: int) -> PlanVersion:
    found = get_object_or_404(plan.versions.select_related("document", "made_by"), number=number)
    found.plan = plan
    return found


def _context(request: HttpRequest, plan: Plan, **more: Any) -> dict[str, Any]:
    writes = person(request).has_perm("plan.write_plan", plan)
    return {"territory": plan.territory, "plan": plan, "tab": "plan", "writes": writes, **more}


@require_safe
def versions(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.read_plan")
    listed = versions_of(found)
    in_force = version_on(found, timezone.localdate())
    context = _context(request, found, versions=listed, in_force=in_force, today=timezone.localdate())
    context["waiting"] = next((one for one in listed if one.sent_on is None), None)
    context["compare"] = (
        CompareForm(versions=listed, initial={"de": in_force and in_force.number, "a": CompareForm.NOW}) if listed else None
    )
    return render(request, "plan/register/versions.html", context)


@require_safe
def version(request: HttpRequest, territory: str, plan: int, plan_version: int) -> HttpResponse:
    """What a version says, what came of it, and what moved since."""
    found = plan_for(request, territory, plan, "plan.read_plan")
    stored = _version(found, plan_version)
    moved = moved_since(stored)
    context = _context(
        request,
        found,
        version=stored,
        said=[in_words(found, one) for one in said_by(stored)],
        moved=moved,
        moved_words=comparison_in_words(found, moved),
        is_in_force=version_on(found, timezone.localdate()) == stored,
    )
    return render(request, "plan/register/version.html", context)


@require_safe
def compare_versions(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """Two versions, older first whatever the order asked; or a version and what the team does today."""
    found = plan_for(request, territory, plan, "plan.read_plan")
    listed = versions_of(found)
    form = CompareForm(request.GET or None, versions=listed)
    context = _context(request, found, form=form, versions=listed)
    if form.is_valid():
        by_number = {str(one.number): one for one in listed}
        older, newer = by_number[form.cleaned_data["de"]], by_number.get(form.cleaned_data["a"])
        if newer is not None and newer.number < older.number:
            older, newer = newer, older
        comparison = compare_plans(said_by(older), said_by(newer) if newer else said_now(found))
        context |= {"older": older, "newer": newer, "comparison": comparison, "moved_words": comparison_in_words(found, comparison)}
    return render(request, "plan/register/compare.html", context)


@require_safe
def in_force(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """The plan as it was in force on a day: `?le=2026-05-01`; today when none is asked."""
    found = plan_for(request, territory, plan, "plan.read_plan")
    asked = DayForm(request.GET) if "le" in request.GET else DayForm({"le": timezone.localdate().isoformat()})
    context = _context(request, found, form=asked)
    if asked.is_valid():
        day = asked.cleaned_data["le"]
        stored = version_on(found, day)
        said = [in_words(found, one) for one in said_by(stored)] if stored else []
        context |= {"day": day, "version": stored, "said": said}
    return render(request, "plan/register/in_force.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create_version(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.write_plan")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_version(plan=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.VersionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("La version %(number)s reprend le plan tel qu’il est maintenant.") % {"number": made.number})
            return redirect("plan:version", territory, plan, made.number)
    return render(request, "plan/register/create_version.html", _context(request, found, form=form, actions=found.actions.count()))


@require_POST
def retake_version(request: HttpRequest, territory: str, plan: int, plan_version: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.write_plan")
    try:
        operations.retake_version(version=_version(found, plan_version), by=person(request), now=timezone.now())
    except operations.VersionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("La version reprend le plan tel qu’il est maintenant."))
    return redirect("plan:version", territory, plan, plan_version)


@require_http_methods(["GET", "HEAD", "POST"])
def drop_version(request: HttpRequest, territory: str, plan: int, plan_version: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.write_plan")
    stored = _version(found, plan_version)
    if request.method == "POST":
        try:
            operations.drop_version(version=stored, by=person(request), now=timezone.now())
        except operations.VersionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("plan:version", territory, plan, plan_version)
        messages.success(request, gettext("La version est retirée. Le travail de l’équipe n’a pas bougé."))
        return redirect("plan:versions", territory, plan)
    context = {
        "title": gettext("Retirer la version %(number)s") % {"number": stored.number},
        "consequence": gettext(
            "Elle n’a jamais été envoyée. Les actions, leurs cibles et leurs montants restent comme l’équipe les tient."
        ),
        "submit": gettext("Retirer la version"),
        "cancel_url": reverse("plan:version", args=[territory, plan, plan_version]),
    }
    return render(request, "ui/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def send_version(request: HttpRequest, territory: str, plan: int, plan_version: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.write_plan")
    stored = _version(found, plan_version)
    if stored.is_frozen:
        return redirect("plan:version", territory, plan, plan_version)
    form = SendForm(request.POST or None, request.FILES or None, initial={"sent_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            _send(request, stored, form)
        except (operations.VersionRefused, DocumentRefused) as refusal:
            form.add_error("deliberation" if isinstance(refusal, DocumentRefused) else None, str(refusal))
        else:
            messages.success(
                request, gettext("La version %(number)s est notée comme envoyée : elle ne change plus.") % {"number": stored.number}
            )
            return redirect("plan:version", territory, plan, plan_version)
    return render(request, "plan/register/send_version.html", _context(request, found, version=stored, form=form))


@transaction.atomic
def _send(request: HttpRequest, stored: PlanVersion, form: SendForm) -> None:
    """The deliberation is kept and the version sent together, or not at all."""
    did: dict[str, Any] = {"by": person(request), "now": timezone.now()}
    upload, document = form.cleaned_data["deliberation"], None
    if upload is not None:
        voted = form.cleaned_data["council_on"]
        document = keep_document(
            territory=stored.plan.territory,
            title=gettext("%(plan)s, version %(number)s : délibération") % {"plan": stored.plan.name, "number": stored.number},
            kind="deliberation",
            upload_name=upload.name,
            content=upload.read(),
            visibility="network",
            signed_on=voted,
            **did,
        )
    days = {name: form.cleaned_data[name] for name in ("council_on", "sent_on")}
    operations.send_version(version=stored, document=document, **days, **did)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_version(request: HttpRequest, territory: str, plan: int, plan_version: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.write_plan")
    stored = _version(found, plan_version)
    known = {name: getattr(stored, name) for name in ("answer", "answered_on", "effective_from", "remarks")}
    form = AnswerForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            operations.record_answer(version=stored, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.VersionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = gettext("La réponse est notée.")
            if stored.effective_from:
                day = date_format(stored.effective_from, "j F Y")
                words += " " + gettext("La version %(number)s est en vigueur à partir du %(day)s.") % {"number": stored.number, "day": day}
            messages.success(request, words)
            return redirect("plan:version", territory, plan, plan_version)
    return render(request, "plan/register/answer_version.html", _context(request, found, version=stored, form=form))
