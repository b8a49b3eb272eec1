"""Commitments: the list, the page of one, and what is done to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from tissage.commitments.forms.promises import (
    CommitmentForm,
    FilterForm,
    LaterDecisionForm,
    MilestoneForm,
    MoveForm,
    ReachForm,
    WithdrawForm,
)
from tissage.commitments.models import Commitment, LaterDecision
from tissage.commitments.operations import promises as operations
from tissage.commitments.operations.assessments import may_reply
from tissage.commitments.queries.assessed import assessed_ids
from tissage.commitments.queries.promises import around, listed, with_standing
from tissage.network.operations.documents import DocumentRefused, keep_document
from tissage.network.rules import organization_ids_of
from tissage.people.models import Territory

from .doors import JUDGE, READ, WRITE, commitment_for, milestone_for, person, territory_for

ON_A_PAGE = 50


@require_safe
def commitments(request: HttpRequest, territory: str) -> HttpResponse:
    found = territory_for(request, territory, READ)
    filters = FilterForm(request.GET)
    filters.is_valid()
    state, words = filters.cleaned_data.get("etat", ""), filters.cleaned_data.get("q", "")
    page = Paginator(listed(person(request), found, state, words), ON_A_PAGE).get_page(request.GET.get("page"))
    count: int = page.paginator.count
    context = {
        "territory": found,
        "page": page,
        "rows": with_standing(list(page.object_list)),
        "filters": filters,
        "is_filtered": bool(state or words),
        "count": ngettext("%(count)s engagement", "%(count)s engagements", count) % {"count": count},
        "writes": person(request).has_perm(WRITE, found),
        "judges": person(request).has_perm(JUDGE, found),
    }
    return render(request, "commitments/commitments.html", context)


@require_safe
def commitment(request: HttpRequest, territory: str, commitment: int) -> HttpResponse:
    found = commitment_for(request, territory, commitment)
    user, today = person(request), timezone.localdate()
    judges = user.has_perm(JUDGE, found)
    is_party = bool(organization_ids_of(user) & assessed_ids(found))
    reads_register = user.has_perm("network.read_network", found)
    held = around(found, today, team=judges)
    context = {
        "territory": found.territory,
        "commitment": found,
        "around": held,
        "today": today,
        "writes": user.has_perm(WRITE, found),
        "judges": judges,
        "assesses": judges and not is_party and found.published_on is not None and found.withdrawn_on is None,
        "replies": is_party and held.proposal is not None and may_reply(held.proposal, today),
        "reads_register": reads_register,
        "reads_plan": user.has_perm("plan.read_plan", found.territory),
    }
    return render(request, "commitments/commitment.html", context)


def create_commitment(request: HttpRequest, territory: str) -> HttpResponse:
    found = territory_for(request, territory, WRITE)
    form = CommitmentForm(request.POST or None, request.FILES or None, territory=found, initial=_from_address(request))
    if request.method == "POST" and form.is_valid():
        act = partial(operations.create_commitment, territory=found, **form.chosen())
        made = _save(request, found, form, act)
        if isinstance(made, Commitment):
            messages.success(request, gettext("L’engagement est noté. Publiez-le quand ses mots et sa preuve sont sûrs."))
            return redirect("commitments:commitment", found.slug, made.pk)
    return render(request, "commitments/commitment_form.html", {"territory": found, "commitment": None, "form": form})


def change_commitment(request: HttpRequest, territory: str, commitment: int) -> HttpResponse:
    found = commitment_for(request, territory, commitment, WRITE)
    form = CommitmentForm(request.POST or None, request.FILES or None, territory=found.territory, commitment=found)
    if request.method == "POST" and form.is_valid():
        act = partial(operations.change_commitment, commitment=found, **form.chosen())
        changed = _save(request, found.territory, form, act)
        if changed is not None:
            messages.success(request, gettext("L’engagement est à jour."))
            return _back(found)
    return render(request, "commitments/commitment_form.html", {"territory": found.territory, "commitment": found, "form": form})


@require_POST
def publish_commitment(request: HttpRequest, territory: str, commitment: int) -> HttpResponse:
    found = commitment_for(request, territory, commitment, WRITE)
    act = partial(operations.publish_commitment, commitment=found, by=person(request), now=timezone.now())
    return _do(request, found, act, gettext("L’engagement est publié : membres, partenaires et élu·es le lisent."))


def withdraw_commitment(request: HttpRequest, territory: str, commitment: int) -> HttpResponse:
    found = commitment_for(request, territory, commitment, WRITE)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(operations.withdraw_commitment, commitment=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        return _do(request, found, act, gettext("L’engagement est retiré."))
    context = {
        "title": gettext("Retirer cet engagement ?"),
        "consequence": gettext(
            "Il ne compte plus dans aucun score. Ses mots, ses preuves et ses évaluations restent lisibles, avec le motif."
        ),
        "submit": gettext("Retirer l’engagement"),
        "form": form,
        "cancel_url": _url(found),
    }
    return render(request, "ui/confirm.html", context)


@require_POST
def restore_commitment(request: HttpRequest, territory: str, commitment: int) -> HttpResponse:
    found = commitment_for(request, territory, commitment, WRITE)
    act = partial(operations.restore_commitment, commitment=found, by=person(request), now=timezone.now())
    return _do(request, found, act, gettext("L’engagement est rétabli."))


def add_milestone(request: HttpRequest, territory: str, commitment: int) -> HttpResponse:
    found = commitment_for(request, territory, commitment, WRITE)
    form = MilestoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(operations.add_milestone, commitment=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        return _do(request, found, act, gettext("L’étape est notée."))
    return _part(request, found, form, gettext("Ajouter une étape"))


def move_milestone(request: HttpRequest, territory: str, commitment: int, milestone: int) -> HttpResponse:
    found = milestone_for(request, territory, commitment, milestone)
    form = MoveForm(request.POST or None, initial={"due_on": found.due_on})
    if request.method == "POST" and form.is_valid():
        act = partial(operations.move_milestone, milestone=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        return _do(request, found.commitment, act, gettext("La date est déplacée ; l’ancienne reste affichée."))
    return _part(request, found.commitment, form, gettext("Déplacer la date : %(title)s") % {"title": found.title})


def reach_milestone(request: HttpRequest, territory: str, commitment: int, milestone: int) -> HttpResponse:
    found = milestone_for(request, territory, commitment, milestone)
    form = ReachForm(request.POST or None, commitment=found.commitment, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        act = partial(operations.reach_milestone, milestone=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        return _do(request, found.commitment, act, gettext("L’étape est atteinte."))
    return _part(request, found.commitment, form, gettext("Étape atteinte : %(title)s") % {"title": found.title})


@require_POST
def reopen_milestone(request: HttpRequest, territory: str, commitment: int, milestone: int) -> HttpResponse:
    found = milestone_for(request, territory, commitment, milestone)
    act = partial(operations.reopen_milestone, milestone=found, by=person(request), now=timezone.now())
    return _do(request, found.commitment, act, gettext("L’étape est de nouveau à atteindre."))


def note_later_decision(request: HttpRequest, territory: str, commitment: int) -> HttpResponse:
    found = commitment_for(request, territory, commitment, WRITE)
    form = LaterDecisionForm(request.POST or None, territory=found.territory, after=found.made_on)
    if request.method == "POST" and form.is_valid():
        act = partial(operations.note_later_decision, commitment=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        return _do(request, found, act, gettext("La décision est reliée : c’est un fait, à la date de sa réunion."))
    return _part(request, found, form, gettext("Relier une décision qui revient sur cet engagement"))


@require_POST
def forget_later_decision(request: HttpRequest, territory: str, commitment: int, later: int) -> HttpResponse:
    found = commitment_for(request, territory, commitment, WRITE)
    row = get_object_or_404(LaterDecision.objects.select_related("decision__meeting__collective__territory"), pk=later, commitment=found)
    act = partial(operations.forget_later_decision, later=row, by=person(request), now=timezone.now())
    return _do(request, found, act, gettext("La décision est déliée."))


def _save(request: HttpRequest, territory: Territory, form: CommitmentForm, act: Callable[..., Any]) -> Any:
    """Keeps the file when there is one, then writes; a refusal goes back to the form and gives None."""
    by, now = person(request), timezone.now()
    columns = form.columns()
    try:
        if upload := form.cleaned_data.get("upload"):
            name, content = upload
            columns["proof"] = keep_document(
                territory=territory, title="", kind="preuve d’engagement", upload_name=name, content=content, by=by, now=now
            )
        return act(by=by, now=now, **columns)
    except (operations.CommitmentRefused, DocumentRefused) as refusal:
        form.add_error(None, str(refusal))
        return None


def _from_address(request: HttpRequest) -> dict[str, Any]:
    """What a page that leads here already knows: an answer, a decision, an ask. The form offers only what may be chosen."""
    names = {"reponse": "answer", "decision": "decision", "convention": "agreement"}
    given = {field: request.GET[name] for name, field in names.items() if request.GET.get(name, "").isdigit()}
    if (ask := request.GET.get("demande", "")).isdigit():
        given["asks"] = [ask]  # type: ignore[assignment]
    return given


def _part(request: HttpRequest, commitment: Commitment, form: Any, title: str) -> HttpResponse:
    context = {"territory": commitment.territory, "commitment": commitment, "form": form, "title": title}
    return render(request, "commitments/part_form.html", context)


def _do(request: HttpRequest, commitment: Commitment, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except operations.CommitmentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return _back(commitment)


def _url(commitment: Commitment) -> str:
    return reverse("commitments:commitment", args=[commitment.territory.slug, commitment.pk])


def _back(commitment: Commitment) -> HttpResponse:
    return redirect(_url(commitment))
