"""After the vote: one page, filled in as the answers come."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from tissage.network.operations.documents import DocumentRefused
from tissage.reports.forms.reports import VoteForm
from tissage.reports.operations.voting import COLUMNS, VoteRefused, record_vote
from tissage.reports.queries.books import sitting_of
from tissage.reports.queries.years import vote_of

from .doors import frozen_for, person
from .years import ISSUES


def vote(request: HttpRequest, territory: str, plan: int, year: int) -> HttpResponse:
    frozen = frozen_for(request, territory, plan, year, ISSUES)
    known = vote_of(frozen)
    initial: dict[str, Any] = {"body": frozen.plan.competent_council, "held_on": sitting_of(frozen.plan, year)}
    if known is not None:
        initial = {name: getattr(known, name) for name in COLUMNS}
    form = VoteForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in COLUMNS}
        file = form.cleaned_data["signed"]
        signed = (file.name or "", file.read()) if isinstance(file, UploadedFile) else None
        try:
            record_vote(frozen=frozen, signed=signed, by=person(request), now=timezone.now(), **said)
        except VoteRefused as refusal:
            form.add_error(None, str(refusal))
        except DocumentRefused as refusal:
            form.add_error("signed", str(refusal))
        else:
            messages.success(request, gettext("Ce qui a suivi le vote est noté."))
            return redirect("reports:year", territory, plan, year)
    context = {
        "territory": frozen.territory,
        "plan": frozen.plan,
        "tab": "reports",
        "year": str(year),
        "frozen": frozen,
        "vote": known,
        "form": form,
    }
    return render(request, "reports/vote.html", context)
