"""The sheet of an action: reading it, saving it without losing a colleague's words, commenting, its partners."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.plan.forms.actions import ActionForm, CommentForm, PartnerForm, UntilForm
from tissage.plan.models import Action
from tissage.plan.operations import actions as operations
from tissage.plan.queries.actions import (
    approved_beside_now,
    comments_of,
    indicators_of,
    organizations_spoken_for,
    own_actions_of,
    partners_of,
)
from tissage.plan.queries.figures import own_organizations
from tissage.plan.words import basis_in_words, beside

from .conflicts import settle
from .doors import action_for, person, plan_for, territory_for


@require_safe
def action(request: HttpRequest, territory: str, plan: int, action: int) -> HttpResponse:
    found = action_for(request, territory, plan, action, "plan.read_action")
    return render(request, "plan/register/action.html", _sheet(request, found))


def _sheet(request: HttpRequest, found: Action, form: CommentForm | None = None) -> dict[str, Any]:
    today, user = timezone.localdate(), person(request)
    approved = approved_beside_now(found, today)
    here, gone = partners_of(found)
    follows = user.has_perm("plan.follow_actions", found)
    unbound = CommentForm(initial={"on": today, "state": found.state, "health": found.health})
    own_only = not user.has_perm("plan.read_plan", found)
    return {
        "territory": found.territory,
        "plan": found.plan,
        "tab": "board",
        "action": found,
        "own_only": own_only,
        "writes": user.has_perm("plan.write_plan", found),
        "follows": follows,
        "approved": approved,
        "beside": beside(approved) if approved and approved.said else [],
        "basis": basis_in_words(found.plan, found.basis),
        "removable": not found.versions.filter(version__sent_on__isnull=False).exists(),
        "objectives": list(found.objectives.order_by("position", "pk")),
        "neighbourhoods": list(found.neighbourhoods.order_by("name", "pk")),
        "partners": here,
        "former_partners": gone,
        "year": today.year,
        # A partner reads its own figures; another's drafts, and what the team notes on the action, stay with the team.
        "indicators": indicators_of(found, today.year, only=own_organizations(user, found) if own_only else None),
        "comments": [] if own_only else comments_of(found),
        "form": form or unbound,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def create_action(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.write_plan")
    form = ActionForm(request.POST or None, plan=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_action(plan=found, by=person(request), now=timezone.now(), **form.details)
        except operations.ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("L’action %(number)s est créée.") % {"number": made.sequence})
            return redirect("plan:action", found.territory.slug, found.pk, made.pk)
    context = {"territory": found.territory, "plan": found, "tab": "board", "form": form, "action": None}
    return render(request, "plan/register/action_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_action(request: HttpRequest, territory: str, plan: int, action: int) -> HttpResponse:
    found = action_for(request, territory, plan, action, "plan.write_plan")
    form = ActionForm(request.POST or None, plan=found.plan, action=found)
    context = {"territory": found.territory, "plan": found.plan, "tab": "board", "form": form, "action": found}
    if request.method == "POST" and form.is_valid():
        details, conflict = settle(form, found, request.POST)
        try:
            if details:
                revision = form.cleaned_data["revision"]
                operations.change_action(action=found, revision=revision, by=person(request), now=timezone.now(), **details)
        except operations.ChangedMeanwhile as meanwhile:
            _details, conflict = settle(form, meanwhile.action, request.POST)
        except operations.ActionRefused as refusal:
            form.add_error(None, str(refusal))
            return render(request, "plan/register/action_form.html", context)
        if conflict is not None:
            return render(request, "plan/register/action_conflict.html", {**context, "conflict": conflict})
        messages.success(request, gettext("La fiche est enregistrée."))
        return redirect("plan:action", territory, plan, found.pk)
    return render(request, "plan/register/action_form.html", context)


@require_POST
def comment_action(request: HttpRequest, territory: str, plan: int, action: int) -> HttpResponse:
    found = action_for(request, territory, plan, action, "plan.follow_actions")
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            operations.comment_action(action=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.ActionRefused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, gettext("Le commentaire est noté."))
            return redirect(reverse("plan:action", args=[territory, plan, found.pk]) + "#comments")
    return render(request, "plan/register/action.html", _sheet(request, found, form))


@require_http_methods(["GET", "HEAD", "POST"])
def change_partners(request: HttpRequest, territory: str, plan: int, action: int) -> HttpResponse:
    """Who takes part today, who did; bringing an organisation in or correcting its role."""
    found = action_for(request, territory, plan, action, "plan.write_plan")
    here, gone = partners_of(found)
    picked = next((one for one in here if str(one.organization_id) == request.GET.get("organisation")), None)
    initial = {"organization": picked.organization_id, "role": picked.role, "note": picked.note, "since": picked.since} if picked else {}
    form = PartnerForm(request.POST or None, plan=found.plan, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            partner = operations.Partner(**form.cleaned_data)
            operations.write_partner(action=found, partner=partner, by=person(request), now=timezone.now())
        except operations.ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("%(name)s : c’est noté.") % {"name": partner.organization.name})
            return redirect("plan:change_partners", territory, plan, found.pk)
    context = {"territory": found.territory, "plan": found.plan, "tab": "board", "action": found, "form": form, "picked": picked}
    return render(request, "plan/register/partners.html", {**context, "partners": here, "former_partners": gone})


@require_http_methods(["GET", "HEAD", "POST"])
def end_partner(request: HttpRequest, territory: str, plan: int, action: int, organization: int) -> HttpResponse:
    found = action_for(request, territory, plan, action, "plan.write_plan")
    rows = found.partners.select_related("organization", "action__plan__territory").filter(until__isnull=True)
    partner = get_object_or_404(rows, organization=organization)
    form = UntilForm(request.POST or None, initial={"until": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            operations.end_partner(partner=partner, until=form.cleaned_data["until"], by=person(request), now=timezone.now())
        except operations.ActionRefused as refusal:
            form.add_error("until", str(refusal))
        else:
            messages.success(request, gettext("%(name)s : fin notée.") % {"name": partner.organization.name})
            return redirect("plan:change_partners", territory, plan, found.pk)
    words = {"name": partner.organization.name, "action": str(found)}
    return render(
        request,
        "ui/confirm.html",
        {
            "title": gettext("%(name)s quitte l’action") % words,
            "consequence": gettext("%(name)s ne sera plus partenaire de « %(action)s ». Le temps passé ensemble reste noté.") % words,
            "form": form,
            "submit": gettext("Noter la fin"),
            "cancel_url": reverse("plan:change_partners", args=[territory, plan, found.pk]),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def remove_action(request: HttpRequest, territory: str, plan: int, action: int) -> HttpResponse:
    found = action_for(request, territory, plan, action, "plan.write_plan")
    back = reverse("plan:action", args=[territory, plan, found.pk])
    if request.method == "POST":
        try:
            operations.remove_action(action=found, by=person(request), now=timezone.now())
        except operations.ActionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(back)
        messages.success(request, gettext("L’action est retirée du plan."))
        return redirect("plan:plan", territory, plan)
    indicators, comments = found.indicators.count(), found.comments.count()
    counts = [
        ngettext("%(count)s indicateur", "%(count)s indicateurs", indicators) % {"count": indicators},
        ngettext("%(count)s commentaire", "%(count)s commentaires", comments) % {"count": comments},
    ]
    return render(
        request,
        "ui/confirm.html",
        {
            "title": gettext("Retirer l’action « %(action)s »") % {"action": found},
            "consequence": gettext(
                "Une action qui n’a jamais été envoyée peut être retirée. Avec elle partent ses indicateurs et ses commentaires."
            ),
            "count_text": ", ".join(counts),
            "submit": gettext("Retirer l’action"),
            "cancel_url": back,
            "danger": True,
        },
    )


@require_safe
def my_actions(request: HttpRequest, territory: str) -> HttpResponse:
    """For a partner with an account: the actions of its organisation, and nothing else."""
    place = territory_for(request, territory, "plan.read_own_actions")
    context = {
        "territory": place,
        "actions": own_actions_of(person(request), place.slug),
        "organizations": organizations_spoken_for(person(request), place.slug),
    }
    return render(request, "plan/register/my_actions.html", context)
