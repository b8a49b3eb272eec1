"""Sets that are followed, their score as it stands and as it was frozen, and the page of one ask."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from tissage.commitments.models import Completion, Evidence
from tissage.commitments.operations.scorecards import ScorecardRefused
from tissage.commitments.operations.scorecards import freeze_scorecard as freeze
from tissage.commitments.queries.assessed import assessed_ids, history
from tissage.commitments.queries.scorecards import counts_of, lines_of, received_sets, versions_of
from tissage.commitments.queries.shown_sets import compared, counts_in_words, shown_set
from tissage.network.rules import organization_ids_of

from .doors import JUDGE, READ, WRITE, ask_for, ask_set_for, person, territory_for


@require_safe
def scorecards(request: HttpRequest, territory: str) -> HttpResponse:
    found = territory_for(request, territory, READ)
    sets = [(one, counts_in_words(counts_of(lines_of(one)))) for one in received_sets(found)]
    context = {"territory": found, "sets": sets, "writes": person(request).has_perm(WRITE, found)}
    return render(request, "commitments/scorecards.html", context)


@require_safe
def scorecard(request: HttpRequest, territory: str, ask_set: str) -> HttpResponse:
    found = ask_set_for(request, territory, ask_set)
    user = person(request)
    context = {
        "territory": found.territory,
        "ask_set": found,
        "shown": shown_set(found, public=False),
        "versions": versions_of(found),
        "writes": user.has_perm(WRITE, found.territory),
        "judges": user.has_perm(JUDGE, found.territory),
        "is_shown": found.published_on is not None,
    }
    return render(request, "commitments/scorecard.html", context)


@require_safe
def ask(request: HttpRequest, territory: str, ask_set: str, asked: int) -> HttpResponse:
    """One ask: its text, what was promised, what is proven, what each list said."""
    found = ask_for(request, territory, ask_set, asked)
    user = person(request)
    judges = user.has_perm(JUDGE, found.territory)
    shown = next(one for category in shown_set(found.ask_set, public=False).categories for one in category.asks if one.line.ask == found)
    _lists, rows = compared(found.ask_set)
    context = {
        "territory": found.territory,
        "ask_set": found.ask_set,
        "ask": found,
        "shown": shown,
        "waiting": list(Evidence.objects.filter(links__ask=found, state="proposed").order_by("-fact_on", "-pk")) if judges else [],
        "assessments": history(found),
        "proposal": found.proposals.filter(status="open").order_by("-pk").first(),
        "answers": next((row.answers for row in rows if row.line.ask == found), []),
        "judges": judges,
        "writes": user.has_perm(WRITE, found.territory),
        "assesses": judges and not organization_ids_of(user) & assessed_ids(found),
    }
    return render(request, "commitments/ask.html", context)


@require_POST
def freeze_scorecard(request: HttpRequest, territory: str, ask_set: str) -> HttpResponse:
    found = ask_set_for(request, territory, ask_set, WRITE)
    try:
        made = freeze(ask_set=found, by=person(request), now=timezone.now())
    except ScorecardRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("commitments:scorecard", territory, found.code)
    messages.success(request, gettext("La version %(number)s est figée. Elle ne change plus.") % {"number": made.version})
    return redirect("commitments:scorecard_version", territory, found.code, made.version)


@require_safe
def scorecard_version(request: HttpRequest, territory: str, ask_set: str, scorecard: int) -> HttpResponse:
    """A score as it stood on its day, with the weights and values it was made of."""
    held = ask_set_for(request, territory, ask_set)
    found = get_object_or_404(held.scorecards.select_related("made_by"), version=scorecard)
    labels = {row["code"]: row["label"] for row in found.by_category}
    words = dict(Completion.choices)
    items = [
        {**one, "word": words.get(one["completion"], one["completion"]), "label": labels.get(one["category"], "")} for one in found.items
    ]
    values = [(words.get(name, name), value) for name, value in found.values.items()]
    context = {"territory": held.territory, "ask_set": held, "version": found, "items": items, "values": values}
    return render(request, "commitments/scorecard_version.html", context)
