"""What lists answered, in the space: typed in from paper, published all at once; then the phase closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tissage.commitments.forms.replies import ReplyForm, reply_forms
from tissage.commitments.forms.spaces import CloseForm, PaperForm
from tissage.commitments.models import Answer, Contestant
from tissage.commitments.operations import answers as acts
from tissage.commitments.operations.spaces import keep_space_file
from tissage.commitments.queries.replies import answers_of, asks_of
from tissage.commitments.queries.spaces import lines_of
from tissage.network.exchange.document_kinds import DocumentRefused

from .space_doors import OWN, READ, WRITE, Desk, contestant_at, desk_for
from .space_sets import context_of


@require_safe
def show(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    """Every list in ballot order: how many asks it answers, what is published. Never what a list is still typing."""
    desk = desk_for(request, space, ask_set, READ)
    deadline = desk.ask_set.answer_deadline
    lines = lines_of(desk.ask_set)
    context = {
        "lines": lines,
        "asked": desk.ask_set.asks.count(),
        "is_past": deadline is not None and deadline < timezone.localdate(),
        "publishable_on": deadline + dt.timedelta(days=1) if deadline else None,
        "to_publish": sum(line.received - line.published for line in lines),
    }
    return render(request, "commitments/spaces/answers.html", {**context_of(desk, "answers"), **context})


@require_http_methods(["GET", "HEAD", "POST"])
def type_in(request: HttpRequest, space: str, ask_set: str, contestant: int) -> HttpResponse:
    """An answer that came on paper or late, with its scan. What a list handed in itself is not typed over."""
    desk = desk_for(request, space, ask_set, WRITE)
    found = contestant_at(desk, contestant)
    said = answers_of(desk.ask_set, found)
    held = {ask: one for ask, one in said.items() if one.published_on or (one.via_link and one.received_on)}
    asks = [ask for ask in asks_of(desk.ask_set) if ask.pk not in held]
    paper = {ask: one for ask, one in said.items() if not one.via_link}
    form = PaperForm(request.POST or None, request.FILES or None, initial={"received_on": timezone.localdate()})
    forms = reply_forms(asks, paper, request.POST if request.method == "POST" else None)
    if request.method == "POST" and all([form.is_valid(), *(one.is_valid() for one in forms)]):
        try:
            typed = _type(desk, found, form, forms)
            told = ngettext("%(count)s réponse notée.", "%(count)s réponses notées.", typed) % {"count": typed}
            messages.success(request, told)
            return redirect("spaces:answers", *desk.address)
        except (acts.AnswerRefused, DocumentRefused) as refusal:
            form.add_error(None, str(refusal))
    wrong = [one for one in forms if one.is_bound and one.errors]
    context = {
        "contestant": found,
        "form": form,
        "forms": forms,
        "wrong": wrong,
        "held": [(ask, held[ask.pk]) for ask in asks_of(desk.ask_set) if ask.pk in held],
    }
    return render(
        request,
        "commitments/spaces/type_answers.html",
        {**context_of(desk, "answers"), **context},
        status=422 if request.method == "POST" else 200,
    )


@transaction.atomic
def _type(desk: Desk, contestant: Contestant, form: PaperForm, forms: list[ReplyForm]) -> int:
    """All or nothing: a scan that is refused writes no answer."""
    did: dict[str, Any] = {"by": desk.user, "now": timezone.now()}
    upload = form.cleaned_data["proof"]
    proof = None
    if upload is not None:
        public = form.cleaned_data["is_public"]
        proof = keep_space_file(space=desk.space, title="", upload_name=upload.name, content=upload.read(), is_public=public, **did)
    typed = 0
    for one in forms:
        reply = one.reply
        if reply.position:
            acts.type_answer(
                ask=one.ask,
                contestant=contestant,
                position=reply.position,
                how=reply.how,
                verbatim=reply.verbatim,
                received_on=form.cleaned_data["received_on"],
                proof=proof,
                **did,
            )
            typed += 1
    return typed


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    desk = desk_for(request, space, ask_set, OWN)
    if request.method == "POST":
        try:
            count = acts.publish_answers(ask_set=desk.ask_set, by=desk.user, now=timezone.now())
            told = ngettext("%(count)s réponse publiée.", "%(count)s réponses publiées.", count) % {"count": count}
            messages.success(request, told)
        except acts.AnswerRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("spaces:answers", *desk.address)
    left = Answer.objects.filter(ask__ask_set=desk.ask_set, received_on__isnull=False, published_on__isnull=True).count()
    context = {
        "title": _("Publier les réponses ?"),
        "consequence": _(
            "Toutes les réponses reçues paraissent ensemble, mot pour mot, dans l’ordre du bulletin. Une liste qui n’a pas répondu y figure avec "
            "« pas de réponse ». Ce qui est publié ne change plus."
        ),
        "count_text": ngettext("%(count)s réponse à publier", "%(count)s réponses à publier", left) % {"count": left},
        "submit": _("Publier les réponses"),
        "danger": True,
        "back": "answers",
    }
    return render(request, "commitments/spaces/confirm.html", {**context_of(desk, "answers"), **context})


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    """Closes the candidate phase of the election: contacts are purged, links close, public answers stay."""
    desk = desk_for(request, space, ask_set, OWN)
    election = desk.ask_set.election
    if election is None or election.closed_at is not None:
        return redirect("spaces:answers", *desk.address)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.close_phase(election=election, by=desk.user, now=timezone.now(), **form.cleaned_data)
            messages.success(
                request, _("La phase est close : les contacts sont effacés, les liens fermés, les réponses publiques restent.")
            )
            return redirect("spaces:answers", *desk.address)
        except acts.AnswerRefused as refusal:
            form.add_error("installed_on", str(refusal))
    told = {"election": election.name, "day": date_format(election.held_on, "j F Y")}
    context = {
        "title": _("Clore la phase des candidatures ?"),
        "consequence": _(
            "%(election)s (%(day)s) : les contacts des listes et les réponses jamais remises sont effacés pour de bon, les liens se ferment. "
            "Les réponses publiées et le registre des envois restent."
        )
        % told,
        "form": form,
        "submit": _("Clore la phase"),
        "danger": True,
        "back": "answers",
    }
    return render(request, "commitments/spaces/confirm.html", {**context_of(desk, "answers"), **context})
