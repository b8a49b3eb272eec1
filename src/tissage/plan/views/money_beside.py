"""Help in kind and staff: what stands beside money."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from tissage.core.money import total
from tissage.plan.forms.money import HelpForm, StaffForm
from tissage.plan.models import HelpInKind, StaffShare
from tissage.plan.operations import money as operations
from tissage.plan.queries.funding import help_of_year, staff_of_year

from .doors import person, plan_for
from .money_lines import GET_OR_POST, confirm, context_of, page_url, refused, the_year


@GET_OR_POST
def help_in_kind(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """The help of a year; a form adds some."""
    found = plan_for(request, territory, plan, "plan.write_money" if request.method == "POST" else "plan.read_money")
    year = the_year(request, found)
    form = HelpForm(request.POST or None, plan=found)
    if request.method == "POST" and form.is_valid():
        try:
            operations.create_help(year=year, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.MoneyRefused as refusal:
            refused(form, refusal)
        else:
            messages.success(request, gettext("L’aide est notée."))
            return redirect(page_url("plan:help_in_kind", found, year))
    rows = help_of_year(found, year)
    writes = person(request).has_perm("plan.write_money", found)
    context = context_of(found, "help", year, rows=rows, value=total(one.value for one in rows), form=form, writes=writes)
    return render(request, "plan/money/help.html", context)


@GET_OR_POST
def change_help(request: HttpRequest, territory: str, plan: int, help_row: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.write_money")
    row = get_object_or_404(HelpInKind.objects.select_related("action"), action__plan=found, pk=help_row)
    form = HelpForm(request.POST or None, plan=found, row=row)
    back = page_url("plan:help_in_kind", found, row.year)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_help(help_in_kind=row, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.MoneyRefused as refusal:
            refused(form, refusal)
        else:
            return redirect(back)
    return render(request, "plan/money/help_form.html", context_of(found, "help", row.year, form=form, row=row, back=back))


@GET_OR_POST
def remove_help(request: HttpRequest, territory: str, plan: int, help_row: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.write_money")
    row = get_object_or_404(HelpInKind.objects.select_related("action__plan__territory"), action__plan=found, pk=help_row)
    back = page_url("plan:help_in_kind", found, row.year)
    if request.method == "POST":
        operations.remove_help(help_in_kind=row, by=person(request), now=timezone.now())
        messages.success(request, gettext("L’aide est retirée."))
        return redirect(back)
    title = gettext("Retirer l’aide « %(what)s » ?") % {"what": row.description}
    return confirm(request, title, gettext("Elle ne figurera plus à côté de l’argent de cette action."), gettext("Retirer l’aide"), back)


@GET_OR_POST
def staff(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """Who works on what in a year, in full-time equivalents; a form adds a share."""
    found = plan_for(request, territory, plan, "plan.write_money" if request.method == "POST" else "plan.read_money")
    year = the_year(request, found)
    form = StaffForm(request.POST or None, plan=found, year=year)
    if request.method == "POST" and form.is_valid():
        try:
            operations.create_staff(plan=found, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.MoneyRefused as refusal:
            refused(form, refusal)
        else:
            messages.success(request, gettext("Le personnel est noté."))
            return redirect(page_url("plan:staff", found, year))
    rows, periods = staff_of_year(found, year)
    writes = person(request).has_perm("plan.write_money", found)
    context = context_of(found, "staff", year, rows=rows, functions=list(periods.items()), form=form, writes=writes)
    return render(request, "plan/money/staff.html", context)


@GET_OR_POST
def change_staff(request: HttpRequest, territory: str, plan: int, staff_share: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.write_money")
    row = get_object_or_404(StaffShare.objects.select_related("action"), plan=found, pk=staff_share)
    form = StaffForm(request.POST or None, plan=found, year=row.starts_on.year, row=row)
    back = page_url("plan:staff", found, row.starts_on.year)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_staff(staff=row, by=person(request), now=timezone.now(), **form.cleaned_data)
        except operations.MoneyRefused as refusal:
            refused(form, refusal)
        else:
            return redirect(back)
    return render(request, "plan/money/staff_form.html", context_of(found, "staff", row.starts_on.year, form=form, row=row, back=back))


@GET_OR_POST
def remove_staff(request: HttpRequest, territory: str, plan: int, staff_share: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.write_money")
    row = get_object_or_404(StaffShare.objects.select_related("plan__territory", "action"), plan=found, pk=staff_share)
    back = page_url("plan:staff", found, row.starts_on.year)
    if request.method == "POST":
        operations.remove_staff(staff=row, by=person(request), now=timezone.now())
        messages.success(request, gettext("La ligne de personnel est retirée."))
        return redirect(back)
    title = gettext("Retirer « %(function)s » de l’action %(number)s ?") % {"function": row.function, "number": row.action.sequence}
    consequence = gettext("Les écritures de salaires déjà réparties gardent leurs parts ; les prochaines ne la compteront plus.")
    return confirm(request, title, consequence, gettext("Retirer la ligne"), back)
