"""Totals of a year per function code beside the accounts' own statement: the gap shown, what is unknown said."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from tissage.frameworks.queries import explain
from tissage.plan.exchange.extracts import UnreadableFile
from tissage.plan.exchange.statements import read_statement
from tissage.plan.forms.booking_imports import StatementTableForm
from tissage.plan.forms.bookings import StatementForm
from tissage.plan.models import Plan
from tissage.plan.operations.statements import set_statement_totals
from tissage.plan.queries.bookings import reconcile as reconciled

from .bookings import READ, WRITE
from .doors import person, plan_for


def year_asked(request: HttpRequest, plan: Plan) -> int:
    """The year in the address; else the year that runs, else the last of the plan."""
    said = request.GET.get("annee", "")
    if said.isascii() and said.isdigit() and int(said) in plan.years:
        return int(said)
    this_year = timezone.localdate().year
    return this_year if this_year in plan.years else plan.years[-1]


def reconcile(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    found = plan_for(request, territory, plan, WRITE if request.method == "POST" else READ)
    year = year_asked(request, found)
    rows = reconciled(found, year)
    known = [(row.function_code, row.kind, row.statement) for row in rows]
    typed = request.method == "POST" and "typed" in request.POST
    form = StatementForm(request.POST if typed else None, known=known)
    read = request.method == "POST" and not typed
    table_form = StatementTableForm(request.POST if read else None, request.FILES if read else None)
    here = f"{reverse('plan:reconcile', args=[territory, found.pk])}?annee={year}"
    if typed and form.is_valid():
        source = form.cleaned_data["source"].strip()
        set_statement_totals(plan=found, year=year, totals=form.totals, source=source, by=person(request), now=timezone.now())
        messages.success(request, gettext("Les totaux de l’état sont notés."))
        return redirect(here)
    if read and table_form.is_valid() and _read_table(request, found, year, table_form):
        return redirect(here)
    context = {
        "territory": found.territory,
        "plan": found,
        "tab": "money",
        "part": "reconcile",
        "year": year,
        "years": list(found.years),
        "rows": [(row, form[f"total_{place}"]) for place, row in enumerate(rows)],
        "gaps": sum(1 for row in rows if row.gap),
        "unknown": sum(1 for row in rows if row.statement is None),
        "form": form,
        "table_form": table_form,
        "writes": person(request).has_perm(WRITE, found),
    }
    return render(request, "plan/bookings/reconcile.html", context)


def _read_table(request: HttpRequest, plan: Plan, year: int, form: StatementTableForm) -> bool:
    """Keeps the totals of a table; False, with errors on the form, when a line cannot be read: then nothing is kept."""
    file = form.cleaned_data["file"]
    try:
        totals, problems = read_statement(file.chunks(), form.format, form.cleaned_data["kind"])
    except UnreadableFile as error:
        form.add_error("file", explain(error.message))
        return False
    if problems.total:
        for finding in problems.in_order()[:10]:
            said = gettext("Ligne %(line)s, %(column)s : %(message)s")
            form.add_error("file", said % {"line": finding.line, "column": gettext(finding.column), "message": explain(finding.said)})
        return False
    set_statement_totals(plan=plan, year=year, totals=dict(totals), source=(file.name or "")[:200], by=person(request), now=timezone.now())
    said = ngettext("%(count)s total de l’état est noté.", "%(count)s totaux de l’état sont notés.", len(totals))
    messages.success(request, said % {"count": len(totals)})
    return True
