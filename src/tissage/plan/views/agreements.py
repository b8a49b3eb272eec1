"""Agreements of a plan: the list with what each calls for, one agreement, and the acts on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from tissage.core.agreements import NEXT_STATES
from tissage.frameworks.models import Node, in_language
from tissage.network.models import Agreement, AgreementParty, Document
from tissage.network.operations import agreements as network_operations
from tissage.network.operations.agreements import AMENDED, AgreementRefused
from tissage.network.operations.documents import DocumentRefused, keep_document
from tissage.plan.forms import agreements as agreement_forms
from tissage.plan.models import Action, Clawback, Instalment, Plan, Proof
from tissage.plan.operations import agreements as operations
from tissage.plan.queries.agreements import agreement_lines, agreements_of, amendments_of, open_clawbacks

from .doors import person, plan_for

WRITES = "network.write_agreements"
REFUSALS = (AgreementRefused, operations.ProofRefused, DocumentRefused)


def agreement_of(plan: Plan, pk: int) -> Agreement:
    return get_object_or_404(agreements_of(plan), pk=pk)


def agreements(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.read_money")
    shown = request.GET.get("montrer", "")
    everything = agreement_lines(agreements_of(found), today=timezone.localdate())
    over = (Agreement.Status.ENDED, Agreement.Status.TERMINATED)
    lines = everything if shown == "toutes" else [line for line in everything if line.agreement.status not in over]
    hidden = len(everything) - len(lines)
    context = {
        "territory": found.territory,
        "plan": found,
        "tab": "agreements",
        "lines": lines,
        "count": ngettext("%(count)s convention", "%(count)s conventions", len(lines)) % {"count": len(lines)},
        "hidden": ngettext("%(count)s finie est masquée", "%(count)s finies sont masquées", hidden) % {"count": hidden} if hidden else "",
        "writes": person(request).has_perm(WRITES, found),
    }
    return render(request, "plan/agreements/agreements.html", context)


def agreement(request: HttpRequest, territory: str, plan: int, agreement: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.read_money")
    one = agreement_of(found, agreement)
    [line] = agreement_lines([one], today=timezone.localdate())
    labels = {node.code: in_language(node.labels) for node in Node.objects.of_kind("clawback").filter(version=found.framework)}
    context = {
        "territory": found.territory,
        "plan": found,
        "tab": "agreements",
        "line": line,
        "agreement": one,
        "instalments": list(Instalment.objects.filter(agreement=one).order_by("number")),
        "proofs": list(Proof.objects.filter(agreement=one).select_related("document").order_by("submitted_on", "pk")),
        "clawbacks": [
            (each, labels.get(each.reason, each.reason)) for each in Clawback.objects.filter(agreement=one).order_by("asked_on", "pk")
        ],
        "amendments": list(amendments_of(one)),
        "suspended_by": [
            each for each in open_clawbacks(party.organization for party in line.parties if party.receives) if each.agreement_id != one.pk
        ],
        "may_change": one.status == Agreement.Status.DRAFT and line.unsigned == len(line.parties),
        "in_force": one.status in (Agreement.Status.SIGNED, Agreement.Status.SUSPENDED),
        "writes": person(request).has_perm(WRITES, found),
    }
    return render(request, "plan/agreements/agreement.html", context)


def create_agreement(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITES)
    wanted = request.GET.get("action", "")
    action = Action.objects.filter(plan=found, pk=int(wanted)).first() if wanted.isdecimal() else None
    form = agreement_forms.AgreementForm(request.POST or None, plan=found, action=action)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_plan_agreement(
                territory=found.territory, actions=form.served, parties=form.parties, by=person(request), now=timezone.now(), **form.details
            )
        except AgreementRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("La convention est préparée. Datez chaque signature pour qu’elle soit en vigueur."))
            return redirect("plan:agreement", territory, plan, made.pk)
    return render(request, "plan/agreements/form.html", {"territory": found.territory, "plan": found, "tab": "agreements", "form": form})


def change_agreement(request: HttpRequest, territory: str, plan: int, agreement: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITES)
    one = agreement_of(found, agreement)
    form = agreement_forms.AgreementForm(request.POST or None, plan=found, agreement=one)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_plan_agreement(
                agreement=one, actions=form.served, parties=form.parties, by=person(request), now=timezone.now(), **form.details
            )
        except AgreementRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("Le projet de convention est à jour."))
            return redirect("plan:agreement", territory, plan, one.pk)
    context = {"territory": found.territory, "plan": found, "tab": "agreements", "form": form, "agreement": one}
    return render(request, "plan/agreements/form.html", context)


def one_act(
    request: HttpRequest,
    *,
    plan: Plan,
    agreement: Agreement,
    form: forms.Form,
    title: str,
    submit: str,
    act: Callable[[dict[str, Any]], object],
    done: str,
    told: str = "",
) -> HttpResponse:
    """A page with one form about one agreement: it acts, says so and goes back to the agreement; a refusal stays on the page."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("plan:agreement", plan.territory.slug, plan.pk, agreement.pk)
    context = {
        "territory": plan.territory,
        "plan": plan,
        "tab": "agreements",
        "agreement": agreement,
        "form": form,
        "act_title": title,
        "submit": submit,
        "told": told,
    }
    return render(request, "plan/agreements/act.html", context)


