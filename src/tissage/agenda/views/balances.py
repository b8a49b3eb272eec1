"""The balance of a campaign: read, issued under a number, downloaded, fed to the plan. And the year of an organisation, for itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tissage.agenda.documents.content import blocks
from tissage.agenda.documents.own_year import year_blocks, year_docx, year_xlsx
from tissage.agenda.documents.papers import Document, docx_of, pdf_of
from tissage.agenda.forms.balances import NarrativeForm, YearForm
from tissage.agenda.models import Campaign, CampaignReport
from tissage.agenda.operations.balances import BalanceRefused, issue_campaign_report, note_download
from tissage.agenda.operations.feeding import propose_figures
from tissage.agenda.queries.balances import Book, book_of
from tissage.agenda.queries.organization_years import organization_year, years_of
from tissage.network.models.organizations import organizations_of
from tissage.people.rules import is_inside
from tissage.plan.models import Plan
from tissage.synthesis.documents.blocks import Grid
from tissage.synthesis.documents.scribe import midnight
from tissage.synthesis.documents.words import day as day_words

from .doors import campaign_for, person, territory_for
from .reports import COORDINATE

READ_OWN = "agenda.read_agenda"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def shown(pieces: list[Any]) -> list[dict[str, Any]]:
    """Blocks as a page draws them: their kind, and for a table each cell with its heading and whether it is a number."""
    made = []
    for piece in pieces:
        one: dict[str, Any] = {"kind": type(piece).__name__.lower(), "block": piece}
        if isinstance(piece, Grid):
            first = len(piece.headings) - piece.numbers
            one["heads"] = [(words, i >= first) for i, words in enumerate(piece.headings)]
            one["rows"] = [[(piece.headings[i], cell, i >= first) for i, cell in enumerate(row)] for row in piece.rows]
        made.append(one)
    return made


@require_safe
def balance(request: HttpRequest, territory: str, campaign: int) -> HttpResponse:
    """What happened, as it is known today, for the team; and what was issued, for whoever reads the agenda."""
    found = campaign_for(request, territory, campaign)
    inside = is_inside(person(request), found)
    book = book_of(found, timezone.localdate())
    coordinates = person(request).has_perm(COORDINATE, found)
    context = {
        "territory": found.territory,
        "campaign": found,
        "coordinates": coordinates,
        "inside": inside,
        "pieces": shown(blocks(book)) if inside else [],
        "is_empty": not book.balance.activities if inside else False,
        "issued": list(found.reports.order_by("-number")),
        "issues": coordinates and found.status in (Campaign.Status.EVALUATING, Campaign.Status.CLOSED),
        "feeds": sorted({one.plan for one in book.actions}) if coordinates else [],
        "serious": book.balance.serious if coordinates else (),
        "years": sorted({found.starts_on.year, found.ends_on.year}),
        "tab": "balance",
    }
    return render(request, "agenda/balance.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, territory: str, campaign: int) -> HttpResponse:
    """A word of the coordination, then the balance is frozen under its number."""
    found = campaign_for(request, territory, campaign, COORDINATE)
    form = NarrativeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = issue_campaign_report(campaign=found, narrative=form.cleaned_data["narrative"], by=person(request), now=timezone.now())
        except BalanceRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Le bilan n° %(number)s est émis : ses chiffres ne changent plus.") % {"number": made.number})
            return redirect("agenda:balance", territory, campaign)
    context = {"territory": found.territory, "campaign": found, "form": form, "coordinates": True, "tab": "balance"}
    return render(request, "agenda/issue_balance.html", context)


@require_safe
def campaign_report_file(request: HttpRequest, territory: str, campaign: int, campaign_report: int, format: str) -> HttpResponse:
    """An issued balance as it was frozen."""
    found = campaign_for(request, territory, campaign)
    kept = get_object_or_404(CampaignReport, campaign=found, number=campaign_report)
    document = document_of(Book.from_json(kept.indicators, number=kept.number, narrative=kept.narrative))
    content, kind = (pdf_of(document), "application/pdf") if format == "pdf" else (docx_of(document), DOCX)
    return _file(content, kind, f"bilan-{slugify(str(found))}-{kept.number}.{format}")


def document_of(book: Book) -> Document:
    state = _("bilan n° %(number)s") % {"number": book.number}
    return Document(
        kind=_("Bilan de campagne"),
        title=book.campaign,
        territory=f"{book.territory} · {book.lead}",
        dated=day_words(book.day),
        state=" · ".join(filter(None, (state, _("données inventées") if book.is_demonstration else ""))),
        day=midnight(book.day),
        blocks=blocks(book),
    )


@require_POST
def feed(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """Proposes to a plan the figures that reports of a year give. The plan manager approves them like a partner's."""
    place = territory_for(request, territory, COORDINATE)
    found = get_object_or_404(Plan.objects.select_related("territory"), pk=plan, territory=place)
    year = request.POST.get("annee", "")
    if not year.isascii() or not year.isdigit() or int(year) not in found.years:
        raise Http404
    outcomes = propose_figures(plan=found, year=int(year), by=person(request), now=timezone.now())
    context = {"territory": place, "plan": found, "year": year, "outcomes": outcomes, "proposed": sum(one.is_proposed for one in outcomes)}
    return render(request, "agenda/fed.html", context)


@require_safe
def my_year(request: HttpRequest, territory: str) -> HttpResponse:
    """The year of an organisation this person speaks for."""
    place = territory_for(request, territory, READ_OWN)
    own = list(organizations_of(person(request), place).select_related("territory"))
    if not own:
        raise Http404
    today = timezone.localdate()
    chosen = next((one for one in own if str(one.pk) == request.GET.get("organisation", "")), own[0])
    years = years_of(chosen, today)
    year = next((one for one in years if str(one) == request.GET.get("annee", "")), years[0])
    context = {
        "territory": place,
        "own": own,
        "organization": chosen,
        "years": years,
        "year": year,
        "pieces": shown(year_blocks(organization_year(chosen, year, today=today))),
    }
    return render(request, "agenda/my_year.html", context)


@require_POST
def my_year_file(request: HttpRequest, territory: str) -> HttpResponse:
    """The same as a file, journalled: it holds what leaves the organisation by its own will only."""
    place = territory_for(request, territory, READ_OWN)
    form = YearForm(request.POST, own=organizations_of(person(request), place).select_related("territory"))
    if not form.is_valid():
        raise Http404
    organization, year = form.cleaned_data["organization"], form.cleaned_data["year"]
    told = organization_year(organization, year, today=timezone.localdate())
    content, kind = (year_docx(told), DOCX) if form.cleaned_data["format"] == "docx" else (year_xlsx(told), XLSX)
    note_download(organization=organization, year=year, by=person(request), now=timezone.now())
    return _file(content, kind, f"{slugify(organization.name)}-{year}.{form.cleaned_data['format']}")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=kind, headers=headers)
