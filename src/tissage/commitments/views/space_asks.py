"""The categories and the asks of a draft, one at a time or by a table."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tissage.commitments.forms.asks import AgainForm, AskForm, CategoryForm, CompetenceForm, TableForm, words_of
from tissage.commitments.operations import ask_sets as acts
from tissage.commitments.queries.ask_texts import rows_of
from tissage.core.ask_rows import AskTable, read_asks, write_asks

from .space_doors import READ, WRITE, Desk, desk_for
from .space_sets import context_of


@require_http_methods(["GET", "HEAD", "POST"])
def create_category(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    desk = desk_for(request, space, ask_set, WRITE)
    form = CategoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.write_category(ask_set=desk.ask_set, by=desk.user, now=timezone.now(), **form.cleaned_data)
            return redirect("spaces:set", *desk.address)
        except acts.AskSetRefused as refusal:
            form.add_error("code", str(refusal))
    return _form(request, desk, form, _("Nouvelle catégorie"))


@require_http_methods(["GET", "HEAD", "POST"])
def change_category(request: HttpRequest, space: str, ask_set: str, category: int) -> HttpResponse:
    desk = desk_for(request, space, ask_set, WRITE)
    found = get_object_or_404(desk.ask_set.categories, pk=category)
    form = CategoryForm(request.POST or None, initial={"label": found.label, "code": found.code, "weight": found.weight})
    if request.method == "POST" and form.is_valid():
        try:
            acts.write_category(ask_set=desk.ask_set, category=found, by=desk.user, now=timezone.now(), **form.cleaned_data)
            return redirect("spaces:set", *desk.address)
        except acts.AskSetRefused as refusal:
            form.add_error("code", str(refusal))
    return _form(request, desk, form, _("Changer une catégorie"))


@require_http_methods(["GET", "HEAD", "POST"])
def remove_category(request: HttpRequest, space: str, ask_set: str, category: int) -> HttpResponse:
    desk = desk_for(request, space, ask_set, WRITE)
    found = get_object_or_404(desk.ask_set.categories.select_related("ask_set"), pk=category)
    if request.method == "POST":
        try:
            acts.remove_category(category=found, by=desk.user, now=timezone.now())
        except acts.AskSetRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("spaces:set", *desk.address)
    context = {"title": _("Retirer la catégorie « %(label)s » ?") % {"label": found.label}, "submit": _("Retirer la catégorie")}
    return render(request, "commitments/spaces/confirm.html", {**context_of(desk, "asks"), **context})


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    desk = desk_for(request, space, ask_set, WRITE)
    form = AskForm(request.POST or None, ask_set=desk.ask_set)
    if request.method == "POST" and form.is_valid():
        try:
            acts.write_ask(ask_set=desk.ask_set, by=desk.user, now=timezone.now(), **form.cleaned_data)
            return redirect("spaces:set", *desk.address)
        except acts.AskSetRefused as refusal:
            form.add_error("code", str(refusal))
    return _form(request, desk, form, _("Nouvelle demande"))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, space: str, ask_set: str, ask: int) -> HttpResponse:
    desk = desk_for(request, space, ask_set, WRITE)
    found = get_object_or_404(desk.ask_set.asks, pk=ask)
    form = AskForm(request.POST or None, ask_set=desk.ask_set, initial=words_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            acts.write_ask(ask_set=desk.ask_set, ask=found, by=desk.user, now=timezone.now(), **form.cleaned_data)
            return redirect("spaces:set", *desk.address)
        except acts.AskSetRefused as refusal:
            form.add_error(None, str(refusal))
    return _form(request, desk, form, _("Demande %(code)s") % {"code": found.code})


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, space: str, ask_set: str, ask: int) -> HttpResponse:
    desk = desk_for(request, space, ask_set, WRITE)
    found = get_object_or_404(desk.ask_set.asks.select_related("ask_set"), pk=ask)
    if request.method == "POST":
        try:
            acts.remove_ask(ask=found, by=desk.user, now=timezone.now())
        except acts.AskSetRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("spaces:set", *desk.address)
    context = {
        "title": _("Retirer la demande %(code)s ?") % {"code": found.code},
        "consequence": found.text,
        "submit": _("Retirer la demande"),
    }
    return render(request, "commitments/spaces/confirm.html", {**context_of(desk, "asks"), **context})


@require_http_methods(["GET", "HEAD", "POST"])
def competence(request: HttpRequest, space: str, ask_set: str, ask: int) -> HttpResponse:
    """Who confirmed whose competence an ask is: no part of the frozen text."""
    desk = desk_for(request, space, ask_set, WRITE)
    found = get_object_or_404(desk.ask_set.asks.select_related("ask_set__space"), pk=ask)
    said = {"confirmed_by": found.mapping_confirmed_by, "on": found.mapping_confirmed_on, "mapping_note": found.legal_mapping_note}
    form = CompetenceForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        acts.confirm_competence(ask=found, by=desk.user, now=timezone.now(), **form.cleaned_data)
        return redirect("spaces:set", *desk.address)
    return _form(request, desk, form, _("Compétence de %(code)s") % {"code": found.code})


@require_safe
def table(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    """The asks as a table, to write in a spreadsheet and bring back."""
    desk = desk_for(request, space, ask_set, READ)
    content = "\ufeff" + write_asks(rows_of(desk.ask_set))
    name = f"demandes-{desk.ask_set.code}.csv"
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(["GET", "HEAD", "POST"])
def import_table(request: HttpRequest, space: str, ask_set: str) -> HttpResponse:
    """A table read and shown: what is new, what changes, what cannot be read. Nothing is written before the second button."""
    desk = desk_for(request, space, ask_set, WRITE)
    context = {**context_of(desk, "asks"), "form": TableForm()}
    if request.method == "POST" and "content" in request.POST:
        again = AgainForm(request.POST)
        if again.is_valid() and not (read := read_asks(again.cleaned_data["content"].encode())).problems:
            try:
                done = acts.import_asks(ask_set=desk.ask_set, rows=read.rows, by=desk.user, now=timezone.now())
                told = {"new": len(done.new), "changed": len(done.changed)}
                messages.success(request, _("Tableau lu : %(new)s nouvelles demandes, %(changed)s changées.") % told)
                return redirect("spaces:set", *desk.address)
            except acts.AskSetRefused as refusal:
                messages.error(request, str(refusal))
    elif request.method == "POST":
        form = TableForm(request.POST, request.FILES)
        context["form"] = form
        if form.is_valid():
            return _preview(request, desk, read_asks(form.cleaned_data["file"].read()), context)
    return render(request, "commitments/spaces/import_asks.html", context, status=422 if request.method == "POST" else 200)


def _preview(request: HttpRequest, desk: Desk, read: AskTable, context: dict[str, object]) -> HttpResponse:
    context |= {"read": read, "incoming": acts.compare_asks(desk.ask_set, read.rows)}
    if not read.problems:
        context["again"] = AgainForm(initial={"content": write_asks(list(read.rows))})
    return render(request, "commitments/spaces/import_asks.html", context, status=422 if read.problems else 200)


def _form(request: HttpRequest, desk: Desk, form: object, title: str) -> HttpResponse:
    return render(request, "commitments/spaces/form.html", {**context_of(desk, "asks"), "form": form, "title": title})