def kept(request: HttpRequest, upload: UploadedFile[Any] | None, agreement: Agreement, title: str, kind: str) -> Document | None:
    """The document given with an act, kept for the parties; None when none was given. Raises `DocumentRefused`."""
    if upload is None:
        return None
    return keep_document(
        territory=agreement.territory,
        title=title,
        kind=kind,
        upload_name=upload.name or "",
        content=upload.read(),
        visibility=Document.Visibility.PARTIES,
        by=person(request),
        now=timezone.now(),
    )


def sign(request: HttpRequest, territory: str, plan: int, agreement: int, party: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITES)
    one = agreement_of(found, agreement)
    side = get_object_or_404(AgreementParty.objects.select_related("organization"), pk=party, agreement=one)

    def act(given: dict[str, Any]) -> None:
        network_operations.sign_for_party(party=side, signed_on=given["signed_on"], by=person(request), now=timezone.now())

    return one_act(
        request,
        plan=found,
        agreement=one,
        form=agreement_forms.SignatureForm(request.POST or None, initial={"signed_on": timezone.localdate()}),
        title=gettext("Signature de %(party)s") % {"party": side.organization},
        submit=gettext("Dater la signature"),
        act=act,
        done=gettext("La signature est datée."),
        told=gettext("La convention est en vigueur quand chaque partie a daté sa signature."),
    )


@require_POST
def take_signature_back(request: HttpRequest, territory: str, plan: int, agreement: int, party: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITES)
    one = agreement_of(found, agreement)
    side = get_object_or_404(AgreementParty, pk=party, agreement=one)
    try:
        network_operations.take_signature_back(party=side, by=person(request), now=timezone.now())
        messages.success(request, gettext("La date de signature est retirée."))
    except AgreementRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("plan:agreement", territory, plan, one.pk)


def amend(request: HttpRequest, territory: str, plan: int, agreement: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITES)
    one = agreement_of(found, agreement)

    def act(given: dict[str, Any]) -> None:
        upload = given.pop("document")
        document = kept(request, upload, one, gettext("Avenant à « %(title)s »") % {"title": one.title}, "amendment")
        network_operations.amend_agreement(agreement=one, by=person(request), now=timezone.now(), document=document, **given)

    initial = {name: getattr(one, name) for name in AMENDED} | {"signed_on": timezone.localdate()}
    return one_act(
        request,
        plan=found,
        agreement=one,
        form=agreement_forms.AmendmentForm(request.POST or None, request.FILES or None, initial=initial),
        title=gettext("Avenant"),
        submit=gettext("Noter l’avenant"),
        act=act,
        done=gettext("L’avenant est noté ; ce qui valait avant reste lisible."),
    )


def move(request: HttpRequest, territory: str, plan: int, agreement: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITES)
    one = agreement_of(found, agreement)
    following = NEXT_STATES[one.status] if one.status != Agreement.Status.DRAFT else ()

    def act(given: dict[str, Any]) -> None:
        document = kept(request, given["document"], one, gettext("Fin de « %(title)s »") % {"title": one.title}, "termination")
        network_operations.move_agreement(
            agreement=one, status=given["status"], reason=given["reason"], document=document, by=person(request), now=timezone.now()
        )

    choices = [(state, Agreement.Status(state).label) for state in following]
    return one_act(
        request,
        plan=found,
        agreement=one,
        form=agreement_forms.MoveForm(request.POST or None, request.FILES or None, choices=choices),
        title=gettext("Suspendre, reprendre ou finir"),
        submit=gettext("Changer l’état"),
        act=act,
        done=gettext("L’état de la convention est noté."),
        told="" if following else gettext("Un projet se signe d’abord ; une convention finie ne change plus."),
    )


def add_instalment(request: HttpRequest, territory: str, plan: int, agreement: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITES)
    one = agreement_of(found, agreement)
    return one_act(
        request,
        plan=found,
        agreement=one,
        form=agreement_forms.InstalmentForm(request.POST or None),
        title=gettext("Prévoir une tranche"),
        submit=gettext("Prévoir la tranche"),
        act=lambda given: operations.add_instalment(agreement=one, by=person(request), now=timezone.now(), **given),
        done=gettext("La tranche est prévue."),
    )


