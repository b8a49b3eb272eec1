"""Printable sheets of an action and of a partner, and the list of partners. They hold contacts: for those who may read the plan, never public."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from tissage.network.models import Organization
from tissage.plan.documents.content import action_content, partner_content
from tissage.plan.documents.sheet import Sheet, render_sheet
from tissage.plan.models import Plan
from tissage.plan.operations.sheets import note_sheet
from tissage.plan.queries.sheets import partner_lines

from .doors import action_for, person, plan_for


def action_sheet(request: HttpRequest, territory: str, plan: int, action: int) -> HttpResponse:
    """Read by GET; taken as PDF by POST, which the journal says: a sheet holds contacts."""
    found = action_for(request, territory, plan, action, "plan.read_plan")
    sheet = action_content(found, today=timezone.localdate())
    if request.method == "POST":
        note_sheet(of=found, plan=found.plan, by=person(request), now=timezone.now())
        return pdf_answer(sheet, f"fiche-action-{found.sequence}-{slugify(found.title)[:60]}")
    return render(request, "plan/board/action_sheet.html", {**page(found.plan, sheet), "action": found})


def partner_sheet(request: HttpRequest, territory: str, plan: int, organization: int) -> HttpResponse:
    found = plan_for(request, territory, plan, "plan.read_plan")
    partner = get_object_or_404(Organization.objects.visible_to(request.user), pk=organization, territory=found.territory)
    sheet = partner_content(found, partner, today=timezone.localdate())
    if request.method == "POST":
        note_sheet(of=partner, plan=found, by=person(request), now=timezone.now())
        return pdf_answer(sheet, f"fiche-partenaire-{slugify(partner.name)[:60] or partner.pk}")
    return render(request, "plan/board/partner_sheet.html", {**page(found, sheet), "organization": partner})


def page(plan: Plan, sheet: Sheet) -> dict[str, object]:
    return {"territory": plan.territory, "plan": plan, "tab": "board", "sheet": sheet}


def pdf_answer(sheet: Sheet, stem: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{stem}-{sheet.day:%Y-%m-%d}.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(render_sheet(sheet), content_type="application/pdf", headers=headers)


@require_safe
def partners(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """Partners of the plan: what they do in it, and where their figures of the year stand."""
    found = plan_for(request, territory, plan, "plan.read_plan")
    years = list(found.years)
    today = timezone.localdate()
    asked = request.GET.get("annee", "")
    # Until spring, the year that ended is the one being counted.
    usual = today.year - 1 if today.month <= 4 else today.year
    year = int(asked) if asked.isdecimal() and int(asked) in years else min(max(usual, years[0]), years[-1])
    context = {
        "territory": found.territory,
        "plan": found,
        "tab": "board",
        "year": str(year),  # in words: a year takes no thousands separator
        "years": [str(one) for one in years],
        "lines": partner_lines(found, year),
    }
    return render(request, "plan/board/partners.html", context)
