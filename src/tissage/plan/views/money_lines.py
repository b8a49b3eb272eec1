"""Funding lines and the stages of the budget."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tissage.plan.forms.money import CopyForm, FundingForm, StageForm, year_asked
from tissage.plan.models import BudgetStage, FundingLine, Plan
from tissage.plan.operations import money as operations
from tissage.plan.queries.funding import funding_of, stages_of
from tissage.plan.queries.money import sum_totals

from .doors import person, plan_for

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def refused(form: forms.Form, refusal: operations.MoneyRefused) -> None:
    """The refusal of an operation beside the field it is about, else on top."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def context_of(plan: Plan, part: str, year: int, **more: Any) -> dict[str, Any]:
    """What every page of money of a year shows. Years are words here: a number would be written 2 026."""
    years = [str(one) for one in plan.years]
    return {"territory": plan.territory, "plan": plan, "tab": "money", "part": part, "year": str(year), "years": years, **more}


def page_url(name: str, plan: Plan, year: int) -> str:
    return reverse(name, args=[plan.territory.slug, plan.pk]) + f"?annee={year}"


def the_year(request: HttpRequest, plan: Plan) -> int:
    return year_asked(request.GET.get("annee"), plan, timezone.localdate().year)


@require_safe
def funding(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.read_money")
    year = the_year(request, found)
    lines = funding_of(found, year)
    there = {one.line.label for one in lines}
    before = sum(label not in there for label in found.funding_lines.filter(year=year - 1).values_list("label", flat=True))
    context = context_of(
        found,
        "funding",
        year,
        lines=lines,
        amount=sum_totals(one.amount for one in lines),
        allocated=sum_totals(one.allocated for one in lines),
        stages=stages_of(found, year),
        before=before,
        last_year=str(year - 1),
        copy_form=CopyForm(),
        create_url=page_url("plan:create_funding", found, year),
        copy_url=page_url("plan:copy_funding", found, year),
        writes=person(request).has_perm("plan.write_money", found),
    )
    return render(request, "plan/money/funding.html", context)


@GET_OR_POST
def create_funding(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.write_money")
    year = the_year(request, found)
    form = FundingForm(request.POST or None, plan=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_funding(plan=found, year=year, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.MoneyRefused as refusal:
            refused(form, refusal)
        else:
            messages.success(request, gettext("La ligne « %(label)s » est inscrite en %(year)s.") % {"label": made.label, "year": year})
            return redirect(page_url("plan:funding", found, year))
    context = context_of(found, "funding", year, form=form, line=None, back=page_url("plan:funding", found, year))
    return render(request, "plan/money/funding_form.html", context)


@GET_OR_POST
def change_funding(request: HttpRequest, territory: str, plan: int, funding_line: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.write_money")
    line = get_object_or_404(FundingLine, plan=found, pk=funding_line)
    form = FundingForm(request.POST or None, plan=found, line=line)
    if request.method == "POST" and form.is_valid():
        try:
            changed = operations.change_funding(line=line, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.MoneyRefused as refusal:
            refused(form, refusal)
        else:
            if changed:
                messages.success(request, gettext("La ligne est à jour."))
            return redirect(page_url("plan:funding", found, line.year))
    context = context_of(found, "funding", line.year, form=form, line=line, back=page_url("plan:funding", found, line.year))
    return render(request, "plan/money/funding_form.html", context)


@GET_OR_POST
def remove_funding(request: HttpRequest, territory: str, plan: int, funding_line: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.write_money")
    line = get_object_or_404(FundingLine, plan=found, pk=funding_line)
    back = page_url("plan:funding", found, line.year)
    if request.method == "POST":
        try:
            operations.remove_funding(line=line, by=person(request), now=timezone.now())
        except operations.MoneyRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("La ligne « %(label)s » est retirée.") % {"label": line.label})
        return redirect(back)
    return confirm(
        request,
        gettext("Retirer la ligne « %(label)s » de %(year)s ?") % {"label": line.label, "year": line.year},
        gettext(
            "La ligne et ses montants disparaissent du budget. Une ligne qui donne à une action ou porte une écriture ne se retire pas."
        ),
        gettext("Retirer la ligne"),
        back,
    )


@GET_OR_POST
def copy_funding(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """Last year's lines, taken over by a button of the funding page."""
    found = plan_for(request, territory, plan, "plan.write_money")
    year = the_year(request, found)
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = operations.copy_funding(plan=found, year=year, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.MoneyRefused as refusal:
            messages.error(request, str(refusal))
        else:
            said = ngettext("%(count)s ligne reprise de %(year)s.", "%(count)s lignes reprises de %(year)s.", count)
            messages.success(request, said % {"count": count, "year": year - 1})
    return redirect(page_url("plan:funding", found, year))


@GET_OR_POST
def stages(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """The stages of a year; a form opens the next one."""
    found = plan_for(request, territory, plan, "plan.read_money")
    year = the_year(request, found)
    writes = person(request).has_perm("plan.write_money", found)
    if request.method == "POST":
        plan_for(request, territory, plan, "plan.write_money")
    form = StageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_stage(plan=found, year=year, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.MoneyRefused as refusal:
            refused(form, refusal)
        else:
            messages.success(request, gettext("« %(label)s » est ouverte : écrivez ce qui change.") % {"label": made.label})
            return redirect(page_url("plan:allocations", found, year))
    context = context_of(found, "allocations", year, stages=stages_of(found, year), form=form, writes=writes)
    return render(request, "plan/money/stages.html", context)


@GET_OR_POST
def change_stage(request: HttpRequest, territory: str, plan: int, stage: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.write_money")
    row = get_object_or_404(BudgetStage, plan=found, pk=stage)
    form = StageForm(request.POST or None, stage=row)
    back = page_url("plan:stages", found, row.year)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_stage(stage=row, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.MoneyRefused as refusal:
            refused(form, refusal)
        else:
            return redirect(back)
    return render(request, "plan/money/stage_form.html", context_of(found, "allocations", row.year, form=form, stage=row, back=back))


@GET_OR_POST
def remove_stage(request: HttpRequest, territory: str, plan: int, stage: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.write_money")
    row = get_object_or_404(BudgetStage, plan=found, pk=stage)
    back = page_url("plan:stages", found, row.year)
    if request.method == "POST":
        try:
            operations.remove_stage(stage=row, by=person(request), now=timezone.now())
        except operations.MoneyRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("L’étape est retirée : celle d’avant compte de nouveau."))
        return redirect(back)
    counts = {"amounts": row.amounts.count(), "allocations": row.allocations.count()}
    return confirm(
        request,
        gettext("Retirer « %(label)s » de %(year)s ?") % {"label": row.label, "year": row.year},
        gettext("Ses %(amounts)s montants de lignes et %(allocations)s affectations disparaissent ; l’étape d’avant compte de nouveau.")
        % counts,
        gettext("Retirer l’étape"),
        back,
    )


def confirm(request: HttpRequest, title: str, consequence: str, submit: str, back: str) -> HttpResponse:
    context = {"title": title, "consequence": consequence, "submit": submit, "cancel_url": back, "danger": True}
    return render(request, "ui/confirm.html", context)
