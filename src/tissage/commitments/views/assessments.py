"""Assessments: proposed, told to the party, answered, validated by another person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from tissage.commitments.forms.assessments import AssessmentForm, RefuseForm, ReplyForm, TellForm
from tissage.commitments.models import AssessmentProposal, Commitment
from tissage.commitments.operations import assessments as operations
from tissage.commitments.queries.assessed import Subject, assessed_ids, assessed_organization, history
from tissage.commitments.queries.proposals import open_proposals
from tissage.network.rules import organization_ids_of

from .doors import JUDGE, READ, ask_for, commitment_for, person, proposal_for, territory_for

ON_A_PAGE = 50


@require_safe
def proposals(request: HttpRequest, territory: str) -> HttpResponse:
    found = territory_for(request, territory, JUDGE)
    page = Paginator(open_proposals(found), ON_A_PAGE).get_page(request.GET.get("page"))
    count: int = page.paginator.count
    words = ngettext("%(count)s évaluation en attente", "%(count)s évaluations en attente", count) % {"count": count}
    context = {"territory": found, "page": page, "count": words, "today": timezone.localdate()}
    return render(request, "commitments/proposals.html", context)


@require_safe
def proposal(request: HttpRequest, territory: str, proposal: int) -> HttpResponse:
    """For those who judge, and for the party assessed."""
    found = proposal_for(request, territory, proposal, READ)
    user, today, subject = person(request), timezone.localdate(), operations.subject_of(found)
    is_party = bool(organization_ids_of(user) & assessed_ids(subject))
    judges = user.has_perm(JUDGE, found.territory)
    if not (judges or is_party):
        raise Http404
    is_open = found.status == AssessmentProposal.Status.OPEN
    waits = found.told_on is not None and found.reply_on is None and found.reply_until is not None and today <= found.reply_until
    context = {
        "territory": found.territory,
        "proposal": found,
        "subject": subject,
        "words": operations.words_of(subject),
        "back": subject_url(subject),
        "evidence": list(found.evidence.select_related("issuer", "archived_copy").order_by("fact_on", "pk")),
        "former": history(subject)[:1],
        "is_open": is_open,
        "is_own": found.proposed_by_id == user.pk,
        "decides": judges and is_open and not is_party and found.proposed_by_id != user.pk,
        "tells": judges and is_open and found.reply_on is None and not is_party,
        "can_validate": found.told_on is not None and not waits,
        "replies": is_party and operations.may_reply(found, today),
        "party": assessed_organization(subject),
    }
    return render(request, "commitments/proposal.html", context)


def assess_commitment(request: HttpRequest, territory: str, commitment: int) -> HttpResponse:
    return _propose(request, commitment_for(request, territory, commitment, JUDGE))


def assess_ask(request: HttpRequest, territory: str, ask_set: str, asked: int) -> HttpResponse:
    return _propose(request, ask_for(request, territory, ask_set, asked, JUDGE))


def _propose(request: HttpRequest, subject: Subject) -> HttpResponse:
    form = AssessmentForm(request.POST or None, subject=subject, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.propose_assessment(subject=subject, by=person(request), now=timezone.now(), **form.columns())
        except operations.AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            made.refresh_from_db()
            told = gettext("L’organisation évaluée est prévenue par e-mail : elle a quinze jours pour répondre.")
            messages.success(
                request, told if made.told_on else gettext("L’évaluation est proposée. Prévenez maintenant la partie évaluée.")
            )
            return redirect("commitments:proposal", subject.territory.slug, made.pk)
    context = {
        "territory": subject.territory,
        "subject": subject,
        "words": operations.words_of(subject),
        "is_ask": not isinstance(subject, Commitment),
        "form": form,
        "back": subject_url(subject),
        "has_evidence": "evidence" in form.fields,
    }
    return render(request, "commitments/assessment_form.html", context)


def tell_assessed(request: HttpRequest, territory: str, proposal: int) -> HttpResponse:
    found = proposal_for(request, territory, proposal, JUDGE)
    party = assessed_organization(operations.subject_of(found))
    form = TellForm(request.POST or None, initial={"email": party.email if party else ""})
    if request.method == "POST" and form.is_valid():
        act = partial(operations.tell_assessed, proposal=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        return _do(request, found, act, gettext("C’est noté : quinze jours pour répondre, à partir d’aujourd’hui."))
    return _part(request, found, form, gettext("Prévenir la partie évaluée"), gettext("Prévenir"))


@require_POST
def validate_assessment(request: HttpRequest, territory: str, proposal: int) -> HttpResponse:
    found = proposal_for(request, territory, proposal, JUDGE)
    act = partial(operations.validate_assessment, proposal=found, by=person(request), now=timezone.now())
    try:
        act()
    except operations.AssessmentRefused as refusal:
        messages.error(request, str(refusal))
        return _back(found)
    messages.success(
        request, gettext("L’évaluation est validée. Elle ne change plus : une suivante la remplacera, et celle-ci restera lisible.")
    )
    return redirect(subject_url(operations.subject_of(found)))


def refuse_proposal(request: HttpRequest, territory: str, proposal: int) -> HttpResponse:
    found = proposal_for(request, territory, proposal, JUDGE)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(operations.refuse_proposal, proposal=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        return _do(request, found, act, gettext("L’évaluation proposée est refusée, avec son motif."))
    return _part(request, found, form, gettext("Refuser l’évaluation proposée"), gettext("Refuser"))


@require_POST
def withdraw_proposal(request: HttpRequest, territory: str, proposal: int) -> HttpResponse:
    found = proposal_for(request, territory, proposal, JUDGE)
    act = partial(operations.withdraw_proposal, proposal=found, by=person(request), now=timezone.now())
    return _do(request, found, act, gettext("La proposition est retirée."))


def reply_to_assessment(request: HttpRequest, territory: str, proposal: int) -> HttpResponse:
    """Through an account of the organisation assessed."""
    found = proposal_for(request, territory, proposal, READ)
    if not organization_ids_of(person(request)) & assessed_ids(operations.subject_of(found)):
        raise Http404
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(operations.reply_as_member, proposal=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        return _do(request, found, act, gettext("Votre réponse est enregistrée. Elle sera montrée entière à côté de l’évaluation."))
    return _part(request, found, form, gettext("Répondre à l’évaluation"), gettext("Envoyer la réponse"))


def subject_url(subject: Subject) -> str:
    slug = subject.territory.slug
    if isinstance(subject, Commitment):
        return reverse("commitments:commitment", args=[slug, subject.pk])
    return reverse("commitments:ask", args=[slug, subject.ask_set.code, subject.pk])


def _part(request: HttpRequest, proposal: AssessmentProposal, form: object, title: str, submit: str) -> HttpResponse:
    words = operations.words_of(operations.subject_of(proposal))
    context = {"territory": proposal.territory, "proposal": proposal, "form": form, "title": title, "submit": submit, "words": words}
    return render(request, "commitments/proposal_part_form.html", context)


def _do(request: HttpRequest, proposal: AssessmentProposal, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except operations.AssessmentRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return _back(proposal)


def _back(proposal: AssessmentProposal) -> HttpResponse:
    return redirect("commitments:proposal", proposal.territory.slug, proposal.pk)
