"""Evidence: the queue of what waits, the page of a piece, and what a person decides of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from tissage.commitments.forms.evidence import ContestForm, EvidenceFilter, EvidenceForm
from tissage.commitments.models import Ask, Commitment, Evidence
from tissage.commitments.operations import evidence as operations
from tissage.commitments.queries.evidence import bearing_on, queue
from tissage.network.operations.documents import DocumentRefused
from tissage.network.views.documents import give

from .doors import JUDGE, READ, WRITE, ask_for, commitment_for, evidence_for, person, territory_for

ON_A_PAGE = 50


@require_safe
def evidence_queue(request: HttpRequest, territory: str) -> HttpResponse:
    """Pieces that wait first; nothing of them counts until a person validates it."""
    found = territory_for(request, territory, JUDGE)
    filters = EvidenceFilter(request.GET)
    filters.is_valid()
    state = filters.cleaned_data.get("etat") or "proposed"
    page = Paginator(queue(found, state), ON_A_PAGE).get_page(request.GET.get("page"))
    count: int = page.paginator.count
    context = {
        "territory": found,
        "page": page,
        "filters": filters if request.GET else EvidenceFilter(initial={"etat": state}),
        "state": state,
        "count": ngettext("%(count)s preuve", "%(count)s preuves", count) % {"count": count},
        "writes": person(request).has_perm(WRITE, found),
    }
    return render(request, "commitments/evidence_queue.html", context)


@require_safe
def evidence(request: HttpRequest, territory: str, evidence: UUID) -> HttpResponse:
    """A piece that is not validated is for those who judge."""
    found = evidence_for(request, territory, evidence, READ)
    judges = person(request).has_perm(JUDGE, found)
    if not judges and found.state != Evidence.State.VALIDATED:
        raise Http404
    context = {"territory": found.territory, "evidence": found, "links": bearing_on(found), "judges": judges}
    return render(request, "commitments/evidence.html", context)


@require_safe
def evidence_copy(request: HttpRequest, territory: str, evidence: UUID) -> HttpResponse:
    found = evidence_for(request, territory, evidence, READ)
    if found.archived_copy is None or (not person(request).has_perm(JUDGE, found) and found.state != Evidence.State.VALIDATED):
        raise Http404
    return give(found.archived_copy)


def add_evidence(request: HttpRequest, territory: str, commitment: int) -> HttpResponse:
    found = commitment_for(request, territory, commitment, JUDGE)
    return _add(request, found, reverse("commitments:commitment", args=[territory, found.pk]))


def add_evidence_of_ask(request: HttpRequest, territory: str, ask_set: str, asked: int) -> HttpResponse:
    found = ask_for(request, territory, ask_set, asked, JUDGE)
    return _add(request, found, reverse("commitments:ask", args=[territory, ask_set, found.pk]))


def _add(request: HttpRequest, subject: Commitment | Ask, back: str) -> HttpResponse:
    territory = subject.territory
    form = EvidenceForm(request.POST or None, request.FILES or None, territory=territory)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        on = {"commitments": [subject]} if isinstance(subject, Commitment) else {"asks": [subject]}
        try:
            operations.add_evidence(
                territory=territory,
                upload=cleaned["upload"] or None,
                by=person(request),
                now=timezone.now(),
                **on,
                **{name: cleaned[name] for name in ("kind", "summary", "fact_on", "strength", "issuer", *form.DETAILS)},
            )
        except (operations.EvidenceRefused, DocumentRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("La preuve attend d’être validée : elle ne compte pas encore."))
            return redirect(back)
    context = {"territory": territory, "subject": subject, "is_ask": isinstance(subject, Ask), "form": form, "back": back}
    return render(request, "commitments/evidence_form.html", context)


@require_POST
def validate_evidence(request: HttpRequest, territory: str, evidence: UUID) -> HttpResponse:
    found = evidence_for(request, territory, evidence, JUDGE)
    act = partial(operations.validate_evidence, evidence=found, by=person(request), now=timezone.now())
    return _do(request, found, act, gettext("La preuve est validée : elle peut être citée."))


@require_POST
def refuse_evidence(request: HttpRequest, territory: str, evidence: UUID) -> HttpResponse:
    found = evidence_for(request, territory, evidence, JUDGE)
    act = partial(operations.refuse_evidence, evidence=found, by=person(request), now=timezone.now())
    return _do(request, found, act, gettext("La preuve est écartée. Elle reste dans la liste des écartées."))


@require_POST
def reopen_evidence(request: HttpRequest, territory: str, evidence: UUID) -> HttpResponse:
    found = evidence_for(request, territory, evidence, JUDGE)
    act = partial(operations.reopen_evidence, evidence=found, by=person(request), now=timezone.now())
    return _do(request, found, act, gettext("La preuve attend de nouveau d’être validée."))


@require_POST
def show_evidence(request: HttpRequest, territory: str, evidence: UUID) -> HttpResponse:
    found = evidence_for(request, territory, evidence, JUDGE)
    shown = not found.is_public
    act = partial(operations.show_evidence, evidence=found, is_public=shown, by=person(request), now=timezone.now())
    told = gettext("Le public la verra, avec sa copie.") if shown else gettext("Le public ne la voit plus.")
    return _do(request, found, act, told)


def contest_evidence(request: HttpRequest, territory: str, evidence: UUID) -> HttpResponse:
    found = evidence_for(request, territory, evidence, JUDGE)
    form = ContestForm(request.POST or None, initial={"contested_by": found.contested_by, "why": found.contested_why})
    if request.method == "POST" and form.is_valid():
        act = partial(operations.contest_evidence, evidence=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        return _do(request, found, act, gettext("La contestation est notée, et montrée à côté de la preuve."))
    context = {"territory": found.territory, "evidence": found, "form": form}
    return render(request, "commitments/contest_form.html", context)


@require_POST
def settle_evidence(request: HttpRequest, territory: str, evidence: UUID) -> HttpResponse:
    found = evidence_for(request, territory, evidence, JUDGE)
    act = partial(operations.settle_evidence, evidence=found, by=person(request), now=timezone.now())
    return _do(request, found, act, gettext("La preuve n’est plus contestée."))


@require_POST
def propose_evidence(request: HttpRequest, territory: str) -> HttpResponse:
    """The nightly reading, now."""
    found = territory_for(request, territory, WRITE)
    made = operations.propose_evidence(territory=found, by=person(request), now=timezone.now())
    if made:
        words = ngettext("%(count)s preuve proposée, à valider.", "%(count)s preuves proposées, à valider.", len(made))
        messages.success(request, words % {"count": len(made)})
    else:
        messages.info(request, gettext("Rien de neuf : chaque fait connu est déjà proposé."))
    return redirect("commitments:evidence_queue", found.slug)


def _do(request: HttpRequest, evidence: Evidence, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except operations.EvidenceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("commitments:evidence", evidence.territory.slug, evidence.uuid)