def instalment_of(agreement: Agreement, pk: int) -> Instalment:
    return get_object_or_404(Instalment.objects.select_related("agreement"), pk=pk, agreement=agreement)


def pay(request: HttpRequest, territory: str, plan: int, agreement: int, instalment: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITES)
    one = agreement_of(found, agreement)
    tranche = instalment_of(one, instalment)

    def act(given: dict[str, Any]) -> None:
        operations.pay_instalment(instalment=tranche, paid_on=given["paid_on"], by=person(request), now=timezone.now())

    return one_act(
        request,
        plan=found,
        agreement=one,
        form=agreement_forms.PaymentForm(request.POST or None, initial={"paid_on": timezone.localdate()}),
        title=gettext("Tranche %(number)s payée") % {"number": tranche.number},
        submit=gettext("Noter le paiement"),
        act=act,
        done=gettext("Le paiement est noté."),
    )


@require_POST
def remove_instalment(request: HttpRequest, territory: str, plan: int, agreement: int, instalment: int) -> HttpResponse:
    """Takes a payment back when it was noted, else the tranche itself: the one button undoes the last step."""
    found = plan_for(request, territory, plan, WRITES)
    one = agreement_of(found, agreement)
    tranche = instalment_of(one, instalment)
    if tranche.paid_on is not None:
        operations.pay_instalment(instalment=tranche, paid_on=None, by=person(request), now=timezone.now())
        messages.success(request, gettext("Le paiement de la tranche est retiré."))
    else:
        operations.remove_instalment(instalment=tranche, by=person(request), now=timezone.now())
        messages.success(request, gettext("La tranche est retirée."))
    return redirect("plan:agreement", territory, plan, one.pk)


def add_proof(request: HttpRequest, territory: str, plan: int, agreement: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITES)
    one = agreement_of(found, agreement)

    def act(given: dict[str, Any]) -> None:
        document = kept(request, given.pop("document"), one, given["title"], "proof")
        operations.submit_proof(agreement=one, document=document, by=person(request), now=timezone.now(), **given)

    return one_act(
        request,
        plan=found,
        agreement=one,
        form=agreement_forms.ProofForm(request.POST or None, request.FILES or None, initial={"submitted_on": timezone.localdate()}),
        title=gettext("Déposer un justificatif"),
        submit=gettext("Déposer"),
        act=act,
        done=gettext("Le justificatif est déposé ; il attend une décision."),
    )


def judge(request: HttpRequest, territory: str, plan: int, agreement: int, proof: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITES)
    one = agreement_of(found, agreement)
    piece = get_object_or_404(Proof.objects.select_related("agreement"), pk=proof, agreement=one)
    standing = piece.accepted if piece.accepted is not None else piece.submitted
    return one_act(
        request,
        plan=found,
        agreement=one,
        form=agreement_forms.JudgementForm(request.POST or None, initial={"accepted": standing, "reason": piece.reason}),
        title=gettext("Décider : %(title)s") % {"title": piece.title},
        submit=gettext("Noter la décision"),
        act=lambda given: operations.judge_proof(proof=piece, by=person(request), now=timezone.now(), **given),
        done=gettext("La décision est notée."),
    )


def claim(request: HttpRequest, territory: str, plan: int, agreement: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITES)
    one = agreement_of(found, agreement)
    [line] = agreement_lines([one], today=timezone.localdate())
    initial: dict[str, Any] = {"asked_on": timezone.localdate(), "amount": line.account.may_claim or None}
    return one_act(
        request,
        plan=found,
        agreement=one,
        form=agreement_forms.ClawbackForm(request.POST or None, plan=found, initial=initial),
        title=gettext("Réclamer une restitution"),
        submit=gettext("Réclamer"),
        act=lambda given: operations.claim_back(agreement=one, by=person(request), now=timezone.now(), **given),
        done=gettext("La restitution est demandée."),
    )


def close_claim(request: HttpRequest, territory: str, plan: int, agreement: int, clawback: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITES)
    one = agreement_of(found, agreement)
    asked = get_object_or_404(Clawback.objects.select_related("agreement"), pk=clawback, agreement=one, received_on=None, dropped_on=None)

    def act(given: dict[str, Any]) -> None:
        on: dt.date = given["on"]
        operations.close_clawback(clawback=asked, on=on, received=given["received"] == "yes", by=person(request), now=timezone.now())

    return one_act(
        request,
        plan=found,
        agreement=one,
        form=agreement_forms.ClawbackEndForm(request.POST or None, initial={"on": timezone.localdate()}),
        title=gettext("Clore la restitution"),
        submit=gettext("Noter"),
        act=act,
        done=gettext("C’est noté."),
    )
