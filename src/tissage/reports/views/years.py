"""The documents of a plan: its years, one year with what it lacks and what was issued from it, freezing, reopening, the texts to paste."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from tissage.reports.documents.sections.closing import decision_lines, motivation_lines
from tissage.reports.forms.reports import IssueForm, ReopenForm, TakeForm
from tissage.reports.models import Report, WordTemplate
from tissage.reports.operations.freezing import FreezingRefused, freeze_year, is_intact, reopen_year
from tissage.reports.queries import years as queries
from tissage.reports.queries.books import draft_book, frozen_book, standing_freeze
from tissage.reports.queries.lacks import lacks_of
from tissage.reports.queries.templates import templates_of

from .doors import READS, frozen_for, person, plan_for, plan_year_for

FREEZES, ISSUES = "reports.freeze_year", "reports.issue_report"


def reports(request: HttpRequest, territory: str, plan: int) -> HttpResponse:
    """The years of a plan and the documents issued."""
    found = plan_for(request, territory, plan, READS)
    issued = queries.issued_of(found)
    context = {
        "territory": found.territory,
        "plan": found,
        "tab": "reports",
        "years": queries.years_of(found, today=timezone.localdate()),
        "issued": issued,
        "count": ngettext("%(count)s document émis", "%(count)s documents émis", len(issued)) % {"count": len(issued)},
        "may_freeze": person(request).has_perm(FREEZES, found),
    }
    return render(request, "reports/reports.html", context)


def year(request: HttpRequest, territory: str, plan: int, year: int) -> HttpResponse:
    """One year: frozen or not, what it lacks, its documents, its versions, what came of the vote."""
    found = plan_year_for(request, territory, plan, year)
    standing = standing_freeze(found, year)
    labels = {kind: form.label for kind, form in templates_of(found).items()}
    lacks = None if standing else lacks_of(found, year)
    own = WordTemplate.objects.filter(territory=found.territory, retired_at__isnull=True)
    user = person(request)
    context = {
        "territory": found.territory,
        "plan": found,
        "tab": "reports",
        "year": str(year),
        "begun": year <= timezone.localdate().year,
        "standing": standing,
        "intact": standing is None or is_intact(standing),
        "lacks": lacks,
        "lacks_count": _lacks_count(len(lacks)) if lacks else "",
        "versions": queries.versions_of(found, year),
        "issued": queries.issued_of(found, year),
        "vote": queries.vote_of(standing),
        "take": TakeForm(labels=labels),
        "issue": IssueForm(templates=own, labels=labels) if standing else None,
        "may_freeze": user.has_perm(FREEZES, found),
        "may_issue": user.has_perm(ISSUES, found),
    }
    return render(request, "reports/year.html", context)


def _lacks_count(count: int) -> str:
    return ngettext("%(count)s point à compléter", "%(count)s points à compléter", count) % {"count": count}


def freeze(request: HttpRequest, territory: str, plan: int, year: int) -> HttpResponse:
    """Says what is incomplete, then freezes; freezing with gaps keeps their list."""
    found = plan_year_for(request, territory, plan, year, FREEZES)
    if request.method == "POST":
        try:
            frozen = freeze_year(plan=found, year=year, by=person(request), now=timezone.now())
        except FreezingRefused as refusal:
            messages.error(request, str(refusal))
        else:
            told = gettext("L’année %(year)s est arrêtée : version %(number)s.")
            messages.success(request, told % {"year": year, "number": frozen.number})
        return redirect("reports:year", territory, found.pk, year)
    lacks = lacks_of(found, year)
    context = {
        "territory": found.territory,
        "plan": found,
        "year": str(year),
        "standing": standing_freeze(found, year),
        "lacks": lacks,
        "lacks_count": _lacks_count(len(lacks)),
    }
    return render(request, "reports/freeze.html", context)


def reopen(request: HttpRequest, territory: str, plan: int, year: int) -> HttpResponse:
    frozen = frozen_for(request, territory, plan, year, FREEZES)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_year(frozen=frozen, reason=form.cleaned_data["reason"], by=person(request), now=timezone.now())
        except FreezingRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, gettext("L’année %(year)s est rouverte. Corrigez, puis arrêtez-la à nouveau.") % {"year": year})
            return redirect("reports:year", territory, plan, year)
    issued = Report.objects.filter(frozen_year=frozen).count()
    told = ngettext(
        "%(count)s document est déjà émis depuis cette version : il reste tel quel.",
        "%(count)s documents sont déjà émis depuis cette version : ils restent tels quels.",
        issued,
    )
    context = {
        "territory": frozen.territory,
        "plan": frozen.plan,
        "year": str(year),
        "frozen": frozen,
        "form": form,
        "count_text": told % {"count": issued} if issued else "",
    }
    return render(request, "reports/reopen.html", context)


def texts(request: HttpRequest, territory: str, plan: int, year: int) -> HttpResponse:
    """The motivation and the decision, to copy into the council's own software."""
    found = plan_year_for(request, territory, plan, year)
    standing = standing_freeze(found, year)
    now = timezone.now()
    book = frozen_book(standing, Report.Kind.DOSSIER, now=now) if standing else draft_book(found, year, Report.Kind.DOSSIER, now=now)
    context = {
        "territory": found.territory,
        "plan": found,
        "tab": "reports",
        "year": str(year),
        "standing": standing,
        "motivation": motivation_lines(book),
        "decision": decision_lines(book),
        "form": book.template,
    }
    return render(request, "reports/texts.html", context)
