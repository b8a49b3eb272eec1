"""Elections, who stands, and what was sent to whom: the same for all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.commitments.documents.ask_letter import letter_pdf
from tissage.commitments.forms.spaces import ContestantForm, ElectionForm, LetterForm, ProofForm
from tissage.commitments.operations import contestants as people
from tissage.commitments.operations import sendings as acts
from tissage.commitments.operations.spaces import keep_space_file
from tissage.commitments.queries.spaces import alerts_of, lines_of
from tissage.network.exchange.document_kinds import DocumentRefused
from tissage.people.views.doors import person

from .space_doors import OWN, READ, WRITE, contestant_at, desk_for, sending_at, space_for
from .space_sets import context_of


@require_http_methods(["GET", "HEAD", "POST"])
def create_election(request: HttpRequest, space: str) -> HttpResponse:
    here = space_for(request, space, WRITE)
    form = ElectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people.create_election(space=here, by=person(request), now=timezone.now(), **form.cleaned_data)
        return redirect("spaces:space", here.slug)
    return render(request, "commitments/spaces/create_election.html", {"space": here, "form": form})


@require_safe
def show(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    """Every list in ballot order, with what was sent to it; what was not the same for all stands on top."""
    desk = desk_for(request, space, ask_set, READ)
    lines = lines_of(desk.ask_set)
    context = {
        "lines": lines,
        "alerts": alerts_of(lines),
        "unsent": sum(line.sending is None for line in lines),
        "sent": sum(line.sending is not None for line in lines),
        "is_open": desk.ask_set.answer_deadline is not None and timezone.localdate() <= desk.ask_set.answer_deadline,
    }
    return render(request, "commitments/spaces/lists.html", {**context_of(desk, "lists"), **context})


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    desk = desk_for(request, space, ask_set, WRITE)
    if desk.ask_set.election is None:
        messages.error(request, _("Choisissez d’abord l’élection de cet ensemble."))
        return redirect("spaces:set_dates", *desk.address)
    form = ContestantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        did: Any = {"by": desk.user, "now": timezone.now()}
        try:
            people.write_contestant(election=desk.ask_set.election, contact=form.contact, **form.details, **did)
            return redirect("spaces:lists", *desk.address)
        except people.ContestantRefused as refusal:
            form.add_error("name", str(refusal))
    return render(request, "commitments/spaces/form.html", {**context_of(desk, "lists"), "form": form, "title": _("Nouvelle liste")})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, space: str, ask_set: str, contestant: int) -> HttpResponse:
    desk = desk_for(request, space, ask_set, WRITE)
    found = contestant_at(desk, contestant)
    known = people.contact_of(found)
    said = {name: getattr(found, name) for name in ("kind", "name", "party", "list_number")}
    form = ContestantForm(
        request.POST or None, initial={**said, "contact_name": known.name, "email": known.email, "address": known.address}
    )
    if request.method == "POST" and form.is_valid():
        did: Any = {"by": desk.user, "now": timezone.now()}
        try:
            people.write_contestant(election=found.election, contestant=found, contact=form.contact, **form.details, **did)
            return redirect("spaces:lists", *desk.address)
        except people.ContestantRefused as refusal:
            form.add_error("name", str(refusal))
    return render(request, "commitments/spaces/form.html", {**context_of(desk, "lists"), "form": form, "title": found.name})


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, space: str, ask_set: str, contestant: int) -> HttpResponse:
    desk = desk_for(request, space, ask_set, WRITE)
    found = contestant_at(desk, contestant)
    if request.method == "POST":
        try:
            people.remove_contestant(contestant=found, by=desk.user, now=timezone.now())
        except people.ContestantRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("spaces:lists", *desk.address)
    context = {"title": _("Retirer « %(name)s » ?") % {"name": found.name}, "submit": _("Retirer la liste"), "back": "lists"}
    return render(request, "commitments/spaces/confirm.html", {**context_of(desk, "lists"), **context})


@require_http_methods(["GET", "HEAD", "POST"])
def send_all(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    """By e-mail, today, to every list at once."""
    desk = desk_for(request, space, ask_set, WRITE)
    if request.method == "POST":
        try:
            done = acts.send_to_all(ask_set=desk.ask_set, by=desk.user, now=timezone.now())
            told = ngettext("Envoyé à %(count)s liste.", "Envoyé à %(count)s listes.", len(done)) % {"count": len(done)}
            messages.success(request, told)
        except acts.SendingRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("spaces:lists", *desk.address)
    left = [line.contestant.name for line in lines_of(desk.ask_set) if line.sending is None]
    context = {
        "title": _("Envoyer à toutes les listes ?"),
        "consequence": _("Chaque liste reçoit aujourd’hui, par e-mail, le même texte et son propre lien. L’envoi est noté au registre."),
        "items": left,
        "submit": ngettext("Envoyer à %(count)s liste", "Envoyer à %(count)s listes", len(left)) % {"count": len(left)},
        "back": "lists",
    }
    return render(request, "commitments/spaces/confirm.html", {**context_of(desk, "lists"), **context})


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    desk = desk_for(request, space, ask_set, WRITE)
    if request.method == "POST":
        try:
            acts.remind_all(ask_set=desk.ask_set, by=desk.user, now=timezone.now())
            messages.success(request, _("Le rappel est parti, le même jour pour toutes les listes."))
        except acts.SendingRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("spaces:lists", *desk.address)
    context = {
        "title": _("Rappeler le délai à toutes les listes ?"),
        "consequence": _(
            "Le rappel est noté pour toutes. Un e-mail avec un nouveau lien part à celles qui ont reçu l’ensemble par e-mail et n’ont pas remis ; "
            "aux autres, rappelez-le aujourd’hui par le même canal que l’envoi."
        ),
        "submit": _("Rappeler à toutes"),
        "back": "lists",
    }
    return render(request, "commitments/spaces/confirm.html", {**context_of(desk, "lists"), **context})


@require_http_methods(["GET", "HEAD", "POST"])
def send_letter(request: HttpRequest, space: str, ask_set: str, contestant: int) -> HttpResponse:
    """By post or by hand: notes the sending and gives the letter, with the link and its QR code, to print at once."""
    desk = desk_for(request, space, ask_set, WRITE)
    found = contestant_at(desk, contestant)
    form = LetterForm(request.POST or None, initial={"sent_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            sent = acts.send_to(ask_set=desk.ask_set, contestant=found, by=desk.user, now=now, **form.cleaned_data)
            return _letter(sent, people.contact_of(found))
        except acts.SendingRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "contestant": found}
    return render(request, "commitments/spaces/letter.html", {**context_of(desk, "lists"), **context})


@require_http_methods(["GET", "HEAD", "POST"])
def sending(request: HttpRequest, space: str, ask_set: str, sending: int) -> HttpResponse:
    """One sending: when, how, which text, its proof."""
    desk = desk_for(request, space, ask_set, READ if request.method != "POST" else WRITE)
    found = sending_at(desk, sending)
    form = ProofForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["proof"]
        did: Any = {"by": desk.user, "now": timezone.now()}
        try:
            kept = keep_space_file(space=desk.space, title="", upload_name=upload.name, content=upload.read(), **did)
            acts.prove_sending(sending=found, proof=kept, **did)
            return redirect("spaces:sending", *desk.address, found.pk)
        except DocumentRefused as refusal:
            form.add_error("proof", str(refusal))
    is_open = desk.ask_set.answer_deadline is not None and timezone.localdate() <= desk.ask_set.answer_deadline
    context = {"sending": found, "form": form, "is_open": is_open and found.revoked_at is None}
    return render(request, "commitments/spaces/sending.html", {**context_of(desk, "lists"), **context})


@require_POST
def renew(request: HttpRequest, space: str, ask_set: str, sending: int) -> HttpResponse:
    """A new link: mailed, or on a letter to print again."""
    desk = desk_for(request, space, ask_set, WRITE)
    found = sending_at(desk, sending)
    now = timezone.now()
    try:
        sent = acts.renew_link(sending=found, by=desk.user, now=now)
    except acts.SendingRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("spaces:sending", *desk.address, found.pk)
    if found.channel == found.Channel.EMAIL:
        messages.success(request, _("Un nouveau lien est parti ; l’ancien ne s’ouvre plus."))
        return redirect("spaces:sending", *desk.address, found.pk)
    return _letter(sent, people.contact_of(found.contestant))


@require_POST
def reopen(request: HttpRequest, space: str, ask_set: str, sending: int) -> HttpResponse:
    desk = desk_for(request, space, ask_set, OWN)
    found = sending_at(desk, sending)
    try:
        acts.reopen_reply(sending=found, by=desk.user, now=timezone.now())
        messages.success(request, _("Le lien est rouvert jusqu’au délai. Ce qui était remis le reste."))
    except acts.SendingRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("spaces:sending", *desk.address, found.pk)


def _letter(sent: acts.Sent, contact: people.Contact) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=f"lettre-{sent.sending.contestant.name}.pdf")
        or "attachment",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(letter_pdf(sent, contact), content_type="application/pdf", headers=headers)
