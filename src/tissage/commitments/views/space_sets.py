"""A set of asks in a space: begun, started from a file, described, frozen, taken away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.commitments.exchange.ask_file import ask_file_name, write_ask_file
from tissage.commitments.forms.asks import AgainForm, AskFileForm, AskSetForm, NewAskSetForm, said_of
from tissage.commitments.forms.spaces import DatesForm
from tissage.commitments.models import AskSet
from tissage.commitments.operations import ask_sets as acts
from tissage.commitments.operations.received import AskFileRefused, start_from_file
from tissage.commitments.operations.spaces import note
from tissage.commitments.queries.replies import asks_of
from tissage.commitments.refusals import said
from tissage.core.ask_file import read
from tissage.people.views.doors import person

from .space_doors import OWN, READ, WRITE, Desk, desk_for, space_for


def context_of(desk: Desk, tab: str) -> dict[str, object]:
    """What every page of a set needs."""
    return {
        "space": desk.space,
        "ask_set": desk.ask_set,
        "tab": tab,
        "writes": desk.user.has_perm(WRITE, desk.space),
        "owns": desk.user.has_perm(OWN, desk.space),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, space: str) -> HttpResponse:
    here = space_for(request, space, WRITE)
    form = NewAskSetForm(request.POST or None, initial={"owner_name": here.organization.name, "counted_competences": acts.MUNICIPAL})
    if request.method == "POST" and form.is_valid():
        by, now = person(request), timezone.now()
        try:
            made = acts.create_ask_set(space=here, by=by, now=now, **form.details)
        except acts.AskSetRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            if form.cleaned_data["start"] == "seed":
                acts.import_asks(ask_set=made, rows=acts.seed_asks().rows, by=by, now=now)
            return redirect("spaces:set", here.slug, made.code)
    return render(request, "commitments/spaces/create_set.html", {"space": here, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def from_file(request: HttpRequest, space: str) -> HttpResponse:
    """A set that another association sent: read and shown, then taken with its text as it was frozen."""
    here = space_for(request, space, WRITE)
    if request.method != "POST":
        return render(request, "commitments/spaces/set_from_file.html", {"space": here, "form": AskFileForm()})
    again = AgainForm(request.POST) if "content" in request.POST else None
    form = AskFileForm() if again else AskFileForm(request.POST, request.FILES)
    refused = ""
    try:
        if again is not None and again.is_valid():
            made = start_from_file(space=here, content=again.cleaned_data["content"].encode(), by=person(request), now=timezone.now())
            return redirect("spaces:set", here.slug, made.code)
        if again is None and form.is_valid():
            content = form.cleaned_data["file"].read()
            context = {"space": here, "file": read(content), "again": AgainForm(initial={"content": content.decode("utf-8-sig")})}
            return render(request, "commitments/spaces/set_from_file.html", context)
    except (AskFileRefused, acts.AskSetRefused) as error:
        refused = said(error)
    return render(request, "commitments/spaces/set_from_file.html", {"space": here, "form": form, "refused": refused}, status=422)


@require_safe
def show(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    """The asks by category, and what is missing before the text may be frozen."""
    desk = desk_for(request, space, ask_set, READ)
    is_draft = desk.ask_set.frozen_on is None
    context = {
        **context_of(desk, "asks"),
        "asks": asks_of(desk.ask_set),
        "categories": desk.ask_set.categories.all(),
        "lacks": acts.lacks(desk.ask_set) if is_draft else [],
    }
    return render(request, "commitments/spaces/set.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    desk = desk_for(request, space, ask_set, WRITE)
    form = AskSetForm(request.POST or None, initial=said_of(desk.ask_set))
    if request.method == "POST" and form.is_valid():
        try:
            acts.change_ask_set(ask_set=desk.ask_set, by=desk.user, now=timezone.now(), **form.cleaned_data)
            return redirect("spaces:set", *desk.address)
        except acts.AskSetRefused as refusal:
            form.add_error(None, str(refusal))
    return render(
        request, "commitments/spaces/form.html", {**context_of(desk, "asks"), "form": form, "title": _("Présentation de l’ensemble")}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    desk = desk_for(request, space, ask_set, WRITE)
    known = {"election": desk.ask_set.election_id, "answer_deadline": desk.ask_set.answer_deadline}
    form = DatesForm(request.POST or None, space=desk.space, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            acts.set_dates(ask_set=desk.ask_set, by=desk.user, now=timezone.now(), **form.cleaned_data)
            return redirect("spaces:set", *desk.address)
        except acts.AskSetRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "commitments/spaces/dates.html", {**context_of(desk, "asks"), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    """Says what can no longer change, then freezes."""
    desk = desk_for(request, space, ask_set, OWN)
    if desk.ask_set.frozen_on is not None:
        return redirect("spaces:set", *desk.address)
    if request.method == "POST":
        try:
            acts.freeze_ask_set(ask_set=desk.ask_set, by=desk.user, now=timezone.now())
            messages.success(request, _("Le texte est figé. Il peut être envoyé, le même à toutes les listes."))
        except acts.AskSetRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("spaces:set", *desk.address)
    asked = desk.ask_set.asks.count()
    count = ngettext("%(count)s demande", "%(count)s demandes", asked) % {"count": asked}
    return render(
        request, "commitments/spaces/freeze.html", {**context_of(desk, "asks"), "lacks": acts.lacks(desk.ask_set), "count_text": count}
    )


@require_POST
def take(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    """The file that travels: with its published answers, or its text alone for another local group. Taking it is journalled."""
    desk = desk_for(request, space, ask_set, WRITE)
    if desk.ask_set.status == AskSet.Status.DRAFT:
        raise Http404
    answers = request.POST.get("what") != "text"
    content = write_ask_file(desk.ask_set, answers=answers)
    note("export_ask_set", desk.space, by=desk.user, now=timezone.now())
    name = ask_file_name(desk.ask_set, answers=answers)
    return HttpResponse(content, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'})
